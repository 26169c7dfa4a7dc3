//! Two entries that differ: each person types the differing boxes of their own again, or both
//! entries are thrown away with a reason.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::entry::{DoubleEntry, Entry, EntryError, Field};
use pingyi_domain::ids::{AccountId, CampaignId, OrgId};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::count_entry::{self, CountEntry};

use super::count::{conclude, differing, log, may_enter, render};
use super::sheet;
use super::sitting::{sitting, typing};
use super::together::Hand;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// One of the two types the differing boxes of their own entry again.
pub async fn retype(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let now = sitting.round()?;
    let hand = Hand::of(&sitting)?;
    may_enter(now)?;
    let typed = typing(&mut tx, &sitting, now).await?;
    let by = ctx.user()?.account;
    let mut form = FormState::of(&fields);
    let differing = differing(&typed.entry);
    let after = retyped(&mut form, typed.entry.clone(), &differing, by)?;
    let own = after.own(by).cloned();
    if let Some(count) = own.as_ref().filter(|_| form.is_ok()) {
        sheet::check(&mut form, count, &hand, now, sitting.shape(now).grades);
    }
    let Some(count) = own.filter(|_| form.is_ok()) else {
        let answer = render(&ctx, &mut tx, &sitting, &typed, &form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let mine = typed
        .stored
        .iter()
        .find(|e| e.entry.by == by)
        .ok_or(PageError::Forbidden)?;
    let row = CountEntry {
        entry: Entry { by, count },
        entered_at: ctx.now,
        ..mine.clone()
    };
    count_entry::update(&mut tx, now.round.id, &row).await?;
    log(
        &ctx,
        &mut tx,
        &sitting,
        now,
        Event::CountRetyped,
        &differing,
    )
    .await?;
    conclude(&ctx, tx, &sitting, now, after, "count-retyped").await
}

/// Throws both entries away, with a reason.
pub async fn reset(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let now = sitting.round()?;
    Hand::of(&sitting)?;
    may_enter(now)?;
    let typed = typing(&mut tx, &sitting, now).await?;
    let reason = fields.get("reset_reason");
    match typed.entry.clone().start_over(sitting.shape(now), reason) {
        Ok(_) => {}
        Err(EntryError::NoReason) => {
            let mut form = FormState::of(&fields);
            form.fail("reset_reason", EntryError::NoReason.to_string());
            let answer = render(&ctx, &mut tx, &sitting, &typed, &form).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
        }
        Err(why) => return Err(PageError::refused(why)),
    }
    count_entry::delete(&mut tx, now.round.id).await?;
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name, "round": now.round.no, "reason": reason,
        "typed_by": typed.names(),
    });
    let object = Object::Round(now.round.id);
    tx.audit(&ctx.actor(), ctx.now, Event::CountReset, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&sitting.path("/count"), "count-reset")
}

fn retyped(
    form: &mut FormState,
    mut entry: DoubleEntry,
    fields: &[Field],
    by: AccountId,
) -> Result<DoubleEntry, PageError> {
    if fields.is_empty() {
        return Err(PageError::refused(EntryError::NothingDiffers));
    }
    for &field in fields {
        let name = sheet::field_name(field);
        match sheet::digits(form.value(&name)) {
            Some(value) => entry = entry.retype(by, field, value).map_err(PageError::refused)?,
            None => form.fail(&name, "请对照票面重新填写，用数字。"),
        }
    }
    Ok(entry)
}
