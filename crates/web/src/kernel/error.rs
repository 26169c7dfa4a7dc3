//! What a visitor sees when a request cannot be answered.
//!
//! Features have their own error types; here is only what HTTP needs to know of them: not found,
//! not allowed, refused with a sentence, or unexpected. Unexpected errors show a request id only.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use pingyi_storage::StorageError;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Nothing there, or nothing this person may know of.
    #[error("没有找到这一页。")]
    NotFound,
    /// Signed in, but not for this.
    #[error("这一页不归您的职责范围。")]
    Forbidden,
    /// Not signed in; come back to this path afterwards.
    #[error("请先登录。")]
    SignIn(String),
    /// The form is older than the session.
    #[error("页面已过期，刚才填写的内容没有保存。")]
    Stale,
    /// A rule says no; the text tells what happened, why, and what to do.
    #[error("{0}")]
    Refused(String),
    /// The database is busy, read-only or full: its own sentence.
    #[error("{0}")]
    Unavailable(String),
    /// Anything else.
    #[error("系统出错，没有保存任何内容。")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl PageError {
    /// Wraps an unexpected error.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// A rule's refusal in its own words.
    pub fn refused(reason: impl std::fmt::Display) -> Self {
        Self::Refused(reason.to_string())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Stale => StatusCode::FORBIDDEN,
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn advice(&self) -> &'static str {
        match self {
            Self::NotFound => "请检查地址，或回到首页重新进入。",
            Self::Forbidden => "如果这件事应当由您办理，请联系工委组织科或安全管理员核对您的职务。",
            Self::SignIn(_) => "",
            Self::Stale => "请返回上一页，刷新后重新提交。",
            Self::Refused(_) => "请返回上一页，按上面的说明处理。",
            Self::Unavailable(_) => "请稍候再试；如果一直这样，请把这句话告诉系统管理员。",
            Self::Internal(_) => "请稍后再试；如果一直这样，请把下面的编号告诉系统管理员。",
        }
    }
}

impl From<StorageError> for PageError {
    fn from(error: StorageError) -> Self {
        use StorageError as E;
        match error {
            E::DiskFull | E::Busy | E::ReadOnly(_) | E::Corrupt(_) | E::CannotConnect(_) => {
                Self::Unavailable(error.to_string())
            }
            E::Duplicate { .. } | E::Stale => Self::Refused(error.to_string()),
            other => Self::internal(other),
        }
    }
}

#[derive(Template)]
#[template(path = "parts/error.html")]
struct ErrorTemplate<'a> {
    title: String,
    advice: &'a str,
    /// None on pages without login: there is neither a log line to find nor a home to go to.
    request_id: Option<&'a str>,
}

/// Carried on the response so that the outer layer can log the cause with the request id.
#[derive(Clone)]
pub struct Cause(pub std::sync::Arc<PageError>);

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        if let Self::SignIn(path) = &self {
            return Redirect::to(&format!("/login?next={}", super::html::query_escape(path)))
                .into_response();
        }
        let mut response = self.status().into_response();
        response
            .extensions_mut()
            .insert(Cause(std::sync::Arc::new(self)));
        response
    }
}

/// The page for an error, made by the outer layer that knows the request id.
pub fn error_page(error: &PageError, request_id: Option<&str>) -> Response {
    let page = ErrorTemplate {
        title: error.to_string(),
        advice: error.advice(),
        request_id,
    };
    let body = page.render().unwrap_or_else(|_| error.to_string());
    (
        error.status(),
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        body,
    )
        .into_response()
}
