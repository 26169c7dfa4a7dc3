//! `/c/{campaign}/o/{org}/plan/edit`: the form in which the unit writes its plan.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::plan::{PlanProblem, PlanState, PlanStep};
use pingyi_domain::time::chinese_date;

use super::dossier::{self, Dossier};
use super::{form, suggest, view as words};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};

/// The form with what was saved before.
#[derive(Template)]
#[template(path = "plan/edit.html")]
pub struct EditPage {
    frame: Frame,
    home: String,
    path: String,
    unit: String,
    form: FormState,
    rows: Vec<Row>,
    /// Branches that are not due, and why.
    excluded: Vec<String>,
    /// Problems of the stored draft by field: theme, manner, participants, requirements.
    notes: [Vec<Note>; 4],
    theme: String,
    deadline: String,
    /// The opinion with which it was sent back.
    opinion: Option<String>,
    /// The version that stays in force meanwhile, and its number.
    in_force: Option<(u32, String)>,
    is_first: bool,
    /// What the writer saw, to notice somebody else's saving in between.
    seen: String,
}

/// One branch's row of the form.
struct Row {
    branch: String,
    date: Input,
    time: Input,
    place: Input,
    notes: Vec<Note>,
}

/// One input: name, value, and what is wrong with it.
struct Input {
    name: String,
    value: String,
    error: Option<String>,
}

/// A problem beside a field.
struct Note {
    stops: bool,
    text: String,
}

/// The form.
pub async fn show(ctx: Ctx, Path((campaign, org)): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    writable(&dossier)?;
    let content = match dossier.newest() {
        Some(version) => version.content.clone(),
        None => suggest::content(&mut tx, &dossier).await?,
    };
    let found = dossier
        .newest()
        .map(|v| dossier.problems(&v.content))
        .unwrap_or_default();
    let frame = ctx.frame(&mut tx, "填写工作方案").await?;
    page(&view(frame, &dossier, form::fill(&content), &found))
}

/// While the 组织科 has it, it cannot be changed.
pub fn writable(dossier: &Dossier) -> Result<(), PageError> {
    match &dossier.plan {
        Some(plan) if plan.state == PlanState::Submitted => plan
            .state
            .advance(PlanStep::Revise)
            .map(drop)
            .map_err(PageError::refused),
        _ => Ok(()),
    }
}

/// The page for what stands in a form.
pub fn view(frame: Frame, dossier: &Dossier, form: FormState, found: &[PlanProblem]) -> EditPage {
    let notice = &dossier.scope.campaign.notice;
    let state = dossier.plan.as_ref().map(|plan| plan.state);
    let plan = dossier.plan.as_ref();
    EditPage {
        frame,
        home: dossier.scope.path(""),
        path: dossier.scope.path("/plan"),
        unit: dossier.scope.unit.name.clone(),
        rows: dossier
            .due()
            .map(|b| row(&form, b.id, &b.name, found))
            .collect(),
        excluded: words::excluded(dossier, &dossier.kept()),
        form,
        notes: field_notes(found),
        theme: notice.theme.title.clone(),
        deadline: chinese_date(notice.deadlines.meeting),
        opinion: dossier
            .newest()
            .filter(|_| state == Some(PlanState::Returned))
            .and_then(|v| v.opinion.clone()),
        in_force: plan.and_then(|p| Some((p.filed_version?, p.number.clone()?))),
        is_first: plan.is_none(),
        seen: seen(dossier),
    }
}

fn row(form: &FormState, branch: OrgId, name: &str, found: &[PlanProblem]) -> Row {
    let input = |name: String| Input {
        value: form.value(&name).to_owned(),
        error: form.error(&name).map(str::to_owned),
        name,
    };
    let (date, time) = form::names(branch);
    Row {
        branch: name.to_owned(),
        date: input(date),
        time: input(time),
        place: input(format!("place-{branch}")),
        notes: notes(found.iter().filter(|p| p.branch() == Some(branch))),
    }
}

fn notes<'a>(found: impl Iterator<Item = &'a PlanProblem>) -> Vec<Note> {
    found
        .map(|p| Note {
            stops: p.stops(),
            text: p.message(),
        })
        .collect()
}

fn field_notes(found: &[PlanProblem]) -> [Vec<Note>; 4] {
    use PlanProblem as P;
    let of = |wanted: fn(&P) -> bool| notes(found.iter().filter(|p| wanted(p)));
    [
        of(|p| matches!(p, P::NoTheme | P::ThemeDiffers)),
        of(|p| matches!(p, P::NoManner)),
        of(|p| matches!(p, P::NoParticipants)),
        of(|p| matches!(p, P::NoRequirements)),
    ]
}

/// Version and time of saving of what is stored.
pub fn seen(dossier: &Dossier) -> String {
    dossier.newest().map_or_else(
        || "0".into(),
        |v| format!("{}-{}", v.version, v.drafted_at.0),
    )
}
