//! 计票报告单: what the scrutineers and tellers sign.

use jiff::civil::{Date, date};

use super::{archive_line, sample_grades, sample_names, serial, strings};
use crate::paper::{
    Block, Cell, Column, Field, Layout, Origin, Paper, Paragraph, Signer, Style, Table,
    date_or_blank,
};

/// The signed result of one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountSheet {
    /// Title, such as `民主评议党员计票报告单`.
    pub title: String,
    /// Unit and branch.
    pub organisation: String,
    /// Number of the round, from 1.
    pub round: u32,
    /// Members due.
    pub due: u32,
    /// Members present.
    pub present: u32,
    /// Ballots handed out.
    pub issued: u32,
    /// Ballots collected.
    pub collected: u32,
    /// Valid ballots.
    pub valid: u32,
    /// Invalid ballots.
    pub invalid: u32,
    /// Grades in the notice's order.
    pub grades: Vec<String>,
    /// One row per appraised member.
    pub rows: Vec<CountRow>,
    /// Earlier rounds that do not count.
    pub voided: Vec<VoidedRound>,
    /// Who watched the count.
    pub scrutineers: Vec<String>,
    /// Who counted.
    pub tellers: Vec<String>,
    /// Day of the count; `None` leaves a blank.
    pub date: Option<Date>,
    /// Notes on the rules applied.
    pub notes: Vec<String>,
    /// SHA-256 of the electronic box's archive, in hexadecimal; `None` for a round on paper.
    pub archive: Option<String>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// Marks of one appraised member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// Name.
    pub name: String,
    /// Marks per grade, in the order of `grades`.
    pub marks: Vec<u32>,
    /// Abstentions.
    pub abstained: u32,
    /// Ballots on which this member's row is void.
    pub void_rows: u32,
}

/// A round that was voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidedRound {
    /// Number of the round.
    pub round: u32,
    /// Why it does not count.
    pub reason: String,
}

impl CountSheet {
    /// Made-up data.
    pub fn sample() -> Self {
        let marks = [
            [5, 1, 0],
            [6, 0, 0],
            [4, 1, 0],
            [2, 4, 0],
            [5, 0, 0],
            [3, 3, 0],
            [6, 0, 0],
            [4, 2, 0],
        ];
        let names = sample_names();
        let rows = names.iter().zip(marks).map(|(name, marks)| CountRow {
            name: (*name).into(),
            marks: marks.to_vec(),
            abstained: 6 - marks.iter().sum::<u32>(),
            void_rows: 0,
        });
        Self {
            title: "民主评议党员计票报告单".into(),
            organisation: "市城市档案馆机关党委第一党支部".into(),
            round: 2,
            due: 8,
            present: 7,
            issued: 7,
            collected: 7,
            valid: 6,
            invalid: 1,
            grades: sample_grades(),
            rows: rows.collect(),
            voided: vec![VoidedRound {
                round: 1,
                reason: "收回8张，多于发出的7张，该轮作废，重新发票测评".into(),
            }],
            scrutineers: strings(&["周启航", "刘喆"]),
            tellers: strings(&["孙㛃", "欧阳明远"]),
            date: Some(date(2015, 9, 18)),
            notes: strings(&["每名党员各等次票数、弃权票数、该行无效票数之和等于有效票数。"]),
            archive: None,
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, &self.title);
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![
            Field::new("党支部：", &self.organisation),
            Field::new("测评轮次：", format!("第{}轮", self.round)),
        ]));
        let sheet = |label: &str, value| Field::count(label, Some(value), "张");
        paper.push(Block::Fields(vec![
            Field::count("应到", Some(self.due), "人"),
            Field::count("实到", Some(self.present), "人"),
            sheet("发出票", self.issued),
            sheet("收回票", self.collected),
            sheet("有效票", self.valid),
            sheet("无效票", self.invalid),
        ]));
        paper.push(self.table());
        paper.push(Block::Space(3.0));
        for voided in &self.voided {
            let text = format!(
                "第{}轮作废，原因：{}。",
                voided.round,
                voided.reason.trim_end_matches('。')
            );
            paper.push(Paragraph {
                lead: "作废轮次：".into(),
                ..Paragraph::new(Style::Flush, text)
            });
        }
        paper.notes(&self.notes);
        if let Some(sha256) = &self.archive {
            paper.text(Style::Note, archive_line(sha256));
        }
        paper.push(Block::Space(4.0));
        paper.push(Block::Signatures {
            per_row: 2,
            signers: self.signers(),
        });
        paper.text(Style::Right, date_or_blank(self.date));
        paper
    }

    fn signers(&self) -> Vec<Signer> {
        let line = |role: &'static str| move |name: &String| Signer::new(role, name);
        let mut signers: Vec<Signer> = self.scrutineers.iter().map(line("监票人")).collect();
        signers.extend(self.tellers.iter().map(line("计票人")));
        signers
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::centre(14.0), Column::centre(46.0)];
        columns.extend(self.grades.iter().map(|_| Column::centre(20.0)));
        columns.extend([20.0, 24.0, 20.0].map(Column::centre));
        let mut titles = vec!["序号", "姓名"];
        titles.extend(self.grades.iter().map(String::as_str));
        titles.extend(["弃权", "该行无效", "合计"]);
        let mut table = Table::new(columns, &titles);
        // Up to 25 members the signatures stand under the figures they are for.
        table.row_height = match self.rows.len() {
            18..=20 => 7.0,
            21..=25 => 5.8,
            _ => table.row_height,
        };
        for (index, row) in self.rows.iter().enumerate() {
            let mut cells = vec![serial(index), Cell::text(&row.name)];
            let mark = |grade| {
                row.marks
                    .get(grade)
                    .copied()
                    .map_or_else(Cell::blank, Cell::number)
            };
            cells.extend((0..self.grades.len()).map(mark));
            let total = row
                .marks
                .iter()
                .fold(0_u32, |sum, mark| sum.saturating_add(*mark));
            let total = total
                .saturating_add(row.abstained)
                .saturating_add(row.void_rows);
            cells.extend([row.abstained, row.void_rows, total].map(Cell::number));
            table.row(cells);
        }
        table
    }
}
