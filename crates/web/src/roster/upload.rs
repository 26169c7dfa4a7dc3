//! Sending a list in: the form, and the file with the session's token checked before its bytes.

use askama::Template;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};

use super::parked;
use super::preview::interpreted;
use crate::kernel::app::App;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{FormState, check_token, expected_token};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "roster/upload.html")]
struct UploadPage {
    frame: Frame,
    form: FormState,
    /// Straight after the set-up: the third screen of it.
    first: bool,
}

/// An uploaded file; extracting it checks the CSRF token, which stands first in the form.
pub struct Upload {
    name: String,
    bytes: Vec<u8>,
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
        let mut upload = Self {
            name: String::new(),
            bytes: Vec::new(),
        };
        while let Some(field) = parts.next_field().await.map_err(|e| unreadable(&e))? {
            if field.name() == Some("file") {
                upload = Self::of(field).await?;
            }
        }
        Ok(upload)
    }
}

impl Upload {
    async fn of(field: Field<'_>) -> Result<Self, PageError> {
        let name = field.file_name().unwrap_or_default();
        // Some browsers send the whole path.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name.chars().take(120).collect();
        let bytes = field.bytes().await.map_err(|e| unreadable(&e))?.to_vec();
        Ok(Self { name, bytes })
    }
}

fn unreadable(error: &MultipartError) -> PageError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return PageError::Refused(
            "文件超过 64 MB，没有接收。请删去图片和多余的工作表，只留名册后再上传。".into(),
        );
    }
    PageError::Refused("文件在途中损坏，没有接收。请重新上传。".into())
}

/// The form.
pub async fn show(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let frame = ctx.frame(&mut tx, "导入党员名册").await?;
    let first = ctx.path.contains("first=1");
    page(&UploadPage {
        frame,
        form: FormState::default(),
        first,
    })
}

/// Keeps the file for its preview; what is no list is told at once.
pub async fn submit(ctx: Ctx, upload: Upload) -> Answer {
    let app = ctx.app.clone();
    let kept = tokio::task::spawn_blocking(move || keep(&app, &upload))
        .await
        .map_err(PageError::internal)?;
    match kept {
        Ok(token) => Ok(Redirect::to(&format!("/roster/import/{token}")).into_response()),
        Err(reason) => {
            let mut tx = ctx.app.db.read().await?;
            let frame = ctx.frame(&mut tx, "导入党员名册").await?;
            let mut form = FormState::default();
            form.fail("file", reason);
            let answer = page(&UploadPage {
                frame,
                form,
                first: false,
            })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
    }
}

fn keep(app: &App, upload: &Upload) -> Result<String, String> {
    if upload.name.is_empty() {
        return Err("没有选择文件；请点“选择文件”，选中名册后再上传".into());
    }
    interpreted(app, &upload.name, &upload.bytes).map_err(|error| error.to_string())?;
    parked::park(app, &upload.name, &upload.bytes).map_err(|error| {
        tracing::warn!(%error, "an upload could not be kept");
        "服务器上存不下这个文件；请把这句话告诉系统管理员，检查数据文件夹的空间和权限".into()
    })
}
