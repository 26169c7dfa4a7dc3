//! 目标责任制考评: the committee's scheme, a unit's sheet with the ledger's evidence, its own score
//! and the committee's check. // 通知 四、4
//!
//! Sums stand on a unit's own sheet and nowhere else: no page lists, sorts or compares them.

mod check;
mod desk;
mod fields;
mod load;
mod own;
mod paper;
mod scheme;
mod show;

use crate::kernel::access::Access::{Holding, Over};
use crate::kernel::access::{CLERK, COMMITTEE, UNIT, UNIT_READ};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get("/c/{campaign}/assessment", Holding(COMMITTEE), desk::show),
        get(
            "/c/{campaign}/assessment/scheme",
            Holding(CLERK),
            scheme::show,
        ),
        post(
            "/c/{campaign}/assessment/scheme",
            Holding(CLERK),
            scheme::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/assessment",
            Over(UNIT_READ),
            show::show,
        ),
        post(
            "/c/{campaign}/o/{org}/assessment/own",
            Over(UNIT),
            own::submit,
        ),
        post(
            "/c/{campaign}/o/{org}/assessment/check",
            Over(CLERK),
            check::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/assessment/sheet/{format}",
            Over(UNIT_READ),
            paper::sheet,
        ),
    ]
}
