//! 会前学习台帐 of one branch. // 通知 二、1

use super::{sample_names, strings};
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Style, Table};

/// What a branch studied before its meeting, who was there, and what was made up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyLedger {
    /// Unit and branch.
    pub organisation: String,
    /// Items of the notice without a session.
    pub uncovered: Vec<String>,
    /// Sessions by day.
    pub sessions: Vec<StudySessionRow>,
    /// 补学.
    pub makeups: Vec<StudyMakeupRow>,
    /// Who still lacks what.
    pub gaps: Vec<StudyGapRow>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudySessionRow {
    /// Day, in words.
    pub date: String,
    /// Place.
    pub place: String,
    /// 主持人.
    pub host: String,
    /// What was studied.
    pub items: Vec<String>,
    /// How many were there.
    pub present: u32,
    /// Who was not.
    pub absent: Vec<String>,
    /// Note, and that it was entered later.
    pub remark: String,
}

/// One item made up by one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyMakeupRow {
    /// Who.
    pub name: String,
    /// What.
    pub item: String,
    /// Day, in words.
    pub date: String,
    /// How.
    pub how: String,
    /// That it was entered later.
    pub remark: String,
}

/// A member with items not yet studied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyGapRow {
    /// Who.
    pub name: String,
    /// What is missing.
    pub items: Vec<String>,
}

impl StudyLedger {
    /// Made-up data.
    pub fn sample() -> Self {
        let names = sample_names();
        let session = |date: &str, items: &[&str], absent: &[&str]| StudySessionRow {
            date: date.into(),
            place: "办公楼三楼会议室".into(),
            host: names[0].into(),
            items: strings(items),
            present: 8 - u32::try_from(absent.len()).unwrap_or(0),
            absent: strings(absent),
            remark: String::new(),
        };
        let mut sessions = vec![
            session("2015年8月24日", &["党章党纪"], &[names[7]]),
            session(
                "2015年9月2日",
                &[
                    "习近平总书记系列重要讲话精神",
                    "“三严三实”专题教育规定的学习资料",
                ],
                &[],
            ),
        ];
        sessions[1].remark = "2015年9月6日补录".into();
        Self {
            organisation: "市城市档案馆机关党委第一党支部".into(),
            uncovered: strings(&["焦裕禄、熊征宇等先进事迹"]),
            sessions,
            makeups: vec![StudyMakeupRow {
                name: names[7].into(),
                item: "党章党纪".into(),
                date: "2015年8月28日".into(),
                how: "自学原文".into(),
                remark: String::new(),
            }],
            gaps: vec![StudyGapRow {
                name: names[3].into(),
                items: strings(&["党章党纪", "“三严三实”专题教育规定的学习资料"]),
            }],
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Wide, "会前学习台帐");
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![Field::new(
            "党支部：",
            &self.organisation,
        )]));
        if !self.uncovered.is_empty() {
            let items = self.uncovered.join("；");
            paper.text(Style::Body, format!("还没有学习的内容：{items}。"));
        }
        paper.push(self.sessions());
        if !self.makeups.is_empty() {
            paper.push(Block::Space(3.0));
            paper.text(Style::Heading1, "补学");
            paper.push(self.makeups());
        }
        if !self.gaps.is_empty() {
            paper.push(Block::Space(3.0));
            paper.text(Style::Heading1, "还要补学的同志");
            for gap in &self.gaps {
                let items = gap.items.join("；");
                paper.text(Style::Body, format!("{}：{items}。", gap.name));
            }
        }
        paper
    }

    fn sessions(&self) -> Table {
        let columns = vec![
            Column::centre(32.0),
            Column::left(90.0),
            Column::left(34.0),
            Column::centre(20.0),
            Column::centre(16.0),
            Column::left(38.0),
            Column::left(34.0),
        ];
        let heads = ["日期", "学习内容", "地点", "主持人", "参加", "缺席", "备注"];
        let mut table = Table::new(columns, &heads);
        for row in &self.sessions {
            table.row(vec![
                Cell::text(&row.date),
                Cell::text(row.items.join("；")),
                Cell::text(&row.place),
                Cell::text(&row.host),
                Cell::number(row.present),
                Cell::text(row.absent.join("、")),
                Cell::text(&row.remark),
            ]);
        }
        table
    }

    fn makeups(&self) -> Table {
        let columns = vec![
            Column::centre(32.0),
            Column::left(100.0),
            Column::centre(36.0),
            Column::left(56.0),
            Column::left(40.0),
        ];
        let heads = ["姓名", "补学内容", "日期", "方式", "备注"];
        let mut table = Table::new(columns, &heads);
        for row in &self.makeups {
            table.row(vec![
                Cell::text(&row.name),
                Cell::text(&row.item),
                Cell::text(&row.date),
                Cell::text(&row.how),
                Cell::text(&row.remark),
            ]);
        }
        table
    }
}
