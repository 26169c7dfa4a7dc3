//! 台帐 of a branch: a page, a paper, and links that open the page for one check. // 通知 四、4
//!
//! The public route looks up no session, sets no cookie and writes no address anywhere; it logs
//! that a link was opened.

mod above;
mod after;
mod before;
mod book;
mod guard;
mod link;
mod meeting;
mod open;
mod paper;
mod show;
mod token;

use axum::Router;
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;

use crate::kernel::access::Access::{Over, Public};
use crate::kernel::access::{BRANCH_READ, Role};
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::headers::quiet;
use crate::kernel::route::{Route, get, mount, post};

pub use guard::Guard;
pub use token::hash as link_hash;

/// Who opens the ledger to a check: those who answer for it, and the 组织科.
const LINKS: &[Role] = &[
    Role::BranchSecretary,
    Role::BranchCommittee,
    Role::UnitSecretary,
    Role::UnitClerk,
    Role::CommitteeClerk,
];

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get(
            "/c/{campaign}/o/{org}/ledger",
            Over(BRANCH_READ),
            show::show,
        ),
        get(
            "/c/{campaign}/o/{org}/ledger/paper/{format}",
            Over(BRANCH_READ),
            paper::ledger,
        ),
        post("/c/{campaign}/o/{org}/ledger/link", Over(LINKS), link::make),
        get(
            "/c/{campaign}/o/{org}/ledger/link/{link}",
            Over(LINKS),
            link::show,
        ),
        post(
            "/c/{campaign}/o/{org}/ledger/link/{link}/revoke",
            Over(LINKS),
            link::revoke,
        ),
    ]
}

/// The route without login. Mounted apart from all others: see [`public`].
pub fn public_routes() -> Vec<Route> {
    vec![get("/t/{token}", Public, open::show)]
}

/// The public route with its own layers: security headers, no session, no line in the server's log.
pub fn public(app: &App) -> Router<App> {
    mount(Router::new(), app, public_routes())
        .layer(CatchPanicLayer::custom(|_| {
            PageError::internal("a public handler panicked").into_response()
        }))
        .layer(from_fn(quiet))
}
