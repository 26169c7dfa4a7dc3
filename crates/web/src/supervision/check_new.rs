//! Entering a check: the branch's script on one page with what was found. // 通知 四、4

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::assess::{Finding, assess_branch};
use pingyi_domain::ids::{CampaignId, CheckId, DrawId, OrgId, SupervisorId};
use pingyi_domain::prose::{self, LONG, ProseProblem};
use pingyi_domain::supervision::{CheckMode, CheckState, Checker, days, may_check, questions};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::spot_check::{self, SpotCheck};
use pingyi_storage::supervisor::{self, Supervisor};
use pingyi_storage::{Tx, draw, facts};
use serde::Deserialize;

use super::places::{Place, Places};
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "supervision/check_new.html")]
struct NewPage {
    frame: Frame,
    base: String,
    /// Branches to choose from, while none is chosen.
    places: Vec<(String, String)>,
    branch: String,
    label: String,
    script: String,
    team: Vec<(String, String)>,
    /// Field name of the answer, question.
    questions: Vec<(String, String)>,
    modes: &'static [CheckMode],
    form: FormState,
}

impl NewPage {
    fn ticked(&self, id: &str) -> bool {
        self.form.is(&format!("c_{id}"), "1")
    }
}

/// Which branch, drawn by which draw.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    branch: String,
    #[serde(default)]
    draw: String,
}

/// The form; without a branch, the choice of one.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>, Query(asked): Query<Asked>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let form = FormState::default()
        .with("branch", asked.branch)
        .with("draw", asked.draw)
        .with("mode", CheckMode::Random.as_str())
        .with("checked_on", ctx.now.date().to_string());
    answer(&ctx, tx, campaign, form).await
}

async fn answer(ctx: &Ctx, mut tx: Tx, campaign: Campaign, form: FormState) -> Answer {
    let status = form.status();
    let places = Places::load(&mut tx).await?;
    let frame = ctx.frame(&mut tx, "登记督导情况").await?;
    let place = form
        .value("branch")
        .parse()
        .ok()
        .and_then(|branch| places.place(branch).ok());
    let (mut team, mut asked, mut script) = (Vec::new(), Vec::new(), String::new());
    if let Some(place) = &place {
        team = choices(&supervisor::list(&mut tx, campaign.id).await?, place.unit);
        asked = script_of(ctx, &mut tx, &campaign, place).await?;
        script = campaign.path(&format!("/supervision/script/{}", place.branch));
    }
    let choice = if place.is_none() {
        let all = places.all().into_iter();
        all.map(|p| (p.branch.to_string(), p.label())).collect()
    } else {
        Vec::new()
    };
    let body = page(&NewPage {
        frame,
        base: campaign.path("/supervision"),
        places: choice,
        branch: place
            .as_ref()
            .map_or_else(String::new, |p| p.branch.to_string()),
        label: place.as_ref().map_or_else(String::new, Place::label),
        script,
        team,
        questions: asked
            .into_iter()
            .enumerate()
            .map(|(at, question)| (format!("a_{at}"), question))
            .collect(),
        modes: CheckMode::ALL,
        form,
    })?;
    Ok((status, body).into_response())
}

/// Those on the team who may check this unit's branches: nobody of the unit itself.
fn choices(team: &[Supervisor], unit: OrgId) -> Vec<(String, String)> {
    let may = team.iter().filter(|s| s.active && s.unit_id != Some(unit));
    may.map(|s| (s.id.to_string(), s.name.clone())).collect()
}

/// The questions for a branch as its ledger stands today.
pub(super) async fn script_of(
    ctx: &Ctx,
    tx: &mut Tx,
    campaign: &Campaign,
    place: &Place,
) -> Result<Vec<String>, PageError> {
    let unit = facts::load_branch(tx, campaign.id, place.unit, place.branch).await?;
    let found: Vec<Finding> = unit.as_ref().map_or_else(Vec::new, |unit| {
        let branches = unit.branches.iter();
        let today = ctx.now.date();
        branches
            .flat_map(|b| assess_branch(&campaign.notice, unit, b, today))
            .collect()
    });
    Ok(questions(&campaign.notice, &found))
}

/// Enters it; with a demand, the unit is asked at once.
pub async fn submit(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let branch: OrgId = fields
        .get("branch")
        .parse()
        .map_err(|_| PageError::NotFound)?;
    let place = Places::load(&mut tx).await?.place(branch)?;
    let team = supervisor::list(&mut tx, id).await?;
    let mut form = FormState::of(&fields);
    let read = read(&ctx, (id, &place), &mut form, &fields, &team);
    let (Some((check, who)), true) = (read, form.is_ok()) else {
        return answer(&ctx, tx, campaign, form).await;
    };
    let drawn = drawn_by(&mut tx, id, branch, fields.get("draw")).await?;
    let check = SpotCheck {
        draw_id: drawn,
        ..check
    };
    spot_check::insert(&mut tx, &check, &who).await?;
    let detail = serde_json::json!({
        "branch": place.branch_name,
        "mode": check.mode.as_str(),
        "state": check.state.as_str(),
        "checkers": who.len(),
    });
    let object = Object::Check(check.id);
    tx.audit(&ctx.actor(), ctx.now, Event::CheckEntered, object, detail)
        .await?;
    tx.commit().await?;
    let to = campaign.path(&format!("/supervision/checks/{}", check.id));
    redirect_done(&to, "check")
}

/// The draw, when it did draw this branch.
async fn drawn_by(
    tx: &mut Tx,
    id: CampaignId,
    branch: OrgId,
    sent: &str,
) -> Result<Option<DrawId>, PageError> {
    let Ok(draw_id) = sent.parse::<DrawId>() else {
        return Ok(None);
    };
    let draw = draw::get(tx, draw_id).await?;
    if draw.is_none_or(|d| d.campaign_id != id) {
        return Ok(None);
    }
    let lines = draw::lines(tx, draw_id).await?;
    let drew = lines.iter().any(|l| l.drawn && l.branch_id == branch);
    Ok(drew.then_some(draw_id))
}

fn read(
    ctx: &Ctx,
    (id, place): (CampaignId, &Place),
    form: &mut FormState,
    fields: &Fields,
    team: &[Supervisor],
) -> Option<(SpotCheck, Vec<SupervisorId>)> {
    let on = date(form, "checked_on", "督导日期");
    let (demand, due) = demand(form);
    if let Some(Err(why)) = on.map(|on| days(on, due, ctx.now.date())) {
        form.fail("checked_on", why.to_string());
    }
    let who: Vec<&Supervisor> = team
        .iter()
        .filter(|s| s.active && fields.has(&format!("c_{}", s.id)))
        .collect();
    let as_rule = |s: &&Supervisor| Checker {
        name: s.name.clone(),
        unit: s.unit_id,
    };
    let checkers: Vec<Checker> = who.iter().map(as_rule).collect();
    if let Err(why) = may_check(place.unit, &checkers) {
        form.fail("checkers", why.to_string());
    }
    let finding = optional(form, "finding", "督导发现");
    let answers = answers(form, fields);
    let mode = CheckMode::parse(fields.get("mode"));
    if mode.is_none() {
        form.fail("mode", "请选督导方式。");
    }
    let state = if demand.is_empty() {
        CheckState::Open
    } else {
        CheckState::Demanded
    };
    let check = SpotCheck {
        mode: mode?,
        state,
        checked_on: on?,
        answers,
        finding,
        demand,
        due_on: due,
        ..blank(ctx, id, place.branch)
    };
    Some((check, who.iter().map(|s| s.id).collect()))
}

fn blank(ctx: &Ctx, id: CampaignId, branch: OrgId) -> SpotCheck {
    SpotCheck {
        id: ctx.app.new_id::<CheckId>(),
        campaign_id: id,
        branch_id: branch,
        mode: CheckMode::Random,
        state: CheckState::Open,
        checked_on: ctx.now.date(),
        draw_id: None,
        answers: "[]".into(),
        finding: String::new(),
        demand: String::new(),
        due_on: None,
        reply: String::new(),
        replied_by: None,
        replied_at: None,
        closing: String::new(),
        closed_by: None,
        closed_at: None,
        entered_by: ctx.actor().name,
        entered_at: ctx.now,
    }
}

/// A day of the form; marks what is no day.
pub(super) fn date(form: &mut FormState, field: &str, what: &str) -> Option<Date> {
    let read = form.value(field).parse().ok();
    if read.is_none() {
        form.fail(field, format!("请填写{what}，例如 2015-09-15。"));
    }
    read
}

/// A demand with its last day: both or neither.
pub(super) fn demand(form: &mut FormState) -> (String, Option<Date>) {
    let demand = optional(form, "demand", "整改要求");
    let typed = form.value("due_on").trim().to_owned();
    match (demand.is_empty(), typed.is_empty()) {
        (true, true) => (demand, None),
        (true, false) => {
            form.fail("demand", "写了期限，没有写整改要求。请写明要整改什么。");
            (demand, None)
        }
        (false, _) => {
            let due = date(form, "due_on", "整改期限");
            (demand, due)
        }
    }
}

/// A text that may be empty; marks what cannot be kept.
pub(super) fn optional(form: &mut FormState, field: &str, what: &str) -> String {
    match prose::text(form.value(field), LONG) {
        Ok(text) => text,
        Err(ProseProblem::Empty) => String::new(),
        Err(why) => {
            form.fail(field, format!("{what}{why}"));
            String::new()
        }
    }
}

/// The questions that were answered, as they were asked.
fn answers(form: &mut FormState, fields: &Fields) -> String {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for at in 0..40 {
        let question = fields.get(&format!("qa_{at}"));
        if question.is_empty() {
            break;
        }
        let answer = optional(form, &format!("a_{at}"), "回答");
        if !answer.is_empty() {
            pairs.push((question.chars().take(500).collect(), answer));
        }
    }
    serde_json::to_string(&pairs).unwrap_or_else(|_| "[]".into())
}
