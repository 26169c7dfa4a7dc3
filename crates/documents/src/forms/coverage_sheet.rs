//! 两个全覆盖情况表: figures in roster order, every exclusion under them. // 通知 四、3

use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Style, Table};

/// Both coverages of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageSheet {
    /// Whose.
    pub organisation: String,
    /// Number of the notice.
    pub notice: String,
    /// One row per subordinate, in roster order.
    pub rows: Vec<CoverageRow>,
    /// Their sum.
    pub total: CoverageRow,
    /// Everybody and everything left out of a figure.
    pub exclusions: Vec<ExclusionRow>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One organisation's figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// Which.
    pub name: String,
    /// Branches due.
    pub branches: u32,
    /// Branches that met.
    pub held: u32,
    /// Branches not due.
    pub branches_out: u32,
    /// Members on the roster.
    pub members: u32,
    /// Members due to be appraised.
    pub due: u32,
    /// Members with an opinion.
    pub appraised: u32,
    /// Members not appraised, with a reason.
    pub members_out: u32,
    /// Beside the figures.
    pub note: String,
}

/// One exclusion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionRow {
    /// Unit.
    pub unit: String,
    /// Branch.
    pub branch: String,
    /// The member, or the branch as a whole.
    pub who: String,
    /// Out of which figure.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// On which day.
    pub on: String,
}

impl CoverageSheet {
    /// Made-up data.
    pub fn sample() -> Self {
        let row = |name: &str, n: [u32; 7], note: &str| CoverageRow {
            name: name.into(),
            branches: n[0],
            held: n[1],
            branches_out: n[2],
            members: n[3],
            due: n[4],
            appraised: n[5],
            members_out: n[6],
            note: note.into(),
        };
        let out = |who: &str, kind: &str, reason: &str| ExclusionRow {
            unit: "市城市档案馆机关党委".into(),
            branch: "第一党支部".into(),
            who: who.into(),
            kind: kind.into(),
            reason: reason.into(),
            approver: "林若谷".into(),
            on: "2015年9月10日".into(),
        };
        Self {
            organisation: "市城市档案馆机关党委".into(),
            notice: "×直工通〔2015〕14号".into(),
            rows: vec![
                row("第一党支部", [1, 1, 0, 12, 11, 11, 1], "2015年9月10日召开"),
                row("第二党支部", [1, 0, 0, 9, 9, 0, 0], "计划2015年9月22日召开"),
                row("驻外党支部", [0, 0, 1, 4, 0, 0, 4], "不列入本次活动"),
            ],
            total: row("合计", [2, 1, 1, 25, 20, 11, 5], ""),
            exclusions: vec![
                out("阿依古丽·买买提", "不计应到", "出国、出境"),
                out("阿依古丽·买买提", "不参评", "出国、出境"),
                ExclusionRow {
                    branch: "驻外党支部".into(),
                    ..out(
                        "支部（名册党员 4 名）",
                        "支部不列入",
                        "全体党员在国外执行任务",
                    )
                },
            ],
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Wide, "两个全覆盖情况表");
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![
            Field::new("单位：", &self.organisation),
            Field::new("通知：", &self.notice),
        ]));
        paper.push(self.figures());
        paper.push(Block::Space(3.0));
        paper.text(Style::Heading1, "不列入、不计应到、不参评的明细");
        paper.push(self.details());
        paper.text(
            Style::Note,
            "注：按名册顺序排列，不作排名。应评党员＝名册党员－不参评党员；支部不列入的，其党员计入不参评。",
        );
        paper
    }

    fn figures(&self) -> Table {
        let columns = vec![
            Column::left(78.0),
            Column::centre(18.0),
            Column::centre(18.0),
            Column::centre(18.0),
            Column::centre(18.0),
            Column::centre(18.0),
            Column::centre(18.0),
            Column::centre(18.0),
            Column::left(58.0),
        ];
        let heads = [
            "党组织",
            "应开支部",
            "已开支部",
            "不列入",
            "名册党员",
            "应评党员",
            "已评定",
            "不参评",
            "说明",
        ];
        let mut table = Table::new(columns, &heads);
        for row in self.rows.iter().chain([&self.total]) {
            let figures = [
                row.branches,
                row.held,
                row.branches_out,
                row.members,
                row.due,
                row.appraised,
                row.members_out,
            ];
            let name = [Cell::text(&row.name)];
            let cells = name.into_iter().chain(figures.map(Cell::number));
            table.row(cells.chain([Cell::text(&row.note)]).collect());
        }
        table
    }

    fn details(&self) -> Table {
        let columns = vec![
            Column::left(52.0),
            Column::left(44.0),
            Column::left(40.0),
            Column::centre(22.0),
            Column::left(54.0),
            Column::centre(26.0),
            Column::centre(30.0),
        ];
        let heads = ["单位", "党支部", "对象", "类别", "原因", "批准人", "日期"];
        let mut table = Table::new(columns, &heads);
        for row in &self.exclusions {
            let cells = [
                &row.unit,
                &row.branch,
                &row.who,
                &row.kind,
                &row.reason,
                &row.approver,
                &row.on,
            ];
            table.row(cells.map(Cell::text).into());
        }
        table
    }
}
