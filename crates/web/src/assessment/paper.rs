//! 考评表 as a paper.

use axum::extract::Path;
use pingyi_documents::forms::{AssessmentRow, AssessmentSheet};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::load::{Board, Line, board, text};
use crate::filing::load::origin;
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};

/// The sheet as this person sees it; blank where nothing is given.
pub async fn sheet(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let board = board(&ctx, &mut tx, (campaign, org)).await?.sheet()?;
    let origin = origin(&mut tx, ctx.now).await?;
    drop(tx);
    let sums = board.sums();
    let checked = board.may.see_check && board.sheet.checked_at.is_some();
    let sheet = AssessmentSheet {
        title: board.scheme.title.clone(),
        unit: board.scene.unit.name.clone(),
        state: board.sheet.state.label().to_owned(),
        rows: board.lines.iter().map(|line| row(&board, line)).collect(),
        sums: [
            text(sums.points),
            text(sums.own),
            if checked {
                sums.deduction.to_string()
            } else {
                String::new()
            },
            text(sums.score.filter(|_| checked)),
        ],
        origin: Some(origin),
    };
    let name = format!("考评表-{}", board.scene.unit.name);
    answer(&ctx.app, sheet.paper(), format, &name).await
}

fn row(board: &Board, line: &Line) -> AssessmentRow {
    let own = |text: String| only(board.may.see_own, text);
    let check = |text: String| only(board.may.see_check, text);
    let checked = board.may.see_check && board.sheet.checked_at.is_some();
    let proofs = line.proofs.iter();
    AssessmentRow {
        project: line.item.project.clone(),
        goal: line.item.goal.clone(),
        standard: line.item.standard.clone(),
        points: line.points(),
        explain: line.item.explain.clone(),
        method: line.item.method.clone(),
        evidence: proofs.map(|p| format!("{}：{}", p.title, p.text)).collect(),
        own: own(line.own()),
        note: own(line.mark.note.clone()),
        deduction: check(line.deduction()),
        reason: check(line.mark.reason.clone()),
        score: only(checked, line.score()),
    }
}

fn only(seen: bool, text: String) -> String {
    if seen { text } else { String::new() }
}
