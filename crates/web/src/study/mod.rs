//! The ledger of a branch's study before the meeting. // 通知 二、1

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
