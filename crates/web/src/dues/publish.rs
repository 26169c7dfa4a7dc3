//! A year's table made known to the branch's members, and taken back when it was wrong.

use axum::extract::Path;
use pingyi_domain::dues::PublicationState;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::publication::{self, Publication};

use super::year::{self, Wanted};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};
use crate::meeting::load::{self, Scene};

/// Makes a year's table readable for the branch's members; once more after it was taken back.
pub async fn publish(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = load::scene(&ctx.app, &mut tx, at).await?;
    let year = Wanted::sent(&fields).year(ctx.now.date())?;
    let before = year::publications(&mut tx, scene.branch.id, year).await?;
    if year::in_force(&before).is_some() {
        return Err(PageError::refused(format!(
            "{year}年的党费收缴情况已经公布，不用重复公布。需要更正的，请先撤回并写明原因。"
        )));
    }
    let row = Publication {
        branch_id: scene.branch.id,
        year: u32::try_from(year).map_err(PageError::internal)?,
        no: before.first().map_or(0, |p| p.no) + 1,
        state: PublicationState::Published,
        published_by: ctx.user()?.name.clone(),
        published_at: ctx.now,
        withdrawn_by: None,
        withdrawn_at: None,
        reason: None,
        shown: None,
    };
    publication::insert(&mut tx, &row).await?;
    finish(&ctx, tx, &scene, &row, Event::DuesPublished).await
}

/// Takes the publication in force back. What members saw is kept with the reason.
pub async fn withdraw(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = load::scene(&ctx.app, &mut tx, at).await?;
    let wanted = Wanted::sent(&fields);
    let year = wanted.year(ctx.now.date())?;
    let all = year::publications(&mut tx, scene.branch.id, year).await?;
    let Some(found) = all.into_iter().next() else {
        return Err(PageError::refused(format!(
            "{year}年的党费收缴情况还没有公布，没有可以撤回的。"
        )));
    };
    let published = found.state.published().map_err(PageError::refused)?;
    let back = match published.withdraw(fields.get("reason")) {
        Ok(back) => back,
        Err(why) => {
            let mut form = FormState::of(&fields);
            form.fail("reason", why.to_string());
            return year::answer(&ctx, tx, scene, wanted, form).await;
        }
    };
    let shown = year::rows(&mut tx, scene.branch.id, year).await?;
    let row = Publication {
        state: PublicationState::Withdrawn,
        withdrawn_by: Some(ctx.user()?.name.clone()),
        withdrawn_at: Some(ctx.now),
        reason: Some(back.reason),
        shown: Some(serde_json::to_string(&shown).map_err(PageError::internal)?),
        ..found
    };
    publication::withdraw(&mut tx, &row).await?;
    finish(&ctx, tx, &scene, &row, Event::DuesWithdrawn).await
}

async fn finish(ctx: &Ctx, mut tx: Tx, scene: &Scene, row: &Publication, event: Event) -> Answer {
    let detail = serde_json::json!({ "branch": scene.branch.name, "year": row.year, "no": row.no });
    let object = Object::Org(scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    tx.commit().await?;
    let done = match row.state {
        PublicationState::Published => "dues-published",
        PublicationState::Withdrawn => "dues-withdrawn",
    };
    redirect_done(&scene.path(&format!("/dues/year?year={}", row.year)), done)
}
