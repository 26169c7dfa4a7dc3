//! 保密审查 of a text to be published: numbers that name a person, and what would tell the vote.
//!
//! Only what people typed is scanned; the list of names and grades is made by the program, and
//! the telephone of the office stands in a field of its own. 《党务公开条例》 article 15.

/// What must not be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// An identity number, 15 or 18 digits.
    Identity,
    /// A mobile telephone.
    Mobile,
    /// Counts of votes or percentages.
    Votes,
    /// Who voted how.
    Rater,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub secret: Secret,
    /// Line, from 1.
    pub line: usize,
    /// The words, numbers shortened.
    pub words: String,
}

impl Secret {
    fn label(self) -> &'static str {
        match self {
            Self::Identity => "疑似身份证号码",
            Self::Mobile => "疑似手机号码",
            Self::Votes => "票数或比例",
            Self::Rater => "投票人的情况",
        }
    }
}

impl Finding {
    /// What to do about it.
    pub fn message(&self) -> String {
        let Self { line, words, .. } = self;
        format!(
            "第 {line} 行“{words}”是{}，不得公示。请删去后再报批。",
            self.secret.label()
        )
    }
}

/// Everything in `text` that must not be published; `names` are the members of the branch.
pub fn scan(text: &str, names: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let plain: Vec<char> = line.chars().map(narrow).collect();
        let mut add = |secret, words: String| {
            found.push(Finding {
                secret,
                line: at + 1,
                words,
            });
        };
        numbers(&plain, &mut add);
        votes(&plain, &mut add);
        raters(&plain.iter().collect::<String>(), names, &mut add);
    }
    found
}

/// Full-width figures and letters as half-width ones.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Runs of figures, also broken by spaces, dots and dashes.
fn numbers(line: &[char], add: &mut impl FnMut(Secret, String)) {
    let mut at = 0;
    while at < line.len() {
        if !line[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let (run, next) = run(line, at);
        if let Some(secret) = of_number(&run) {
            let head: String = run.chars().take(3).collect();
            add(secret, format!("{head}…（{} 位数字）", run.chars().count()));
        }
        at = next;
    }
}

fn run(line: &[char], from: usize) -> (String, usize) {
    let mut digits = String::new();
    let mut at = from;
    while let Some(&c) = line.get(at) {
        let joins = matches!(c, ' ' | '-' | '.' | '·')
            && line.get(at + 1).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !joins {
            break;
        }
        at += 1;
    }
    // The check mark of an identity number may be an X.
    if digits.len() == 17 && line.get(at).is_some_and(|c| matches!(c, 'X' | 'x')) {
        digits.push('X');
        at += 1;
    }
    (digits, at)
}

fn of_number(run: &str) -> Option<Secret> {
    match run.len() {
        15 | 18 => Some(Secret::Identity),
        11 if run.starts_with('1') => Some(Secret::Mobile),
        13 if run.starts_with("861") => Some(Secret::Mobile),
        _ => None,
    }
}

const CHINESE: &str = "一二三四五六七八九十百零两〇";

/// `12票`, `十二票`, `得票`, `90%`.
fn votes(line: &[char], add: &mut impl FnMut(Secret, String)) {
    let text: String = line.iter().filter(|c| !c.is_whitespace()).collect();
    let told = |mark: &str| {
        text.match_indices(mark).find_map(|(at, _)| {
            let figures: Vec<char> = text[..at]
                .chars()
                .rev()
                .take_while(|c| is_figure(*c))
                .collect();
            let number: String = figures.into_iter().rev().collect();
            (!number.is_empty()).then(|| format!("{number}{mark}"))
        })
    };
    for mark in ["票", "张票", "%", "个百分点"] {
        if let Some(words) = told(mark) {
            add(Secret::Votes, words);
        }
    }
    for words in ["得票", "全票", "得票率", "百分之"] {
        if text.contains(words) {
            add(Secret::Votes, words.to_owned());
            break;
        }
    }
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || c == '.' || CHINESE.contains(c)
}

/// A member's name with 投, 画 or 打分 shortly behind it.
fn raters(line: &str, names: &[String], add: &mut impl FnMut(Secret, String)) {
    for name in names.iter().filter(|n| !n.is_empty()) {
        for (at, _) in line.match_indices(name.as_str()) {
            let behind: String = line[at + name.len()..].chars().take(4).collect();
            if ["投", "画", "打分"]
                .iter()
                .any(|deed| behind.contains(deed))
            {
                add(Secret::Rater, format!("{name}{behind}"));
            }
        }
    }
}
