//! Texts people type into records: kept to the character, or refused with the reason.
//!
//! Rare characters, middle dots and angle brackets are kept (pages escape them). Nothing is cut
//! off, and no meaning is judged here.

use thiserror::Error;

/// Longest text of one record, in characters.
pub const LONG: usize = 5_000;
/// Longest line, e.g. a place or a name.
pub const LINE: usize = 100;

/// Why a text cannot be kept as it is. The message follows the field's name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProseProblem {
    /// Nothing but white space.
    #[error("没有填写。")]
    Empty,
    /// More characters than a record holds.
    #[error("有 {found} 个字，最多 {most} 个字。请精简，或把详细材料另外留存。")]
    Long {
        /// Characters sent.
        found: usize,
        /// Most allowed.
        most: usize,
    },
    /// A control character, or a mark that turns the direction of writing.
    #[error("第 {line} 行有看不见的控制字符，可能是从别处复制带来的。请删去这一行重新输入。")]
    Control {
        /// Line, from 1.
        line: usize,
    },
    /// A line break where one line is asked for.
    #[error("只能写一行。")]
    Lines,
}

/// A text of several lines: trimmed, line ends as `\n`, at most `most` characters.
pub fn text(typed: &str, most: usize) -> Result<String, ProseProblem> {
    let plain = typed.replace("\r\n", "\n").replace('\r', "\n");
    let plain = plain.trim();
    if plain.is_empty() {
        return Err(ProseProblem::Empty);
    }
    let bad = |line: &str| {
        line.chars()
            .any(|c| (c.is_control() && c != '\t') || turns(c))
    };
    if let Some(at) = plain.lines().position(bad) {
        return Err(ProseProblem::Control { line: at + 1 });
    }
    let found = plain.chars().count();
    if found > most {
        return Err(ProseProblem::Long { found, most });
    }
    Ok(plain.to_owned())
}

/// A text of one line.
pub fn line(typed: &str, most: usize) -> Result<String, ProseProblem> {
    let kept = text(typed, most)?;
    if kept.contains(['\n', '\t']) {
        return Err(ProseProblem::Lines);
    }
    Ok(kept)
}

/// A text that may be left empty.
pub fn optional(typed: &str, most: usize) -> Result<Option<String>, ProseProblem> {
    match text(typed, most) {
        Err(ProseProblem::Empty) => Ok(None),
        other => other.map(Some),
    }
}

/// Marks of direction could make a printed sentence read differently from the stored one.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_characters_dots_and_angle_brackets_are_kept() {
        for kept in ["𠮷野", "䶮", "买买提·吐尔逊", "<b>严</b> & “实”", "表\t格"]
        {
            assert_eq!(text(kept, LONG).as_deref(), Ok(kept));
        }
        assert_eq!(text(" 一\r\n二\r三 ", LONG).as_deref(), Ok("一\n二\n三"));
    }

    #[test]
    fn what_cannot_be_seen_is_refused_with_its_line() {
        assert_eq!(
            text("一\n二\u{0}", LONG),
            Err(ProseProblem::Control { line: 2 })
        );
        assert_eq!(
            text("\u{202e}反", LONG),
            Err(ProseProblem::Control { line: 1 })
        );
    }

    #[test]
    fn long_texts_are_refused_and_never_cut() {
        let long = "实".repeat(6);
        assert_eq!(text(&long, 6).as_deref(), Ok(long.as_str()));
        assert_eq!(
            text(&long, 5),
            Err(ProseProblem::Long { found: 6, most: 5 })
        );
    }

    #[test]
    fn one_line_is_one_line_and_nothing_may_be_nothing() {
        assert_eq!(line("一\n二", LINE), Err(ProseProblem::Lines));
        assert_eq!(text(" \n ", LONG), Err(ProseProblem::Empty));
        assert_eq!(optional("  ", LONG), Ok(None));
        assert_eq!(optional("好", LONG), Ok(Some("好".into())));
    }
}
