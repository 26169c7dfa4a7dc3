//! 台帐 of a branch: everything on record by clause, for 查看台帐. // 通知 四、4

use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Style, Table};

/// A branch's ledger: dates, counts, states; no private text has a place here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerBook {
    /// The branch.
    pub branch: String,
    /// Its unit.
    pub unit: String,
    /// Title and number of the notice.
    pub notice: String,
    /// End of the log when it was made.
    pub head: String,
    /// In the notice's order.
    pub sections: Vec<LedgerSection>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// What one requirement asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerSection {
    /// Clause, e.g. `二、1`; empty when the notice does not ask for it.
    pub clause: String,
    /// What it is about.
    pub title: String,
    /// Where it stands; empty where that is not known.
    pub stand: String,
    /// What is on record.
    pub lines: Vec<LedgerLine>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// Day; empty for sums.
    pub on: String,
    /// What happened.
    pub words: String,
    /// Entered late, handed in late.
    pub remark: String,
}

impl LedgerBook {
    /// Made-up data.
    pub fn sample() -> Self {
        let line = |on: &str, words: &str, remark: &str| LedgerLine {
            on: on.into(),
            words: words.into(),
            remark: remark.into(),
        };
        let section =
            |clause: &str, title: &str, stand: &str, lines: Vec<LedgerLine>| LedgerSection {
                clause: clause.into(),
                title: title.into(),
                stand: stand.into(),
                lines,
            };
        Self {
            branch: "市城市档案馆机关党委第一党支部".into(),
            unit: "市城市档案馆机关党委".into(),
            notice: "关于在市直机关各基层党支部中开好专题组织生活会的通知（×直工通〔2015〕14号）"
                .into(),
            head: "128-9F3C-21AB-77E0".into(),
            sections: vec![
                section(
                    "二、1",
                    "会前学习",
                    "已做到",
                    vec![
                        line(
                            "2015年8月24日",
                            "集中学习：党章党纪；办公楼三楼会议室，丁小满主持；应到 8 人，实到 7 人",
                            "",
                        ),
                        line("2015年9月2日", "补学 1 人次", "2015年9月6日补录"),
                    ],
                ),
                section(
                    "二、2",
                    "谈心谈话",
                    "按职务应谈 12 对，还有 3 对没有谈",
                    vec![line("2015年9月4日", "谈心谈话 9 次，双方已确认 7 次", "")],
                ),
                section("三、3", "公示", "还没有轮到", vec![]),
            ],
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, "专题组织生活会和民主评议党员台帐");
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![Field::new("党支部：", &self.branch)]));
        paper.push(Block::Fields(vec![Field::new("所属单位：", &self.unit)]));
        paper.push(Block::Fields(vec![Field::new("依据：", &self.notice)]));
        paper.push(Block::Fields(vec![Field::new("日志校验码：", &self.head)]));
        paper.push(self.table());
        paper.text(
            Style::Note,
            "注：由系统记录汇总，意见、谈话、清单和批评的内容不在台帐中。“补录”指事后登记。日志校验码可在系统管理的日志中核对。",
        );
        paper
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::centre(14.0),
            Column::left(28.0),
            Column::centre(28.0),
            Column::left(76.0),
            Column::left(22.0),
        ];
        let mut table = Table::new(columns, &["条款", "项目和情况", "日期", "记录", "备注"]);
        for section in &self.sections {
            let name = if section.stand.is_empty() {
                section.title.clone()
            } else {
                format!("{}\n{}", section.title, section.stand)
            };
            if section.lines.is_empty() {
                let nothing = Cell::text("（没有记录）");
                table.row(vec![
                    Cell::text(&section.clause),
                    Cell::text(&name),
                    Cell::blank(),
                    nothing,
                    Cell::blank(),
                ]);
            }
            for (at, line) in section.lines.iter().enumerate() {
                let (clause, name) = if at == 0 {
                    (section.clause.as_str(), name.as_str())
                } else {
                    ("", "")
                };
                let cells = [clause, name, &line.on, &line.words, &line.remark];
                table.row(cells.map(Cell::text).into());
            }
        }
        table
    }
}
