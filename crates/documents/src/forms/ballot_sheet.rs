//! Annex 1 《民主评议党员测评表》, the paper ballot.
//!
//! All sheets of a round are alike: no running number, no name line, no code, nothing that tells one from another.

use jiff::civil::{Date, date};

use super::{sample_grades, sample_names, serial, strings};
use crate::paper::{Block, Cell, Column, Field, Layout, Paper, Table};

/// Annex 1, one ballot. Print as many copies as there are voters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotSheet {
    /// Title, as the notice's annex calls it.
    pub title: String,
    /// Full name of the unit.
    pub unit: String,
    /// Name of the branch.
    pub branch: String,
    /// Day of the appraisal; `None` leaves a blank.
    pub date: Option<Date>,
    /// Grades in the notice's order.
    pub grades: Vec<String>,
    /// Appraised members in the fixed order of the round.
    pub members: Vec<String>,
    /// Notes at the foot.
    pub notes: Vec<String>,
}

impl BallotSheet {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            title: "民主评议党员测评表".into(),
            unit: "市城市档案馆机关党委".into(),
            branch: "第一党支部".into(),
            date: Some(date(2015, 9, 18)),
            grades: sample_grades(),
            members: strings(&sample_names()),
            notes: strings(&[
                "本表无记名填写。请结合平时表现、履职尽责和作风转变情况，客观公正地作出评价。",
                "每行在认可的等次下画一个“√”；一行都不画为弃权，画两个以上或有涂改的，该行无效。",
                "不要在表上写姓名或作其他记号，请用现场统一提供的笔填写。",
            ]),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, &self.title);
        paper.label = Some("附件1".into());
        paper.push(Block::Fields(vec![
            Field::new("单位：", &self.unit),
            Field::new("党支部：", &self.branch),
            Field::date("日期：", self.date),
        ]));
        paper.push(self.table());
        paper.push(Block::Space(2.0));
        paper.notes(&self.notes);
        paper
    }

    /// Few members: room for old eyes and thick pens. Up to 28 share one page with the notes,
    /// so that a ballot is one sheet. More make several pages anyway.
    fn row_height(&self) -> f64 {
        match u8::try_from(self.members.len()) {
            Ok(rows @ 1..=28) => (158.0 / f64::from(rows)).min(11.0),
            _ => 8.5,
        }
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::centre(14.0), Column::centre(44.0)];
        columns.extend(self.grades.iter().map(|_| Column::centre(30.0)));
        let mut titles = vec!["序号", "姓　名"];
        titles.extend(self.grades.iter().map(String::as_str));
        let mut table = Table::new(columns, &titles);
        table.row_height = self.row_height();
        for (index, member) in self.members.iter().enumerate() {
            let mut cells = vec![serial(index), Cell::text(member)];
            cells.extend(self.grades.iter().map(|_| Cell::blank()));
            table.row(cells);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_on_a_ballot_tells_it_from_another() {
        let paper = BallotSheet::sample().paper();
        assert_eq!(paper.foot, None);
        assert!(
            !paper
                .blocks
                .iter()
                .any(|block| matches!(block, Block::Signatures { .. }))
        );
    }
}
