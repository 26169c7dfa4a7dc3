//! 评议结果反馈单: the branch's opinion for each member, two slips on a page.
//!
//! A slip has no place for counts, percentages or what others got.

use jiff::civil::Date;

use crate::paper::{Block, Field, Layout, Origin, Paper, Signer, Style};

/// Slips of one branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackSlips {
    /// Title.
    pub title: String,
    /// The branch.
    pub organisation: String,
    /// 发文字号 of the notice.
    pub notice: String,
    /// One per member.
    pub slips: Vec<FeedbackSlip>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One member's slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackSlip {
    /// Name.
    pub name: String,
    /// Day of the meeting, as text.
    pub meeting_date: String,
    /// The opinion: a grade, or 不定等次.
    pub opinion: String,
    /// Why there is no grade; empty otherwise.
    pub reason: String,
    /// Day of the opinion, as text.
    pub decided_on: String,
    /// Day of the feedback; a blank before it.
    pub told_on: Option<Date>,
    /// Who told; empty leaves a blank.
    pub teller: String,
    /// How; empty leaves a blank.
    pub manner: String,
}

impl FeedbackSlips {
    /// Made-up data.
    pub fn sample() -> Self {
        let slip = |name: &str, opinion: &str, reason: &str| FeedbackSlip {
            name: name.into(),
            meeting_date: "2015年9月18日".into(),
            opinion: opinion.into(),
            reason: reason.into(),
            decided_on: "2015年9月18日".into(),
            told_on: None,
            teller: String::new(),
            manner: String::new(),
        };
        let mut slips = vec![
            slip("丁小满", "好", ""),
            slip("阿依古丽·买买提", "一般", ""),
            slip("欧阳明远", "不定等次", "预备党员，不定等次"),
        ];
        slips[0].told_on = Some(jiff::civil::date(2015, 9, 22));
        slips[0].teller = "王雅文（党支部书记）".into();
        slips[0].manner = "当面".into();
        Self {
            title: "民主评议党员结果反馈单".into(),
            organisation: "市城市档案馆机关党委第一党支部".into(),
            notice: "某直工通〔2015〕14号".into(),
            slips,
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, &self.title);
        paper.made_from(self.origin.as_ref());
        for (index, slip) in self.slips.iter().enumerate() {
            if index > 0 && index % 2 == 0 {
                paper.push(Block::PageBreak);
            } else if index > 0 {
                paper.push(Block::Space(10.0));
                paper.text(Style::Centre, "— — — — — — — 沿此线裁开 — — — — — — —");
                paper.push(Block::Space(6.0));
            }
            // The first one of the document stands under the printed title.
            if index > 0 {
                paper.text(Style::Centre, &self.title);
            }
            self.slip(&mut paper, slip);
        }
        paper
    }

    fn slip(&self, paper: &mut Paper, slip: &FeedbackSlip) {
        paper.text(Style::Flush, format!("{}同志：", slip.name));
        let why = if slip.reason.is_empty() {
            String::new()
        } else {
            format!("（{}）", slip.reason)
        };
        paper.text(
            Style::Body,
            format!(
                "按照{}要求，{}于{}召开专题组织生活会并现场开展民主评议党员。支部委员会结合测评情况和平时表现，于{}研究确定，对你的评定意见为：{}{why}。",
                self.notice, self.organisation, slip.meeting_date, slip.decided_on, slip.opinion,
            ),
        );
        paper.text(
            Style::Body,
            "如有不同意见，可以向党支部提出，党支部将复核并答复。",
        );
        paper.push(Block::Fields(vec![
            Field::new("反馈人：", &slip.teller),
            Field::new("反馈方式：", &slip.manner),
            Field::date("反馈日期：", slip.told_on),
        ]));
        paper.push(Block::Signatures {
            per_row: 2,
            signers: vec![Signer::new("本人签收", ""), Signer::new("签收日期", "")],
        });
    }
}
