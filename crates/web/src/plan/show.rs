//! `/c/{campaign}/o/{org}/plan`: a unit's plan, where it stands, and all its versions.

use askama::Template;
use axum::extract::{Path, Query};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::plan::{PlanProblem, PlanState, is_late};
use pingyi_domain::time::chinese_date;
use serde::Deserialize;

use super::dossier::{self, Dossier};
use super::view::{self, Content, Problem, Version};
use crate::kernel::access::{CLERK, UNIT, User};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

/// Which version.
#[derive(Deserialize, Default)]
pub struct Wanted {
    /// Its number; without it the newest.
    pub v: Option<u32>,
}

#[derive(Template)]
#[template(path = "plan/show.html")]
struct ShowPage {
    frame: Frame,
    home: String,
    path: String,
    unit: String,
    deadline: String,
    words: Option<(String, String)>,
    /// Label and colour of the newest version's state.
    state: Option<(&'static str, &'static str)>,
    /// 备案号.
    number: Option<String>,
    shown: Option<Shown>,
    versions: Vec<Version>,
    step: Step,
    /// Sending it now would be late.
    late_now: bool,
}

/// The version on screen.
struct Shown {
    version: Version,
    is_newest: bool,
    content: Content,
    problems: Vec<Problem>,
}

/// What this person can do now.
enum Step {
    /// Nothing begun; the unit begins.
    Begin,
    /// A draft with something missing.
    Complete,
    /// A draft ready to be sent.
    Send,
    /// Sent back: the unit rewrites.
    Revise,
    /// Filed: the unit may change it.
    Amend,
    /// Sent: the 组织科 reviews.
    Review,
    /// Nothing: somebody else's turn.
    Read(&'static str),
}

/// The page.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org)): Path<(CampaignId, OrgId)>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    let frame = ctx.frame(&mut tx, "工作方案").await?;
    drop(tx);
    let shown = shown(&dossier, wanted.v)?;
    let notice = &dossier.scope.campaign.notice;
    let asked = notice.requirement(Rule::PlanFiled);
    let plan = dossier.plan.as_ref();
    page(&ShowPage {
        frame,
        home: dossier.scope.path(""),
        path: dossier.scope.path("/plan"),
        unit: dossier.scope.unit.name.clone(),
        deadline: chinese_date(notice.deadlines.plan),
        words: asked.map(|r| (r.clause.paragraph().to_string(), r.words.clone())),
        state: plan.map(|p| (p.state.label(), view::chip(p.state))),
        number: plan.and_then(|p| p.number.clone()),
        shown,
        versions: dossier
            .versions
            .iter()
            .map(|v| view::version(&dossier, v))
            .collect(),
        step: step(&dossier, ctx.user()?),
        late_now: is_late(ctx.now, notice.deadlines.plan)
            && plan.is_none_or(|p| p.filed_version.is_none()),
    })
}

fn shown(dossier: &Dossier, wanted: Option<u32>) -> Result<Option<Shown>, PageError> {
    let Some(row) = dossier.version(wanted) else {
        return if wanted.is_some() {
            Err(PageError::NotFound)
        } else {
            Ok(None)
        };
    };
    Ok(Some(Shown {
        version: view::version(dossier, row),
        is_newest: dossier.newest() == Some(row),
        content: view::content(dossier, &row.content),
        problems: view::problems(dossier, &dossier.problems(&row.content)),
    }))
}

fn step(dossier: &Dossier, user: &User) -> Step {
    let writes = user.holds_over(UNIT, &[dossier.scope.unit.id]);
    let reviews = user.holds(CLERK);
    let (Some(plan), Some(newest)) = (&dossier.plan, dossier.newest()) else {
        return if writes {
            Step::Begin
        } else {
            Step::Read("这个单位还没有起草工作方案。")
        };
    };
    match plan.state {
        PlanState::Draft if writes => {
            let missing = dossier
                .problems(&newest.content)
                .iter()
                .any(PlanProblem::stops);
            if missing { Step::Complete } else { Step::Send }
        }
        PlanState::Draft => Step::Read("单位正在起草，还没有报送。"),
        PlanState::Submitted if reviews => Step::Review,
        PlanState::Submitted => Step::Read("已报工委组织科，等待审核。审核前不能改动。"),
        PlanState::Returned if writes => Step::Revise,
        PlanState::Returned => Step::Read("已退回单位修改，等待重新报送。"),
        PlanState::Filed if writes => Step::Amend,
        PlanState::Filed => Step::Read("方案已备案。"),
    }
}
