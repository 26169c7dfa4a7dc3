//! The paper sheets beside an electronic box: how many came back, said when the box closes and
//! corrected until somebody types their marks. Numbers of sheets only.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ballot_box::{BoxError, Sheets, Sums};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::audit::Event;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, ballot_box, count_entry, round};

use super::page;
use super::scrutineer::{Done, log};
use crate::appraisal::sitting::{Sitting, sitting};
use crate::appraisal::{digits, give_up, together};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// What is wrong with the number: the form, or more sheets than went out and said so twice.
pub(super) enum Wrong {
    /// To be typed again.
    Form(FormState),
    /// Counted again, and still too many.
    Void(String),
}

/// The sheets that came back; `None` where none went out.
pub(super) fn collected(
    fields: &Fields,
    issued: Option<u32>,
) -> Result<Option<Sheets>, Box<Wrong>> {
    let Some(issued) = issued else {
        return Ok(None);
    };
    let mut form = FormState::of(fields);
    let Some(collected) = digits(form.value("paper_collected")) else {
        form.fail(
            "paper_collected",
            "请填写收回的纸质测评表张数，用数字；一张没有收回填 0。",
        );
        return Err(Box::new(Wrong::Form(form)));
    };
    let sheets = Sheets { issued, collected };
    match sheets.check() {
        Ok(()) => Ok(Some(sheets)),
        Err(BoxError::MorePaper { .. }) if fields.has("confirm") => {
            let reason = format!("收回纸质测评表{collected}张，多于发出的{issued}张");
            Err(Box::new(Wrong::Void(reason)))
        }
        Err(why) => {
            form.fail("paper_collected", why.to_string());
            form.fail("confirm", "请重新清点；确实多于发出的，在下面勾选。");
            Err(Box::new(Wrong::Form(form)))
        }
    }
}

/// The page with the form as typed, or the round is void. // docs/DOMAIN.md §2.5 invariant 3
pub(super) async fn refuse(ctx: &Ctx, tx: Tx, sitting: Sitting, wrong: Wrong) -> Answer {
    match wrong {
        Wrong::Form(form) => {
            let answer = page::answer(ctx, tx, sitting, form).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
        Wrong::Void(reason) => {
            let row = sitting.round()?.round.clone();
            give_up(ctx, tx, &sitting, row, reason).await
        }
    }
}

/// Another number of sheets, while nobody has typed their marks.
pub async fn correct(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (now, found) = sitting.electronic()?;
    let typed = count_entry::list(&mut tx, now.round.id).await?;
    let before = found.paper_collected;
    let (Some(before), RoundState::Closed, true) = (before, now.round.state, typed.is_empty())
    else {
        return Err(PageError::refused(
            "现在不能更正收回的纸质测评表张数：要在截止以后、有人录入以前更正。",
        ));
    };
    let sheets = match collected(&fields, found.paper) {
        Ok(Some(sheets)) => sheets,
        Ok(None) => return Err(PageError::NotFound),
        Err(wrong) => return refuse(&ctx, tx, sitting, *wrong).await,
    };
    ballot_box::set_paper_collected(&mut tx, found.id, sheets.collected).await?;
    let electronic = now
        .round
        .collected
        .unwrap_or_default()
        .saturating_sub(before);
    let row = StoredRound {
        collected: Some(electronic.saturating_add(sheets.collected)),
        ..now.round.clone()
    };
    round::update(&mut tx, &row).await?;
    let row = Done {
        actor: &ctx.actor(),
        now: ctx.now,
        event: Event::PaperRecounted,
        detail: serde_json::json!({ "before": before, "collected": sheets.collected }),
    };
    log(&mut tx, &sitting, row).await?;
    let sums = found.sums.clone();
    whole(&ctx, &mut tx, at, sums).await?;
    tx.commit().await?;
    redirect_done(&sitting.path("/box"), "saved")
}

/// None came back after all, and the box is counted: then nobody has to type anything.
async fn whole(
    ctx: &Ctx,
    tx: &mut Tx,
    at: (CampaignId, OrgId),
    sums: Option<String>,
) -> Result<(), PageError> {
    let Some(sums) = sums else {
        return Ok(());
    };
    let sums: Sums = serde_json::from_str(&sums).map_err(PageError::internal)?;
    let now = sitting(&ctx.app, tx, at).await?;
    together::opened(tx, &now, &sums, (&ctx.actor(), ctx.now)).await?;
    Ok(())
}
