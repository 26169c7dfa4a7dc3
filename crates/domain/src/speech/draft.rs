//! The minutes' two parts on criticism, drafted from what was entered; people edit the draft.

use super::SPEECH;
use crate::lists::ListContent;

/// One self-criticism, in the order of speaking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftSpeech {
    /// Name.
    pub name: String,
    /// What was said.
    pub text: String,
    /// Root causes: label of the view and words. // 通知 三、1
    pub views: Vec<(String, String)>,
    /// A written contribution, with who read it out where that is known.
    pub written: Option<Option<String>>,
}

/// One criticism of another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftCriticism {
    /// Who criticised.
    pub from: String,
    /// Whom.
    pub to: String,
    /// What was said.
    pub text: String,
    /// What the other answered.
    pub answer: Option<String>,
}

/// 自我批评要点: one line for all, then one per speaker. Empty when nobody spoke.
pub fn self_criticism(speeches: &[DraftSpeech]) -> String {
    if speeches.is_empty() {
        return String::new();
    }
    let written = speeches.iter().filter(|s| s.written.is_some()).count();
    let in_writing = match written {
        0 => String::new(),
        n => format!("，其中{n}名为书面发言"),
    };
    let head = format!("共{}名党员作自我批评{in_writing}。", speeches.len());
    let lines = (1..).zip(speeches);
    let lines = lines.map(|(n, speech)| format!("{n}．{}", speech.line()));
    paragraphs(head, lines)
}

fn paragraphs(head: String, lines: impl Iterator<Item = String>) -> String {
    std::iter::once(head)
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

impl DraftSpeech {
    fn line(&self) -> String {
        let how = match &self.written {
            None => String::new(),
            Some(None) => "（书面发言）".into(),
            Some(Some(reader)) => format!("（书面发言，{reader}代读）"),
        };
        let line = format!("{}{how}：{}", self.name, sentence(&self.text));
        let views: Vec<String> = self
            .views
            .iter()
            .map(|(label, words)| format!("{label}方面，{}", bare(words)))
            .collect();
        if views.is_empty() {
            return line;
        }
        format!("{line}思想根源：{}。", views.join("；"))
    }
}

/// 相互批评要点: one line for all, then one per member criticised, in the order first met.
pub fn mutual_criticism(said: &[DraftCriticism]) -> String {
    if said.is_empty() {
        return String::new();
    }
    let mut names: Vec<&str> = Vec::new();
    for one in said {
        if !names.contains(&one.to.as_str()) {
            names.push(&one.to);
        }
    }
    let head = format!(
        "党员之间开展相互批评，共提出意见{}条，涉及{}名党员。",
        said.len(),
        names.len()
    );
    let lines = (1..).zip(&names).map(|(n, name)| {
        let points = said.iter().filter(|s| s.to == **name);
        let points: Vec<String> = points.map(DraftCriticism::words).collect();
        format!("{n}．对{name}：{}。", points.join("；"))
    });
    paragraphs(head, lines)
}

impl DraftCriticism {
    fn words(&self) -> String {
        let said = format!("{}提出，{}", self.from, bare(&self.text));
        match &self.answer {
            Some(answer) => format!("{said}（{}：{}）", self.to, bare(answer)),
            None => said,
        }
    }
}

/// What a member's problem list says, as the gist of a self-criticism to start from: facts with
/// their causes, as many as fit. // 通知 三、1
pub fn from_list(list: &ListContent) -> String {
    let mut text = String::new();
    for item in &list.items {
        let line = match bare(&item.cause) {
            cause if cause.is_empty() => sentence(&item.fact),
            cause => format!("{}，原因是{cause}。", bare(&item.fact)),
        };
        if bare(&item.fact).is_empty() {
            continue;
        }
        if text.chars().count() + line.chars().count() > SPEECH {
            break;
        }
        text.push_str(&line);
    }
    text
}

/// One line without its last mark.
fn bare(text: &str) -> String {
    one_line(text)
        .trim_end_matches(['。', '；', '，', '.', ';'])
        .to_owned()
}

/// One line that ends as a sentence does.
fn sentence(text: &str) -> String {
    let line = one_line(text);
    if line.ends_with(['。', '！', '？', '”', '…']) {
        line
    } else {
        format!("{}。", bare(&line))
    }
}

fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}
