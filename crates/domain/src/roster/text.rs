//! Cleaning of typed text: full-width forms, invisible characters, words that mean nothing.

/// Full-width letters, digits and signs to their ordinary forms, invisible characters away.
pub(super) fn half_width(text: &str) -> String {
    text.chars().filter_map(half_width_char).collect()
}

fn half_width_char(c: char) -> Option<char> {
    match c {
        '\u{3000}' | '\u{a0}' | '\u{2007}' | '\u{202f}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        // Zero-width characters and marks of direction come along when text is copied from a
        // web page or chat; U+FE0x only choose between pictures of a character.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        other => Some(other),
    }
}

/// Half-width, without any white space.
pub(super) fn tight(text: &str) -> String {
    half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// Whether a cell only says that it says nothing: 无, —, / …
pub(super) fn says_nothing(text: &str) -> bool {
    let tight = tight(text);
    matches!(
        tight.as_str(),
        "无" | "空"
            | "暂无"
            | "没有"
            | "不详"
            | "未填"
            | "未知"
            | "null"
            | "NULL"
            | "N/A"
            | "n/a"
            | "#N/A"
    ) || tight.chars().all(|c| {
        matches!(
            c,
            '-' | '—' | '–' | '―' | '一' | '─' | '/' | '\\' | '_' | '*' | '.'
        )
    })
}

/// A heading for comparing: half-width, without spaces, marks and numbering.
pub(super) fn heading(text: &str) -> String {
    let tight: String = tight(text)
        .chars()
        .filter(|c| !matches!(c, '*' | '★' | '☆' | '※' | '#' | ':' | '"' | '“' | '”'))
        .map(|c| match c {
            '【' | '[' | '〔' | '{' | '<' => '(',
            '】' | ']' | '〕' | '}' | '>' => ')',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    let unnumbered = tight
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches(['.', '、']);
    unnumbered.to_owned()
}

/// Without bracketed parts, nested ones too.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut rest = String::new();
    for c in text.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    rest
}

/// On one line, for quoting a heading as in the file.
pub(super) fn one_line(text: &str) -> String {
    text.split(['\r', '\n', '\t'])
        .map(str::trim)
        .collect::<String>()
}

/// The name of an organisation: no spaces, ordinary digits, brackets as documents write them.
pub(super) fn org_name(text: &str) -> String {
    tight(text)
        .chars()
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            c => c,
        })
        .collect()
}

/// A short quotation of what a cell says, for reasons.
pub(super) fn quote(text: &str) -> String {
    let line: String = text.chars().filter(|c| !c.is_control()).collect();
    if line.chars().count() <= 20 {
        return format!("“{line}”");
    }
    let start: String = line.chars().take(20).collect();
    format!("“{start}……”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_and_invisible_characters_are_put_right() {
        assert_eq!(tight("　１９９８．０７\u{200b} "), "1998.07");
        assert_eq!(org_name("市水利局 (本级)党支部"), "市水利局（本级）党支部");
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for text in ["无", " — ", "--", "/", "", "暂 无", "－", "N/A"] {
            assert!(says_nothing(text), "{text}");
        }
        assert!(!says_nothing("无锡"));
    }

    #[test]
    fn headings_lose_marks_and_brackets() {
        assert_eq!(heading("*１、姓\n名："), "姓名");
        assert_eq!(without_brackets("月党费(元(整))基数"), "月党费基数");
        assert_eq!(one_line("身份证\r\n号码"), "身份证号码");
    }

    #[test]
    fn long_cells_are_quoted_in_part() {
        assert_eq!(quote("甲\n乙"), "“甲乙”");
        assert_eq!(quote(&"长".repeat(30)).chars().count(), 24);
    }
}
