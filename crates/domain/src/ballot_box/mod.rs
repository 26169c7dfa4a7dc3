//! The electronic way of one appraisal round: the box that sealed slips are cast into. // 通知 三、3
//!
//! Knows its states, how slips are accounted for, when it may close, and what its sums mean as a
//! count. It knows no key, no code and no ballot: those are the ballot crate's.

mod disclosure;
mod paper;
mod slips;
mod state;
mod tally;

use thiserror::Error;

use crate::appraisal::machine::IllegalStep;
pub use disclosure::Disclosure;
pub use paper::{Sheets, Ways, together};
pub use slips::{Closing, Confirmation, Slips};
pub use state::{BoxState, BoxStep};
pub use tally::{Sums, count_of};

/// Why a step of the box was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BoxError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// No slips, or fewer than voters.
    #[error("投票码 {slips} 个，在场可投票 {voters} 人。投票码应不少于在场人数，请重新制作。")]
    TooFewSlips {
        /// Slips made.
        slips: u32,
        /// Voters in the room.
        voters: u32,
    },
    /// More slips returned and used than were made.
    #[error("已投 {cast}、交回 {returned}，合计多于投票码总数 {made}。请核对后重试。")]
    MoreThanMade {
        /// Slips made.
        made: u32,
        /// Ballots in the box.
        cast: u32,
        /// Slips handed back, spares included.
        returned: u32,
    },
    /// Slips are still out, and nobody has confirmed that they stay out.
    #[error(
        "还有 {out} 张票既没有投出也没有交回，不能截止。请等候投票或收回票条；确实找不到的，请两名监票人共同确认并写明原因。"
    )]
    SlipsOut {
        /// How many.
        out: u32,
    },
    /// More slips and sheets in hands than voters.
    #[error(
        "领票 {slips} 张、领纸质测评表 {paper} 张，合计多于到会可投票的 {voters} 人。每人只领一种，请核对；没有发出去的票条先当众交回。"
    )]
    MoreThanVoters {
        /// Slips drawn.
        slips: u32,
        /// Paper sheets handed out.
        paper: u32,
        /// Voters in the room.
        voters: u32,
    },
    /// Beside paper, so few slips that the archive's sums tell votes.
    #[error(
        "有人用纸质测评表时，用电子投票的不能少于 {floor} 人，现在只有 {slips} 人：电子票的合计在计票档案里，人太少就能看出各人怎么投的。请全部用电子投票，或者作废本轮，全部改用纸质测评表。"
    )]
    TooFewElectronic {
        /// Slips drawn.
        slips: u32,
        /// Floor of the campaign.
        floor: u32,
    },
    /// More paper sheets back than went out.
    #[error(
        "收回纸质测评表 {collected} 张，多于发出的 {issued} 张，本轮测评无效。请作废本轮，重新投票。"
    )]
    MorePaper {
        /// Handed out.
        issued: u32,
        /// Back.
        collected: u32,
    },
    /// A confirmation without a reason, or not by two different scrutineers.
    #[error("缺票须由两名监票人分别确认并写明原因。请补全后再截止。")]
    NotConfirmed,
    /// The sums do not fit the ballot's rows and grades, or exceed the ballots.
    #[error("计票结果与本轮票面不符。请勿采用，并联系组织科核查票箱存档。")]
    OtherShape,
}

#[cfg(test)]
mod tests;
