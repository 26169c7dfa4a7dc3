//! 目标责任制考评表 of one unit. // 通知 四、4

use super::strings;
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Signer, Table};

/// A unit's sheet under the committee's scheme; what nobody has given yet is left to a pen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentSheet {
    /// Title of the scheme.
    pub title: String,
    /// The unit.
    pub unit: String,
    /// How far the sheet is.
    pub state: String,
    /// One row per item; rows of one project stand together.
    pub rows: Vec<AssessmentRow>,
    /// 标准分, 自查分, 扣分, 得分 together; empty where not all are given.
    pub sums: [String; 4],
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentRow {
    /// 项目.
    pub project: String,
    /// 目标.
    pub goal: String,
    /// 考核内容及标准.
    pub standard: String,
    /// 标准分.
    pub points: String,
    /// 评分说明.
    pub explain: String,
    /// 评分方法.
    pub method: String,
    /// 台帐依据, line by line.
    pub evidence: Vec<String>,
    /// 自查分.
    pub own: String,
    /// What the unit says to it.
    pub note: String,
    /// 扣分.
    pub deduction: String,
    /// Why.
    pub reason: String,
    /// 得分.
    pub score: String,
}

impl AssessmentSheet {
    /// Made-up data.
    pub fn sample() -> Self {
        let row = |project: &str, goal: &str, figures: [&str; 4]| AssessmentRow {
            project: project.into(),
            goal: goal.into(),
            standard: "方案写明主题、时间、方式、参加人员和要求，覆盖所有支部，按时报审核备案。"
                .into(),
            points: figures[0].into(),
            explain: "迟报的酌情扣分。".into(),
            method: "查看台帐".into(),
            evidence: strings(&["方案报备案：已做到", "方案覆盖支部：已做到"]),
            own: figures[1].into(),
            note: String::new(),
            deduction: figures[2].into(),
            reason: if figures[2].is_empty() {
                String::new()
            } else {
                "两个支部的清单迟交。".into()
            },
            score: figures[3].into(),
        };
        Self {
            title: "2015年度机关党建目标责任制考评（专题组织生活会部分）".into(),
            unit: "市城市档案馆机关党委".into(),
            state: "已报自查".into(),
            rows: vec![
                row("会前准备", "工作方案", ["5", "5", "", "5"]),
                row("会前准备", "问题清单", ["10", "9.5", "0.5", "9.5"]),
                row("民主评议", "评议党员全覆盖", ["10", "10", "", "10"]),
            ],
            sums: ["25", "24.5", "0.5", "24.5"].map(str::to_owned),
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Wide, &self.title);
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![
            Field::new("单位：", &self.unit),
            Field::new("进度：", &self.state),
        ]));
        paper.push(self.table());
        paper.notes(&strings(&[
            "台帐依据由系统从各支部的记录算出，不另交材料。得分为标准分减扣分，只在本单位内合计。",
        ]));
        paper.push(Block::Space(6.0));
        paper.push(Block::Signatures {
            per_row: 2,
            signers: vec![Signer::new("第一责任人", ""), Signer::new("考核人", "")],
        });
        paper
    }

    fn table(&self) -> Table {
        let columns = vec![
            Column::centre(16.0),
            Column::centre(18.0),
            Column::left(44.0),
            Column::centre(11.0),
            Column::left(24.0),
            Column::left(18.0),
            Column::left(50.0),
            Column::centre(11.0),
            Column::centre(11.0),
            Column::left(30.0),
            Column::centre(11.0),
        ];
        let titles = [
            "项目",
            "目标",
            "考核内容及标准",
            "标准分",
            "评分说明",
            "评分方法",
            "台帐依据",
            "自查分",
            "扣分",
            "说明和扣分原因",
            "得分",
        ];
        let mut table = Table::new(columns, &titles);
        for project in self.rows.chunk_by(|a, b| a.project == b.project) {
            for (at, row) in project.iter().enumerate() {
                let mut cells = Vec::new();
                if at == 0 {
                    cells.push(Cell::text(&row.project).down(project.len()));
                }
                cells.extend(row.cells());
                table.row(cells);
            }
        }
        table.row(self.foot());
        table
    }

    fn foot(&self) -> Vec<Cell> {
        let [points, own, deduction, score] = &self.sums;
        let sum = |text: &String| figure(text).strong();
        vec![
            Cell::text("合计").across(3).strong(),
            sum(points),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
            sum(own),
            sum(deduction),
            Cell::blank(),
            sum(score),
        ]
    }
}

impl AssessmentRow {
    /// Everything after the project.
    fn cells(&self) -> Vec<Cell> {
        let mut words = Vec::new();
        if !self.note.is_empty() {
            words.push(format!("自查：{}", self.note));
        }
        if !self.reason.is_empty() {
            words.push(format!("扣分：{}", self.reason));
        }
        vec![
            Cell::text(&self.goal),
            Cell::text(&self.standard),
            figure(&self.points),
            Cell::text(&self.explain),
            Cell::text(&self.method),
            Cell::text(self.evidence.join("\n")),
            figure(&self.own),
            figure(&self.deduction),
            Cell::text(words.join("\n")),
            figure(&self.score),
        ]
    }
}

/// Whole points are numbers in a spreadsheet; halves and blanks are text.
fn figure(text: &str) -> Cell {
    text.parse().map_or_else(|_| Cell::text(text), Cell::number)
}
