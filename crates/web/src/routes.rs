//! All routes on one page, and the layers around them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;

use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::headers::outer;
use crate::kernel::route::{Route, mount};
use crate::kernel::session::recognise;
use crate::{admin, appraisal, auth, campaign, filing, home, meeting, plan, roster, setup};

/// Largest form; files have their own limit on their own route.
const FORM_LIMIT: usize = 1024 * 1024;

/// Every route of the product.
pub fn all_routes() -> Vec<Route> {
    [
        home::routes(),
        auth::routes(),
        setup::routes(),
        roster::routes(),
        campaign::routes(),
        plan::routes(),
        meeting::routes(),
        appraisal::routes(),
        filing::routes(),
        admin::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The whole site.
pub fn router(app: App) -> Router {
    mount(Router::new(), &app, all_routes())
        .route("/assets/style.css", get(style))
        .fallback(|| async { PageError::NotFound.into_response() })
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn_with_state(app.clone(), recognise))
        .layer(CatchPanicLayer::custom(|_| {
            PageError::internal("a handler panicked; see the line above").into_response()
        }))
        .layer(from_fn_with_state(app.clone(), outer))
        .with_state(app)
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("../assets/style.css"),
    )
}
