//! Papers filed upward: a branch's 汇总表 to its unit, a unit's 汇总表 and 总结材料 to the
//! 组织科. // 通知 四、4
//!
//! Hard stops: an unsigned tally and failing arithmetic. What the papers look like is elsewhere.

mod state;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::appraisal::{IllegalStep, RoundState};
use crate::count::CountProblem;
use crate::ids::{AccountId, FilingId, OrgId};
use crate::plan::is_late;
use crate::time::UnixTime;
pub use state::{FilingKind, FilingState, FilingStep};

/// Why a step of a filing was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FilingError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// Branches whose tally is not signed.
    #[error("有 {} 个支部的计票还没有签字，不能报送汇总表。请先完成计票签字。", .0.len())]
    NotSigned(Vec<OrgId>),
    /// Sums do not come out.
    #[error("汇总表有 {} 处对不上：{}", .0.len(), .0.first().map(CountProblem::message).unwrap_or_default())]
    Arithmetic(Vec<CountProblem>),
    /// A unit's totals are not the sum of its branches'.
    #[error("单位合计与各支部汇总表之和不一致，不能报送。请重新生成汇总表。")]
    TotalsDiffer,
    /// A unit's filing without 总结材料.
    #[error("没有附专题组织生活会情况总结材料。请附上总结材料后再报送。")]
    NoReport,
    /// The receiver sent it.
    #[error("这份材料是您报送的，不能由您接收或退回。请由接收单位另一人办理。")]
    OwnFiling,
    /// Returning without an opinion.
    #[error("退回要写明意见。请填写意见后再退回。")]
    NoOpinion,
}

/// What is known about one branch when a filing goes up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchReady {
    /// Which.
    pub branch: OrgId,
    /// Its current round; `None` when there is none.
    pub round: Option<RoundState>,
    /// What [`crate::count::Count::check`] found.
    pub problems: Vec<CountProblem>,
}

impl BranchReady {
    /// Whether scrutineers and tellers have signed.
    pub fn signed(&self) -> bool {
        matches!(
            self.round,
            Some(RoundState::Signed | RoundState::Determined)
        )
    }
}

/// What must hold when a filing goes up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    /// The branches in it: one, or all of the unit.
    pub branches: Vec<BranchReady>,
    /// Whether the totals equal the branches' sums.
    pub totals_agree: bool,
    /// Whether 总结材料 is attached (asked of units only).
    pub report_attached: bool,
}

impl Readiness {
    /// The first hard stop, if any.
    pub fn check(&self, kind: FilingKind) -> Result<(), FilingError> {
        let unsigned = self.branches.iter().filter(|b| !b.signed());
        let unsigned: Vec<_> = unsigned.map(|b| b.branch).collect();
        if !unsigned.is_empty() || self.branches.is_empty() {
            return Err(FilingError::NotSigned(unsigned));
        }
        let problems = self.branches.iter().flat_map(|b| b.problems.clone());
        let problems: Vec<_> = problems.collect();
        if !problems.is_empty() {
            return Err(FilingError::Arithmetic(problems));
        }
        if !self.totals_agree {
            return Err(FilingError::TotalsDiffer);
        }
        // 通知 四、4: 情况总结材料和民主评议党员测评汇总表
        if kind == FilingKind::UnitSummary && !self.report_attached {
            return Err(FilingError::NoReport);
        }
        Ok(())
    }
}

/// What every state of a version has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingHead {
    /// The filing (all versions).
    pub id: FilingId,
    /// What is filed.
    pub kind: FilingKind,
    /// Whose.
    pub org: OrgId,
    /// This version, from 1.
    pub version: u32,
}

/// Being put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The version.
    pub head: FilingHead,
}

/// With the receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// The version.
    pub head: FilingHead,
    /// Who sent it.
    pub by: AccountId,
    /// When.
    pub at: UnixTime,
    /// After the deadline day. // 通知 四、4
    pub late: bool,
}

/// Sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The version.
    pub head: FilingHead,
    /// By whom.
    pub by: AccountId,
    /// What is to be changed.
    pub opinion: String,
    /// When.
    pub at: UnixTime,
}

/// Accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// What was sent.
    pub submitted: Submitted,
    /// Who accepted it.
    pub by: AccountId,
    /// When.
    pub at: UnixTime,
}

impl Draft {
    /// Sends it up when nothing stops it. A late one is accepted and marked. // 通知 四、4
    pub fn submit(
        self,
        by: AccountId,
        at: UnixTime,
        deadline: Date,
        ready: &Readiness,
    ) -> Result<Submitted, FilingError> {
        FilingState::Draft.advance(FilingStep::Submit)?;
        ready.check(self.head.kind)?;
        Ok(Submitted {
            head: self.head,
            by,
            at,
            late: is_late(at, deadline),
        })
    }
}

impl Submitted {
    /// Sends it back with an opinion.
    pub fn return_with(
        self,
        by: AccountId,
        opinion: &str,
        at: UnixTime,
    ) -> Result<Returned, FilingError> {
        FilingState::Submitted.advance(FilingStep::Return)?;
        self.decidable_by(by)?;
        let opinion = opinion.trim().to_owned();
        if opinion.is_empty() {
            return Err(FilingError::NoOpinion);
        }
        Ok(Returned {
            head: self.head,
            by,
            opinion,
            at,
        })
    }

    /// Accepts it.
    pub fn receive(self, by: AccountId, at: UnixTime) -> Result<Received, FilingError> {
        FilingState::Submitted.advance(FilingStep::Receive)?;
        self.decidable_by(by)?;
        Ok(Received {
            submitted: self,
            by,
            at,
        })
    }

    fn decidable_by(&self, by: AccountId) -> Result<(), FilingError> {
        if by == self.by {
            return Err(FilingError::OwnFiling);
        }
        Ok(())
    }
}

impl Returned {
    /// The next version, to be put right.
    pub fn revise(self) -> Result<Draft, FilingError> {
        FilingState::Returned.advance(FilingStep::Revise)?;
        Ok(Draft {
            head: FilingHead {
                version: self.head.version + 1,
                ..self.head
            },
        })
    }
}

#[cfg(test)]
mod tests;
