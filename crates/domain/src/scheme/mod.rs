//! 目标责任制考评: the committee's scheme as data, a unit's sheet under it, and the evidence the
//! ledger gives. // 通知 四、4
//!
//! No weight is invented: points are the committee's. Sums stay within one unit; nothing here
//! compares units, let alone ranks them.

mod error;
mod evidence;
mod points;
mod sheet;
mod text;

#[cfg(test)]
mod tests;

use crate::appraisal::machine::{edges, words};

pub use error::{SchemeError, SchemeProblem};
pub use evidence::{Evidence, Proof, prove};
pub use points::{Points, PointsProblem};
pub use sheet::{Mark, MarkProblem, Sums, sums};
pub use text::set_points;

/// The scheme every committee may start from; its points are empty.
pub const TEMPLATE: &str = include_str!("../../../../assessment/organs-2015.toml");

/// What units are assessed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its title.
    pub title: String,
    /// Its items, in order.
    pub items: Vec<Item>,
}

/// One row of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Stable word for storage.
    pub key: String,
    /// 项目.
    pub project: String,
    /// 目标.
    pub goal: String,
    /// 考核内容及标准.
    pub standard: String,
    /// 标准分; `None` until the committee has set it.
    pub points: Option<Points>,
    /// 评分说明.
    pub explain: String,
    /// 评分方法.
    pub method: String,
    /// Where the ledger's evidence comes from.
    pub evidence: Vec<Evidence>,
}

impl Scheme {
    /// Reads a scheme; refuses what contradicts itself, with the line.
    pub fn parse(text: &str) -> Result<Self, SchemeError> {
        text::parse(text)
    }

    /// The goals of items still without points.
    pub fn without_points(&self) -> Vec<&str> {
        let open = self.items.iter().filter(|item| item.points.is_none());
        open.map(|item| item.goal.as_str()).collect()
    }

    /// All 标准分 together; `None` while one is missing.
    pub fn total(&self) -> Option<Points> {
        self.items.iter().map(|item| item.points).sum()
    }
}

words! {
    /// How far a scheme is.
    pub enum SchemeState {
        /// The 组织科 works on it; units do not see it.
        Draft = "draft", "起草中";
        /// Units score themselves by it; it does not change under them.
        Issued = "issued", "已下发";
    }
}

words! {
    /// What is done with a scheme.
    pub enum SchemeStep {
        /// Let the units see it.
        Issue = "issue", "下发";
        /// Take it back for correction, while no unit has used it.
        Reopen = "reopen", "收回修改";
    }
}

edges! { "考评方案", SchemeState, SchemeStep:
    Draft --Issue--> Issued,
    Issued --Reopen--> Draft,
}

words! {
    /// How far a unit's sheet is.
    pub enum SheetState {
        /// The unit scores itself.
        Own = "own", "自查中";
        /// Handed in to the 组织科.
        HandedIn = "handed_in", "已报自查";
        /// The committee has checked it.
        Checked = "checked", "已考核";
    }
}

words! {
    /// What is done with a sheet.
    pub enum SheetStep {
        /// The unit hands in its own score.
        HandIn = "hand_in", "报自查";
        /// The 组织科 sends it back.
        Return = "return", "退回";
        /// The 组织科 finishes its check.
        Check = "check", "完成考核";
        /// The 组织科 takes its check up again.
        Reopen = "reopen", "重新考核";
    }
}

// A unit that does not score itself is checked all the same.
edges! { "考评表", SheetState, SheetStep:
    Own --HandIn--> HandedIn,
    Own --Check--> Checked,
    HandedIn --Return--> Own,
    HandedIn --Check--> Checked,
    Checked --Reopen--> HandedIn,
}
