//! A year's collection made known to the branch's members: in force, or taken back with a reason.

use thiserror::Error;

use crate::appraisal::IllegalStep;
use crate::appraisal::machine::{edges, words};
use crate::prose::{self, ProseProblem};

words! {
    /// Where a publication of a year's dues is. // 通知 四、4
    pub enum PublicationState {
        /// Members read it.
        Published = "published", "已公布";
        /// Taken back, and kept.
        Withdrawn = "withdrawn", "已撤回";
    }
}

words! {
    /// What is done to a publication.
    pub enum PublicationStep {
        /// It was wrong; a corrected one may follow.
        Withdraw = "withdraw", "撤回";
    }
}

edges! { "党费公布", PublicationState, PublicationStep:
    Published --Withdraw--> Withdrawn,
}

/// Why a publication was not taken back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PublicationError {
    /// It is taken back already.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// No reason, or one that cannot be kept.
    #[error("撤回原因{0}")]
    Reason(#[from] ProseProblem),
}

/// Members read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published(());

/// Taken back, and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// Why.
    pub reason: String,
}

impl PublicationState {
    /// The publication members read; refused when it is taken back already.
    pub fn published(self) -> Result<Published, IllegalStep> {
        self.advance(PublicationStep::Withdraw)?;
        Ok(Published(()))
    }
}

impl Published {
    /// Takes it back with a reason.
    pub fn withdraw(self, reason: &str) -> Result<TakenBack, PublicationError> {
        let reason = prose::line(reason, prose::LINE)?;
        Ok(TakenBack { reason })
    }
}
