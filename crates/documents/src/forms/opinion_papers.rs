//! 征求意见表 (blank) and 意见反馈单 of one member. No paper has a place for who gave an opinion.
// 通知 二、2

use super::{sample_names, strings};
use crate::paper::{Align, Block, Cell, Column, Field, Layout, Origin, Paper, Style, Table};

/// A sheet to be filled in by hand, or an address to write to instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionSheet {
    /// Unit and branch.
    pub organisation: String,
    /// What opinions are asked about.
    pub topics: Vec<String>,
    /// Last day, in words; empty leaves a blank.
    pub last_day: String,
    /// Address of the unsigned collection, where there is one.
    pub address: Option<String>,
    /// The same as a QR code, rows of `1` and `0`; empty without an address.
    pub code: Vec<String>,
}

impl OpinionSheet {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            organisation: "市城市档案馆机关党委第一党支部".into(),
            topics: strings(&[
                "贯彻落实中央八项规定、省委六条意见、市委七项要求的情况",
                "深入查摆“不严不实”方面突出问题的情况",
            ]),
            last_day: "2015年9月5日".into(),
            address: Some("http://10.1.2.3:8015/y/0123456789abcdef".into()),
            code: sample_code(),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, "征求意见表");
        paper.push(Block::Fields(vec![Field::new(
            "党支部：",
            &self.organisation,
        )]));
        paper.text(
            Style::Body,
            "请对本支部和支部党员提出意见和建议，好的差的都可以写。不用写姓名，不查找是谁提的。",
        );
        let columns = vec![Column::centre(40.0), Column::left(128.0)];
        let mut table = Table::new(columns, &["对支部还是对哪位党员", "意见和建议"]);
        table.row_height = 42.0;
        for _ in 0..3 {
            table.row(vec![Cell::blank(), Cell::blank()]);
        }
        paper.push(table);
        let mut notes = vec![format!("可以从这些方面提：{}。", self.topics.join("；"))];
        if !self.last_day.is_empty() {
            notes.push(format!("请于{}前投入意见箱。", self.last_day));
        }
        if let Some(address) = &self.address {
            notes.push(format!("也可以在网上写，同样不记名：{address}"));
        }
        paper.notes(&notes);
        if !self.code.is_empty() {
            paper.push(Block::Code(self.code.clone()));
        }
        paper
    }
}

/// Squares that look like a code and lead nowhere.
fn sample_code() -> Vec<String> {
    let square = |x: usize, y: usize| {
        if (x * y + x).is_multiple_of(3) {
            '1'
        } else {
            '0'
        }
    };
    (0..25)
        .map(|y| (0..25).map(|x| square(x, y)).collect())
        .collect()
}

/// What one member is told of the opinions on this member: as given, without a giver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionSlip {
    /// Unit and branch.
    pub organisation: String,
    /// On whom.
    pub name: String,
    /// Opinion as given, and what became of it.
    pub opinions: Vec<(String, String)>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

impl OpinionSlip {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            organisation: "市城市档案馆机关党委第一党支部".into(),
            name: sample_names()[0].into(),
            opinions: vec![
                (
                    "到窗口办事时解释得太快，听不明白。".into(),
                    "采纳。窗口摆放办事指南，逐项说明。".into(),
                ),
                ("下基层次数少。".into(), String::new()),
            ],
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, "意见反馈单");
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![
            Field::new("党支部：", &self.organisation),
            Field::new("姓名：", &self.name),
        ]));
        paper.text(
            Style::Body,
            "会前征求到的对您的意见，原话如下。意见不记名，请不要猜测、查问是谁提的；\
             请对照检查，写进问题清单和整改措施。",
        );
        let columns = vec![Column::centre(14.0), Column::left(94.0), Column::left(60.0)];
        let mut table = Table::new(columns, &["序号", "意见（原话）", "处理情况"]);
        for (index, (text, answer)) in self.opinions.iter().enumerate() {
            table.row(vec![
                super::serial(index),
                Cell::text(text),
                Cell::text(answer),
            ]);
        }
        if self.opinions.is_empty() {
            let none = Cell::text("没有征求到对您的意见。");
            table.row(vec![none.across(3).align(Align::Centre)]);
        }
        paper.push(table);
        paper
    }
}
