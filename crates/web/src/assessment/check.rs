//! The committee checks: deductions with their reasons; sending back; finishing.

use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::scheme::{Mark, SheetStep};
use pingyi_storage::assessment::{self, Sheet};
use pingyi_storage::audit::{Event, Object};

use super::fields::{points, words};
use super::load::{Board, board};
use super::show;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Saves deductions, finishes, sends back or takes up again.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let board = board(&ctx, &mut tx, at).await?.sheet()?;
    let step = SheetStep::parse(fields.get("do"));
    if !(board.checks() || board.reopens() && step == Some(SheetStep::Reopen)) {
        return Err(PageError::refused(
            "这张考评表现在不能改：方案还没有下发，或者考核已经完成。要更正的，请先按“重新考核”。",
        ));
    }
    let mut form = FormState::of(&fields);
    let (sheet, marks) = match step {
        Some(SheetStep::Reopen) => (board.sheet.clone(), kept(&board)),
        Some(SheetStep::Return) => returned(&mut form, &board),
        _ => (board.sheet.clone(), read(&mut form, &board)),
    };
    if !form.is_ok() {
        return show::answer(&ctx, tx, board, form).await;
    }
    let sheet = advanced(&ctx, sheet, step)?;
    assessment::set(&mut tx, &sheet, &marks).await?;
    let (event, done) = told(step);
    let deducted = marks.iter().filter(|m| !m.reason.is_empty()).count();
    let detail = serde_json::json!({
        "unit": board.scene.unit.name, "state": sheet.state.as_str(), "deductions": deducted,
    });
    tx.audit(&ctx.actor(), ctx.now, event, Object::Org(at.1), detail)
        .await?;
    tx.commit().await?;
    redirect_done(&board.path(""), done)
}

fn told(step: Option<SheetStep>) -> (Event, &'static str) {
    match step {
        Some(SheetStep::Check) => (Event::AssessmentDone, "assessment-done"),
        Some(SheetStep::Return) => (Event::SelfScoreReturned, "self-score-back"),
        Some(SheetStep::Reopen) => (Event::AssessmentReopened, "assessment-again"),
        _ => (Event::AssessmentNoted, "saved"),
    }
}

/// Where the sheet stands afterwards; saving alone moves nothing.
fn advanced(ctx: &Ctx, sheet: Sheet, step: Option<SheetStep>) -> Result<Sheet, PageError> {
    let step = match step {
        None | Some(SheetStep::HandIn) => return Ok(sheet),
        Some(step) => step,
    };
    let state = sheet.state.advance(step).map_err(PageError::refused)?;
    let finished = step == SheetStep::Check;
    Ok(Sheet {
        state,
        checked_by: finished.then(|| ctx.actor().name),
        checked_at: finished.then_some(ctx.now),
        ..sheet
    })
}

fn kept(board: &Board) -> Vec<Mark> {
    board.lines.iter().map(|line| line.mark.clone()).collect()
}

fn returned(form: &mut FormState, board: &Board) -> (Sheet, Vec<Mark>) {
    let why = words(form, "returned_for", "退回原因");
    if why.is_empty() && form.is_ok() {
        form.fail("returned_for", "退回要写明原因，单位才知道改什么。");
    }
    let sheet = Sheet {
        returned_for: why,
        ..board.sheet.clone()
    };
    (sheet, kept(board))
}

/// The committee's marks; what the unit wrote stays.
fn read(form: &mut FormState, board: &Board) -> Vec<Mark> {
    let mut marks = Vec::new();
    for line in &board.lines {
        let field = line.field("ded");
        let mark = Mark {
            deduction: points(form, &field, &format!("“{}”的扣分", line.item.goal)),
            reason: words(form, &line.field("why"), "扣分原因"),
            ..line.mark.clone()
        };
        if form.error(&field).is_none()
            && let Some(why) = mark.problem(&line.item, Some(SheetStep::Check))
        {
            form.fail(&field, why.to_string());
        }
        marks.push(mark);
    }
    marks
}
