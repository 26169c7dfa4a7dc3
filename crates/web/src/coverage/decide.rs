//! The 组织科 decides that a branch is not due, or due again. // 通知 四、3

use axum::extract::Path;
use jiff::civil::Date;
use pingyi_domain::day;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::OrgKind;
use pingyi_domain::prose::{self, LINE};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::exclusion::{self, BranchExclusion};
use pingyi_storage::{Tx, org};

use super::show;
use crate::kernel::campaign;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Not due, with reason, approver and day.
pub async fn exclude(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let name = branch(&ctx, &mut tx, at).await?;
    let mut form = FormState::of(&fields);
    let Some(row) = read(&ctx, at, &mut form) else {
        return show::answer(&ctx, tx, at, form).await;
    };
    exclusion::set(&mut tx, &row).await?;
    log(&ctx, &mut tx, at.1, Event::BranchExcluded, &name).await?;
    tx.commit().await?;
    redirect_done(&path(at), "branch-excluded")
}

/// Due again.
pub async fn include(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let name = branch(&ctx, &mut tx, at).await?;
    if exclusion::delete(&mut tx, at.0, at.1).await? == 0 {
        return Err(PageError::refused("这个支部本来就列入本次活动，没有改动。"));
    }
    log(&ctx, &mut tx, at.1, Event::BranchIncluded, &name).await?;
    tx.commit().await?;
    redirect_done(&path(at), "branch-included")
}

fn path((campaign, branch): (CampaignId, OrgId)) -> String {
    format!("/c/{campaign}/o/{branch}/coverage")
}

/// The branch's name; only branches are left out, never a unit as a whole.
async fn branch(
    ctx: &Ctx,
    tx: &mut Tx,
    (campaign, branch): (CampaignId, OrgId),
) -> Result<String, PageError> {
    campaign::load(&ctx.app, tx, campaign).await?;
    let found = org::get(tx, branch).await?.ok_or(PageError::NotFound)?;
    if found.kind != OrgKind::Branch {
        return Err(PageError::NotFound);
    }
    Ok(found.name)
}

fn read(
    ctx: &Ctx,
    (campaign_id, branch_id): (CampaignId, OrgId),
    form: &mut FormState,
) -> Option<BranchExclusion> {
    let reason = prose::line(form.value("reason"), LINE);
    let reason = reason.map_err(|e| form.fail("reason", format!("原因{e}")));
    let approver = prose::line(form.value("approver"), LINE);
    let approver = approver.map_err(|e| form.fail("approver", format!("批准人{e}")));
    let on = day_of(form.value("approved_on"), ctx.now.date());
    let on = on.map_err(|e| form.fail("approved_on", e));
    Some(BranchExclusion {
        campaign_id,
        branch_id,
        reason: reason.ok()?,
        approver: approver.ok()?,
        approved_on: on.ok()?,
        by_name: ctx.actor().name,
        at: ctx.now,
    })
}

fn day_of(typed: &str, today: Date) -> Result<Date, String> {
    let day: Date = typed.parse().map_err(|_| "请填写批准日期。".to_owned())?;
    day::past(day, today).map_err(|e| format!("批准{e}"))
}

async fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    branch: OrgId,
    event: Event,
    name: &str,
) -> Result<(), PageError> {
    let detail = serde_json::json!({ "branch": name });
    tx.audit(&ctx.actor(), ctx.now, event, Object::Org(branch), detail)
        .await?;
    Ok(())
}
