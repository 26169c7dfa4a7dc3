//! The box closes: every slip accounted for, or both scrutineers say why not. Nothing reopens it.

use axum::extract::Path;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ballot_box::{BoxStep, Closing, Confirmation, Sheets};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::audit::Event;
use pingyi_storage::ballot_box::{self, BallotBox};
use pingyi_storage::ballot_key::{self, BoxKey};
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, round, settle, slip};

use super::count::closed_box;
use super::open::step;
use super::paper;
use super::projector::closing;
use super::scrutineer::{Done, log};
use crate::appraisal::load::Current;
use crate::appraisal::sitting::{Sitting, sitting};
use crate::kernel::app::App;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, redirect_done};

/// Closes the box and the round, then writes the archive up to the encrypted sums.
#[expect(
    clippy::cognitive_complexity,
    reason = "a straight list of steps, each with its way out"
)]
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (now, found) = sitting.electronic()?;
    step(&sitting, BoxStep::Close)?;
    time_is_up(&ctx, &mut tx, found).await?;
    let slips = slip::count(&mut tx, found.id).await?;
    let keys = ballot_key::list(&mut tx, found.id).await?;
    let scrutineers = u32::try_from(keys.len()).unwrap_or(u32::MAX);
    let confirmed = confirmation(&keys);
    let closing = slips.close(scrutineers, confirmed.as_ref());
    let closing = closing.map_err(PageError::refused)?;
    let sheets = match paper::collected(&fields, found.paper) {
        Ok(sheets) => sheets,
        Err(wrong) => return paper::refuse(&ctx, tx, sitting, *wrong).await,
    };
    let row = closed_round(&ctx, &sitting, now, (&closing, sheets))?;
    let missing = closing.missing.as_ref().map(|(n, why)| (*n, why.as_str()));
    ballot_box::close(&mut tx, found.id, ctx.now, missing).await?;
    if let Some(sheets) = sheets {
        ballot_box::set_paper_collected(&mut tx, found.id, sheets.collected).await?;
    }
    round::update(&mut tx, &row).await?;
    let event = Done {
        actor: &ctx.actor(),
        now: ctx.now,
        event: Event::BoxClosed,
        detail: serde_json::json!({
            "issued": closing.issued, "collected": closing.collected, "missing": closing.missing,
            "paper": sheets.map(|sheets| sheets.collected),
        }),
    };
    log(&mut tx, &sitting, event).await?;
    tx.commit().await?;
    forget_order(&ctx.app, found).await;
    // Repeated by whoever needs it, should it fail now: closing itself stands.
    if let Err(error) = closed_box(&ctx.app, found.id).await {
        tracing::error!(?error, "the archive of a closed box was not written");
    }
    redirect_done(&sitting.path("/box"), "box-closed")
}

/// The countdown was announced to voters: it runs to its end.
async fn time_is_up(ctx: &Ctx, tx: &mut Tx, found: &BallotBox) -> Result<(), PageError> {
    let end = closing(tx, found).await.map_err(|_| PageError::NotFound)?;
    match end.map(|end| end - ctx.now.0) {
        Some(left) if left > 0 => Err(PageError::Refused(format!(
            "倒计时还有 {left} 秒，到时再截止。"
        ))),
        _ => Ok(()),
    }
}

/// Who of the scrutineers says that missing slips stay missing, and why.
fn confirmation(keys: &[BoxKey]) -> Option<Confirmation> {
    let said: Vec<(u32, &str)> = keys
        .iter()
        .filter_map(|key| Some((key.slot, key.missing_reason.as_deref()?)))
        .collect();
    let mut reasons: Vec<&str> = said.iter().map(|(_, reason)| *reason).collect();
    reasons.dedup();
    (!said.is_empty()).then(|| Confirmation {
        by: said.iter().map(|(slot, _)| *slot).collect(),
        reason: reasons.join("；"),
    })
}

/// 发出票 as it came out: a spare that was put aside after the opening was never issued.
fn closed_round(
    ctx: &Ctx,
    sitting: &Sitting,
    now: &Current,
    (closing, sheets): (&Closing, Option<Sheets>),
) -> Result<StoredRound, PageError> {
    let mut open = sitting.open(now)?;
    let (out, back) = sheets.map_or((0, 0), |sheets| (sheets.issued, sheets.collected));
    let issued = closing.issued.saturating_add(out);
    open.stage.issued = issued;
    let closed = open.close(closing.collected.saturating_add(back), ctx.now);
    let closed = closed.map_err(PageError::refused)?;
    Ok(StoredRound {
        state: RoundState::Closed,
        issued: Some(issued),
        collected: Some(closed.stage.collected),
        closed_at: Some(closed.stage.closed_at),
        ..now.round.clone()
    })
}

/// Clears away what the engine remembers of the order of casting.
pub(crate) async fn forget_order(app: &App, found: &BallotBox) {
    if let Err(error) = settle::settle(&app.db, found.id).await {
        tracing::error!(%error, "a closed box was not settled; pingyi doctor tells how");
    }
}
