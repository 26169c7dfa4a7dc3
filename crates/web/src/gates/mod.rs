//! 四个不放过: the unit's four gates. // 通知 四、3

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
