//! A route is its method, its path, who may take it, and its handler: one line each.

use axum::Router;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, on};
use pingyi_domain::ids::OrgId;
use pingyi_storage::{Tx, org};

use super::access::{Access, User};
use super::app::App;
use super::error::PageError;

/// One route.
pub struct Route {
    /// GET or POST.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may take it.
    pub access: Access,
    handler: MethodRouter<App>,
}

/// A page.
pub fn get<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    let handler = on(axum::routing::MethodFilter::GET, handler);
    Route {
        method: Method::GET,
        path,
        access,
        handler,
    }
}

/// A change.
pub fn post<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    let handler = on(axum::routing::MethodFilter::POST, handler);
    Route {
        method: Method::POST,
        path,
        access,
        handler,
    }
}

/// Puts routes into a router, each behind its own permission.
pub fn mount(router: Router<App>, app: &App, routes: Vec<Route>) -> Router<App> {
    routes.into_iter().fold(router, |router, route| {
        let guard = Guard {
            app: app.clone(),
            access: route.access,
        };
        router.route(
            route.path,
            route.handler.layer(from_fn_with_state(guard, check)),
        )
    })
}

#[derive(Clone)]
struct Guard {
    app: App,
    access: Access,
}

async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if matches!(guard.access, Access::Token) {
        return match crate::api::admit(&guard.app, &parts).await {
            Ok(caller) => {
                parts.extensions.insert(caller);
                next.run(Request::from_parts(parts, body)).await
            }
            Err(error) => error.into_response(),
        };
    }
    let verdict = allowed(&guard, &mut parts).await;
    match verdict {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(error) => error.into_response(),
    }
}

async fn allowed(guard: &Guard, parts: &mut Parts) -> Result<(), PageError> {
    if matches!(guard.access, Access::Public) {
        return Ok(());
    }
    let Some(user) = parts.extensions.get::<User>().cloned() else {
        // A form cannot be replayed after signing in; a page can.
        let path = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        let back = if parts.method == Method::GET {
            path
        } else {
            "/"
        };
        return Err(PageError::SignIn(back.to_owned()));
    };
    let may = match guard.access {
        Access::Public | Access::SignedIn => true,
        // Answered before anybody asks for a person.
        Access::Token => false,
        Access::Holding(roles) => user.holds(roles),
        Access::Over(roles) => {
            let id = org_in_path(parts, &guard.app)
                .await
                .ok_or(PageError::NotFound)?;
            let mut tx = guard.app.db.read().await?;
            user.holds_over(roles, &line_of(&mut tx, id).await?)
        }
    };
    if may {
        Ok(())
    } else {
        Err(PageError::Forbidden)
    }
}

async fn org_in_path(parts: &mut Parts, app: &App) -> Option<OrgId> {
    let params = RawPathParams::from_request_parts(parts, app).await.ok()?;
    params
        .iter()
        .find(|(key, _)| *key == "org")
        .and_then(|(_, id)| id.parse().ok())
}

/// An organisation and its superiors, itself first; empty when there is no such one.
pub async fn line_of(tx: &mut Tx, id: OrgId) -> Result<Vec<OrgId>, PageError> {
    let mut line = Vec::new();
    let mut at = Some(id);
    // Four levels at most; the bound keeps a corrupt table from looping.
    while let (Some(id), true) = (at, line.len() < 8) {
        let Some(found) = org::get(tx, id).await? else {
            break;
        };
        line.push(found.id);
        at = found.parent;
    }
    Ok(line)
}

/// The unit in an organisation's line upward; `None` for the 工委 itself.
pub fn unit_in(line: &[OrgId]) -> Option<OrgId> {
    line.len().checked_sub(2).map(|at| line[at])
}
