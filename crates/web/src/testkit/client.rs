//! A browser without a browser: keeps its cookie, sends the form token with every form.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use pingyi_storage::account::Account;
use tower::ServiceExt;

use crate::kernel::app::App;
use crate::kernel::html::query_escape;
use crate::kernel::session;

/// Largest answer a test reads.
const LARGEST: usize = 64 * 1024 * 1024;

/// Opens a session for an account, as a right password would.
pub(super) async fn sign_in(app: &App, owner: &Account) -> String {
    let mut tx = app.db.begin().await.expect("begin");
    let headers = session::open(app, &mut tx, owner).await.expect("session");
    tx.commit().await.expect("commit");
    cookie_of(&headers).expect("a cookie was set")
}

fn cookie_of(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::SET_COOKIE)?.to_str().ok()?;
    text.split(';').next().map(str::to_owned)
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// Body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where a redirect leads, without its query.
    pub fn location(&self) -> &str {
        let to = self
            .headers
            .get(header::LOCATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or("");
        to.split('?').next().unwrap_or(to)
    }

    /// The whole `Location`.
    pub fn location_full(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or("")
    }

    /// Whether the page says `words`.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }
}

/// A browser.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: Option<String>,
    /// Token of the session's forms.
    pub csrf: String,
}

impl Client {
    pub(super) async fn new(router: Router, cookie: Option<String>) -> Self {
        let mut client = Self {
            router,
            cookie,
            csrf: String::new(),
        };
        let page = if client.cookie.is_some() {
            "/password"
        } else {
            "/activate"
        };
        let reply = client.get(page).await;
        if client.cookie.is_none() {
            client.cookie = cookie_of(&reply.headers);
        }
        let text = reply.text();
        let mark = "name=\"csrf\" value=\"";
        client.csrf = text
            .split_once(mark)
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(token, _)| token.to_owned())
            .unwrap_or_default();
        client
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Asks as another system does: no cookie, a token of its own.
    pub async fn get_bearer(&self, path: &str, token: &str) -> Reply {
        let value = format!("Bearer {token}");
        let system = Self {
            cookie: None,
            ..self.clone()
        };
        let request = Request::get(path).header(header::AUTHORIZATION, value);
        system.send(request, Body::empty()).await
    }

    /// Sends a form, with the session's token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut body = format!("csrf={}", self.csrf);
        for (name, value) in fields {
            body = format!("{body}&{}={}", query_escape(name), query_escape(value));
        }
        self.post_raw(path, "application/x-www-form-urlencoded", body.into_bytes())
            .await
    }

    /// Sends a file in a multipart form, with the session's token first.
    pub async fn upload(&self, path: &str, field: &str, name: &str, bytes: &[u8]) -> Reply {
        let edge = "----pingyi-test";
        let mut body = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--{edge}\r\n\
             Content-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            self.csrf
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{edge}--\r\n").as_bytes());
        self.post_raw(path, &format!("multipart/form-data; boundary={edge}"), body)
            .await
    }

    /// Sends any body.
    pub async fn post_raw(&self, path: &str, kind: &str, body: Vec<u8>) -> Reply {
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.send(request, Body::from(body)).await
    }

    /// Sends any body with more headers, as a page's script does.
    pub async fn post_with(
        &self,
        path: &str,
        kind: &str,
        headers: &[(&str, String)],
        body: Vec<u8>,
    ) -> Reply {
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        let add = |request: axum::http::request::Builder, (name, value): &(&str, String)| {
            request.header(*name, value)
        };
        let request = headers.iter().fold(request, add);
        self.send(request, Body::from(body)).await
    }

    /// The session's cookie, `name=value`.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Reply {
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let request = request.body(body).expect("request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, LARGEST).await.expect("body").to_vec();
        Reply {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }
}
