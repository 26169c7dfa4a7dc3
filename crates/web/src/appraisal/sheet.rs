//! The counting sheet as a form: reading its boxes, and saying which row does not come out.

use pingyi_domain::count::{Count, CountProblem};
use pingyi_domain::entry::{Field, Shape};

use super::load::Current;
use super::together::Hand;
use crate::kernel::form::FormState;

/// A whole number as people type it: full-width digits and spaces are forgiven.
pub(crate) fn digits(typed: &str) -> Option<u32> {
    let plain = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let text: String = typed.trim().chars().map(plain).collect();
    let all = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| all)
}

/// The name of a box in the form.
pub(super) fn field_name(field: Field) -> String {
    match field {
        Field::Issued => "issued".into(),
        Field::Collected => "collected".into(),
        Field::Invalid => "invalid".into(),
        Field::Mark { row, grade } => format!("m_{row}_{grade}"),
        Field::Abstain { row } => format!("a_{row}"),
        Field::Void { row } => format!("v_{row}"),
    }
}

/// Where a box is, with the member's name and the notice's word for the grade.
pub(super) fn field_label(field: Field, now: &Current, grades: &[String]) -> String {
    let lines = now.lines();
    let member = |row: usize| lines.get(row).map_or("", String::as_str);
    match field {
        Field::Mark { row, grade } => {
            let grade = grades.get(grade).map_or("", String::as_str);
            format!("第 {} 行 {}“{grade}”", row + 1, member(row))
        }
        Field::Abstain { row } => format!("第 {} 行 {}“弃权”", row + 1, member(row)),
        Field::Void { row } => format!("第 {} 行 {}“该行无效”", row + 1, member(row)),
        other => other.label(),
    }
}

/// Reads a whole sheet. Empty boxes of a row are zeros; its sum shows a forgotten one.
pub(super) fn read(form: &mut FormState, shape: Shape, issued: u32) -> Option<Count> {
    let mut count = shape.blank();
    count.issued = issued;
    for field in Field::all(shape)
        .into_iter()
        .filter(|f| *f != Field::Issued)
    {
        let name = field_name(field);
        let typed = form.value(&name).trim().to_owned();
        let value = match digits(&typed) {
            Some(value) => value,
            None if typed.is_empty() && field != Field::Collected => 0,
            None => {
                form.fail(&name, format!("{}：请填数字。", field.label()));
                continue;
            }
        };
        field.set(&mut count, value);
    }
    form.is_ok().then_some(count)
}

/// Marks every sum that does not come out. // docs/DOMAIN.md §2.5
pub(super) fn check(
    form: &mut FormState,
    count: &Count,
    hand: &Hand,
    now: &Current,
    grades: usize,
) {
    let closed = hand.collected;
    if count.collected != closed {
        let typed = count.collected;
        form.fail("collected", format!("收票时登记收回 {closed} 张，这里填了 {typed} 张。请重数选票；收票时登记错了的，请支部在测评页面更正收回票数。"));
    }
    let names = now.lines();
    for problem in count.check(hand.present, grades) {
        let name = problem
            .row()
            .map_or_else(|| "invalid".to_owned(), |row| format!("row_{row}"));
        let member = problem
            .row()
            .and_then(|row| names.get(row))
            .map_or("", String::as_str);
        form.fail(&name, words(&problem, member));
    }
}

fn words(problem: &CountProblem, member: &str) -> String {
    match problem {
        CountProblem::RowSum {
            row,
            marks,
            abstain,
            void,
            valid,
        } => {
            let all = marks.iter().chain([abstain, void]);
            let sum: u64 = all.map(|&n| u64::from(n)).sum();
            format!(
                "第 {} 行 {member}：该行合计 {sum}，应为有效票 {valid}。请核对这一行。",
                row + 1
            )
        }
        other => other.message_for(member),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_an_input_method_are_digits() {
        assert_eq!(digits(" １２ "), Some(12));
        assert_eq!(digits("7"), Some(7));
        assert_eq!(digits("-1"), None);
        assert_eq!(digits("+1"), None);
        assert_eq!(digits(""), None);
        assert_eq!(digits("99999999999"), None);
    }
}
