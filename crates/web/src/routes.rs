//! All routes on one page, and the layers around them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;

use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::headers::outer;
use crate::kernel::route::{Route, mount};
use crate::kernel::session::recognise;
use crate::{
    admin, api, appraisal, assessment, auth, campaign, coverage, dues, filing, gates, home, ledger,
    lists, measures, meeting, mine, opinions, plan, reminders, responsibility, results, room,
    roster, setup, speeches, study, supervision, talks,
};

/// Largest form; files have their own limit on their own route.
const FORM_LIMIT: usize = 1024 * 1024;

/// Every route of the product.
pub fn all_routes() -> Vec<Route> {
    let mut routes = signed_in();
    routes.extend(room::public_routes());
    routes.extend(opinions::public_routes());
    routes.extend(api::public_routes());
    routes.extend(ledger::public_routes());
    routes
}

/// Routes behind the session layer.
fn signed_in() -> Vec<Route> {
    [
        home::routes(),
        auth::routes(),
        setup::routes(),
        roster::routes(),
        campaign::routes(),
        plan::routes(),
        meeting::routes(),
        appraisal::routes(),
        room::routes(),
        filing::routes(),
        study::routes(),
        opinions::routes(),
        talks::routes(),
        lists::routes(),
        speeches::routes(),
        results::routes(),
        measures::routes(),
        mine::routes(),
        gates::routes(),
        supervision::routes(),
        responsibility::routes(),
        coverage::routes(),
        ledger::routes(),
        reminders::routes(),
        dues::routes(),
        admin::routes(),
        assessment::routes(),
        api::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The whole site. The room's public routes stand beside the layers that know sessions and log.
pub fn router(app: App) -> Router {
    mount(Router::new(), &app, signed_in())
        .fallback(|| async { PageError::NotFound.into_response() })
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn_with_state(app.clone(), recognise))
        .layer(CatchPanicLayer::custom(|_| {
            PageError::internal("a handler panicked; see the line above").into_response()
        }))
        .layer(from_fn_with_state(app.clone(), outer))
        .merge(room::public(&app))
        .merge(opinions::public(&app))
        .merge(api::public(&app))
        .merge(ledger::public(&app))
        .with_state(app)
}
