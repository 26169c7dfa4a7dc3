//! What a list would change, before anything is stored.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::import::{self, Incoming, Preview, Scope, SheetError};
use super::parked;
use super::view::PreviewView;
use crate::kernel::app::App;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "roster/preview.html")]
struct PreviewPage {
    frame: Frame,
    form: FormState,
    token: String,
    view: PreviewView,
}

/// Whom the list speaks of.
#[derive(Deserialize, Default)]
pub struct Choice {
    #[serde(default)]
    scope: String,
}

/// Reads a list; slow, so never on the request's thread.
pub fn interpreted(app: &App, name: &str, bytes: &[u8]) -> Result<Incoming, SheetError> {
    import::read(app, name, bytes)
}

/// The kept list, read again.
pub async fn load(app: &App, token: &str) -> Result<Incoming, PageError> {
    let (app, token) = (app.clone(), token.to_owned());
    let read = tokio::task::spawn_blocking(move || {
        let parked = parked::fetch(&app, &token)?;
        Some(interpreted(&app, &parked.name, &parked.bytes))
    });
    let gone = "上传的名册已过期或已经导入。文件只保留一小时；需要时请重新上传。";
    read.await
        .map_err(PageError::internal)?
        .ok_or_else(|| PageError::refused(gone))?
        .map_err(PageError::refused)
}

/// The preview.
pub async fn show(ctx: Ctx, Path(token): Path<String>, Query(choice): Query<Choice>) -> Answer {
    let incoming = load(&ctx.app, &token).await?;
    let mut tx = ctx.app.db.read().await?;
    let preview = import::compare(&mut tx, &incoming, Scope::parse(&choice.scope)).await?;
    let frame = ctx.frame(&mut tx, "核对名册").await?;
    let view = PreviewView::of(&incoming, &preview);
    page(&PreviewPage {
        frame,
        form: FormState::default(),
        token,
        view,
    })
}

/// The preview again, with what keeps the list from being imported.
pub async fn again(
    ctx: &Ctx,
    tx: &mut pingyi_storage::Tx,
    token: String,
    (incoming, preview): (&Incoming, &Preview),
    form: FormState,
) -> Result<Response, PageError> {
    let frame = ctx.frame(tx, "核对名册").await?;
    let view = PreviewView::of(incoming, preview);
    let answer = page(&PreviewPage {
        frame,
        form,
        token,
        view,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}
