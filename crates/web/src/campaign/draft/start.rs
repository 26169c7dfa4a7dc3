//! A new draft from a sample: a notice that comes with the program, or one issued before.

use axum::extract::Path;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::notice::Notice;
use pingyi_storage::notice_draft::NoticeDraft;
use pingyi_storage::{Tx, campaign};

use super::load::{fresh_slug, save};
use crate::campaign::catalogue;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, redirect_done};

/// From a notice that comes with the program, with its comments.
pub async fn shipped(ctx: Ctx, Path(slug): Path<String>, _fields: Fields) -> Answer {
    let text = catalogue::text(&slug).ok_or(PageError::NotFound)?;
    let tx = ctx.app.db.begin().await?;
    begin(&ctx, tx, text).await
}

/// From one that was issued here: last year's.
pub async fn issued(ctx: Ctx, Path(id): Path<CampaignId>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let row = campaign::get(&mut tx, id).await?;
    let row = row.ok_or(PageError::NotFound)?;
    begin(&ctx, tx, &row.notice_toml).await
}

async fn begin(ctx: &Ctx, mut tx: Tx, sample: &str) -> Answer {
    let before = Notice::parse(sample).map_err(PageError::internal)?;
    let slug = fresh_slug(&mut tx, &before.slug).await?;
    let line = |slug: &str| format!("slug = \"{slug}\"");
    let text = sample.replacen(&line(&before.slug), &line(&slug), 1);
    let notice = Notice::parse(&text).map_err(PageError::internal)?;
    let row = NoticeDraft {
        id: ctx.app.new_id(),
        slug,
        number: String::new(),
        title: String::new(),
        text: String::new(),
        version: 0,
        saved_at: ctx.now,
        saved_by: String::new(),
    };
    let path = format!("/drafts/{}/edit", row.id);
    save(ctx, tx, row, &notice, text).await?;
    redirect_done(&path, "draft-begun")
}
