//! Opinions heard by a branch: activities, the unsigned collection, who they are on, and what
//! became of them. // 通知 二、2
//!
//! Public routes look up no session, set no cookie and log nothing; nothing here knows who gave an
//! opinion. Texts are read by the branch committee and by the member concerned, nobody else.

mod about;
mod activity;
mod collect;
mod envelope;
mod give;
mod load;
mod papers;
mod show;
mod token;
mod typed;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;

use crate::kernel::access::Access::{Over, Public};
use crate::kernel::access::{BRANCH, BRANCH_READ, OF_BRANCH};
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::headers::quiet;
use crate::kernel::route::{Route, get, mount, post};

pub use token::hash as address_hash;

/// Largest form of the public page: one opinion.
const LIMIT: usize = 64 * 1024;

/// Routes of this folder.
#[expect(clippy::too_many_lines, reason = "a table of routes, one entry each")]
pub fn routes() -> Vec<Route> {
    let (read, write) = (Over(BRANCH_READ), Over(BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/opinions", read, show::show),
        get("/c/{campaign}/o/{org}/opinions/new", write, activity::blank),
        post(
            "/c/{campaign}/o/{org}/opinions/new",
            write,
            activity::create,
        ),
        get(
            "/c/{campaign}/o/{org}/opinions/collect",
            write,
            collect::blank,
        ),
        post(
            "/c/{campaign}/o/{org}/opinions/collect",
            write,
            collect::create,
        ),
        get(
            "/c/{campaign}/o/{org}/opinions/activity/{activity}",
            write,
            typed::show,
        ),
        post(
            "/c/{campaign}/o/{org}/opinions/activity/{activity}",
            write,
            typed::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/opinions/activity/{activity}/edit",
            write,
            activity::edit,
        ),
        post(
            "/c/{campaign}/o/{org}/opinions/activity/{activity}/edit",
            write,
            activity::change,
        ),
        post(
            "/c/{campaign}/o/{org}/opinions/activity/{activity}/close",
            write,
            collect::close,
        ),
        get(
            "/c/{campaign}/o/{org}/opinions/activity/{activity}/print",
            write,
            collect::print,
        ),
        get(
            "/c/{campaign}/o/{org}/opinions/about/{whom}",
            write,
            about::show,
        ),
        post(
            "/c/{campaign}/o/{org}/opinions/about/{whom}",
            write,
            about::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/opinions/sheet/{format}",
            write,
            papers::sheet,
        ),
        get(
            "/c/{campaign}/o/{org}/opinions/summary/{format}",
            write,
            papers::summary,
        ),
        get(
            "/c/{campaign}/o/{org}/opinions/slip/{member}/{format}",
            Over(OF_BRANCH),
            papers::slip,
        ),
    ]
}

/// Routes without login. Mounted apart from all others: see [`public`].
pub fn public_routes() -> Vec<Route> {
    vec![
        get("/y/{token}", Public, give::show),
        post("/y/{token}", Public, give::submit),
        get("/y/{token}/thanks", Public, give::thanks),
    ]
}

/// The public routes with their own layers: security headers, no session, no log.
pub fn public(app: &App) -> Router<App> {
    mount(Router::new(), app, public_routes())
        .layer(DefaultBodyLimit::max(LIMIT))
        .layer(CatchPanicLayer::custom(|_| {
            PageError::internal("a public handler panicked").into_response()
        }))
        .layer(from_fn(quiet))
}
