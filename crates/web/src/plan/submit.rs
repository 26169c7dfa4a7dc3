//! `/c/{campaign}/o/{org}/plan/submit`: the unit hands its plan in. // 通知 二、4

use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::plan::{PlanError, PlanProblem, PlanState};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::plan;
use serde_json::json;

use super::dossier;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, redirect_done};

/// Sends the draft up; what comes after the last day is taken and marked.
pub async fn submit(
    ctx: Ctx,
    Path((campaign, org)): Path<(CampaignId, OrgId)>,
    _fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    let (Some(mut plan), Some(newest)) = (dossier.plan.clone(), dossier.newest()) else {
        return Err(PageError::Refused(
            "还没有工作方案。请先起草，再报送。".into(),
        ));
    };
    let draft = dossier::as_draft(&plan, newest).map_err(PageError::refused)?;
    let stops: Vec<_> = dossier
        .problems(&newest.content)
        .into_iter()
        .filter(PlanProblem::stops)
        .collect();
    if !stops.is_empty() {
        return Err(PageError::refused(PlanError::Incomplete(stops)));
    }
    let user = ctx.user()?;
    let deadline = dossier.scope.campaign.notice.deadlines.plan;
    let sent = draft
        .submit(user.account, ctx.now, deadline)
        .map_err(PageError::refused)?;
    let mut row = newest.clone();
    row.submitted_by = Some(sent.by);
    row.submitted_by_name = Some(user.name.clone());
    row.submitted_at = Some(sent.at);
    row.late = sent.late;
    plan.state = PlanState::Submitted;
    plan::update_version(&mut tx, &row).await?;
    plan::update(&mut tx, &plan).await?;
    let detail = json!({
        "unit": dossier.scope.unit.name,
        "version": row.version,
        "late": row.late,
    });
    let object = Object::Plan(plan.id);
    tx.audit(&ctx.actor(), ctx.now, Event::PlanSubmitted, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&dossier.scope.path("/plan"), "plan-submitted")
}
