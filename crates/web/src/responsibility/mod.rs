//! 落实责任: who answers for what, whom the superior sends, leaders in their own branch. // 通知 四、2

mod assign;
mod envoys;
mod paper;
mod show;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{Role, UNIT_READ};
use crate::kernel::route::{Route, get, post};

/// A unit sends to its branches, the 工委 to directly attached ones.
const SENDS: &[Role] = &[Role::UnitSecretary, Role::UnitClerk, Role::CommitteeClerk];

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/c/{campaign}/o/{org}/responsibility",
            Over(UNIT_READ),
            show::show,
        ),
        get(
            "/c/{campaign}/o/{org}/responsibility/{format}",
            Over(UNIT_READ),
            paper::table,
        ),
        get(
            "/c/{campaign}/o/{org}/envoys",
            Over(UNIT_READ),
            envoys::show,
        ),
        post("/c/{campaign}/o/{org}/envoys", Over(SENDS), assign::submit),
    ]
}
