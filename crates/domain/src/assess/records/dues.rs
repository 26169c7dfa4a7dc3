//! Rules about dues of a branch's members. // 通知 四、4

use super::Status;
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};

pub(super) fn status(_notice: &Notice, _rule: Rule, _branch: &BranchFacts) -> Status {
    Status::Untracked
}
