//! Making all branches' 汇总表 at once, with progress shown.

use std::io::Read;

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::CampaignId;
use pingyi_storage::audit::{Event, Object};
use serde_json::json;

use super::jobs::{self, Standing};
use crate::kernel::campaign;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page};
use crate::kernel::paper;

#[derive(Template)]
#[template(path = "filing/papers.html")]
struct PapersPage {
    frame: Frame,
    base: String,
    standing: Standing,
}

impl PapersPage {
    fn running(&self) -> bool {
        matches!(self.standing, Standing::Running(..))
    }
}

/// The page; refreshes itself while a run is under way.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let frame = ctx.frame(&mut tx, "批量生成汇总表").await?;
    page(&PapersPage {
        frame,
        base: campaign.path(""),
        standing: ctx.app.jobs.standing(id),
    })
}

/// Starts a run; one under way goes on.
pub async fn start(ctx: Ctx, Path(id): Path<CampaignId>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let detail = json!({ "papers": "annex2" });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::ExportMade,
        Object::Campaign(id),
        detail,
    )
    .await?;
    tx.commit().await?;
    jobs::start(&ctx.app, id);
    Ok(axum::response::IntoResponse::into_response(
        axum::response::Redirect::to(&campaign.path("/papers")),
    ))
}

/// The zip.
pub async fn fetch(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut file = ctx.app.jobs.zip(id)?;
    let read = move || {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = tokio::task::spawn_blocking(read)
        .await
        .map_err(PageError::internal)?
        .map_err(PageError::internal)?;
    Ok(paper::file(
        bytes,
        "application/zip",
        "各支部测评汇总表.zip",
    ))
}
