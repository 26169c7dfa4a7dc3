//! `/c/{campaign}/supervision`: what the team has done and what waits. // 通知 四、4

use std::collections::HashSet;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::supervision::CheckState;
use pingyi_domain::time::chinese_date;
use pingyi_storage::spot_check::SpotCheck;
use pingyi_storage::{Tx, draw, spot_check, supervisor};

use super::places::Places;
use crate::kernel::access::CLERK;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "supervision/desk.html")]
struct DeskPage {
    frame: Frame,
    base: String,
    clerk: bool,
    words: Option<(String, String)>,
    branches: usize,
    target: u32,
    checked: usize,
    waiting: usize,
    share: String,
    over: u32,
    draws: Vec<DrawLine>,
    checks: Vec<CheckLine>,
    team: Vec<TeamLine>,
    units: Vec<(String, String)>,
    form: FormState,
}

impl DeskPage {
    fn ledger(&self) -> String {
        format!("{}/ledger", self.base)
    }
}

struct DrawLine {
    href: String,
    on: String,
    hash: String,
    seed: Option<String>,
}

/// A check on a list.
pub(super) struct CheckLine {
    pub href: String,
    pub branch: String,
    pub mode: &'static str,
    pub on: String,
    pub state: &'static str,
    pub class: &'static str,
    pub due: Option<String>,
}

struct TeamLine {
    id: String,
    name: String,
    post: String,
    unit: String,
}

/// `/supervision` leads to the current campaign.
pub async fn current(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let found = campaign::current(&ctx.app, &mut tx).await?;
    let to = found.map_or_else(|| "/notices".into(), |c| c.path("/supervision"));
    Ok(Redirect::to(&to).into_response())
}

/// The page.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    answer(&ctx, tx, campaign, FormState::default()).await
}

/// The page with the team's form as typed.
pub(super) async fn answer(ctx: &Ctx, mut tx: Tx, campaign: Campaign, form: FormState) -> Answer {
    let status = form.status();
    let places = Places::load(&mut tx).await?;
    let checks = spot_check::list(&mut tx, campaign.id).await?;
    let draws = draw::list(&mut tx, campaign.id).await?;
    let team = team(&mut tx, &campaign, &places).await?;
    let frame = ctx.frame(&mut tx, "督导").await?;
    let branches = places.all().len();
    let set = campaign.notice.settings.spot_check;
    let waits = |c: &&SpotCheck| matches!(c.state, CheckState::Open | CheckState::Replied);
    let body = page(&DeskPage {
        frame,
        clerk: ctx.user()?.holds(CLERK),
        words: words(&campaign, Rule::Supervised),
        target: set
            .share
            .ceil_of(u32::try_from(branches).unwrap_or(u32::MAX)),
        branches,
        checked: checked(&checks).len(),
        waiting: checks.iter().filter(waits).count(),
        share: set.share.to_string(),
        over: set.one_in_units_over,
        draws: draws.iter().map(|d| draw_line(&campaign, d)).collect(),
        checks: checks
            .iter()
            .map(|c| check_line(&campaign, &places, c))
            .collect(),
        team,
        units: places.units(),
        base: campaign.path("/supervision"),
        form,
    })?;
    Ok((status, body).into_response())
}

/// Clause and the notice's own words.
pub(super) fn words(campaign: &Campaign, rule: Rule) -> Option<(String, String)> {
    let asked = campaign.notice.requirement(rule)?;
    let clause = asked.clause.paragraph().as_str().to_owned();
    Some((clause, asked.words.clone()))
}

/// The different branches checked so far.
pub(super) fn checked(checks: &[SpotCheck]) -> HashSet<OrgId> {
    checks.iter().map(|c| c.branch_id).collect()
}

fn draw_line(campaign: &Campaign, draw: &draw::Draw) -> DrawLine {
    DrawLine {
        href: campaign.path(&format!("/supervision/draw/{}", draw.id)),
        on: chinese_date(draw.frozen_at.date()),
        hash: draw.list_hash.chars().take(12).collect(),
        seed: draw.seed.clone(),
    }
}

/// A check as the committee's lists name it.
pub(super) fn check_line(campaign: &Campaign, places: &Places, check: &SpotCheck) -> CheckLine {
    CheckLine {
        href: campaign.path(&format!("/supervision/checks/{}", check.id)),
        branch: places.label(check.branch_id),
        mode: check.mode.label(),
        on: chinese_date(check.checked_on),
        state: check.state.label(),
        class: class(check.state),
        due: check.due_on.map(chinese_date),
    }
}

/// Colour of a state.
pub(super) fn class(state: CheckState) -> &'static str {
    match state {
        CheckState::Open => "info",
        CheckState::Demanded => "late",
        CheckState::Replied => "wait",
        CheckState::Closed => "ok",
    }
}

async fn team(
    tx: &mut Tx,
    campaign: &Campaign,
    places: &Places,
) -> Result<Vec<TeamLine>, PageError> {
    let team = supervisor::list(tx, campaign.id).await?;
    let unit = |id: OrgId| places.tree.get(id).map(|o| o.name.clone());
    Ok(team
        .into_iter()
        .filter(|one| one.active)
        .map(|one| TeamLine {
            id: one.id.to_string(),
            unit: one.unit_id.and_then(unit).unwrap_or_else(|| "工委".into()),
            name: one.name,
            post: one.post,
        })
        .collect())
}
