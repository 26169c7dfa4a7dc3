//! Rules about criticism and self-criticism at a branch's meeting. // 通知 三、1 and 三、2

use super::Status;
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};

pub(super) fn status(_notice: &Notice, _rule: Rule, _branch: &BranchFacts) -> Status {
    Status::Untracked
}
