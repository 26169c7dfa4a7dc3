//! Voting begins, its end is announced, and the announcement taken back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ballot_box::{BoxError, BoxStep, Ways};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Settings;
use pingyi_storage::audit::Event;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, ballot_box, meta, round, slip};

use super::page;
use super::projector::closing_key;
use super::scrutineer::{Done, log};
use crate::appraisal::digits;
use crate::appraisal::sitting::{Sitting, sitting};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// The countdown's limits, in seconds.
const SECONDS: std::ops::RangeInclusive<i64> = 10..=900;

/// Opens the box, and with it the round. // 通知 三、3
pub async fn open(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let held = sitting.ready()?;
    let (now, found) = sitting.electronic()?;
    step(&sitting, BoxStep::Open)?;
    let slips = slip::count(&mut tx, found.id).await?;
    let (drawn, voters) = (slips.drawn(), sitting.voters());
    slips.enough_for(voters).map_err(PageError::refused)?;
    let mut form = FormState::of(&fields);
    let Some((issued, paper)) = ways(&mut form, &fields, (drawn, voters), &now.settings) else {
        let answer = page::answer(&ctx, tx, sitting, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let prepared = sitting.prepared(now);
    let opened = prepared.open(held.state, issued, voters, ctx.now);
    let opened = opened.map_err(PageError::refused)?;
    ballot_box::open(&mut tx, found.id, ctx.now).await?;
    if paper > 0 {
        ballot_box::set_paper(&mut tx, found.id, paper).await?;
    }
    let row = StoredRound {
        state: RoundState::Open,
        present: Some(opened.stage.present),
        issued: Some(opened.stage.issued),
        opened_at: Some(opened.stage.opened_at),
        ..now.round.clone()
    };
    round::update(&mut tx, &row).await?;
    let detail = serde_json::json!({ "voters": voters, "issued": issued, "paper": paper });
    finish(&ctx, tx, &sitting, (Event::BoxOpened, detail), "box-opened").await
}

/// 发出票 in both ways, and the paper sheets among it. Few on paper are told so first.
fn ways(
    form: &mut FormState,
    fields: &Fields,
    (slips, voters): (u32, u32),
    settings: &Settings,
) -> Option<(u32, u32)> {
    let typed = form.value("paper").trim().to_owned();
    let paper = match digits(&typed) {
        Some(paper) => paper,
        None if typed.is_empty() => 0,
        None => {
            form.fail("paper", "领纸质测评表的人数请用数字填写，没有就填 0。");
            return None;
        }
    };
    let ways = Ways {
        voters,
        slips,
        paper,
    };
    match ways.issued(settings) {
        Ok(issued) => {
            if let Some(words) = ways.warning(settings).filter(|_| !fields.has("confirm")) {
                form.fail("paper", words);
                form.fail("confirm", "仍要用纸质的，请在下面勾选后再开始。");
            }
            form.is_ok().then_some((issued, paper))
        }
        Err(BoxError::MoreThanVoters { paper: 0, .. }) => {
            form.fail("paper", format!("还有 {slips} 张票条没有收起，到会可投票的只有 {voters} 人。请先把备用票条当众逐张交回，再开始投票。"));
            None
        }
        Err(why) => {
            form.fail("paper", why.to_string());
            None
        }
    }
}

/// Announces the end; ballots are still taken.
pub async fn last_call(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (_, found) = sitting.electronic()?;
    step(&sitting, BoxStep::CallLast)?;
    let seconds: Option<i64> = fields.get("seconds").parse().ok();
    let Some(seconds) = seconds.filter(|s| SECONDS.contains(s)) else {
        let mut form = FormState::of(&fields);
        form.fail("seconds", "倒计时请填 10 到 900 之间的秒数，用数字。");
        let answer = page::answer(&ctx, tx, sitting, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
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
