//! The outermost layer: request id, security headers, error pages, one log line a request.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tracing::instrument::WithSubscriber;
use tracing::subscriber::NoSubscriber;

use super::app::App;
use super::error::{Cause, error_page};

/// Nothing is loaded from elsewhere, nothing inline runs, no other site may frame a page.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static REQUESTS: AtomicU64 = AtomicU64::new(0);

/// Wraps every answer.
pub async fn outer(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = request_id(&app);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let is_asset = path.starts_with("/assets/");
    let mut response = next.run(request).await;
    if let Some(Cause(error)) = response.extensions().get::<Cause>().cloned() {
        if let super::error::PageError::Internal(source) = error.as_ref() {
            tracing::error!(request = %id, %method, %path, error = %source, cause = ?source, "request failed");
        }
        response = error_page(&error, Some(&id));
    } else if !is_asset {
        tracing::debug!(request = %id, %method, %path, status = response.status().as_u16(), "answered");
    }
    secure(response, is_asset)
}

/// Wraps the answers of the room's public routes: the same headers, and not one line in the log,
/// whatever happens: a line would tell when a ballot came. // docs/ROOM.md
pub async fn quiet(request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/assets/");
    let silent = NoSubscriber::default();
    let mut response = next.run(request).with_subscriber(silent).await;
    if let Some(Cause(error)) = response.extensions().get::<Cause>().cloned() {
        response = error_page(&error, None);
    }
    secure(response, is_asset)
}

fn request_id(app: &App) -> String {
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    format!("{:X}-{number}", app.now().0)
}

fn secure(mut response: Response, is_asset: bool) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(
        header::CACHE_CONTROL,
        if is_asset {
            "public, max-age=3600"
        } else {
            "no-store"
        },
    );
    response
}
