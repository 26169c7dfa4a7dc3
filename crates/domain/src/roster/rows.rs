//! Which rows below a heading are members, and what the others are.

use super::column::Column;
use super::heading::Heading;
use super::problem::SkipReason;
use super::table::{Cell, Row};
use super::text;

const TOTALS: [&str; 6] = ["合计", "小计", "总计", "共计", "累计", "总人数"];
/// 审核 and 制表 alone also begin names of offices, so they need their colon.
const SIGNATURES: [&str; 22] = [
    "填表人",
    "填报人",
    "制表人",
    "制表:",
    "经办人",
    "审核人",
    "复核人",
    "审核:",
    "负责人",
    "单位负责人",
    "主要负责人",
    "填表单位",
    "填报单位",
    "填表时间",
    "填报时间",
    "填表日期",
    "填报日期",
    "联系人",
    "单位(盖章)",
    "单位(公章)",
    "(盖章)",
    "党组织书记签",
];
const REMARKS: [&str; 6] = ["备注:", "说明:", "注:", "填表说明", "注1", "填写说明"];
/// Columns that only a person fills.
const PERSONAL: [Column; 11] = [
    Column::IdNumber,
    Column::Sex,
    Column::Ethnicity,
    Column::Born,
    Column::Education,
    Column::Joined,
    Column::Confirmed,
    Column::Standing,
    Column::Post,
    Column::Phone,
    Column::Code,
];

/// Why the row is no member; `None` when it is one.
///
/// `titles` are the texts above the heading, which printing repeats on every page.
pub(super) fn skip(row: &Row, heading: &Heading, titles: &[String]) -> Option<SkipReason> {
    if row.is_blank() {
        return Some(SkipReason::Blank);
    }
    if heading.is_repeated_by(row) || counts_columns(row) {
        return Some(SkipReason::RepeatedHeading);
    }
    let shown: Vec<String> = shown(row);
    if shown.iter().all(|text| titles.contains(text)) {
        return Some(SkipReason::Title);
    }
    if states_identity(row, heading) {
        return None;
    }
    let leading = leading(row, heading);
    if leading.iter().any(|text| is_total(text)) {
        return Some(SkipReason::Total);
    }
    let begins = |text: &String, words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if leading.iter().any(|text| begins(text, &SIGNATURES)) {
        return Some(SkipReason::Signature);
    }
    let is_remark = leading.iter().any(|text| begins(text, &REMARKS)) && shown.len() <= 2;
    (is_remark || says_nobody(row, heading, &shown)).then_some(SkipReason::Remark)
}

/// The cells' texts without spaces, blank ones left out.
pub(super) fn shown(row: &Row) -> Vec<String> {
    let cells = row.cells.iter().filter(|cell| !cell.is_blank());
    cells.map(|cell| text::tight(&cell.shown())).collect()
}

/// `1 2 3 …` or `(1) (2) …` below a heading.
fn counts_columns(row: &Row) -> bool {
    let cells: Vec<String> = shown(row);
    cells.len() >= 3
        && (1..)
            .zip(&cells)
            .all(|(number, cell): (u32, _)| cell.trim_matches(['(', ')']).parse() == Ok(number))
}

/// A cell long enough for an identity number: somebody is meant.
fn states_identity(row: &Row, heading: &Heading) -> bool {
    match heading.cell(row, Column::IdNumber) {
        Cell::Text(typed) => text::tight(typed).len() >= 15,
        Cell::Number(number) => *number >= 1e14,
        Cell::Empty => false,
    }
}

/// The first shown cell and those that name who or where: there totals and signatures stand.
fn leading(row: &Row, heading: &Heading) -> Vec<String> {
    let named = [
        Column::Serial,
        Column::Unit,
        Column::GeneralBranch,
        Column::Branch,
        Column::Name,
    ];
    let named = named.iter().map(|&column| heading.cell(row, column));
    row.cells
        .iter()
        .find(|cell| !cell.is_blank())
        .into_iter()
        .chain(named)
        .map(|cell| text::tight(&cell.shown()).replace('：', ":"))
        .collect()
}

/// `合计`, `合计：202人`, `第一支部小计`.
fn is_total(text: &str) -> bool {
    let after = TOTALS.iter().find_map(|word| text.strip_prefix(word));
    let counted = after.is_some_and(|rest| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '人' | '名' | ':' | '(' | ')' | '共' | '数'))
    });
    counted || TOTALS.iter().any(|word| text.ends_with(word))
}

/// No name and nothing personal, or one long line that happens to stand in the name's column.
fn says_nobody(row: &Row, heading: &Heading, shown: &[String]) -> bool {
    let says = |column: Column| !text::says_nothing(&heading.cell(row, column).shown());
    if !says(Column::Name) {
        return !PERSONAL.iter().any(|&column| says(column));
    }
    let name = &heading.cell(row, Column::Name).shown();
    let is_sentence = name.chars().count() > 6 && !name.contains(['·', '・', '•', ' ']);
    shown.len() == 1 && is_sentence
}

#[cfg(test)]
mod tests {
    use super::super::heading;
    use super::super::table::Table;
    use super::*;

    const HEADING: [&str; 5] = ["序号", "党支部", "姓名", "性别", "公民身份号码"];

    fn row(cells: &[&str]) -> Row {
        Row {
            number: 9,
            cells: cells
                .iter()
                .map(|cell| Cell::Text((*cell).into()))
                .collect(),
        }
    }

    fn reason(cells: &[&str]) -> Option<SkipReason> {
        let heading = heading::find(&Table {
            rows: vec![row(&HEADING)],
        })
        .unwrap();
        skip(&row(cells), &heading, &["市直机关党员名册".into()])
    }

    #[test]
    fn rows_that_are_no_members_are_told_apart() {
        for (cells, why) in [
            (&["", " ", "　", "", ""][..], SkipReason::Blank),
            (
                &["序号", "党支部", "姓 名", "性别", "公民身份号码"],
                SkipReason::RepeatedHeading,
            ),
            (&["1", "2", "3", "4", "5"], SkipReason::RepeatedHeading),
            (&["市直机关党员名册"], SkipReason::Title),
            (&["合 计", "", "202", "", ""], SkipReason::Total),
            (&["", "", "合计：202人", "", ""], SkipReason::Total),
            (&["", "第一支部小计", "38", "", ""], SkipReason::Total),
            (
                &["填表人：某某", "", "", "审核人：", ""],
                SkipReason::Signature,
            ),
            (&["注：本表一式两份"], SkipReason::Remark),
            (&["7", "一支部", "", "", ""], SkipReason::Remark),
            (&["8", "", "无", "", ""], SkipReason::Remark),
        ] {
            assert_eq!(reason(cells), Some(why), "{cells:?}");
        }
    }

    #[test]
    fn members_are_not_skipped() {
        for cells in [
            &["1", "一支部", "张三", "男", ""][..],
            &["", "", "李四"],
            // 合 and 计 are surnames' neighbours, not totals, when an identity number follows.
            &["2", "一支部", "合计", "男", "421299196005044424"],
            // Nameless, but somebody is meant: to be refused, not dropped.
            &["3", "一支部", "", "女", ""],
            &["4", "", "", "", "421299196005044424"],
        ] {
            assert_eq!(reason(cells), None, "{cells:?}");
        }
    }
}
