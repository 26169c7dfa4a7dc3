//! The body as plain lines, one paragraph each, and back.

use crate::notice::{Block, Clause, Level};

/// The numerals of parts and of bracketed items.
const NUMERALS: &str = "一二三四五六七八九十";

/// One line for each paragraph.
pub fn body_lines(body: &[Block]) -> String {
    let texts: Vec<&str> = body.iter().map(|b| b.text.as_str()).collect();
    texts.join("\n")
}

/// Paragraphs from lines: `一、…` without a full stop is a heading, `1、` or `（一）` an item.
/// What stood in `before` word for word keeps its way of being cited.
pub fn read_body(lines: &str, before: &[Block]) -> Vec<Block> {
    let mut place = Place::default();
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let mut block = place.block(line);
            let same = before.iter().find(|b| b.text == line);
            if let Some(old) = same.filter(|old| equivalent(old, &block)) {
                block.clause.clone_from(&old.clause);
            }
            block
        })
        .collect()
}

/// `四` and `四、0` are the same paragraph.
fn equivalent(old: &Block, new: &Block) -> bool {
    let paragraph = |b: &Block| b.clause.as_ref().map(Clause::paragraph);
    old.level == new.level && paragraph(old) == paragraph(new)
}

/// Where in the text the next line stands.
#[derive(Default)]
struct Place {
    /// Numerals of the part; none before the first heading.
    part: Option<String>,
    /// The item being read; 0 before the first.
    item: u32,
    /// Items of this part are `（一）`, so that `1、` is a step below them.
    bracketed: bool,
}

impl Place {
    fn block(&mut self, line: &str) -> Block {
        let level = self.level(line);
        let clause = (level != Level::Heading).then(|| self.clause()).flatten();
        Block {
            level,
            clause,
            text: line.to_owned(),
        }
    }

    fn level(&mut self, line: &str) -> Level {
        if let Some(part) = heading(line) {
            *self = Self {
                part: Some(part.to_owned()),
                ..Self::default()
            };
            return Level::Heading;
        }
        if self.part.is_none() {
            return Level::Paragraph;
        }
        if let Some(number) = bracketed(line) {
            (self.item, self.bracketed) = (number, true);
            return Level::Item;
        }
        match numbered(line) {
            Some(number) if !self.bracketed => {
                self.item = number;
                Level::Item
            }
            _ => Level::Paragraph,
        }
    }

    fn clause(&self) -> Option<Clause> {
        let text = match (&self.part, self.item) {
            (None, _) => "序".to_owned(),
            (Some(part), 0) => part.clone(),
            (Some(part), item) => format!("{part}、{item}"),
        };
        text.parse().ok()
    }
}

/// `一、明确主题` → `一`; a sentence that begins so is no heading.
fn heading(line: &str) -> Option<&str> {
    let (part, rest) = line.split_once('、')?;
    let numerals = !part.is_empty() && part.chars().all(|c| NUMERALS.contains(c));
    (numerals && !rest.is_empty() && !rest.ends_with('。')).then_some(part)
}

/// `1、`, `2.` or `3．` → the number.
fn numbered(line: &str) -> Option<u32> {
    let end = line.find(|c: char| !c.is_ascii_digit())?;
    let (digits, rest) = line.split_at(end);
    let marked = rest.starts_with(['、', '.', '．']);
    digits.parse().ok().filter(|n| marked && *n > 0)
}

/// `（三）` → 3.
fn bracketed(line: &str) -> Option<u32> {
    let (numeral, _) = line.strip_prefix('（')?.split_once('）')?;
    value(numeral)
}

/// 1 to 99 in Chinese numerals.
fn value(numeral: &str) -> Option<u32> {
    let digit = |c: char| {
        let at = NUMERALS.chars().position(|n| n == c)?;
        u32::try_from(at + 1).ok()
    };
    let chars: Vec<char> = numeral.chars().collect();
    match *chars.as_slice() {
        [one] => digit(one),
        ['十', one] => Some(10 + digit(one)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', one] => Some(10 * digit(ten)? + digit(one)?),
        _ => None,
    }
}
