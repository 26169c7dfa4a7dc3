//! 唱票计票工作表: tellers draw 正 strokes on it while the marks are called.

use jiff::civil::Date;

use super::{sample_grades, sample_names, serial, strings};
use crate::paper::{
    Block, Cell, Column, Field, Layout, Paper, Signer, Style, Table, date_or_blank,
};

/// Worksheet for the tellers, with empty cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountEntrySheet {
    /// Title, such as `民主评议党员唱票计票工作表`.
    pub title: String,
    /// Unit and branch.
    pub organisation: String,
    /// Number of the round, from 1.
    pub round: u32,
    /// Grades in the notice's order.
    pub grades: Vec<String>,
    /// Appraised members in the ballot's order.
    pub members: Vec<String>,
    /// Day of the count; `None` leaves a blank.
    pub date: Option<Date>,
    /// How to use it.
    pub notes: Vec<String>,
}

impl CountEntrySheet {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            title: "民主评议党员唱票计票工作表".into(),
            organisation: "市城市档案馆机关党委第一党支部".into(),
            round: 1,
            grades: sample_grades(),
            members: strings(&sample_names()),
            date: None,
            notes: strings(&[
                "每唱一票，在相应格内画“正”字一笔；两名计票人各用一张，互不参看，计完后核对。",
                "每名党员一行各格之和应等于有效票数。",
            ]),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Wide, &self.title);
        paper.push(Block::Fields(vec![
            Field::new("党支部：", &self.organisation),
            Field::new("测评轮次：", format!("第{}轮", self.round)),
            Field::count("发出票", None, "张"),
            Field::count("收回票", None, "张"),
            Field::count("有效票", None, "张"),
            Field::count("无效票", None, "张"),
        ]));
        paper.push(self.table());
        paper.push(Block::Space(2.0));
        paper.notes(&self.notes);
        paper.push(Block::Space(3.0));
        let signers = vec![Signer::new("计票人", ""), Signer::new("监票人", "")];
        paper.push(Block::Signatures {
            per_row: 2,
            signers,
        });
        paper.text(Style::Right, date_or_blank(self.date));
        paper
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::centre(11.0), Column::centre(36.0)];
        columns.extend(self.grades.iter().map(|_| Column::centre(46.0)));
        columns.extend([26.0, 26.0, 18.0].map(Column::centre));
        let mut titles = vec!["序号", "姓名"];
        titles.extend(self.grades.iter().map(String::as_str));
        titles.extend(["弃权", "该行无效", "合计"]);
        let width = columns.len();
        let mut table = Table::new(columns, &titles);
        table.row_height = 13.0;
        for (index, member) in self.members.iter().enumerate() {
            let mut cells = vec![serial(index), Cell::text(member)];
            cells.resize_with(width, Cell::blank);
            table.row(cells);
        }
        table
    }
}
