//! Sending a list in: the form, and the file kept for its preview.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};

use super::parked;
use super::preview::interpreted;
use crate::kernel::app::App;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::kernel::upload::Upload;

#[derive(Template)]
#[template(path = "roster/upload.html")]
struct UploadPage {
    frame: Frame,
    form: FormState,
    /// Straight after the set-up: the third screen of it.
    first: bool,
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
