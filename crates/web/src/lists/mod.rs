//! Problem lists and measures, each member's own. // 通知 二、3

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
