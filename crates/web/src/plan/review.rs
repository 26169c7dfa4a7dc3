//! `/c/{campaign}/o/{org}/plan/review`: a plan beside the facts, for the 组织科. // 通知 二、4

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::plan::{PlanError, PlanProblem, PlanState};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::plan::{self, Plan, PlanVersion};

use super::dossier::{self, Dossier};
use super::number;
use super::view::{self, Content, Problem, Version};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};

/// The plan beside the facts.
#[derive(Template)]
#[template(path = "plan/review.html")]
pub struct ReviewPage {
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
        campaign.notice.date.year(),
        plans.iter().filter_map(|p| p.number.as_deref()),
    ))
}

/// The page for what stands in a form.
pub fn view(
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
        words: asked.map(|r| (r.clause.paragraph().to_string(), r.words.clone())),
        version: view::version(dossier, newest),
        content: view::content(dossier, &newest.content),
        stops: found.iter().any(PlanProblem::stops),
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
