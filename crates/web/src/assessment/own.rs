//! The unit scores itself: points per item; the evidence is there already.

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

/// Saves, or hands in.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let board = board(&ctx, &mut tx, at).await?.sheet()?;
    if !board.scores() {
        return Err(PageError::refused(
            "自查已经报出，不能再改。需要修改的，请工委组织科先退回。",
        ));
    }
    let step = (fields.get("do") == "hand_in").then_some(SheetStep::HandIn);
    let mut form = FormState::of(&fields);
    let marks = read(&mut form, &board, step);
    if !form.is_ok() {
        return show::answer(&ctx, tx, board, form).await;
    }
    let mut sheet = board.sheet.clone();
    if let Some(step) = step {
        sheet = Sheet {
            state: sheet.state.advance(step).map_err(PageError::refused)?,
            handed_by: Some(ctx.actor().name),
            handed_at: Some(ctx.now),
            returned_for: String::new(),
            ..sheet
        };
    }
    assessment::set(&mut tx, &sheet, &marks).await?;
    let (event, done) = match step {
        Some(_) => (Event::SelfScoreHandedIn, "self-score-in"),
        None => (Event::SelfScored, "saved"),
    };
    let detail = serde_json::json!({ "unit": board.scene.unit.name, "items": marks.len() });
    tx.audit(&ctx.actor(), ctx.now, event, Object::Org(at.1), detail)
        .await?;
    tx.commit().await?;
    redirect_done(&board.path(""), done)
}

/// The unit's marks; what the committee wrote stays.
fn read(form: &mut FormState, board: &Board, step: Option<SheetStep>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for line in &board.lines {
        let field = line.field("own");
        let mark = Mark {
            own: points(form, &field, &format!("“{}”的自查分", line.item.goal)),
            note: words(form, &line.field("note"), "自查说明"),
            ..line.mark.clone()
        };
        // What was typed and cannot be read has its mark already.
        if form.error(&field).is_none()
            && let Some(why) = mark.problem(&line.item, step)
        {
            form.fail(&field, why.to_string());
        }
        marks.push(mark);
    }
    marks
}
