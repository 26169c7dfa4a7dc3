//! A rectification measure: carried out, reported done, verified by somebody else. // 通知 三、4
//!
//! Its words and its day come from the member's list; only what became of it is kept here.

mod state;

use jiff::civil::Date;
use thiserror::Error;

use crate::appraisal::IllegalStep;
use crate::day::{self, DayProblem};
use crate::ids::{AccountId, MeasureId};
use crate::lists::{Author, ReviewError, Reviewer};
use crate::prose::{self, ProseProblem};
use crate::time::UnixTime;
pub use state::{MeasureState, MeasureStep};

/// Longest evidence, in characters: what was done, not an essay.
pub const EVIDENCE: usize = 500;

/// Why a step of a measure was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MeasureError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// The evidence cannot be kept.
    #[error("完成情况{0}")]
    Evidence(ProseProblem),
    /// The day cannot be true.
    #[error("完成日期：{0}")]
    Day(DayProblem),
    /// Not this person's to verify.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// Who reported it on the member's behalf does not verify it.
    #[error("这一条的完成情况是您代报的，不能再由您核实。请由支部另一名委员核实。")]
    OwnReport,
    /// Returned without a word.
    #[error("退回要写明意见，让本人知道还差什么。请填写后再退回。")]
    NoRemark,
}

/// Being carried out (or returned).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub id: MeasureId,
    /// Whose.
    pub author: Author,
    /// Open or Returned.
    pub state: MeasureState,
}

/// Reported done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Which.
    pub id: MeasureId,
    /// Whose.
    pub author: Author,
    /// What was done.
    pub evidence: String,
    /// When it was done.
    pub done_on: Date,
    /// Who typed it.
    pub by: AccountId,
}

/// Ticked off (销号).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What was reported.
    pub claim: Claimed,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: UnixTime,
}

impl Open {
    /// Reports it done.
    pub fn claim(
        self,
        by: AccountId,
        evidence: &str,
        done_on: Date,
        today: Date,
    ) -> Result<Claimed, MeasureError> {
        self.state.advance(MeasureStep::Claim)?;
        let evidence = prose::text(evidence, EVIDENCE).map_err(MeasureError::Evidence)?;
        let done_on = day::past(done_on, today).map_err(MeasureError::Day)?;
        Ok(Claimed {
            id: self.id,
            author: self.author,
            evidence,
            done_on,
            by,
        })
    }
}

impl Claimed {
    fn decidable(&self, by: AccountId, as_: Reviewer) -> Result<(), MeasureError> {
        as_.may_verify(self.author)?;
        if self.by == by {
            return Err(MeasureError::OwnReport);
        }
        Ok(())
    }

    /// 销号 by somebody else. // 通知 三、4
    pub fn verify(
        self,
        by: AccountId,
        as_: Reviewer,
        at: UnixTime,
    ) -> Result<Verified, MeasureError> {
        MeasureState::Claimed.advance(MeasureStep::Verify)?;
        self.decidable(by, as_)?;
        Ok(Verified {
            claim: self,
            by,
            at,
        })
    }

    /// Not accepted, with a word: back to the member.
    pub fn return_with(
        self,
        by: AccountId,
        as_: Reviewer,
        remark: &str,
    ) -> Result<(Open, String), MeasureError> {
        let state = MeasureState::Claimed.advance(MeasureStep::Return)?;
        self.decidable(by, as_)?;
        let remark = prose::text(remark, EVIDENCE).map_err(|_| MeasureError::NoRemark)?;
        let open = Open {
            id: self.id,
            author: self.author,
            state,
        };
        Ok((open, remark))
    }
}

#[cfg(test)]
mod tests;
