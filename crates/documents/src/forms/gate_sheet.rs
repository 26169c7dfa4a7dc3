//! “四个不放过”把关表 of one branch. // 通知 四、3

use super::strings;
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Signer, Table};

/// Decisions at the four gates; rows without one leave room for a pen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateSheet {
    /// Title.
    pub title: String,
    /// The organisation that decides.
    pub decider: String,
    /// The branch.
    pub branch: String,
    /// One row per gate.
    pub rows: Vec<GateRow>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateRow {
    /// In the notice's words.
    pub gate: String,
    /// Where it stands; empty before anybody decided.
    pub result: String,
    /// Every turn in words, oldest first.
    pub history: Vec<String>,
}

impl GateSheet {
    /// Made-up data.
    pub fn sample() -> Self {
        let row = |gate: &str, result: &str, history: &[&str]| GateRow {
            gate: gate.into(),
            result: result.into(),
            history: strings(history),
        };
        Self {
            title: "“四个不放过”把关表".into(),
            decider: "市城市档案馆机关党委".into(),
            branch: "第一党支部".into(),
            rows: vec![
                row(
                    "思想认识上不去的不放过",
                    "已过关",
                    &["2015年9月19日已过关（林若谷）"],
                ),
                row(
                    "查摆问题不聚焦的不放过",
                    "已过关",
                    &[
                        "2015年9月19日不放过：两份清单只有工作问题，没有联系作风（林若谷）",
                        "2015年9月21日已补课：两名同志重写清单，支委逐条谈过（丁小满）",
                        "2015年9月22日已过关（林若谷）",
                    ],
                ),
                row("自我剖析不深刻的不放过", "", &[]),
                row("整改措施不到位的不放过", "", &[]),
            ],
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, &self.title);
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![Field::new("党支部：", &self.branch)]));
        paper.push(Block::Fields(vec![Field::new("把关单位：", &self.decider)]));
        let columns = vec![
            Column::left(40.0),
            Column::centre(20.0),
            Column::left(100.0),
        ];
        let mut table = Table::new(
            columns,
            &["把关内容", "结论", "办理经过（退回原因、补课情况、复查）"],
        );
        table.row_height = 20.0;
        for row in &self.rows {
            table.row(vec![
                Cell::text(&row.gate),
                Cell::text(&row.result),
                Cell::text(row.history.join("\n")),
            ]);
        }
        paper.push(table);
        paper.push(Block::Space(6.0));
        paper.push(Block::Signatures {
            per_row: 2,
            signers: vec![Signer::new("把关人", ""), Signer::new("支部书记", "")],
        });
        paper
    }
}
