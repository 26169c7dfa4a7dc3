//! What is known about feedback, 公示 and use of a branch's appraisal results. // 通知 三、3

use jiff::civil::Date;

use crate::results::PublicityState;

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultFacts {
    /// First day on which the branch gave opinions.
    pub decided_on: Option<Date>,
    /// Members told their result.
    pub fed_back: u32,
    /// Last day on which one was told.
    pub last_told_on: Option<Date>,
    /// Of these, how many said so.
    pub acknowledged: u32,
    /// Objections of members without an answer.
    pub open_objections: u32,
    /// The newest public notice.
    pub publicity: Option<PublicityFacts>,
    /// Members with a help plan, by grade key of the opinion.
    pub helped: Vec<(String, u32)>,
    /// Commendations recorded.
    pub commended: u32,
    /// The branch noted that it commends nobody this time, and why.
    pub none_commended: bool,
}

/// A public notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicityFacts {
    /// How far it is.
    pub state: PublicityState,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}
