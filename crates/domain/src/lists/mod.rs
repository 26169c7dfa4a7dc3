//! A member's problem list: written, handed in, returned or standing, and revised after the
//! meeting. // 通知 二、3 and 三、4
//!
//! Each value is one version; versions are kept. What a list contains is never judged here.

mod content;
mod review;
mod similar;
mod state;

use thiserror::Error;

use crate::appraisal::IllegalStep;
use crate::ids::{ListId, MemberId};
use crate::notice::Notice;
use crate::prose;
use crate::time::UnixTime;
pub use content::{Item, ListContent, ListProblem, MOST_ITEMS, NoneFound, Touched};
pub use review::{Author, ReviewError, Reviewer};
pub use similar::{Gist, NEAR};
pub use state::{ListState, ListStep, Stage};

/// Why a step of a list was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ListError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// Something that must be there is missing.
    #[error("清单有 {} 处要补充，不能提交。", .0.len())]
    Incomplete(Vec<ListProblem>),
    /// Not this person's to decide.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// Returned without a word.
    #[error("退回要写明意见，让本人知道改什么。请填写后再退回。")]
    NoComment,
    /// Confirmed before there was anything to confirm after.
    #[error("批评环节还没有结束，不能作会后确认。请在组织生活会后再来。")]
    TooEarly,
}

/// What every state of a version has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListHead {
    /// The list (all versions).
    pub id: ListId,
    /// Whose, also when somebody else typed it.
    pub author: MemberId,
    /// This version, from 1.
    pub version: u32,
    /// Before or after the meeting.
    pub stage: Stage,
    /// What it says.
    pub content: ListContent,
}

/// Being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The version.
    pub head: ListHead,
}

/// With the branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The version.
    pub head: ListHead,
    /// When.
    pub at: UnixTime,
}

/// Sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The version.
    pub head: ListHead,
    /// What is to be changed.
    pub comment: String,
    /// When.
    pub at: UnixTime,
}

impl Draft {
    /// The first version; it is the 会前 one even when it comes late.
    pub fn new(id: ListId, author: MemberId, content: ListContent) -> Self {
        Self {
            head: ListHead {
                id,
                author,
                version: 1,
                stage: Stage::Before,
                content,
            },
        }
    }

    /// Hands it in. Everything that stops is told at once. // 通知 二、3
    pub fn hand_in(self, notice: &Notice, at: UnixTime) -> Result<HandedIn, ListError> {
        ListState::Draft.advance(ListStep::HandIn)?;
        let found = self.head.content.check(notice);
        let stops: Vec<_> = found.into_iter().filter(ListProblem::stops).collect();
        if !stops.is_empty() {
            return Err(ListError::Incomplete(stops));
        }
        Ok(HandedIn {
            head: self.head,
            at,
        })
    }
}

impl HandedIn {
    /// Sends it back with a comment; nobody returns his own.
    pub fn return_with(
        self,
        by: Reviewer,
        author: Author,
        comment: &str,
        at: UnixTime,
    ) -> Result<Returned, ListError> {
        ListState::HandedIn.advance(ListStep::Return)?;
        by.may_read(author)?;
        let comment = prose::text(comment, prose::LONG).map_err(|_| ListError::NoComment)?;
        Ok(Returned {
            head: self.head,
            comment,
            at,
        })
    }

    /// The next version; once the criticism is over it is the 会后 one. // 通知 三、4
    pub fn amend(self, criticism_over: bool) -> Result<Draft, ListError> {
        ListState::HandedIn.advance(ListStep::Amend)?;
        let stage = match self.head.stage {
            Stage::Before if !criticism_over => Stage::Before,
            _ => Stage::After,
        };
        Ok(next(self.head, stage))
    }

    /// "会后确认沿用": the same measures stand after the criticism. // 通知 三、4
    pub fn confirm(
        self,
        notice: &Notice,
        criticism_over: bool,
        at: UnixTime,
    ) -> Result<Self, ListError> {
        if !criticism_over {
            return Err(ListError::TooEarly);
        }
        self.amend(true)?.hand_in(notice, at)
    }
}

impl Returned {
    /// The next version, to be rewritten.
    pub fn revise(self) -> Result<Draft, ListError> {
        ListState::Returned.advance(ListStep::Revise)?;
        let stage = self.head.stage;
        Ok(next(self.head, stage))
    }
}

fn next(head: ListHead, stage: Stage) -> Draft {
    Draft {
        head: ListHead {
            version: head.version + 1,
            stage,
            ..head
        },
    }
}

#[cfg(test)]
mod tests;
