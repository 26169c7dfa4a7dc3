//! `/c/{campaign}/o/{org}/plan/review`: the 组织科 files a plan or sends it back. // 通知 二、4

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::plan::{PlanError, PlanState, Submitted};
use pingyi_domain::time::chinese_date;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::plan::{self, Plan, PlanVersion};
use pingyi_storage::{Tx, org};
use serde_json::json;

use super::dossier::{self, Dossier};
use super::number;
use super::view::{self, Content, Problem, Version};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

/// Longest opinion.
const OPINION: usize = 1000;

#[derive(Template)]
#[template(path = "plan/review.html")]
struct ReviewPage {
    frame: Frame,
    queue: String,
    path: String,
    unit: String,
    branches: usize,
    deadline: String,
    words: Option<(String, String)>,
    version: Version,
    content: Content,
    problems: Vec<Problem>,
    stops: bool,
    /// Against the version before.
    before: Option<(u32, Vec<String>)>,
    /// In force meanwhile.
    in_force: Option<String>,
    /// Why this person cannot review it.
    own: Option<String>,
    form: FormState,
}

/// The plan beside the facts.
pub async fn show(ctx: Ctx, Path((campaign, org)): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    let Some((plan, newest)) = waiting(&dossier) else {
        return Ok(Redirect::to(&dossier.scope.path("/plan")).into_response());
    };
    let free = match &plan.number {
        // An amended plan keeps its number.
        Some(number) => number.clone(),
        None => next_number(&mut tx, &dossier).await?,
    };
    let form = FormState::default().with("number", free);
    let frame = ctx.frame(&mut tx, "审核工作方案").await?;
    page(&view(frame, &ctx, &dossier, (plan, newest), form)?)
}

fn waiting(dossier: &Dossier) -> Option<(&Plan, &PlanVersion)> {
    let plan = dossier
        .plan
        .as_ref()
        .filter(|plan| plan.state == PlanState::Submitted)?;
    Some((plan, dossier.newest()?))
}

async fn next_number(tx: &mut Tx, dossier: &Dossier) -> Result<String, PageError> {
    let campaign = &dossier.scope.campaign;
    let plans = plan::list(tx, campaign.id).await?;
    Ok(number::next(
        &campaign.notice.number,
        plans.iter().filter_map(|p| p.number.as_deref()),
    ))
}

fn view(
    frame: Frame,
    ctx: &Ctx,
    dossier: &Dossier,
    (plan, newest): (&Plan, &PlanVersion),
    form: FormState,
) -> Result<ReviewPage, PageError> {
    let scope = &dossier.scope;
    let found = dossier.problems(&newest.content);
    let asked = scope.campaign.notice.requirement(Rule::PlanHasFiveContents);
    let before = dossier
        .version(Some(newest.version - 1))
        .filter(|_| newest.version > 1);
    let reviewer = ctx.user()?.account;
    let is_own = newest.drafted_by == reviewer || newest.submitted_by == Some(reviewer);
    Ok(ReviewPage {
        frame,
        queue: scope.campaign.path("/plans"),
        path: scope.path("/plan"),
        unit: scope.unit.name.clone(),
        branches: scope.branches.len(),
        deadline: chinese_date(scope.campaign.notice.deadlines.plan),
        words: asked.map(|r| (r.clause.to_string(), r.words.clone())),
        version: view::version(dossier, newest),
        content: view::content(dossier, &newest.content),
        stops: found.iter().any(|p| p.stops()),
        problems: view::problems(dossier, &found),
        before: before.map(|old| {
            (
                old.version,
                view::changes(dossier, &old.content, &newest.content),
            )
        }),
        in_force: plan.filed_version.and_then(|_| plan.number.clone()),
        own: is_own.then(|| PlanError::OwnPlan.to_string()),
        form,
    })
}

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
        return Ok(returned.map_err(mark));
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
    Ok(filed.map_err(mark))
}

fn mark(error: PlanError) -> Mark {
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
