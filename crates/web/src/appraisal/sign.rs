//! The signed counting sheet, and who signs it.

use axum::extract::Path;
use pingyi_domain::appraisal::{RoundState, RoundStep};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::round::StoredRound;
use pingyi_storage::{count, official, round};

use super::officials;
use super::show::{self, Typed};
use super::sitting::{refuse, sitting};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};
use crate::meeting::when;

/// Records that 监票人 and 计票人 have signed the paper, and on which day.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let now = sitting.round()?;
    now.round.state.advance(RoundStep::Sign).map_err(refuse)?;
    let mut form = FormState::of(&fields);
    let on = when::day(form.value("signed_on"));
    let opened = now.round.opened_at.map(pingyi_domain::time::UnixTime::date);
    match on {
        None => form.fail("signed_on", "请填写签字日期。"),
        Some(on) if on > ctx.now.date() => form.fail("signed_on", "签字日期在今天以后。请核对。"),
        Some(on) if opened.is_some_and(|o| on < o) => {
            form.fail("signed_on", "签字日期早于投票日期。请核对。");
        }
        Some(_) => {}
    }
    if !fields.has("signed") {
        form.fail(
            "signed",
            "请打印计票报告单，由监票人、计票人签字后再勾选确认。",
        );
    }
    let (Some(on), true) = (on, form.is_ok()) else {
        return show::answer(&ctx, tx, sitting, Typed::Sign(form)).await;
    };
    let sums = count::get(&mut tx, now.round.id)
        .await?
        .ok_or(PageError::NotFound)?;
    let people = officials::check(&now.officials).map_err(PageError::refused)?;
    let signed = sitting
        .counted(now, sums)?
        .sign(people, on)
        .map_err(PageError::refused)?;
    let row = StoredRound {
        state: RoundState::Signed,
        signed_on: Some(signed.stage.on),
        ..now.round.clone()
    };
    round::update(&mut tx, &row).await?;
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name, "round": now.round.no, "on": on,
        "signed_by": now.officials.iter().map(|o| &o.name).collect::<Vec<_>>(),
    });
    let object = Object::Round(now.round.id);
    tx.audit(&ctx.actor(), ctx.now, Event::RoundSigned, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&sitting.path(""), "signed")
}

/// Other 监票人 or 计票人 than foreseen, until the sheet is signed.
pub async fn change_officials(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let now = sitting.round()?;
    if matches!(now.round.state, RoundState::Signed | RoundState::Determined) {
        return Err(PageError::refused(
            "计票报告单已经签字，监票人、计票人不再改动。",
        ));
    }
    let mut form = FormState::of(&fields);
    let Some(chosen) = officials::read(&mut form, &sitting) else {
        return show::answer(&ctx, tx, sitting, Typed::Officials(form)).await;
    };
    official::set(&mut tx, now.round.id, &chosen).await?;
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name, "round": now.round.no,
        "officials": chosen.iter().map(|o| &o.name).collect::<Vec<_>>(),
    });
    let object = Object::Round(now.round.id);
    tx.audit(&ctx.actor(), ctx.now, Event::RoundPrepared, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&sitting.path(""), "saved")
}
