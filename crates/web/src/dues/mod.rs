//! Dues: assessment, register, arrears. // 通知 四、4

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
