//! Rules about feedback, 公示 and use of a branch's appraisal results. // 通知 三、3

use super::Status;
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};

pub(super) fn status(_notice: &Notice, _rule: Rule, _branch: &BranchFacts) -> Status {
    Status::Untracked
}
