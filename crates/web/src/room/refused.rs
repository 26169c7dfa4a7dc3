//! Answers of the public routes: JSON both ways, and refusals in words. They carry no id of
//! anything and are never logged. // docs/ROOM.md

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use pingyi_domain::ballot_box::BoxState;
use pingyi_storage::StorageError;

use crate::kernel::error::PageError;

/// A refusal: a word for the page, a sentence for the person.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
}

/// What a public handler returns.
pub(super) type Reply = Result<Response, Refused>;

impl Refused {
    /// A refusal with this status.
    pub fn new(status: StatusCode, code: &'static str, message: impl std::fmt::Display) -> Self {
        Self {
            status,
            code,
            message: message.to_string(),
        }
    }

    /// Something does not fit what is there now.
    pub fn conflict(code: &'static str, message: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// The content is not what it should be.
    pub fn improper(code: &'static str, message: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
    }

    /// Nothing of this address.
    pub fn unknown(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "other_round", message)
    }

    /// Ask again.
    pub fn busy() -> Self {
        let message = "投票的人较多，正在排队，页面会自动重试。请不要关闭页面。";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message)
    }

    /// The box takes nothing in this state.
    pub fn not_now(state: BoxState) -> Self {
        match state {
            BoxState::Keys | BoxState::Slips | BoxState::Ready => {
                Self::conflict("not_open", "投票还没有开始。请等主持人宣布开始后再投。")
            }
            BoxState::Voided => Self::conflict(
                "closed",
                "本轮投票已经作废，不再收票。请等候主持人说明，重新投票时会另发票条。",
            ),
            _ => Self::conflict("closed", "投票已经截止，不再收票。如有疑问请向监票人说明。"),
        }
    }

    /// Unexpected; the cause is kept to ourselves.
    pub fn failed() -> Self {
        let message = "系统出错，没有保存。请稍候再试；一直这样，请告诉主持人。";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", message)
    }
}

/// The answer when a handler panicked.
pub(super) fn failed() -> Response {
    Refused::failed().into_response()
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = serde_json::json!({ "error": self.code, "message": self.message });
        (self.status, Json(body)).into_response()
    }
}

impl From<StorageError> for Refused {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Busy => Self::busy(),
            StorageError::Stale => Self::conflict("not_now", error),
            StorageError::DiskFull => Self::new(StatusCode::SERVICE_UNAVAILABLE, "failed", error),
            _ => Self::failed(),
        }
    }
}

impl From<PageError> for Refused {
    fn from(error: PageError) -> Self {
        match error {
            PageError::NotFound => Self::unknown("没有找到这个票箱。请重新扫描二维码。"),
            PageError::Refused(words) => Self::conflict("not_now", words),
            PageError::Unavailable(_) => Self::busy(),
            _ => Self::failed(),
        }
    }
}

/// On a page without script the sentence is all there is.
impl From<Refused> for PageError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused.message)
    }
}

/// `{"done":word}`.
pub(super) fn done(word: &str) -> Response {
    json(&serde_json::json!({ "done": word }))
}

/// Any JSON.
pub(super) fn json(value: &serde_json::Value) -> Response {
    Json(value).into_response()
}

/// A body up to a limit. Read by hand: a rejected extractor would write a line to the log.
pub(super) async fn read(body: Body, most: usize) -> Result<Vec<u8>, Refused> {
    let message = "收到的内容太长或在途中中断。请刷新页面后重试。";
    match to_bytes(body, most).await {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(_) => Err(Refused::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_long",
            message,
        )),
    }
}
