//! Ballots out and in, and rounds given up. Known are numbers of sheets, never who holds one.

use axum::extract::Path;
use pingyi_domain::appraisal::{RoundError, RoundState, RoundStep};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, ballot_box, count_entry, round};

use super::load::Current;
use super::show::{self, Typed};
use super::sitting::{Sitting, refuse, sitting};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};
use crate::meeting::when;

/// Ballots handed out; again while they are out, to correct the number.
pub async fn open(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let held = sitting.ready()?;
    sitting.on_paper()?;
    let now = sitting.round()?;
    if now.round.state != RoundState::Open {
        now.round.state.advance(RoundStep::Open).map_err(refuse)?;
    }
    let mut form = FormState::of(&fields);
    let began = when::past(&mut form, ("opened_on", "opened_at"), ctx.now);
    if began
        .zip(held.started_at)
        .is_some_and(|(at, meeting)| at < meeting)
    {
        form.fail("opened_at", "投票时间早于会议开始时间。请核对。");
    }
    let issued = number(&mut form, "issued", "发出票");
    let (Some(began), Some(issued), true) = (began, issued, form.is_ok()) else {
        return show::answer(&ctx, tx, sitting, Typed::Open(form)).await;
    };
    let prepared = sitting.prepared(now);
    match prepared.open(held.state, issued, sitting.voters(), when::unix(began)) {
        Ok(opened) => {
            let row = StoredRound {
                state: RoundState::Open,
                present: Some(opened.stage.present),
                issued: Some(issued),
                opened_at: Some(opened.stage.opened_at),
                ..now.round.clone()
            };
            save(&ctx, tx, &sitting, &row, Event::RoundOpened).await?;
            redirect_done(&sitting.path(""), "round-opened")
        }
        Err(why) => {
            form.fail("issued", why.to_string());
            show::answer(&ctx, tx, sitting, Typed::Open(form)).await
        }
    }
}

/// Ballots collected. More than were issued: the round is void, after one look at the number.
pub async fn close(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    sitting.on_paper()?;
    let now = sitting.round()?;
    may_close(&mut tx, now).await?;
    let mut form = FormState::of(&fields);
    let Some(collected) = number(&mut form, "collected", "收回票") else {
        return show::answer(&ctx, tx, sitting, Typed::Close(form)).await;
    };
    match sitting.open(now)?.close(collected, ctx.now) {
        Ok(closed) => {
            let row = StoredRound {
                state: RoundState::Closed,
                collected: Some(collected),
                closed_at: Some(closed.stage.closed_at),
                ..now.round.clone()
            };
            save(&ctx, tx, &sitting, &row, Event::RoundClosed).await?;
            redirect_done(&sitting.path(""), "round-closed")
        }
        // docs/DOMAIN.md §2.5 invariant 3
        Err(RoundError::MustVoid { collected, issued }) if fields.has("confirm") => {
            let reason = format!("收回票{collected}张，多于发出票{issued}张");
            let row = StoredRound {
                collected: Some(collected),
                ..now.round.clone()
            };
            give_up(&ctx, tx, &sitting, row, reason).await
        }
        Err(why) => {
            form.fail("collected", why.to_string());
            show::answer(&ctx, tx, sitting, Typed::Close(form)).await
        }
    }
}

/// From open ballots; again while nobody has typed a count, to correct the number.
async fn may_close(tx: &mut Tx, now: &Current) -> Result<(), PageError> {
    let untyped = count_entry::list(tx, now.round.id).await?.is_empty();
    if now.round.state == RoundState::Closed && untyped {
        return Ok(());
    }
    now.round
        .state
        .advance(RoundStep::Close)
        .map(drop)
        .map_err(refuse)
}

/// Gives the round up by hand, with a reason; refused once it is signed.
pub async fn void(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let mut form = FormState::of(&fields);
    match given_up(&sitting, &mut form, ctx.now)? {
        Some((row, reason)) => give_up(&ctx, tx, &sitting, row, reason).await,
        None => show::answer(&ctx, tx, sitting, Typed::Void(form)).await,
    }
}

/// The round to give up and why, for both pages with that button; without a reason its field is
/// marked.
pub(crate) fn given_up(
    sitting: &Sitting,
    form: &mut FormState,
    at: UnixTime,
) -> Result<Option<(StoredRound, String)>, PageError> {
    let now = sitting.round()?;
    now.round.state.advance(RoundStep::Void).map_err(refuse)?;
    let reason = form.value("void_reason").trim();
    match sitting.prepared(now).void(reason, at) {
        Ok(void) => Ok(Some((now.round.clone(), void.stage.reason))),
        Err(why) => {
            form.fail("void_reason", why.to_string());
            Ok(None)
        }
    }
}

/// The round's electronic box goes with it, and stays on record like it.
pub(crate) async fn give_up(
    ctx: &Ctx,
    mut tx: Tx,
    sitting: &Sitting,
    row: StoredRound,
    reason: String,
) -> Answer {
    let state = row.state.advance(RoundStep::Void).map_err(refuse)?;
    if let Some(found) = &sitting.ballot_box {
        ballot_box::void(&mut tx, found.id, &reason, ctx.now).await?;
    }
    let row = StoredRound {
        state,
        void_reason: Some(reason),
        voided_at: Some(ctx.now),
        ..row
    };
    save(ctx, tx, sitting, &row, Event::RoundVoided).await?;
    if let Some(found) = &sitting.ballot_box {
        crate::room::forget_order(&ctx.app, found).await;
    }
    redirect_done(&sitting.path(""), "round-voided")
}

async fn save(
    ctx: &Ctx,
    mut tx: Tx,
    sitting: &Sitting,
    row: &StoredRound,
    event: Event,
) -> Result<(), PageError> {
    round::update(&mut tx, row).await?;
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name, "round": row.no, "voters": row.present,
        "issued": row.issued, "collected": row.collected, "reason": row.void_reason,
    });
    tx.audit(&ctx.actor(), ctx.now, event, Object::Round(row.id), detail)
        .await?;
    Ok(tx.commit().await?)
}

/// A number of sheets; full-width digits are digits too.
fn number(form: &mut FormState, name: &str, label: &str) -> Option<u32> {
    let read = super::sheet::digits(form.value(name));
    if read.is_none() {
        form.fail(name, format!("请填写{label}张数，用数字。"));
    }
    read
}
