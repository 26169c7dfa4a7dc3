//! One check: what was found, the demand, the unit's reply, the close. // 通知 四、4

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, CheckId};
use pingyi_domain::supervision::{CheckError, CheckState, CheckStep};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::spot_check::{self, SpotCheck};
use pingyi_storage::{Tx, draw};

use super::check_new::{demand, optional};
use super::desk::class;
use super::places::{Place, Places};
use crate::kernel::access::CLERK;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "supervision/check.html")]
struct CheckPage {
    frame: Frame,
    base: String,
    here: String,
    clerk: bool,
    told: Told,
    notice: String,
    form: FormState,
}

/// A check in words, for the committee's and the unit's page.
pub(super) struct Told {
    pub check: SpotCheck,
    pub branch: String,
    pub class: &'static str,
    pub on: String,
    pub checkers: String,
    pub drawn: Option<String>,
    pub due: Option<String>,
    pub overdue: bool,
    pub answers: Vec<(String, String)>,
    pub replied: Option<String>,
    pub closed: Option<String>,
}

impl Told {
    pub fn may(&self, step: &str) -> bool {
        CheckStep::parse(step).is_some_and(|step| self.check.state.may(step))
    }
}

/// Puts a check into words.
pub(super) async fn told(
    ctx: &Ctx,
    tx: &mut Tx,
    place: &Place,
    check: SpotCheck,
) -> Result<Told, PageError> {
    let draw = match check.draw_id {
        Some(id) => draw::get(tx, id).await?,
        None => None,
    };
    let by = |name: Option<&str>, at: Option<UnixTime>| {
        at.map(|at| format!("{} {}", chinese_date(at.date()), name.unwrap_or_default()))
    };
    Ok(Told {
        branch: place.label(),
        class: class(check.state),
        on: chinese_date(check.checked_on),
        checkers: spot_check::checkers(tx, check.id).await?.join("、"),
        drawn: draw.map(|d| chinese_date(d.frozen_at.date())),
        due: check.due_on.map(chinese_date),
        overdue: check.due_on.is_some_and(|due| due < ctx.now.date())
            && check.state == CheckState::Demanded,
        answers: serde_json::from_str(&check.answers).unwrap_or_default(),
        replied: by(check.replied_by.as_deref(), check.replied_at),
        closed: by(check.closed_by.as_deref(), check.closed_at),
        check,
    })
}

/// A check of this campaign.
pub(super) async fn load(
    tx: &mut Tx,
    (campaign, check): (CampaignId, CheckId),
) -> Result<SpotCheck, PageError> {
    let found = spot_check::get(tx, check).await?;
    found
        .filter(|c| c.campaign_id == campaign)
        .ok_or(PageError::NotFound)
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, CheckId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, at.0).await?;
    let check = load(&mut tx, at).await?;
    let form = FormState::default()
        .with("finding", check.finding.clone())
        .with("demand", check.demand.clone())
        .with(
            "due_on",
            check.due_on.map(|d| d.to_string()).unwrap_or_default(),
        );
    answer(&ctx, tx, campaign, check, form).await
}

async fn answer(
    ctx: &Ctx,
    mut tx: Tx,
    campaign: Campaign,
    check: SpotCheck,
    form: FormState,
) -> Answer {
    let status = form.status();
    let place = Places::load(&mut tx).await?.place(check.branch_id)?;
    let frame = ctx.frame(&mut tx, "督导情况").await?;
    let notice = campaign.path(&format!("/o/{}/checks/{}/notice", place.unit, check.id));
    let here = campaign.path(&format!("/supervision/checks/{}", check.id));
    let body = page(&CheckPage {
        frame,
        base: campaign.path("/supervision"),
        here,
        clerk: ctx.user()?.holds(CLERK),
        told: told(ctx, &mut tx, &place, check).await?,
        notice,
        form,
    })?;
    Ok((status, body).into_response())
}

/// Demands, demands again, or closes.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, CheckId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, at.0).await?;
    let before = load(&mut tx, at).await?;
    let mut form = FormState::of(&fields);
    let close = fields.get("do") == "close";
    let taken = if close {
        closed(&ctx, &mut form, before.clone())
    } else {
        demanded(&mut form, before.clone())
    };
    let after = match taken {
        Ok(after) if form.is_ok() => after,
        Ok(_) => return answer(&ctx, tx, campaign, before, form).await,
        Err(why) => return Err(PageError::refused(why)),
    };
    spot_check::update(&mut tx, &after, before.state).await?;
    let event = if close {
        Event::CheckClosed
    } else {
        Event::CheckDemanded
    };
    let detail = serde_json::json!({ "state": after.state.as_str(), "due": after.due_on });
    let object = Object::Check(after.id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    tx.commit().await?;
    let to = campaign.path(&format!("/supervision/checks/{}", after.id));
    redirect_done(
        &to,
        if close {
            "check-closed"
        } else {
            "check-demanded"
        },
    )
}

fn demanded(form: &mut FormState, check: SpotCheck) -> Result<SpotCheck, CheckError> {
    let state = check.state.advance(CheckStep::Demand)?;
    let finding = optional(form, "finding", "督导发现");
    let (demand, due_on) = demand(form);
    if demand.is_empty() && form.is_ok() {
        form.fail("demand", "没有写整改要求。没有问题的，请直接办结。");
    }
    if due_on.is_some_and(|due| due < check.checked_on) {
        form.fail("due_on", CheckError::DueBefore.to_string());
    }
    Ok(SpotCheck {
        state,
        finding,
        demand,
        due_on,
        ..check
    })
}

fn closed(ctx: &Ctx, form: &mut FormState, check: SpotCheck) -> Result<SpotCheck, CheckError> {
    Ok(SpotCheck {
        state: check.state.advance(CheckStep::Close)?,
        closing: optional(form, "closing", "办结意见"),
        closed_by: Some(ctx.actor().name),
        closed_at: Some(ctx.now),
        ..check
    })
}
