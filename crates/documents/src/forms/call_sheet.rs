//! 电话催办单: whom to ring, what to say, room for the answer. // 通知 四、4
//!
//! The one form with telephone numbers: those of secretaries, for whoever rings them.

use super::strings;
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Style, Table};

/// All calls of one caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallSheet {
    /// Who rings.
    pub caller: String,
    /// Number of the notice.
    pub notice: String,
    /// In roster order.
    pub rows: Vec<CallRow>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// Which organisation.
    pub name: String,
    /// Secretary, with post.
    pub person: String,
    /// Number; empty where the roster has none.
    pub phone: String,
    /// One sentence each.
    pub says: Vec<String>,
}

impl CallSheet {
    /// Made-up data.
    pub fn sample() -> Self {
        let row = |name: &str, phone: &str, says: &[&str]| CallRow {
            name: name.into(),
            person: "丁小满（书记）".into(),
            phone: phone.into(),
            says: strings(says),
        };
        Self {
            caller: "市城市档案馆机关党委".into(),
            notice: "×直工通〔2015〕14号".into(),
            rows: vec![
                row(
                    "第一党支部",
                    "0715-0000000",
                    &[
                        "谈心谈话：按职务应谈 12 对，还有 3 对没有谈（还有 5 天）",
                        "问题清单：应交 11 份问题清单，还有 2 份没有交（还有 5 天）",
                    ],
                ),
                row(
                    "第二党支部",
                    "",
                    &["按期召开组织生活会：尚未开始（已逾期 2 天）"],
                ),
            ],
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Wide, "电话催办单");
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![
            Field::new("催办单位：", &self.caller),
            Field::new("通知：", &self.notice),
        ]));
        let columns = vec![
            Column::left(50.0),
            Column::centre(34.0),
            Column::centre(30.0),
            Column::left(112.0),
            Column::left(42.0),
        ];
        let heads = ["党组织", "联系人", "电话", "要说的事", "通话时间和答复"];
        let mut table = Table::new(columns, &heads);
        table.row_height = 14.0;
        for row in &self.rows {
            let says: Vec<String> = (1..)
                .zip(&row.says)
                .map(|(n, s)| format!("{n}．{s}"))
                .collect();
            table.row(vec![
                Cell::text(&row.name),
                Cell::text(&row.person),
                Cell::text(&row.phone),
                Cell::text(says.join("\n")),
                Cell::blank(),
            ]);
        }
        paper.push(table);
        paper.text(
            Style::Note,
            "注：列出逾期和一周内到期的事项，按名册顺序。含联系电话，用后妥善保管或销毁。",
        );
        paper
    }
}
