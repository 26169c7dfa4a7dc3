//! `/c/{campaign}/o/{org}/plan/edit`: the unit writes its plan. Saved as a draft, complete or not.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::plan::{Draft, PlanContent, PlanProblem, PlanState, PlanStep};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::plan::{self, Plan};
use serde_json::json;

use super::dossier::{self, Dossier};
use super::{form, suggest};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "plan/edit.html")]
struct EditPage {
    frame: Frame,
    home: String,
    path: String,
    unit: String,
    form: FormState,
    rows: Vec<Row>,
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
        None => suggest::content(&mut tx, &dossier.scope).await?,
    };
    let found = dossier
        .newest()
        .map(|v| dossier.problems(&v.content))
        .unwrap_or_default();
    let frame = ctx.frame(&mut tx, "填写工作方案").await?;
    page(&view(frame, &dossier, form::fill(&content), &found))
}

/// While the 组织科 has it, it cannot be changed.
fn writable(dossier: &Dossier) -> Result<(), PageError> {
    match &dossier.plan {
        Some(plan) if plan.state == PlanState::Submitted => plan
            .state
            .advance(PlanStep::Revise)
            .map(drop)
            .map_err(PageError::refused),
        _ => Ok(()),
    }
}

fn view(frame: Frame, dossier: &Dossier, form: FormState, found: &[PlanProblem]) -> EditPage {
    let notice = &dossier.scope.campaign.notice;
    let state = dossier.plan.as_ref().map(|plan| plan.state);
    let plan = dossier.plan.as_ref();
    EditPage {
        frame,
        home: dossier.scope.path(""),
        path: dossier.scope.path("/plan"),
        unit: dossier.scope.unit.name.clone(),
        rows: dossier
            .scope
            .branches
            .iter()
            .map(|b| row(&form, b.id, &b.name, found))
            .collect(),
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
fn seen(dossier: &Dossier) -> String {
    dossier.newest().map_or_else(
        || "0".into(),
        |v| format!("{}-{}", v.version, v.drafted_at.0),
    )
}

/// Saves a draft. // 通知 二、4
pub async fn save(
    ctx: Ctx,
    Path((campaign, org)): Path<(CampaignId, OrgId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    writable(&dossier)?;
    let scope = &dossier.scope;
    let (content, mut form) = form::read(&fields, &scope.campaign.notice, &scope.branches);
    if fields.get("seen") != seen(&dossier) {
        form.fail("", other_saved(&dossier));
    }
    if !form.is_ok() {
        let frame = ctx.frame(&mut tx, "填写工作方案").await?;
        drop(tx);
        let answer = page(&view(frame, &dossier, form, &dossier.problems(&content)))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    let done = store(&ctx, &mut tx, &dossier, content).await?;
    tx.commit().await?;
    redirect_done(&dossier.scope.path("/plan"), done)
}

fn other_saved(dossier: &Dossier) -> String {
    let who = dossier
        .newest()
        .map_or("另一个人", |v| v.drafted_by_name.as_str());
    format!("您填写期间，{who}也保存过这份方案。您填的内容还在下面：请先核对，再保存就以您的为准。")
}

async fn store(
    ctx: &Ctx,
    tx: &mut Tx,
    dossier: &Dossier,
    content: PlanContent,
) -> Result<&'static str, PageError> {
    let user = ctx.user()?;
    let (id, event, version) = match (&dossier.plan, dossier.newest()) {
        (Some(plan), Some(newest)) if plan.state == PlanState::Draft => {
            let mut row = newest.clone();
            row.content = content;
            row.drafted_by = user.account;
            row.drafted_by_name.clone_from(&user.name);
            row.drafted_at = ctx.now;
            plan::update_version(tx, &row).await?;
            (plan.id, Event::PlanDrafted, row.version)
        }
        (Some(plan), Some(newest)) => {
            let mut draft =
                dossier::next_draft(plan, newest, user.account).map_err(PageError::refused)?;
            draft.head.content = content;
            let amends = plan.state == PlanState::Filed;
            plan::insert_version(tx, &dossier::row(plan.id, &draft, &user.name, ctx.now)).await?;
            let version = draft.head.version;
            plan::update(
                tx,
                &Plan {
                    state: PlanState::Draft,
                    version,
                    ..plan.clone()
                },
            )
            .await?;
            (
                plan.id,
                if amends {
                    Event::PlanAmended
                } else {
                    Event::PlanDrafted
                },
                version,
            )
        }
        _ => {
            let draft = Draft::new(ctx.app.new_id(), user.account, content);
            begin(ctx, tx, dossier, &draft).await?;
            (draft.head.id, Event::PlanDrafted, draft.head.version)
        }
    };
    let detail = json!({ "unit": dossier.scope.unit.name, "version": version });
    tx.audit(&ctx.actor(), ctx.now, event, Object::Plan(id), detail)
        .await?;
    Ok(if event == Event::PlanAmended {
        "plan-amended"
    } else {
        "plan-saved"
    })
}

async fn begin(ctx: &Ctx, tx: &mut Tx, dossier: &Dossier, draft: &Draft) -> Result<(), PageError> {
    let row = Plan {
        id: draft.head.id,
        campaign_id: dossier.scope.campaign.id,
        org_id: dossier.scope.unit.id,
        state: PlanState::Draft,
        version: draft.head.version,
        filed_version: None,
        number: None,
    };
    plan::insert(tx, &row).await?;
    let version = dossier::row(row.id, draft, &ctx.user()?.name, ctx.now);
    Ok(plan::insert_version(tx, &version).await?)
}
