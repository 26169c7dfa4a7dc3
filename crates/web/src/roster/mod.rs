//! The roster: whom the committee's branches have, and how a list of them comes in.

pub mod import;

mod confirm;
mod parked;
mod preview;
mod running;
mod show;
mod tree;
mod upload;
mod view;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;

use crate::kernel::access::Access::{Holding, Over};
use crate::kernel::access::CLERK;
use crate::kernel::route::{Route, get, post};

/// Largest upload; 22,000 members fill about two megabytes.
const FILE_LIMIT: usize = 64 * 1024 * 1024;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let upload = upload::submit.layer(DefaultBodyLimit::max(FILE_LIMIT + 64 * 1024));
    vec![
        get("/roster", Holding(CLERK), tree::show),
        get("/roster/o/{org}", Over(CLERK), show::show),
        get("/roster/import", Holding(CLERK), upload::show),
        post("/roster/import", Holding(CLERK), upload),
        get("/roster/import/{token}", Holding(CLERK), preview::show),
        post("/roster/import/{token}", Holding(CLERK), confirm::submit),
        get(
            "/roster/import/{token}/running",
            Holding(CLERK),
            running::show,
        ),
    ]
}
