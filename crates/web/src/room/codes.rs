//! The list of word codes to print and hang up: a voter who finds his own knows that his ballot is
//! in the box. Sorted by itself, never by arrival.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::chinese_date;
use pingyi_storage::{ballot, ballot_archive};

use super::scrutineer::must_be_closed;
use crate::appraisal::sitting::sitting;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "room/codes.html")]
struct CodesPage {
    frame: Frame,
    back: String,
    branch: String,
    title: String,
    no: u32,
    on: String,
    codes: Vec<String>,
    sha256: Option<String>,
}

/// The list, after closing.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (now, found) = sitting.electronic()?;
    let closed = must_be_closed(found.state);
    closed.map_err(|_| PageError::refused("投票还没有截止，名单还会变。请截止后再打印。"))?;
    let counted = found.state == pingyi_domain::ballot_box::BoxState::Counted;
    let kept = ballot_archive::get(&mut tx, found.id).await?;
    let on = found.closed_at.map(|at| chinese_date(at.date()));
    page(&CodesPage {
        frame: ctx.frame(&mut tx, "校验码名单").await?,
        back: sitting.path("/box"),
        branch: sitting.scene.branch.name.clone(),
        title: sitting.scene.campaign.notice.title.clone(),
        no: now.round.no,
        on: on.unwrap_or_default(),
        codes: ballot::codes(&mut tx, found.id).await?,
        sha256: kept.filter(|_| counted).map(|kept| kept.sha256),
    })
}
