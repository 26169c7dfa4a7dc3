//! Feedback, 公示, use of results. // 通知 三、3

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
