//! 公示: drafted, examined, approved by somebody else, posted, ended; or withdrawn with a reason.
//!
//! 《党务公开条例》 article 15: propose → examine (secrecy) → approve → publish. What is posted is
//! kept as it was (the snapshot is storage's business).

use jiff::civil::Date;
use thiserror::Error;

use super::scan::Finding;
use crate::appraisal::IllegalStep;
use crate::appraisal::machine::{edges, words};
use crate::ids::AccountId;

words! {
    /// Where a public notice of results is. // 通知 三、3
    pub enum PublicityState {
        /// Being written.
        Draft = "draft", "拟稿";
        /// Examined and approved, not on the board yet.
        Approved = "approved", "已批准";
        /// On the board.
        Posted = "posted", "公示中";
        /// Its time is over.
        Ended = "ended", "公示结束";
        /// Taken back.
        Withdrawn = "withdrawn", "已撤回";
    }
}

words! {
    /// What is done to a public notice.
    pub enum PublicityStep {
        /// Somebody other than the drafter approves.
        Approve = "approve", "批准";
        /// It goes on the board.
        Post = "post", "张贴公示";
        /// Its time is over.
        End = "end", "结束公示";
        /// It is taken back.
        Withdraw = "withdraw", "撤回";
    }
}

edges! { "公示", PublicityState, PublicityStep:
    Draft --Approve--> Approved,
    Draft --Withdraw--> Withdrawn,
    Approved --Post--> Posted,
    Approved --Withdraw--> Withdrawn,
    Posted --End--> Ended,
    Posted --Withdraw--> Withdrawn,
}

/// Why a step was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PublicityError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// The approver wrote it.
    #[error("这份公示稿是您起草或修改的，不能由您批准。请由支部书记或上级党组织另一人批准。")]
    OwnDraft,
    /// The examination found something.
    #[error("公示稿没有通过保密审查：{}", .0.first().map(Finding::message).unwrap_or_default())]
    Secrets(Vec<Finding>),
    /// Its first day has not come.
    #[error("公示还没有到开始的日子。请在张贴当天或以后登记。")]
    TooEarly,
    /// The last day lies before the first.
    #[error("公示的最后一天早于第一天，请核对。")]
    Backwards,
    /// Ended before its last day.
    #[error("公示要到最后一天过完才能结束。需要提前停止的，请撤回并写明原因。")]
    NotOver,
    /// Withdrawn without a reason.
    #[error("没有写明撤回的原因。")]
    NoReason,
}

/// What stays the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicityHead {
    /// Who wrote or last changed it.
    pub drafter: AccountId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What the examination finds in its words.
    pub findings: Vec<Finding>,
}

/// Being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft(pub PublicityHead);

/// Approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved(pub PublicityHead);

/// On the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted(pub PublicityHead);

/// Over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended(pub PublicityHead);

/// Taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Why.
    pub reason: String,
}

impl PublicityHead {
    fn clean(&self) -> Result<(), PublicityError> {
        if self.findings.is_empty() {
            Ok(())
        } else {
            Err(PublicityError::Secrets(self.findings.clone()))
        }
    }
}

impl Draft {
    /// Somebody else approves what passed the examination.
    pub fn approve(self, by: AccountId) -> Result<Approved, PublicityError> {
        PublicityState::Draft.advance(PublicityStep::Approve)?;
        if by == self.0.drafter {
            return Err(PublicityError::OwnDraft);
        }
        self.0.clean()?;
        Ok(Approved(self.0))
    }
}

impl Approved {
    /// It hangs since `from`; `today` is not before that day.
    pub fn post(self, from: Date, to: Date, today: Date) -> Result<Posted, PublicityError> {
        PublicityState::Approved.advance(PublicityStep::Post)?;
        self.0.clean()?;
        if from > today {
            return Err(PublicityError::TooEarly);
        }
        if to < from {
            return Err(PublicityError::Backwards);
        }
        Ok(Posted(PublicityHead { from, to, ..self.0 }))
    }
}

impl Posted {
    /// Its last day is over.
    pub fn end(self, today: Date) -> Result<Ended, PublicityError> {
        PublicityState::Posted.advance(PublicityStep::End)?;
        if today <= self.0.to {
            return Err(PublicityError::NotOver);
        }
        Ok(Ended(self.0))
    }
}

impl PublicityState {
    /// Takes it back with a reason.
    pub fn withdraw(self, reason: &str) -> Result<Withdrawn, PublicityError> {
        self.advance(PublicityStep::Withdraw)?;
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(PublicityError::NoReason);
        }
        Ok(Withdrawn { reason })
    }

    /// Whether the next notice may be drafted.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::Withdrawn)
    }
}
