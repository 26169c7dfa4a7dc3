//! `/api/v1`: the facts of a campaign as JSON, for other systems of a unit. Read only.
//!
//! A token opens one subtree and nothing else; no answer names a person. The description
//! (OpenAPI) is made from the handlers and answers themselves. These routes know no session.

mod admit;
mod answer;
mod branches;
mod campaigns;
mod coverage;
mod document;
mod error;
mod filings;
mod findings;
mod revoke;
mod tokens;
mod units;
mod view;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;

use crate::kernel::access::Access::{Over, Public, Token};
use crate::kernel::access::Role;
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::headers::outer;
use crate::kernel::route::{Route, get, mount, post};

pub(crate) use admit::{Caller, admit};
pub(crate) use error::ApiError;

/// Who hands out tokens: the unit's secretary for the unit, the 组织科 for anybody.
pub(crate) const GIVES: &[Role] = &[Role::UnitSecretary, Role::CommitteeClerk];

/// Pages on which people make and revoke tokens.
pub fn routes() -> Vec<Route> {
    vec![
        get("/o/{org}/tokens", Over(GIVES), tokens::show),
        post("/o/{org}/tokens", Over(GIVES), tokens::create),
        post(
            "/o/{org}/tokens/{token}/revoke",
            Over(GIVES),
            revoke::submit,
        ),
    ]
}

/// What systems call. Mounted apart from all pages: see [`public`].
pub fn public_routes() -> Vec<Route> {
    vec![
        get("/api/v1/openapi.json", Public, document::show),
        get("/api/v1/campaigns", Token, campaigns::list),
        get("/api/v1/campaigns/{campaign}", Token, campaigns::one),
        get("/api/v1/campaigns/{campaign}/units", Token, units::list),
        get(
            "/api/v1/campaigns/{campaign}/units/{unit}",
            Token,
            units::one,
        ),
        get(
            "/api/v1/campaigns/{campaign}/branches",
            Token,
            branches::list,
        ),
        get(
            "/api/v1/campaigns/{campaign}/findings",
            Token,
            findings::list,
        ),
        get(
            "/api/v1/campaigns/{campaign}/coverage",
            Token,
            coverage::show,
        ),
        get("/api/v1/campaigns/{campaign}/filings", Token, filings::list),
    ]
}

/// The systems' routes with their own layers: headers and log, no session, JSON also for errors.
pub fn public(app: &App) -> Router<App> {
    mount(Router::new(), app, public_routes())
        .layer(CatchPanicLayer::custom(|_| {
            let broken = PageError::internal("a handler panicked; see the line above");
            ApiError::from(broken).into_response()
        }))
        .layer(from_fn_with_state(app.clone(), outer))
}
