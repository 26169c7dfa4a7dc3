//! 谈心谈话记录表: one talk, written by hand or printed with its gist, signed by both.

use super::particulars;
use crate::paper::{Block, Cell, Column, Layout, Origin, Paper, Signer, Table};

/// One talk; empty fields leave room for writing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkRecord {
    /// Branch.
    pub organisation: String,
    /// When, as text.
    pub day: String,
    /// Where.
    pub place: String,
    /// Who began, and with whom.
    pub parties: [String; 2],
    /// 肯定成绩.
    pub achievement: String,
    /// 指出问题.
    pub problem: String,
    /// 自我批评.
    pub self_criticism: String,
    /// What stays to be settled before the meeting.
    pub matter: String,
    /// What the paper was made from; a blank form from nothing.
    pub origin: Option<Origin>,
}

impl TalkRecord {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            organisation: "市城市档案馆机关党委第一党支部".into(),
            day: "2015年9月2日".into(),
            place: "二楼谈心室".into(),
            parties: ["丁小满".into(), "𠮷庆华".into()],
            achievement: "窗口业务熟练，群众反映好。".into(),
            problem: "遇到急件时态度有些急躁；学习抓得不紧。".into(),
            self_criticism: "作为书记，对窗口同志关心不够，有困难没有及时帮助协调。".into(),
            matter: "窗口轮休安排（2015年9月8日解决）".into(),
            origin: Some(Origin::sample()),
        }
    }

    /// Nothing but the form.
    pub fn blank() -> Self {
        Self::default()
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, "谈心谈话记录表");
        paper.made_from(self.origin.as_ref());
        paper.push(self.particulars());
        paper.push(self.words());
        paper.push(Block::Space(6.0));
        paper.push(Block::Signatures {
            per_row: 2,
            signers: vec![
                Signer::new("谈话人签字", ""),
                Signer::new("谈话对象签字", ""),
            ],
        });
        paper
    }

    fn particulars(&self) -> Table {
        let mut table = particulars(10.0);
        let label = |text: &str| Cell::text(text).strong();
        table.row(vec![
            label("党支部"),
            Cell::text(&self.organisation).across(3),
        ]);
        table.row(vec![
            label("谈话人"),
            Cell::text(&self.parties[0]),
            label("谈话对象"),
            Cell::text(&self.parties[1]),
        ]);
        table.row(vec![
            label("时间"),
            Cell::text(&self.day),
            label("地点"),
            Cell::text(&self.place),
        ]);
        table
    }

    fn words(&self) -> Table {
        let mut table = Table {
            columns: vec![Column::centre(26.0), Column::left(142.0)],
            header: Vec::new(),
            rows: Vec::new(),
            row_height: 38.0,
        };
        for (label, text) in [
            ("肯定成绩", &self.achievement),
            ("指出问题", &self.problem),
            ("自我批评", &self.self_criticism),
            ("会前需解决的问题", &self.matter),
        ] {
            table.row(vec![Cell::text(label).strong(), Cell::text(text)]);
        }
        table
    }
}
