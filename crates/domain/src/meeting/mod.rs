//! A branch's 专题组织生活会: begun, criticism over, closed; who was due and who came.
//!
//! Only two things stop it: no filed plan (unless overridden with a reason) and an envoy from
//! the branch itself. Everything else is a warning. // docs/DOMAIN.md §1.2

mod attendance;
mod envoy;
mod state;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::appraisal::IllegalStep;
use crate::ids::{AccountId, MeetingId, MemberId, OrgId, PlanId};
use crate::time::UnixTime;
pub use attendance::{
    Attendance, Due, ExclusionReason, Figures, Presence, QuorumFinding, Role, figures,
    misplaced_leaders,
};
pub use envoy::{Envoy, EnvoyError};
pub use state::{MeetingState, MeetingStep};

/// Why a step of a meeting was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MeetingError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// Opened without a filed plan and without a reason. // 通知 二、4
    #[error("工作方案还没有备案，不能开会。请先报送方案备案；确需先开的，写明原因。")]
    NoFiledPlan,
    /// Somebody else than the secretary spoke first and no reason is given. // 通知 三、1
    #[error("第一个作自我批评的不是支部书记。请调整发言顺序，或写明原因。")]
    NotSecretaryFirst,
}

/// What a meeting may open on. // 通知 二、4
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "basis", rename_all = "snake_case")]
pub enum Basis {
    /// The unit's filed plan.
    FiledPlan {
        /// Which.
        plan: PlanId,
        /// Version in force.
        version: u32,
    },
    /// No filed plan; opened all the same.
    Override {
        /// Who decided.
        by: AccountId,
        /// Why.
        reason: String,
    },
}

/// Who opened the self-criticism. // 通知 三、1
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum FirstToSpeak {
    /// The branch secretary.
    Secretary,
    /// Somebody else.
    Other {
        /// Who.
        member: MemberId,
        /// Why not the secretary.
        reason: String,
    },
}

/// On the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Id.
    pub id: MeetingId,
    /// Which branch.
    pub branch: OrgId,
}

/// Begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What was planned.
    pub planned: Planned,
    /// On what it opened.
    pub basis: Basis,
    /// When.
    pub at: UnixTime,
}

/// The criticism part is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriticismDone {
    /// How it opened.
    pub open: Open,
    /// Who spoke first.
    pub first: FirstToSpeak,
    /// When it ended.
    pub at: UnixTime,
}

/// Over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// What went before.
    pub criticism: CriticismDone,
    /// When.
    pub at: UnixTime,
}

impl Planned {
    /// Begins on a filed plan, or on a reason. // 通知 二、4
    pub fn open(self, basis: Basis, at: UnixTime) -> Result<Open, MeetingError> {
        MeetingState::Planned.advance(MeetingStep::Open)?;
        if matches!(&basis, Basis::Override { reason, .. } if reason.trim().is_empty()) {
            return Err(MeetingError::NoFiledPlan);
        }
        Ok(Open {
            planned: self,
            basis,
            at,
        })
    }
}

impl Open {
    /// Ends the criticism part. 支部书记要带头开展自我批评, or the reason why not. // 通知 三、1
    pub fn end_criticism(
        self,
        first: FirstToSpeak,
        at: UnixTime,
    ) -> Result<CriticismDone, MeetingError> {
        MeetingState::Open.advance(MeetingStep::EndCriticism)?;
        if matches!(&first, FirstToSpeak::Other { reason, .. } if reason.trim().is_empty()) {
            return Err(MeetingError::NotSecretaryFirst);
        }
        Ok(CriticismDone {
            open: self,
            first,
            at,
        })
    }

    /// The day it was held.
    pub fn held_on(&self) -> Date {
        self.at.date()
    }
}

impl CriticismDone {
    /// Closes the meeting.
    pub fn close(self, at: UnixTime) -> Result<Closed, MeetingError> {
        MeetingState::CriticismDone.advance(MeetingStep::Close)?;
        Ok(Closed {
            criticism: self,
            at,
        })
    }
}

#[cfg(test)]
mod tests;
