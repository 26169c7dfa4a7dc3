//! A titled table of any kind: filing ledger, receipts, reminders, overdue items.

use super::{serial, strings};
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Table};

/// A titled table. The running number is added here.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Title.
    pub title: String,
    /// Lines above the table: label and value.
    pub particulars: Vec<(String, String)>,
    /// Columns after the running number.
    pub columns: Vec<ListingColumn>,
    /// Rows; cells beyond the columns are left out, missing ones stay empty.
    pub rows: Vec<Vec<String>>,
    /// Notes under the table.
    pub notes: Vec<String>,
    /// Lying page for wide tables.
    pub landscape: bool,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One column of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingColumn {
    /// Its title.
    pub title: String,
    /// Its share of the width, in characters or so.
    pub width: f64,
    /// Sentences stand flush left, short entries in the middle.
    pub sentences: bool,
}

impl ListingColumn {
    /// A column of short entries.
    pub fn short(title: impl Into<String>, width: f64) -> Self {
        Self {
            title: title.into(),
            width,
            sentences: false,
        }
    }

    /// A column of sentences.
    pub fn sentences(title: impl Into<String>, width: f64) -> Self {
        Self {
            title: title.into(),
            width,
            sentences: true,
        }
    }
}

impl Listing {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            title: "工作方案审核备案登记表".into(),
            particulars: vec![("登记单位：".into(), "市直机关工委组织科".into())],
            columns: vec![
                ListingColumn::short("单位", 12.5),
                ListingColumn::short("报送日期", 10.5),
                ListingColumn::short("备案编号", 10.0),
                ListingColumn::short("结果", 6.0),
                ListingColumn::sentences("审核意见", 16.0),
            ],
            rows: vec![
                strings(&[
                    "市城市档案馆机关党委",
                    "2015年8月26日",
                    "备〔2015〕23号",
                    "已备案",
                    "同意备案。",
                ]),
                strings(&[
                    "市园林管理中心党支部",
                    "2015年9月1日",
                    "",
                    "退回",
                    "未列明会议方式，请补充后重报；报送已逾期1天。",
                ]),
            ],
            notes: strings(&["报送截止日期为8月31日。"]),
            landscape: false,
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let layout = if self.landscape {
            Layout::Wide
        } else {
            Layout::Form
        };
        let mut paper = Paper::new(layout, &self.title);
        paper.made_from(self.origin.as_ref());
        if !self.particulars.is_empty() {
            let fields = self
                .particulars
                .iter()
                .map(|(label, value)| Field::new(label, value));
            paper.push(Block::Fields(fields.collect()));
        }
        paper.push(self.table());
        paper.notes(&self.notes);
        paper
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::centre(4.0)];
        columns.extend(self.columns.iter().map(|column| {
            if column.sentences {
                Column::left(column.width)
            } else {
                Column::centre(column.width)
            }
        }));
        let mut titles = vec!["序号"];
        titles.extend(self.columns.iter().map(|column| column.title.as_str()));
        let mut table = Table::new(columns, &titles);
        for (index, row) in self.rows.iter().enumerate() {
            let mut cells = vec![serial(index)];
            cells.extend(row.iter().take(self.columns.len()).map(Cell::text));
            cells.resize_with(self.columns.len() + 1, Cell::blank);
            table.row(cells);
        }
        table
    }
}
