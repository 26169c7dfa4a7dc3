//! The first page of each role, the committee's overview, and 「还差什么」 at every level.
//!
//! Nothing here is stored: every line is a finding of `pingyi_domain::assess`.

mod doors;
pub(crate) mod line;
mod missing;
mod org;
mod overview;
mod start;
pub(crate) mod todo;

use crate::kernel::access::Access::{Over, Public};
use crate::kernel::access::{Access, BRANCH_READ, COMMITTEE};
use crate::kernel::route::{Route, get};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get("/", Public, start::show),
        get("/c/{campaign}", Access::Holding(COMMITTEE), overview::show),
        get(
            "/c/{campaign}/missing/{requirement}",
            Access::Holding(COMMITTEE),
            missing::show,
        ),
        get("/c/{campaign}/o/{org}", Over(BRANCH_READ), org::show),
    ]
}
