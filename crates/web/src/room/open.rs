//! Voting begins, its end is announced, and the announcement taken back.

use axum::extract::Path;
use pingyi_domain::appraisal::{RoundError, RoundState};
use pingyi_domain::ballot_box::BoxStep;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::audit::Event;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, ballot_box, meta, round, slip};

use super::projector::closing_key;
use super::scrutineer::{Done, log};
use crate::appraisal::sitting::{Sitting, sitting};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, redirect_done};

/// The countdown's limits, in seconds.
const SECONDS: std::ops::RangeInclusive<i64> = 10..=900;

/// Opens the box, and with it the round. // 通知 三、3
pub async fn open(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let held = sitting.ready()?;
    let (now, found) = sitting.electronic()?;
    step(&sitting, BoxStep::Open)?;
    let slips = slip::count(&mut tx, found.id).await?;
    let (drawn, voters) = (slips.drawn(), sitting.voters());
    slips.enough_for(voters).map_err(PageError::refused)?;
    let prepared = sitting.prepared(now);
    let opened = prepared.open(held.state, drawn, voters, ctx.now);
    let opened = opened.map_err(|why| match why {
        RoundError::Issued { issued, present } if issued > present => PageError::Refused(format!(
            "还有 {issued} 张票条没有收起，到会可投票的只有 {present} 人。请先把备用票条当众逐张交回，再开始投票。"
        )),
        other => PageError::refused(other),
    })?;
    ballot_box::open(&mut tx, found.id, ctx.now).await?;
    let row = StoredRound {
        state: RoundState::Open,
        present: Some(opened.stage.present),
        issued: Some(opened.stage.issued),
        opened_at: Some(opened.stage.opened_at),
        ..now.round.clone()
    };
    round::update(&mut tx, &row).await?;
    let detail = serde_json::json!({ "voters": voters, "issued": drawn });
    finish(&ctx, tx, &sitting, (Event::BoxOpened, detail), "box-opened").await
}

/// Announces the end; ballots are still taken.
pub async fn last_call(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (_, found) = sitting.electronic()?;
    step(&sitting, BoxStep::CallLast)?;
    let seconds: Option<i64> = fields.get("seconds").parse().ok();
    let Some(seconds) = seconds.filter(|s| SECONDS.contains(s)) else {
        return Err(PageError::refused(
            "倒计时请填 10 到 900 之间的秒数，用数字。",
        ));
    };
    ballot_box::call_last(&mut tx, found.id).await?;
    let end = (ctx.now.0 + seconds).to_string();
    meta::set(&mut tx, &closing_key(found.id), &end).await?;
    let detail = serde_json::json!({ "seconds": seconds });
    finish(
        &ctx,
        tx,
        &sitting,
        (Event::BoxLastCall, detail),
        "box-last-call",
    )
    .await
}

/// Takes the announcement back.
pub async fn resume(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (_, found) = sitting.electronic()?;
    step(&sitting, BoxStep::Resume)?;
    ballot_box::resume(&mut tx, found.id).await?;
    let detail = serde_json::Value::Null;
    finish(
        &ctx,
        tx,
        &sitting,
        (Event::BoxResumed, detail),
        "box-resumed",
    )
    .await
}

/// Whether the box can take this step, in the domain's words.
pub(super) fn step(sitting: &Sitting, step: BoxStep) -> Result<(), PageError> {
    let (_, found) = sitting.electronic()?;
    let next = found.state.advance(step);
    next.map(drop).map_err(PageError::refused)
}

async fn finish(
    ctx: &Ctx,
    mut tx: Tx,
    sitting: &Sitting,
    (event, detail): (Event, serde_json::Value),
    done: &str,
) -> Answer {
    let row = Done {
        actor: &ctx.actor(),
        now: ctx.now,
        event,
        detail,
    };
    log(&mut tx, sitting, row).await?;
    tx.commit().await?;
    redirect_done(&sitting.path("/box"), done)
}
