//! Answering with a paper: a typed form, rendered off the request's thread.

use axum::http::header;
use axum::response::IntoResponse;
use pingyi_documents::paper::Paper;
use pingyi_documents::{Format, render};

use super::app::App;
use super::error::PageError;
use super::html::Answer;

/// The format an address ends in: `pdf`, `docx` or `xlsx`.
pub fn format_of(extension: &str) -> Result<Format, PageError> {
    match extension {
        "pdf" => Ok(Format::Pdf),
        "docx" => Ok(Format::Docx),
        "xlsx" => Ok(Format::Xlsx),
        _ => Err(PageError::NotFound),
    }
}

/// Renders a paper and sends it under a Chinese file name (without extension).
pub async fn answer(app: &App, paper: Paper, format: Format, name: &str) -> Answer {
    let bytes = bytes(app, paper, format).await?;
    Ok(file(
        bytes,
        format.mime(),
        &format!("{name}.{}", format.extension()),
    ))
}

/// Renders a paper.
pub async fn bytes(app: &App, paper: Paper, format: Format) -> Result<Vec<u8>, PageError> {
    let _turn = app
        .paper_turns
        .acquire()
        .await
        .map_err(PageError::internal)?;
    tokio::task::spawn_blocking(move || render(&paper, format))
        .await
        .map_err(PageError::internal)?
        .map_err(PageError::refused)
}

/// A download under a Chinese file name (RFC 5987).
pub fn file(bytes: Vec<u8>, mime: &'static str, name: &str) -> axum::response::Response {
    let escaped: String = super::html::query_escape(&name.replace('/', "-"));
    let disposition = format!("attachment; filename*=UTF-8''{escaped}");
    (
        [
            (header::CONTENT_TYPE, mime.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        bytes,
    )
        .into_response()
}
