//! 我的: one member's own page, with nothing in it about anybody else.

mod load;
mod page;

use crate::kernel::access::Access::Holding;
use crate::kernel::access::Role;
use crate::kernel::route::{Route, get};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![get("/me", Holding(&[Role::Member]), page::show)]
}
