//! Rules about heart-to-heart talks in a branch. // 通知 二、2

use super::Status;
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};

pub(super) fn status(_notice: &Notice, _rule: Rule, _branch: &BranchFacts) -> Status {
    Status::Untracked
}
