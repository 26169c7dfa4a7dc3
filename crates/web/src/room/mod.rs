//! The electronic room: ballot box, scrutineers' phones, voters' phones, projector. // 通知 三、3
//!
//! docs/ROOM.md is the contract. Rules are in `pingyi_domain::ballot_box`, checking and counting in
//! `pingyi_room`. Public routes look up no session, set no cookie and log nothing; nothing here
//! knows who holds which slip.

mod archive;
mod assets;
mod back;
mod board;
mod booth;
mod boxes;
mod cast;
mod close;
mod codes;
mod confirm;
mod count;
mod create;
mod invite;
mod key;
mod open;
mod page;
mod paper;
mod projector;
mod refused;
mod scrutineer;
mod seal;
mod share;
mod slips;
mod test_ballot;
mod token;
mod void;

use axum::Router;
use axum::middleware::from_fn;
use tower_http::catch_panic::CatchPanicLayer;

use crate::kernel::access::Access::{Over, Public};
use crate::kernel::access::BRANCH;
use crate::kernel::app::App;
use crate::kernel::headers::quiet;
use crate::kernel::route::{Route, get, mount, post};

pub use boxes::Rooms;
pub(crate) use close::forget_order;
pub use create::{BoxSecrets, box_secrets};
pub(crate) use invite::Invite;

/// Routes of the secretary.
pub fn routes() -> Vec<Route> {
    let write = Over(BRANCH);
    vec![
        get("/c/{campaign}/o/{org}/appraisal/box", write, page::show),
        post(
            "/c/{campaign}/o/{org}/appraisal/box/create",
            write,
            create::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/appraisal/box/slips",
            write,
            slips::show,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/box/slips",
            write,
            slips::submit,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/box/open",
            write,
            open::open,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/box/last-call",
            write,
            open::last_call,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/box/resume",
            write,
            open::resume,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/box/close",
            write,
            close::submit,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/box/paper",
            write,
            paper::correct,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/box/void",
            write,
            void::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/appraisal/box/archive",
            write,
            archive::download,
        ),
        get(
            "/c/{campaign}/o/{org}/appraisal/box/codes",
            write,
            codes::show,
        ),
    ]
}

/// Routes without login. Mounted apart from all others: see [`public`].
pub fn public_routes() -> Vec<Route> {
    vec![
        get("/b/{box}", Public, booth::show),
        post("/b/{box}/cast", Public, cast::cast),
        post("/b/{box}/back", Public, back::back),
        post("/b/{box}/test", Public, test_ballot::submit),
        get("/p/{token}", Public, projector::show),
        get("/p/{token}/state", Public, projector::state),
        get("/k/{token}", Public, scrutineer::show),
        get("/k/{token}/state", Public, scrutineer::state),
        post("/k/{token}/key", Public, key::submit),
        get("/k/{token}/board", Public, board::show),
        post("/k/{token}/share", Public, share::submit),
        post("/k/{token}/confirm", Public, confirm::submit),
        get("/assets/style.css", Public, assets::style),
        get("/assets/booth.js", Public, assets::booth),
        get("/assets/room-vote.js", Public, assets::vote),
        get("/assets/room-scrutineer.js", Public, assets::scrutineer),
        get("/assets/room-projector.js", Public, assets::projector),
        get("/assets/room-slips.js", Public, assets::slips),
    ]
}

/// The public routes with their own layers: security headers, no session, no log.
pub fn public(app: &App) -> Router<App> {
    mount(Router::new(), app, public_routes())
        .layer(CatchPanicLayer::custom(|_| refused::failed()))
        .layer(from_fn(quiet))
}
