//! Branches are numbered 第一, 第1 or 一; here they compare.

/// The number of a branch: `第一支部`, `第1党支部`, `一支部`.
pub(super) fn ordinal(name: &str) -> Option<String> {
    let end = name.find("支部")?;
    let before = name[..end].trim_end_matches('党');
    let digits: Vec<char> = before
        .chars()
        .rev()
        .take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
        .collect();
    if digits.is_empty() {
        return None;
    }
    Some(chinese_digits(
        &digits.into_iter().rev().collect::<String>(),
    ))
}

/// Arabic numbers below a hundred as Chinese ones.
fn chinese_digits(text: &str) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut written = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        written.push_str(&rest[..start]);
        let number = &rest[start..];
        let end = number
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(number.len());
        match number[..end].parse::<usize>() {
            Ok(n) if (1..100).contains(&n) => {
                let tens = match n / 10 {
                    0 => String::new(),
                    1 => "十".to_owned(),
                    tens => format!("{}十", DIGITS[tens]),
                };
                written.push_str(&tens);
                written.push_str(DIGITS[n % 10]);
            }
            _ => written.push_str(&number[..end]),
        }
        rest = &number[end..];
    }
    written.push_str(rest);
    written
}

/// A branch's name with numbers and the word 党支部 written one way.
pub(super) fn sound(branch: &str) -> String {
    chinese_digits(branch)
        .replace("党支部", "支部")
        .replace('第', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_branches_compare() {
        assert_eq!(ordinal("市水务局第12党支部").as_deref(), Some("十二"));
        assert_eq!(ordinal("一支部书记").as_deref(), Some("一"));
        assert_eq!(ordinal("市水务局离退休党支部"), None);
        assert_eq!(
            chinese_digits("第20、第31、第100"),
            "第二十、第三十一、第100"
        );
    }
}
