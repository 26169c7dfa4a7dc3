//! Saving whom the superior sends; the meeting's envoy form is prefilled from it. // 通知 四、2

use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::OrgKind;
use pingyi_domain::prose::{self, LINE, ProseProblem};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::envoy_plan::{self, EnvoyPlan};

use super::envoys::{Desk, Line, answer, load, sends};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Writes every branch's line; an emptied one is taken back. Clashes warn on the page.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = load(&ctx, &mut tx, at).await?;
    if desk.sender.kind == OrgKind::Branch || !sends(&ctx, &mut tx, &desk.sender).await? {
        return Err(PageError::refused(
            "派员由上级党组织安排：单位派到所属支部，工委派到直属支部。",
        ));
    }
    let mut form = FormState::of(&fields);
    let mut plans = Vec::new();
    for line in &desk.lines {
        let field = line.field();
        match prose::line(form.value(&field), LINE) {
            Ok(name) => plans.push((line.branch, Some(plan(&ctx, &desk, line, name)))),
            Err(ProseProblem::Empty) => plans.push((line.branch, None)),
            Err(why) => form.fail(&field, format!("{}派员姓名{why}", line.name)),
        }
    }
    if !form.is_ok() {
        return answer(&ctx, tx, desk, form).await;
    }
    let named = plans.iter().filter(|(_, plan)| plan.is_some()).count();
    for (branch, plan) in plans {
        match plan {
            Some(plan) => envoy_plan::set(&mut tx, &plan).await?,
            None => envoy_plan::delete(&mut tx, at.0, branch).await?,
        }
    }
    let detail = serde_json::json!({ "branches": desk.lines.len(), "named": named });
    let object = Object::Org(at.1);
    tx.audit(&ctx.actor(), ctx.now, Event::EnvoysAssigned, object, detail)
        .await?;
    tx.commit().await?;
    let to = desk.campaign.path(&format!("/o/{}/envoys", at.1));
    redirect_done(&to, "envoys")
}

/// A name that is a post-holder's brings post and member along.
fn plan(ctx: &Ctx, desk: &Desk, line: &Line, name: String) -> EnvoyPlan {
    let known = desk.people.iter().find(|p| p.name == name);
    EnvoyPlan {
        campaign_id: desk.campaign.id,
        branch_id: line.branch,
        post: known.map(|p| p.post.clone()).unwrap_or_default(),
        member_id: known.map(|p| p.member),
        name,
        org_id: desk.sender.id,
        by_name: ctx.actor().name,
        at: ctx.now,
    }
}
