//! What is done to a measure: reported done, verified, sent back. // 通知 三、4

use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, MeasureId, OrgId};
use pingyi_domain::lists::Author;
use pingyi_domain::measure::{Claimed, MeasureError, MeasureState, MeasureStep, Open};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::measure::{self, Measure};

use super::show::{Bad, Desk, again, desk};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};
use crate::lists::load::author_of;

type Address = Path<(CampaignId, OrgId, MeasureId)>;

/// The measure of an address, its owner an active member of the branch.
fn find(desk: &Desk, id: MeasureId) -> Result<(Measure, Author), PageError> {
    let found = desk.measures.iter().find(|m| m.id == id).cloned();
    let found = found.ok_or(PageError::NotFound)?;
    let person = desk
        .person(found.member_id)
        .ok_or_else(|| PageError::refused("这名党员已不在本支部，这条措施不再由本支部办理。"))?;
    let author = author_of(&desk.people, person);
    Ok((found, author))
}

/// Reported done, by the member or by an officer for him.
pub async fn claim(ctx: Ctx, Path((campaign, org, id)): Address, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx, &mut tx, (campaign, org)).await?;
    let (mut row, author) = find(&desk, id)?;
    let own = desk.asks.member == Some(row.member_id);
    if !own && desk.asks.post.is_none() {
        return Err(PageError::NotFound);
    }
    let from = row.state;
    from.advance(MeasureStep::Claim)
        .map_err(PageError::refused)?;
    let Ok(done_on) = fields.get("done_on").parse() else {
        let words = "完成日期读不懂。请按 2015-10-20 的样子填写。".to_owned();
        return back(&ctx, tx, desk, id, &fields, ("done_on", words)).await;
    };
    let open = Open {
        id,
        author,
        state: from,
    };
    let user = ctx.user()?;
    let claimed = match open.claim(
        user.account,
        fields.get("evidence"),
        done_on,
        ctx.now.date(),
    ) {
        Ok(claimed) => claimed,
        Err(why @ MeasureError::Evidence(_)) => {
            return back(&ctx, tx, desk, id, &fields, ("evidence", why.to_string())).await;
        }
        Err(why @ MeasureError::Day(_)) => {
            return back(&ctx, tx, desk, id, &fields, ("done_on", why.to_string())).await;
        }
        Err(why) => return Err(PageError::refused(why)),
    };
    row.state = MeasureState::Claimed;
    row.evidence = Some(claimed.evidence);
    row.done_on = Some(claimed.done_on);
    row.claimed_at = Some(ctx.now);
    row.claimed_by = Some(claimed.by);
    row.claimed_name = Some(user.name.clone());
    let to = desk.scene.path("/measures");
    store(&ctx, tx, &desk, &row, (from, Event::MeasureClaimed)).await?;
    redirect_done(&to, "measure-claimed")
}

/// The reported measure as the rules know it.
fn claimed(row: &Measure, author: Author) -> Result<Claimed, PageError> {
    let missing = || PageError::internal("a reported measure without its report");
    Ok(Claimed {
        id: row.id,
        author,
        evidence: row.evidence.clone().unwrap_or_default(),
        done_on: row.done_on.ok_or_else(missing)?,
        by: row.claimed_by.ok_or_else(missing)?,
    })
}

/// 销号.
pub async fn verify(ctx: Ctx, Path((campaign, org, id)): Address, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx, &mut tx, (campaign, org)).await?;
    let (mut row, author) = find(&desk, id)?;
    let from = row.state;
    from.advance(MeasureStep::Verify)
        .map_err(PageError::refused)?;
    let user = ctx.user()?;
    let done = claimed(&row, author)?
        .verify(user.account, desk.asks, ctx.now)
        .map_err(PageError::refused)?;
    row.state = MeasureState::Verified;
    row.decided_at = Some(done.at);
    row.decided_by = Some(done.by);
    row.decided_name = Some(user.name.clone());
    row.remark = None;
    let to = desk.scene.path("/measures");
    store(&ctx, tx, &desk, &row, (from, Event::MeasureVerified)).await?;
    redirect_done(&to, "measure-verified")
}

/// Not accepted, with a word.
pub async fn send_back(ctx: Ctx, Path((campaign, org, id)): Address, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx, &mut tx, (campaign, org)).await?;
    let (mut row, author) = find(&desk, id)?;
    let from = row.state;
    from.advance(MeasureStep::Return)
        .map_err(PageError::refused)?;
    let user = ctx.user()?;
    let back_to = claimed(&row, author)?;
    let (open, remark) = match back_to.return_with(user.account, desk.asks, fields.get("remark")) {
        Ok(done) => done,
        Err(why @ MeasureError::NoRemark) => {
            return back(&ctx, tx, desk, id, &fields, ("remark", why.to_string())).await;
        }
        Err(why) => return Err(PageError::refused(why)),
    };
    row.state = open.state;
    row.decided_at = Some(ctx.now);
    row.decided_by = Some(user.account);
    row.decided_name = Some(user.name.clone());
    row.remark = Some(remark);
    let to = desk.scene.path("/measures");
    store(&ctx, tx, &desk, &row, (from, Event::MeasureReturned)).await?;
    redirect_done(&to, "measure-returned")
}

async fn back(
    ctx: &Ctx,
    tx: Tx,
    desk: Desk,
    id: MeasureId,
    fields: &Fields,
    (field, words): (&str, String),
) -> Answer {
    let mut form = FormState::of(fields);
    form.fail(field, words);
    again(ctx, tx, desk, Bad { id: Some(id), form }).await
}

async fn store(
    ctx: &Ctx,
    mut tx: Tx,
    desk: &Desk,
    row: &Measure,
    (from, event): (MeasureState, Event),
) -> Result<(), PageError> {
    measure::update(&mut tx, row, from).await?;
    let detail = serde_json::json!({
        "branch": desk.scene.branch.name,
        "measure": row.id,
        "due": row.due_on,
    });
    let object = Object::Member(row.member_id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    Ok(tx.commit().await?)
}
