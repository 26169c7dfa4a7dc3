//! Opinions heard before the meeting, and the page where they are given. // 通知 二、2

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
