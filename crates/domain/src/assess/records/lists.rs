//! Rules about problem lists of a branch's members. // 通知 二、3

use super::Status;
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};

pub(super) fn status(_notice: &Notice, _rule: Rule, _branch: &BranchFacts) -> Status {
    Status::Untracked
}
