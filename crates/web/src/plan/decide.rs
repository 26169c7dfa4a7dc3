//! The 组织科 files a plan under a number or sends it back with an opinion. // 通知 二、4

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::plan::{PlanError, PlanState, Submitted};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::plan::{self, Plan, PlanVersion};
use pingyi_storage::{Tx, org};
use serde_json::json;

use super::dossier::{self, Dossier};
use super::number;
use super::review::view;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

/// Longest opinion.
const OPINION: usize = 1000;

/// Files it or sends it back.
pub async fn decide(
    ctx: Ctx,
    Path((campaign, org)): Path<(CampaignId, OrgId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    let (Some(plan), Some(newest)) = (&dossier.plan, dossier.newest()) else {
        return Err(PageError::NotFound);
    };
    let sent = dossier::as_submitted(plan, newest).map_err(PageError::refused)?;
    if fields.get("version") != newest.version.to_string() {
        let text = "这份方案已有新的一稿。请重新打开审核页，看过新稿再办理。";
        return Err(PageError::Refused(text.into()));
    }
    let decision = judge(&ctx, &mut tx, &dossier, sent, &fields).await?;
    let (name, message) = match decision {
        Ok(decision) => return store(&ctx, tx, &dossier, (plan, newest), decision).await,
        Err(mark) => mark,
    };
    let mut form = FormState::of(&fields);
    form.fail(name, message);
    let frame = ctx.frame(&mut tx, "审核工作方案").await?;
    drop(tx);
    let answer = page(&view(frame, &ctx, &dossier, (plan, newest), form)?)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

/// What was decided.
struct Decision {
    state: PlanState,
    opinion: Option<String>,
    number: Option<String>,
}

/// A field and what is wrong with it.
type Mark = (&'static str, String);

async fn judge(
    ctx: &Ctx,
    tx: &mut Tx,
    dossier: &Dossier,
    sent: Submitted,
    fields: &Fields,
) -> Result<Result<Decision, Mark>, PageError> {
    let reviewer = ctx.user()?.account;
    let opinion = fields.some("opinion");
    if opinion
        .as_ref()
        .is_some_and(|text| text.chars().count() > OPINION)
    {
        return Ok(Err((
            "opinion",
            format!("意见太长，最多 {OPINION} 个字。请缩短。"),
        )));
    }
    if fields.get("do") == "return" {
        let returned = sent.return_with(reviewer, fields.get("opinion"), ctx.now);
        let returned = returned.map(|back| Decision {
            state: PlanState::Returned,
            opinion: Some(back.opinion),
            number: None,
        });
        return Ok(returned.map_err(|error| mark(&error)));
    }
    let typed = fields.get("number");
    if typed.chars().count() > number::CHARS {
        return Ok(Err(("number", "备案号太长，最多 40 个字。请缩短。".into())));
    }
    if let Some(holder) = holder(tx, dossier, typed).await? {
        return Ok(Err((
            "number",
            format!("备案号“{typed}”已给了{holder}。请换一个号。"),
        )));
    }
    let problems = dossier.problems(&sent.head.content);
    let filed = sent.file(reviewer, typed, ctx.now, problems);
    let filed = filed.map(|filed| Decision {
        state: PlanState::Filed,
        opinion,
        number: Some(filed.number),
    });
    Ok(filed.map_err(|error| mark(&error)))
}

fn mark(error: &PlanError) -> Mark {
    let name = match error {
        PlanError::NoOpinion => "opinion",
        PlanError::NoNumber => "number",
        _ => "",
    };
    (name, error.to_string())
}

/// Which other unit has this number.
async fn holder(tx: &mut Tx, dossier: &Dossier, number: &str) -> Result<Option<String>, PageError> {
    let plans = plan::list(tx, dossier.scope.campaign.id).await?;
    let other = plans
        .into_iter()
        .find(|p| p.org_id != dossier.scope.unit.id && p.number.as_deref() == Some(number));
    let Some(other) = other else { return Ok(None) };
    Ok(org::get(tx, other.org_id).await?.map(|org| org.name))
}

async fn store(
    ctx: &Ctx,
    mut tx: Tx,
    dossier: &Dossier,
    (plan, newest): (&Plan, &PlanVersion),
    decision: Decision,
) -> Answer {
    let is_filed = decision.state == PlanState::Filed;
    let mut plan = plan.clone();
    plan.state = decision.state;
    if is_filed {
        plan.filed_version = Some(newest.version);
        plan.number.clone_from(&decision.number);
    }
    let mut row = newest.clone();
    row.decision = Some(decision.state);
    row.opinion = decision.opinion;
    row.reviewer = Some(ctx.user()?.account);
    row.reviewer_name = Some(ctx.user()?.name.clone());
    row.decided_at = Some(ctx.now);
    plan::update_version(&mut tx, &row).await?;
    plan::update(&mut tx, &plan).await?;
    let detail = json!({
        "unit": dossier.scope.unit.name,
        "version": row.version,
        "number": decision.number,
        "opinion": row.opinion,
    });
    let event = if is_filed {
        Event::PlanFiled
    } else {
        Event::PlanReturned
    };
    tx.audit(&ctx.actor(), ctx.now, event, Object::Plan(plan.id), detail)
        .await?;
    tx.commit().await?;
    let done = if is_filed {
        "plan-filed"
    } else {
        "plan-returned"
    };
    redirect_done(&dossier.scope.campaign.path("/plans"), done)
}
