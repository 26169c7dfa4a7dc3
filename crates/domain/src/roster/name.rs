//! Names of people: kept exactly where they are right, refused where they are damaged.

use super::text;

/// Longest transcribed names in use have about thirty characters.
const LONGEST: usize = 40;

/// Why a name is not taken as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameFault {
    /// Private-use characters, U+FFFD or question marks: the file was written or read in the
    /// wrong encoding.
    Encoding,
    /// `张*`.
    Masked,
    /// Markup of a web page.
    Markup,
    /// Digits.
    Digits,
    /// A remark in brackets.
    Brackets,
    /// Anything else that no name has; the character.
    Sign(char),
    /// Far too long: several names in one cell.
    Long,
}

impl NameFault {
    /// What is wrong and what to do now.
    pub fn reason(&self, typed: &str) -> String {
        let quoted = text::quote(typed);
        match self {
            Self::Encoding => format!(
                "姓名{quoted}里有乱码（导出时编码损坏或用了造字）；请在原名册里用输入法重新输入这个字，再另存为 .xlsx"
            ),
            Self::Masked => format!("姓名{quoted}被遮住了一部分；请填全名"),
            Self::Markup => format!("姓名{quoted}里有网页代码；请只留姓名"),
            Self::Digits => {
                format!("姓名{quoted}里有数字；请只留姓名，同名的人用身份证号或党员编号区分")
            }
            Self::Brackets => format!("姓名{quoted}里有括号；请只留姓名，说明移到“备注”列"),
            Self::Sign(sign) => format!(
                "姓名{quoted}里有不该出现的字符“{}”；请只留姓名",
                visible(*sign)
            ),
            Self::Long => format!("姓名{quoted}太长；请一行只写一个人"),
        }
    }
}

fn visible(sign: char) -> String {
    if sign.is_control() {
        format!("U+{:04X}", u32::from(sign))
    } else {
        sign.to_string()
    }
}

/// The name without spaces between characters, its dots as `·`. Spaces stay between Latin words.
pub(super) fn parse(typed: &str) -> Result<String, NameFault> {
    if typed.chars().any(is_damaged) {
        return Err(NameFault::Encoding);
    }
    let plain: Vec<char> = text::half_width(typed).trim().chars().map(dot).collect();
    let mut name = String::new();
    for (at, &c) in plain.iter().enumerate() {
        if c.is_whitespace() && c != '\u{b}' && c != '\u{c}' {
            let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
            let between = at > 0 && latin(plain.get(at - 1)) && latin(plain.get(at + 1));
            if between {
                name.push(' ');
            }
            continue;
        }
        name.push(c);
    }
    check(&name)?;
    Ok(name)
}

fn check(name: &str) -> Result<(), NameFault> {
    for c in name.chars() {
        match c {
            '<' | '>' | '&' => return Err(NameFault::Markup),
            '*' | '●' | '○' | '×' => return Err(NameFault::Masked),
            '?' | '□' | '■' | '�' => return Err(NameFault::Encoding),
            '(' | ')' | '[' | ']' | '【' | '】' => return Err(NameFault::Brackets),
            c if c.is_numeric() && !is_han(c) => return Err(NameFault::Digits),
            ' ' | '·' => {}
            c if is_han(c) || c.is_alphabetic() => {}
            c => return Err(NameFault::Sign(c)),
        }
    }
    if name.chars().count() > LONGEST {
        return Err(NameFault::Long);
    }
    Ok(())
}

/// Han characters with all extensions, 〇, and the selectors between their variants.
fn is_han(c: char) -> bool {
    matches!(
        c,
        '〇' | '々' | '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Private-use areas hold each office's own 造字; nobody else sees the same character.
fn is_damaged(c: char) -> bool {
    matches!(
        c,
        '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}'
    )
}

/// The dots that input methods and old lists put into transcribed names.
fn dot(c: char) -> char {
    match c {
        '・' | '･' | '•' | '‧' | '∙' | '⋅' | '●' | '．' | '.' | '﹒' => '·',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_dots_are_put_right() {
        for (typed, name) in [
            ("张　三", "张三"),
            (" 李 四\u{200b}", "李四"),
            ("王\n五", "王五"),
            ("阿卜杜拉・艾山", "阿卜杜拉·艾山"),
            ("买买提•吐尔逊", "买买提·吐尔逊"),
            ("古丽．艾山", "古丽·艾山"),
            ("Ａｎｎａ Li", "Anna Li"),
        ] {
            assert_eq!(parse(typed).as_deref(), Ok(name), "{typed}");
        }
    }

    #[test]
    fn rare_characters_are_kept() {
        for name in [
            "𠮷田",
            "龚䶮",
            "王〇一",
            "㛃丽",
            "陈\u{31350}",
            "赵\u{9fe6}",
        ] {
            assert_eq!(parse(name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn damaged_names_are_refused() {
        for (typed, fault) in [
            ("张\u{e863}", NameFault::Encoding),
            ("张\u{f0001}", NameFault::Encoding),
            ("张\u{fffd}", NameFault::Encoding),
            ("张??", NameFault::Encoding),
            ("张*", NameFault::Masked),
            ("<b>张三</b>", NameFault::Markup),
            ("张&nbsp;三", NameFault::Markup),
            ("张三2", NameFault::Digits),
            ("张三１", NameFault::Digits),
            ("张三（女）", NameFault::Brackets),
            ("张\u{7}三", NameFault::Sign('\u{7}')),
            ("张三、李四", NameFault::Sign('、')),
        ] {
            assert_eq!(parse(typed), Err(fault), "{typed:?}");
        }
        assert_eq!(parse(&"长".repeat(41)), Err(NameFault::Long));
    }
}
