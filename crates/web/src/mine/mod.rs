//! A member's own page: only what concerns that person.

use crate::kernel::route::Route;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
