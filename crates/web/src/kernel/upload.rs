//! A file sent with a form: the session's token is checked before its bytes are read.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;

use super::app::App;
use super::error::PageError;
use super::form::{Fields, check_token, expected_token};

/// An uploaded file; extracting it checks the CSRF token, which stands first in the form.
///
/// How large it may be is said by the route (`DefaultBodyLimit`).
#[derive(Debug, Default)]
pub struct Upload {
    /// Its name, without a path.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The form's other fields.
    pub fields: Fields,
}

impl FromRequest<App> for Upload {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let expected = expected_token(&request);
        let mut parts = Multipart::from_request(request, app)
            .await
            .map_err(|_| PageError::Stale)?;
        let first = parts.next_field().await.map_err(|e| unreadable(&e))?;
        let first = first
            .filter(|field| field.name() == Some("csrf"))
            .ok_or(PageError::Stale)?;
        let sent = first.text().await.map_err(|e| unreadable(&e))?;
        check_token(expected.as_deref(), &sent)?;
        let mut upload = Self::default();
        while let Some(field) = parts.next_field().await.map_err(|e| unreadable(&e))? {
            upload.take(field).await.map_err(|e| unreadable(&e))?;
        }
        Ok(upload)
    }
}

impl Upload {
    async fn take(&mut self, field: Field<'_>) -> Result<(), MultipartError> {
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            let value = field.text().await?;
            self.fields.0.push((name, value));
            return Ok(());
        }
        let name = field.file_name().unwrap_or_default();
        // Some browsers send the whole path.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        self.name = name.chars().take(120).collect();
        self.bytes = field.bytes().await?.to_vec();
        Ok(())
    }
}

fn unreadable(error: &MultipartError) -> PageError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return PageError::refused(
            "文件太大，没有接收。名册不超过 64 MB，通知文件不超过 400 KB；请删去图片和多余的内容后再上传。",
        );
    }
    PageError::refused("文件在途中损坏，没有接收。请重新上传。")
}
