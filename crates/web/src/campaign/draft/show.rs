//! `/drafts/{draft}`: the draft as a document, with what it asks and how much that is.

use axum::extract::Path;
use pingyi_domain::ids::CampaignId;

use super::load::load;
use crate::campaign::preview;
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;

/// The page.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let draft = load(&mut tx, id).await?;
    preview::of_draft(&ctx, &mut tx, &draft).await
}
