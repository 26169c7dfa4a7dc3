//! Rectification measures ticked off one by one. // 通知 三、4

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
