//! 两个全覆盖 with every exclusion beside the figures, from 工委 through unit to branch. // 通知 四、3
//!
//! Lines stand in roster order at every level; nothing here compares one unit with another.

mod decide;
mod load;
mod paper;
mod show;

use crate::kernel::access::Access::{Holding, Over};
use crate::kernel::access::{BRANCH_READ, CLERK, COMMITTEE};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get("/c/{campaign}/coverage", Holding(COMMITTEE), show::whole),
        get(
            "/c/{campaign}/o/{org}/coverage",
            Over(BRANCH_READ),
            show::show,
        ),
        get(
            "/c/{campaign}/o/{org}/coverage/sheet/{format}",
            Over(BRANCH_READ),
            paper::sheet,
        ),
        post(
            "/c/{campaign}/o/{org}/coverage/exclude",
            Over(CLERK),
            decide::exclude,
        ),
        post(
            "/c/{campaign}/o/{org}/coverage/include",
            Over(CLERK),
            decide::include,
        ),
    ]
}
