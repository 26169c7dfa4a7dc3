//! From the navigation to the current campaign, and what is said before there is one.

use askama::Template;
use axum::response::{IntoResponse, Redirect};

use crate::kernel::campaign;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "campaign/none.html")]
struct NonePage {
    frame: Frame,
    title: &'static str,
}

/// `/receipts`.
pub async fn receipts(ctx: Ctx) -> Answer {
    lead(&ctx, "/receipts", "通知签收").await
}

/// Goes to `rest` of the current campaign; without one, says what to do first.
pub async fn lead(ctx: &Ctx, rest: &str, title: &'static str) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    if let Some(current) = campaign::current(&ctx.app, &mut tx).await? {
        return Ok(Redirect::to(&current.path(rest)).into_response());
    }
    let frame = ctx.frame(&mut tx, title).await?;
    page(&NonePage { frame, title })
}
