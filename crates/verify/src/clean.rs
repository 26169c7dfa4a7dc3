//! Words from an archive may come from anybody: what could fool a terminal or a reader is replaced
//! before it is shown, and long ones are cut.

/// Longest name that is shown.
const LONGEST: usize = 60;

/// For one line of a terminal: no control characters, nothing that turns or hides text.
pub fn cleaned(text: &str) -> String {
    let plain = |c| if is_hostile(c) { '\u{fffd}' } else { c };
    text.chars().map(plain).collect()
}

/// The same, and cut where it is long.
pub fn shown(text: &str) -> String {
    let mut shown: String = cleaned(text).chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// Controls, line separators, marks that change the direction of writing, invisible characters.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_as_they_are() {
        assert_eq!(shown("第一党支部 A·B（2026）"), "第一党支部 A·B（2026）");
    }

    #[test]
    fn what_could_fool_a_terminal_is_replaced() {
        let hostile = "\u{1b}[2J\r\n\t\u{7f}\u{9b}\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}";
        let clean = shown(hostile);
        assert_eq!(clean, format!("\u{fffd}[2J{}", "\u{fffd}".repeat(10)));
        assert!(!clean.chars().any(is_hostile));
    }

    #[test]
    fn long_names_are_cut() {
        let clean = shown(&"长".repeat(LONGEST + 1));
        assert_eq!(clean, format!("{}…", "长".repeat(LONGEST)));
        assert_eq!(shown(&"长".repeat(LONGEST)), "长".repeat(LONGEST));
    }
}
