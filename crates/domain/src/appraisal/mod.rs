//! One round of 民主评议党员: from the list of the appraised to the branch's opinions.
//!
//! [`RoundState`] with its table drives storage and pages; [`Round`] carries the data that each
//! state has and asks the same table. The count's arithmetic is in `count`; ballots are elsewhere.

pub mod machine;
mod officials;
mod round;
mod state;
mod subject;

use thiserror::Error;

use crate::count::CountProblem;
pub use machine::IllegalStep;
pub use officials::{Official, Officials, OfficialsError};
pub use round::{
    Closed, Counted, Determined, Open, Prepared, Round, RoundHead, Signed, Stage, Voided,
};
pub use state::{RoundState, RoundStep};
pub use subject::{Opinion, Subject, Treatment, UngradedReason};

/// Why a step of a round was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RoundError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// The criticism part of the meeting is not over. // 通知 三、3
    #[error("批评与自我批评还没有结束，不能发票。请先在会议页面确认“批评环节结束”。")]
    CriticismNotOver,
    /// Nobody is to be graded.
    #[error("没有列入测评的党员，不能发票。请先确定参评名单。")]
    NobodyAppraised,
    /// No ballots, or more than voters in the room.
    #[error(
        "发出票 {issued} 张，在场可投票 {present} 人。发出票应在 1 张以上、不多于在场人数，请核对签到。"
    )]
    Issued {
        /// 发出票.
        issued: u32,
        /// Voters in the room.
        present: u32,
    },
    /// More collected than issued. // docs/DOMAIN.md §2.5 invariant 3
    #[error("收回票 {collected} 张，多于发出票 {issued} 张，本轮测评无效。请作废本轮，重新发票。")]
    MustVoid {
        /// 收回票.
        collected: u32,
        /// 发出票.
        issued: u32,
    },
    /// The count speaks of another number of ballots or members than the round.
    #[error("计票结果与本轮不符（发出票、收回票或人数不同）。请按本轮的计票单重新录入。")]
    CountOfAnotherRound,
    /// Sums do not come out.
    #[error("计票结果有 {} 处对不上：{}", .0.len(), .0.first().map(CountProblem::message).unwrap_or_default())]
    Arithmetic(Vec<CountProblem>),
    /// Scrutineers and tellers are not as they must be.
    #[error(transparent)]
    Officials(#[from] OfficialsError),
    /// A member without an opinion, or with two, or not on the list, or an unknown grade.
    #[error("还有党员没有评定意见，或意见与参评名单不一致。请逐人给出一个评定意见后再确认。")]
    Opinions,
    /// Voiding, or leaving a member ungraded, without saying why.
    #[error("没有写明原因。请填写原因后再确认。")]
    NoReason,
}

#[cfg(test)]
mod tests;
