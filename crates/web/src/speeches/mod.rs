//! Criticism and self-criticism at the meeting. // 通知 三、1 and 三、2

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
