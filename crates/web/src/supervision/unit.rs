//! What the team found in a unit's branches, and the unit's reply. // 通知 四、4

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, CheckId, OrgId};
use pingyi_domain::prose::{self, LONG};
use pingyi_domain::supervision::{CheckState, CheckStep};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::spot_check::{self, SpotCheck};
use pingyi_storage::{Tx, org};

use super::check::{Told, load, told};
use super::places::Places;
use crate::kernel::access::UNIT;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::route::line_of;

#[derive(Template)]
#[template(path = "supervision/unit.html")]
struct UnitPage {
    frame: Frame,
    back: String,
    here: String,
    name: String,
    checks: Vec<Told>,
    replies: bool,
    /// The check whose reply came back with something wrong.
    bad: String,
    form: FormState,
}

impl UnitPage {
    fn notice(&self, told: &Told) -> String {
        format!("{}/{}/notice", self.here, told.check.id)
    }
}

/// The checks of an organisation's branches; those still without any result stay with the team.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, at.0).await?;
    answer(
        &ctx,
        tx,
        campaign,
        at.1,
        (String::new(), FormState::default()),
    )
    .await
}

async fn answer(
    ctx: &Ctx,
    mut tx: Tx,
    campaign: Campaign,
    here: OrgId,
    (bad, form): (String, FormState),
) -> Answer {
    let status = form.status();
    let at = org::get(&mut tx, here).await?.ok_or(PageError::NotFound)?;
    let places = Places::load(&mut tx).await?;
    let mut checks = Vec::new();
    for check in spot_check::list(&mut tx, campaign.id).await? {
        if places.tree.covers(here, check.branch_id) && check.state != CheckState::Open {
            let place = places.place(check.branch_id)?;
            checks.push(told(ctx, &mut tx, &place, check).await?);
        }
    }
    let frame = ctx.frame(&mut tx, "督导反馈").await?;
    let line = line_of(&mut tx, here).await?;
    let body = page(&UnitPage {
        frame,
        back: campaign.path(&format!("/o/{here}")),
        here: campaign.path(&format!("/o/{here}/checks")),
        name: at.name,
        checks,
        replies: ctx.user()?.holds_over(UNIT, &line),
        bad,
        form,
    })?;
    Ok((status, body).into_response())
}

/// Says what was done about a demand.
pub async fn reply(
    ctx: Ctx,
    Path((campaign, here, check)): Path<(CampaignId, OrgId, CheckId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, campaign).await?;
    let before = load(&mut tx, (campaign.id, check)).await?;
    if !line_of(&mut tx, before.branch_id).await?.contains(&here) {
        return Err(PageError::NotFound);
    }
    let state = before
        .state
        .advance(CheckStep::Reply)
        .map_err(PageError::refused)?;
    let words = match prose::text(fields.get("reply"), LONG) {
        Ok(words) => words,
        Err(why) => {
            let mut form = FormState::of(&fields);
            form.fail("reply", format!("整改情况{why}"));
            return answer(&ctx, tx, campaign, here, (check.to_string(), form)).await;
        }
    };
    let was = before.state;
    let after = SpotCheck {
        state,
        reply: words,
        replied_by: Some(ctx.actor().name),
        replied_at: Some(ctx.now),
        ..before
    };
    spot_check::update(&mut tx, &after, was).await?;
    let detail = serde_json::json!({ "state": after.state.as_str() });
    let object = Object::Check(after.id);
    tx.audit(&ctx.actor(), ctx.now, Event::CheckReplied, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(
        &campaign.path(&format!("/o/{here}/checks")),
        "check-replied",
    )
}
