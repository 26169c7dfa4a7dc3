//! The round given up on the page of its electronic box; what that means is `appraisal`'s business.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};

use super::page;
use crate::appraisal::sitting::sitting;
use crate::appraisal::{give_up, given_up};
use crate::kernel::context::Ctx;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::Answer;

/// Gives the round up, with a reason; without one the box's own page says so.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    sitting.electronic()?;
    let mut form = page::beside(FormState::of(&fields));
    if let Some((row, reason)) = given_up(&sitting, &mut form, ctx.now)? {
        return give_up(&ctx, tx, &sitting, row, reason).await;
    }
    let answer = page::answer(&ctx, tx, sitting, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}
