//! Why there is no answer, as JSON.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pingyi_storage::StorageError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::error::PageError;

/// An error as systems see it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// No token, a wrong one, an expired or revoked one. Which of them is not told.
    #[error(
        "没有带口令，或者口令不对、已过期、已停用。请在请求头 Authorization 里写 Bearer 加口令；口令由单位书记或工委组织科发放。"
    )]
    Token,
    /// Nothing there, or outside the token's scope.
    #[error("没有找到，或者不在这个口令的范围内。")]
    NotFound,
    /// A parameter that cannot be read, or that does not exist.
    #[error("参数不对：{0}。")]
    Parameter(String),
    /// Too many requests.
    #[error("请求太快，请稍后再试。")]
    TooFast,
    /// The database is busy, read-only or full.
    #[error("{0}")]
    Unavailable(String),
    /// Anything else; the log has it.
    #[error("系统出错。")]
    Internal,
}

/// 出错时的回答.
#[derive(Serialize, ToSchema)]
#[schema(as = Error)]
pub(super) struct ErrorOut {
    /// 固定的英文词，供程序判断
    pub code: &'static str,
    /// 发生了什么、现在怎么办
    pub message: String,
}

impl ApiError {
    fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Token => (StatusCode::UNAUTHORIZED, "token"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::Parameter(_) => (StatusCode::BAD_REQUEST, "parameter"),
            Self::TooFast => (StatusCode::TOO_MANY_REQUESTS, "too-fast"),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }
}

impl From<PageError> for ApiError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::NotFound => Self::NotFound,
            PageError::Unavailable(words) => Self::Unavailable(words),
            other => {
                tracing::error!(error = %other, cause = ?other, "an API request failed");
                Self::Internal
            }
        }
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        PageError::from(error).into()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status();
        let message = self.to_string();
        let mut response = (status, Json(ErrorOut { code, message })).into_response();
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
