//! 整改措施 of a branch's members: 对单销号. // 通知 三、4
//!
//! Words and days come from the lists; here they are reported done and verified by somebody else.

mod act;
mod papers;
mod show;

pub(crate) use show::{Line, line};

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, OF_BRANCH, Role};
use crate::kernel::route::{Route, get, post};
use crate::lists::REVIEWERS;

/// Everybody of the branch sees their own, its officers all, the levels above counts.
const READ: &[Role] = &[
    Role::Member,
    Role::BranchSecretary,
    Role::BranchCommittee,
    Role::UnitSecretary,
    Role::UnitClerk,
    Role::CommitteeClerk,
    Role::CommitteeLeader,
];

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get("/c/{campaign}/o/{org}/measures", Over(READ), show::show),
        post(
            "/c/{campaign}/o/{org}/measures/{measure}/claim",
            Over(OF_BRANCH),
            act::claim,
        ),
        post(
            "/c/{campaign}/o/{org}/measures/{measure}/verify",
            Over(REVIEWERS),
            act::verify,
        ),
        post(
            "/c/{campaign}/o/{org}/measures/{measure}/return",
            Over(REVIEWERS),
            act::send_back,
        ),
        get(
            "/c/{campaign}/o/{org}/measures/table/{format}",
            Over(BRANCH),
            papers::table,
        ),
        get(
            "/c/{campaign}/o/{org}/measures/of/{member}/{format}",
            Over(OF_BRANCH),
            papers::of_member,
        ),
    ]
}
