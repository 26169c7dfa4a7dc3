//! 四个不放过: the unit's four gates, decided by people with the facts beside. // 通知 四、3

mod act;
mod board;
mod list;
mod paper;
mod show;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, BRANCH_READ, Role};
use crate::kernel::route::{Route, get, post};

/// The unit for its branches, the 组织科 for directly attached ones; which of them, the handler
/// asks, because it depends on the branch.
const DECIDES: &[Role] = &[Role::UnitSecretary, Role::UnitClerk, Role::CommitteeClerk];

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get("/c/{campaign}/o/{org}/gates", Over(BRANCH_READ), show::show),
        post(
            "/c/{campaign}/o/{org}/gates/decide",
            Over(DECIDES),
            act::decide,
        ),
        post(
            "/c/{campaign}/o/{org}/gates/rework",
            Over(BRANCH),
            act::rework,
        ),
        get(
            "/c/{campaign}/o/{org}/gates/sheet/{format}",
            Over(BRANCH_READ),
            paper::sheet,
        ),
    ]
}
