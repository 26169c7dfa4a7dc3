//! 情况总结材料 of a unit: its own words beside the ledger's figures.

use super::{NoticeLevel, NoticeParagraph};
use crate::paper::{Block, Cell, Column, Layout, Origin, Paper, Style, Table};

/// A unit's summary, filed with annex 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryReport {
    /// Title.
    pub title: String,
    /// Addressee without the colon; empty for none.
    pub addressee: String,
    /// Headings and paragraphs written by the unit.
    pub paragraphs: Vec<NoticeParagraph>,
    /// Title over the figures.
    pub figures_title: String,
    /// Item and figure with its unit, such as (`应评议党员`, `51人`).
    pub figures: Vec<(String, String)>,
    /// Signature at the end.
    pub signature: String,
    /// Date at the end, as text.
    pub date: String,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

impl SummaryReport {
    /// Made-up data.
    pub fn sample() -> Self {
        use NoticeLevel::{Body, Heading};
        let paragraphs = [
            (
                Body,
                "按照市直机关工委通知要求，我单位所属3个党支部均已召开专题组织生活会，现将有关情况报告如下：",
            ),
            (Heading, "一、基本情况"),
            (
                Body,
                "各党支部会前集中学习，广泛征求意见，普遍开展谈心谈话；会上严肃开展批评与自我批评；会后现场进行民主评议。",
            ),
            (Heading, "二、存在问题"),
            (
                Body,
                "少数党员问题清单不够具体，个别整改措施没有明确时限，已退回补课。",
            ),
            (Heading, "三、整改打算"),
            (Body, "建立整改台帐，逐项销号，12月底前组织“回头看”。"),
        ];
        let figures = [
            ("党支部总数", "3个"),
            ("已召开专题组织生活会", "3个"),
            ("应评议党员", "51人"),
            ("已评议党员", "47人"),
            ("评定为“好”", "41人"),
            ("评定为“一般”", "4人"),
            ("评定为“差”", "1人"),
            ("不定等次", "1人"),
        ];
        Self {
            title: "关于专题组织生活会情况的报告".into(),
            addressee: "市直机关工委组织科".into(),
            paragraphs: paragraphs
                .map(|(level, text)| NoticeParagraph::new(level, text))
                .to_vec(),
            figures_title: "附：有关数据".into(),
            figures: figures
                .map(|(item, figure)| (item.into(), figure.into()))
                .to_vec(),
            signature: "中共市城市档案馆机关委员会".into(),
            date: "2015年9月29日".into(),
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Official, &self.title);
        paper.made_from(self.origin.as_ref());
        if !self.addressee.is_empty() {
            paper.text(
                Style::Flush,
                format!("{}：", self.addressee.trim_end_matches('：')),
            );
        }
        for paragraph in &self.paragraphs {
            paper.push(paragraph.paragraph());
        }
        paper.closing(&self.signature, &self.date);
        paper.push(Block::Space(8.0));
        paper.text(Style::Heading1, &self.figures_title);
        let columns = [14.0, 90.0, 52.0].map(Column::centre).to_vec();
        let mut table = Table::new(columns, &["序号", "项目", "数据"]);
        for (index, (item, figure)) in self.figures.iter().enumerate() {
            table.row(vec![
                super::serial(index),
                Cell::text(item),
                Cell::text(figure),
            ]);
        }
        paper.push(table);
        paper
    }
}
