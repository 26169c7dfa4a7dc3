//! A unit's work plan: written, sent up, returned or filed, amended. // 通知 二、4
//!
//! Each value is one version. A filed version stays in force until the next one is filed.

mod content;
mod state;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::appraisal::IllegalStep;
use crate::ids::{AccountId, PlanId};
use crate::time::UnixTime;
pub use content::{PlanContent, PlanProblem, PlannedMeeting};
pub use state::{PlanState, PlanStep};

/// Why a step of a plan was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// The reviewer wrote or sent the plan.
    #[error("这份方案是您起草或报送的，不能由您审核。请由组织科另一人审核。")]
    OwnPlan,
    /// Contents that must be there are missing.
    #[error("方案还缺 {} 项内容，不能备案：{}", .0.len(), .0.first().map(PlanProblem::message).unwrap_or_default())]
    Incomplete(Vec<PlanProblem>),
    /// Returning without an opinion.
    #[error("退回要写明审核意见。请填写意见后再退回。")]
    NoOpinion,
    /// Filing without a number.
    #[error("没有备案号。请填写备案号后再备案。")]
    NoNumber,
}

/// A filed version in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    /// Version.
    pub version: u32,
    /// 备案号.
    pub number: String,
}

/// What every state of a version has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanHead {
    /// The plan (all versions).
    pub id: PlanId,
    /// This version, from 1.
    pub version: u32,
    /// Who wrote it.
    pub drafter: AccountId,
    /// What it says.
    pub content: PlanContent,
    /// The filed version in force meanwhile, if any.
    pub in_force: Option<InForce>,
}

/// Being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The version.
    pub head: PlanHead,
}

/// With the 组织科.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// The version.
    pub head: PlanHead,
    /// Who sent it.
    pub by: AccountId,
    /// When.
    pub at: UnixTime,
    /// Whether this sending was after the deadline day. // 通知 二、4
    pub late: bool,
}

/// Sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The version.
    pub head: PlanHead,
    /// Who reviewed it.
    pub reviewer: AccountId,
    /// What is to be changed.
    pub opinion: String,
    /// When.
    pub at: UnixTime,
}

/// Filed and in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The version.
    pub head: PlanHead,
    /// Who reviewed it.
    pub reviewer: AccountId,
    /// 备案号.
    pub number: String,
    /// When.
    pub at: UnixTime,
    /// Submitted after the deadline day.
    pub late: bool,
}

/// Whether something sent at `at` misses a deadline: any time of the deadline day is in time.
pub fn is_late(at: UnixTime, deadline: Date) -> bool {
    at.date() > deadline
}

impl Draft {
    /// The first version.
    pub fn new(id: PlanId, drafter: AccountId, content: PlanContent) -> Self {
        Self {
            head: PlanHead {
                id,
                version: 1,
                drafter,
                content,
                in_force: None,
            },
        }
    }

    /// Sends it up. A late plan is accepted and marked. // 通知 二、4
    pub fn submit(
        self,
        by: AccountId,
        at: UnixTime,
        deadline: Date,
    ) -> Result<Submitted, PlanError> {
        PlanState::Draft.advance(PlanStep::Submit)?;
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
        reviewer: AccountId,
        opinion: &str,
        at: UnixTime,
    ) -> Result<Returned, PlanError> {
        PlanState::Submitted.advance(PlanStep::Return)?;
        self.reviewable_by(reviewer)?;
        let opinion = opinion.trim().to_owned();
        if opinion.is_empty() {
            return Err(PlanError::NoOpinion);
        }
        Ok(Returned {
            head: self.head,
            reviewer,
            opinion,
            at,
        })
    }

    /// Files it under a number. `problems` come from [`PlanContent::check`]; those that stop,
    /// stop here. // 通知 二、4
    pub fn file(
        self,
        reviewer: AccountId,
        number: &str,
        at: UnixTime,
        problems: Vec<PlanProblem>,
    ) -> Result<Filed, PlanError> {
        PlanState::Submitted.advance(PlanStep::File)?;
        self.reviewable_by(reviewer)?;
        let stops: Vec<_> = problems.into_iter().filter(PlanProblem::stops).collect();
        if !stops.is_empty() {
            return Err(PlanError::Incomplete(stops));
        }
        let number = number.trim().to_owned();
        if number.is_empty() {
            return Err(PlanError::NoNumber);
        }
        Ok(Filed {
            head: self.head,
            reviewer,
            number,
            at,
            late: self.late,
        })
    }

    /// 审核 by somebody else than who wrote or sent it.
    fn reviewable_by(&self, reviewer: AccountId) -> Result<(), PlanError> {
        if reviewer == self.head.drafter || reviewer == self.by {
            return Err(PlanError::OwnPlan);
        }
        Ok(())
    }
}

impl Returned {
    /// The next version, to be rewritten.
    pub fn revise(self, drafter: AccountId) -> Result<Draft, PlanError> {
        PlanState::Returned.advance(PlanStep::Revise)?;
        Ok(Draft {
            head: PlanHead {
                version: self.head.version + 1,
                drafter,
                ..self.head
            },
        })
    }
}

impl Filed {
    /// A draft of the next version; this one stays in force. One draft at a time is the
    /// caller's care.
    pub fn amend(&self, drafter: AccountId) -> Result<Draft, PlanError> {
        PlanState::Filed.advance(PlanStep::Amend)?;
        Ok(Draft {
            head: PlanHead {
                version: self.head.version + 1,
                drafter,
                in_force: Some(InForce {
                    version: self.head.version,
                    number: self.number.clone(),
                }),
                ..self.head.clone()
            },
        })
    }
}

#[cfg(test)]
mod tests;
