//! Where a sheet's heading is and what its columns mean.

use std::collections::HashMap;

use super::column::{Column, ColumnSet};
use super::table::{Cell, Row, Table};
use super::text;

/// How far down a heading is looked for: some lists put instructions first.
const SEARCHED_ROWS: usize = 200;

/// A heading of one row, or of two where group headings stand over sub-headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// Index of its first row in the table.
    pub first: usize,
    /// Index of its last row.
    pub last: usize,
    /// What was understood, from left to right.
    pub columns: Vec<Found>,
    /// Headings not used, with the reason where there is one.
    pub ignored: Vec<String>,
    /// Its texts by position, for knowing it again on the next printed page.
    texts: Vec<Vec<String>>,
}

/// One understood heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub column: Column,
    pub at: usize,
    pub heading: String,
    rank: usize,
}

impl Heading {
    /// The column's position.
    pub fn at(&self, column: Column) -> Option<usize> {
        self.found(column).map(|found| found.at)
    }

    /// The column's heading as in the file, or its usual one.
    pub fn label(&self, column: Column) -> &str {
        self.found(column)
            .map_or(column.label(), |found| found.heading.as_str())
    }

    /// The cell of a row in that column.
    pub fn cell<'a>(&self, row: &'a Row, column: Column) -> &'a Cell {
        self.at(column).map_or(&Cell::Empty, |at| row.cell(at))
    }

    /// All columns.
    pub fn given(&self) -> ColumnSet {
        self.columns.iter().map(|found| found.column).collect()
    }

    /// Whether the row is this heading again, or the second half of it.
    pub fn is_repeated_by(&self, row: &Row) -> bool {
        let mut shown = row.cells.iter().enumerate().filter(|(_, c)| !c.is_blank());
        shown.all(|(at, cell)| {
            let here = text::heading(&cell.shown());
            self.texts
                .iter()
                .any(|row| row.get(at).is_some_and(|text| *text == here))
        })
    }

    fn found(&self, column: Column) -> Option<&Found> {
        self.columns.iter().find(|found| found.column == column)
    }

    fn is_usable(&self) -> bool {
        let meaning = |found: &&Found| found.column != Column::Serial;
        self.at(Column::Name).is_some() && self.columns.iter().filter(meaning).count() >= 2
    }
}

/// Finds the heading: the first row, or pair of rows, that names 姓名 and something else.
pub(super) fn find(table: &Table) -> Option<Heading> {
    let rows = &table.rows;
    (0..rows.len().min(SEARCHED_ROWS)).find_map(|at| {
        let one = single(rows, at);
        let two = double(rows, at).filter(|two| {
            let below = single(rows, at + 1).columns.len();
            two.is_usable() && two.columns.len() > one.columns.len().max(below)
        });
        two.or_else(|| Some(one).filter(Heading::is_usable))
    })
}

fn single(rows: &[Row], at: usize) -> Heading {
    let Some(row) = rows.get(at) else {
        return Heading::default();
    };
    let shown: Vec<String> = row.cells.iter().map(Cell::shown).collect();
    let candidates = shown.iter().map(|text| vec![text.clone()]).collect();
    build((at, at), candidates, &[&shown])
}

/// Group headings over sub-headings: `入党` over `时间`, `基本情况` over `姓名`, and single
/// headings beside them that reach over both rows.
fn double(rows: &[Row], at: usize) -> Option<Heading> {
    let (top, sub) = (rows.get(at)?, rows.get(at + 1)?);
    if sub.number != top.number + 1 || sub.cells.iter().any(|c| matches!(c, Cell::Number(_))) {
        return None;
    }
    let top: Vec<String> = top.cells.iter().map(Cell::shown).collect();
    let sub: Vec<String> = sub.cells.iter().map(Cell::shown).collect();
    let width = top.len().max(sub.len());
    let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    let mut group = String::new();
    let candidates = (0..width)
        .map(|at| {
            let (over, under) = (cell(&top, at), cell(&sub, at));
            if !over.is_empty() || under.is_empty() {
                group.clone_from(&over);
            }
            if under.is_empty() {
                return vec![over];
            }
            vec![format!("{group}{under}"), under, over]
        })
        .collect();
    let heading = build((at, at + 1), candidates, &[&top, &sub]);
    // A member's row below a heading of one row must not be taken for sub-headings.
    let name = cell(&sub, heading.at(Column::Name)?);
    (name.is_empty() || Column::recognise(&name).is_some()).then_some(heading)
}

/// `candidates` holds for each position the readings of its heading, the most telling first.
fn build(
    (first, last): (usize, usize),
    candidates: Vec<Vec<String>>,
    texts: &[&[String]],
) -> Heading {
    let mut heading = Heading {
        first,
        last,
        texts: texts
            .iter()
            .map(|row| row.iter().map(|cell| text::heading(cell)).collect())
            .collect(),
        ..Heading::default()
    };
    let mut best: HashMap<Column, usize> = HashMap::new();
    for (at, readings) in candidates.into_iter().enumerate() {
        let known = readings
            .iter()
            .find_map(|reading| Some((reading, Column::recognise(reading)?)));
        if let Some((reading, (column, rank))) = known {
            let found = Found {
                column,
                at,
                heading: text::one_line(reading),
                rank,
            };
            heading.add(found, &mut best);
        } else if let Some(unknown) = readings.iter().find(|reading| !reading.is_empty()) {
            heading.ignored.push(text::one_line(unknown));
        }
    }
    heading
}

impl Heading {
    /// Keeps the better of two columns that mean the same.
    fn add(&mut self, found: Found, best: &mut HashMap<Column, usize>) {
        if found.column == Column::DuesBase {
            self.ignored
                .push(format!("{}（为保护隐私，不导入）", found.heading));
            return;
        }
        let Some(&other) = best.get(&found.column) else {
            best.insert(found.column, self.columns.len());
            self.columns.push(found);
            return;
        };
        let mut loser = found;
        if loser.rank < self.columns[other].rank {
            std::mem::swap(&mut loser, &mut self.columns[other]);
        }
        self.ignored.push(format!(
            "{}（已用“{}”一列）",
            loser.heading, self.columns[other].heading
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let row = |(number, cells): (u32, &&[&str])| Row {
            number,
            cells: cells
                .iter()
                .map(|cell| Cell::Text((*cell).into()))
                .collect(),
        };
        Table {
            rows: (1..).zip(rows).map(row).collect(),
        }
    }

    fn columns(heading: &Heading) -> Vec<(Column, usize)> {
        heading.columns.iter().map(|f| (f.column, f.at)).collect()
    }

    #[test]
    fn titles_above_are_passed_over() {
        let found = find(&table(&[
            &["市直机关党员名册"],
            &["填报单位：市水务局", "", "2015年8月"],
            &["序号", "党支部", "姓 名", "籍贯", "月党费缴纳基数\n(元)"],
            &["1", "一支部", "张三", "某地", "1"],
        ]))
        .unwrap();
        assert_eq!((found.first, found.last), (2, 2));
        assert_eq!(
            columns(&found),
            [(Column::Serial, 0), (Column::Branch, 1), (Column::Name, 2)]
        );
        assert_eq!(
            found.ignored,
            ["籍贯", "月党费缴纳基数(元)（为保护隐私，不导入）"]
        );
    }

    #[test]
    fn two_rows_of_headings_are_read_together() {
        let found = find(&table(&[
            &["党员名册"],
            &["序号", "党组织", "", "姓名", "入党", "", "备注"],
            &["", "单位", "党支部", "", "时间", "介绍人", ""],
            &[
                "1",
                "市水务局机关党委",
                "一支部",
                "张三",
                "1998.07",
                "李四",
                "",
            ],
        ]))
        .unwrap();
        assert_eq!((found.first, found.last), (1, 2));
        let expected = [
            (Column::Serial, 0),
            (Column::Unit, 1),
            (Column::Branch, 2),
            (Column::Name, 3),
            (Column::Joined, 4),
            (Column::Note, 6),
        ];
        assert_eq!(columns(&found), expected);
        assert_eq!(found.label(Column::Joined), "入党时间");
        assert_eq!(found.ignored, ["入党介绍人"]);
    }

    #[test]
    fn a_member_below_the_heading_is_no_sub_heading() {
        let found = find(&table(&[
            &["党支部", "姓名", "备注"],
            &["一支部", "张三", "手机"],
        ]))
        .unwrap();
        assert_eq!(found.last, 0);
    }

    #[test]
    fn of_two_columns_with_one_meaning_the_plainer_is_used() {
        let found = find(&table(&[&[
            "姓名",
            "工作单位",
            "党支部",
            "机关党组织",
            "联系电话",
            "手机",
        ]]))
        .unwrap();
        assert_eq!(found.label(Column::Unit), "机关党组织");
        assert_eq!(found.label(Column::Phone), "手机");
        assert_eq!(found.ignored.len(), 2);
    }

    #[test]
    fn without_a_name_column_there_is_no_heading() {
        assert_eq!(find(&table(&[&["党支部", "性别"], &["姓名"]])), None);
        assert_eq!(find(&Table::default()), None);
    }

    #[test]
    fn a_repeated_heading_is_known_again() {
        let sheet = table(&[
            &["党支部", "姓 名"],
            &["党支部", "姓名"],
            &["党支部", "张三"],
            &["", "姓名"],
        ]);
        let found = find(&sheet).unwrap();
        let again: Vec<bool> = sheet
            .rows
            .iter()
            .map(|row| found.is_repeated_by(row))
            .collect();
        assert_eq!(again, [true, true, false, true]);
    }
}
