//! Being written.

pub(crate) mod load;

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
