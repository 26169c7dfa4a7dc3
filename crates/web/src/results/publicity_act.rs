//! Steps of a public notice: approved, posted, ended, withdrawn; objections that came.

use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::results::{Approved, Draft, Posted, PublicityState, PublicityStep};
use pingyi_storage::Tx;
use pingyi_storage::audit::Event;
use pingyi_storage::publicity::{self, Publicity, PublicityObjection};

use super::enter;
use super::load::{Results, results};
use super::publicity::{head, log, refused};
use super::publicity_paper::snapshot;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

type Place = Path<(CampaignId, OrgId)>;

async fn begin(ctx: &Ctx, at: (CampaignId, OrgId)) -> Result<(Tx, Results), PageError> {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    Ok((tx, found))
}

/// The notice a step is for.
fn notice(found: &Results, step: PublicityStep) -> Result<Publicity, PageError> {
    let now = found
        .notice()
        .ok_or_else(|| PageError::refused("还没有公示稿。请先拟稿。"))?;
    now.state.advance(step).map_err(PageError::refused)?;
    Ok(now.clone())
}

async fn store(
    ctx: &Ctx,
    mut tx: Tx,
    found: &Results,
    (next, event, done): (Publicity, Event, &str),
) -> Answer {
    publicity::update(&mut tx, &next).await?;
    log(ctx, &mut tx, found, &next, event).await?;
    tx.commit().await?;
    redirect_done(&found.path("/publicity"), done)
}

/// Approved by somebody else than the drafter, once the examination finds nothing.
pub async fn approve(ctx: Ctx, Path(at): Place, _: Fields) -> Answer {
    let (tx, found) = begin(&ctx, at).await?;
    found.determined()?;
    let now = notice(&found, PublicityStep::Approve)?;
    let user = ctx.user()?;
    Draft(head(&found, &now))
        .approve(user.account)
        .map_err(PageError::refused)?;
    let next = Publicity {
        state: PublicityState::Approved,
        approved_by: Some(user.account),
        approved_by_name: Some(user.name.clone()),
        approved_at: Some(ctx.now),
        snapshot: Some(snapshot(&found)?),
        ..now
    };
    let done = (next, Event::PublicityApproved, "publicity-approved");
    store(&ctx, tx, &found, done).await
}

/// It hangs.
pub async fn post(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let (mut tx, found) = begin(&ctx, at).await?;
    let now = notice(&found, PublicityStep::Post)?;
    let mut form = FormState::of(&fields);
    let from = enter::any_day(&mut form, "from_on", "第一天");
    let to = enter::any_day(&mut form, "to_on", "最后一天");
    let Some((from, to)) = from.zip(to) else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    let posted = Approved(head(&found, &now)).post(from, to, ctx.now.date());
    let hung = match posted {
        Ok(posted) => posted.0,
        Err(why) => {
            form.fail("from_on", why.to_string());
            return refused(&ctx, &mut tx, &found, &form).await;
        }
    };
    let next = Publicity {
        state: PublicityState::Posted,
        from_on: hung.from,
        to_on: hung.to,
        posted_at: Some(ctx.now),
        ..now
    };
    let done = (next, Event::PublicityPosted, "publicity-posted");
    store(&ctx, tx, &found, done).await
}

/// Its last day is over.
pub async fn end(ctx: Ctx, Path(at): Place, _: Fields) -> Answer {
    let (tx, found) = begin(&ctx, at).await?;
    let now = notice(&found, PublicityStep::End)?;
    Posted(head(&found, &now))
        .end(ctx.now.date())
        .map_err(PageError::refused)?;
    let next = Publicity {
        state: PublicityState::Ended,
        ended_at: Some(ctx.now),
        ..now
    };
    let done = (next, Event::PublicityEnded, "publicity-ended");
    store(&ctx, tx, &found, done).await
}

/// Taken back, with a reason.
pub async fn withdraw(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let (mut tx, found) = begin(&ctx, at).await?;
    let now = notice(&found, PublicityStep::Withdraw)?;
    let mut form = FormState::of(&fields);
    let Some(reason) = enter::line(&mut form, "reason", "撤回原因") else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    let back = now.state.withdraw(&reason).map_err(PageError::refused)?;
    let next = Publicity {
        state: PublicityState::Withdrawn,
        withdrawn_at: Some(ctx.now),
        withdrawn_reason: Some(back.reason),
        ..now
    };
    let done = (next, Event::PublicityWithdrawn, "publicity-withdrawn");
    store(&ctx, tx, &found, done).await
}

/// The notice that hangs or hung.
fn hung(found: &Results) -> Result<Publicity, PageError> {
    let now = found.notice().filter(|p| p.posted_at.is_some());
    now.cloned()
        .ok_or_else(|| PageError::refused("公示还没有张贴，没有可以登记的意见。"))
}

/// An objection came; who raised it is not asked.
pub async fn objection(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let (mut tx, found) = begin(&ctx, at).await?;
    let now = hung(&found)?;
    let mut form = FormState::of(&fields);
    let on = enter::past(&mut form, "received_on", "收到日期", ctx.now.date());
    if on.is_some_and(|on| on < now.from_on) {
        form.fail("received_on", "收到日期：早于公示第一天，请核对。");
    }
    let text = enter::text(&mut form, "content", "意见内容");
    let (Some(received_on), Some(content), true) = (on, text, form.is_ok()) else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    let before = publicity::objections(&mut tx, now.id).await?;
    let row = PublicityObjection {
        seq: u32::try_from(before.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1),
        received_on,
        content: Some(content),
        handled_on: None,
        handling: None,
        handled_by: None,
    };
    publicity::add_objection(&mut tx, now.id, &row).await?;
    log(&ctx, &mut tx, &found, &now, Event::PublicityObjection).await?;
    tx.commit().await?;
    redirect_done(&found.path("/publicity"), "objection-noted")
}

/// What was done about one.
pub async fn answer(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let (mut tx, found) = begin(&ctx, at).await?;
    let now = hung(&found)?;
    let mut form = FormState::of(&fields);
    let all = publicity::objections(&mut tx, now.id).await?;
    let seq: u32 = form.value("seq").parse().unwrap_or(0);
    let open = all.iter().find(|o| o.seq == seq && o.handled_on.is_none());
    let open = open.ok_or_else(|| PageError::refused("没有这条待处理的意见，可能已经答复。"))?;
    let on = enter::past(&mut form, "on", "处理日期", ctx.now.date());
    if on.is_some_and(|on| on < open.received_on) {
        form.fail("on", "处理日期：早于收到日期，请核对。");
    }
    let text = enter::text(&mut form, "handling", "处理情况");
    let by = enter::line(&mut form, "by", "处理人");
    let (Some(on), Some(text), Some(by), true) = (on, text, by, form.is_ok()) else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    publicity::handle_objection(&mut tx, now.id, seq, (on, &text, &by)).await?;
    log(&ctx, &mut tx, &found, &now, Event::ObjectionHandled).await?;
    tx.commit().await?;
    redirect_done(&found.path("/publicity"), "objection-answered")
}
