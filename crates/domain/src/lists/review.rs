//! Who reads, returns and verifies what a member wrote.
//!
//! Nobody does it for himself. The secretary's own papers go to the deputy or a committee
//! member; where the branch has no other officer, to the unit.

use thiserror::Error;

use crate::ids::MemberId;
use crate::member::PostKind;

/// Somebody who wants to read or decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewer {
    /// The member behind the account.
    pub member: Option<MemberId>,
    /// Highest post in this branch.
    pub post: Option<PostKind>,
    /// Writes for the unit above.
    pub unit: bool,
}

/// Whose paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The member.
    pub member: MemberId,
    /// Highest post in this branch.
    pub post: Option<PostKind>,
    /// Whether the branch has another officer.
    pub others: bool,
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReviewError {
    /// His own.
    #[error(
        "这是您自己的材料，不能由您本人审阅或核实。请由支部另一名委员办理；支部没有其他委员的，请上级党组织办理。"
    )]
    Own,
    /// Somebody else's task.
    #[error("这份材料由支部书记、副书记审阅，书记、副书记本人的由支部委员审阅。")]
    NotYours,
}

fn leads(post: Option<PostKind>) -> bool {
    matches!(post, Some(PostKind::Secretary | PostKind::DeputySecretary))
}

impl Reviewer {
    /// Reads a list and may return it. // 通知 二、3
    pub fn may_read(self, author: Author) -> Result<(), ReviewError> {
        self.may_verify(author)?;
        // A committee member reads the secretary's and deputy's lists, not everybody's.
        let by_committee = self.post.is_some() && leads(author.post);
        if leads(self.post) || by_committee || self.post.is_none() {
            Ok(())
        } else {
            Err(ReviewError::NotYours)
        }
    }

    /// Verifies a measure: any officer but the person himself. // 通知 三、4
    pub fn may_verify(self, author: Author) -> Result<(), ReviewError> {
        if self.member == Some(author.member) {
            return Err(ReviewError::Own);
        }
        let alone = author.post.is_some() && !author.others;
        if self.post.is_some() || (self.unit && alone) {
            Ok(())
        } else {
            Err(ReviewError::NotYours)
        }
    }
}
