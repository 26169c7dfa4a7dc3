//! 两个全覆盖情况表, as PDF, Word or spreadsheet.

use axum::extract::Path;
use pingyi_documents::forms::{CoverageRow, CoverageSheet, ExclusionRow};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::load::{Board, Left, Line, UNAPPROVED, load};
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::papers::origin;

/// The sheet as it stands.
pub async fn sheet(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let board = load(&ctx, &mut tx, (campaign, org)).await?;
    let origin = origin(&ctx, &mut tx).await?;
    drop(tx);
    let name = format!("两个全覆盖情况表-{}", board.org.name);
    let sheet = CoverageSheet {
        origin,
        ..of(&board)
    };
    answer(&ctx.app, sheet.paper(), format, &name).await
}

fn of(board: &Board) -> CoverageSheet {
    let total = row(&Line {
        org: board.org.id,
        name: "合计".to_owned(),
        coverage: board.sum,
        note: String::new(),
    });
    CoverageSheet {
        organisation: board.org.name.clone(),
        notice: board.campaign.notice.number.clone(),
        rows: board.lines.iter().map(row).collect(),
        total,
        exclusions: board.left.iter().map(exclusion).collect(),
        origin: None,
    }
}

fn row(line: &Line) -> CoverageRow {
    let c = line.coverage;
    CoverageRow {
        name: line.name.clone(),
        branches: c.due_branches(),
        held: c.held,
        branches_out: c.excluded_branches,
        members: c.members,
        due: c.due(),
        appraised: c.appraised,
        members_out: c.excluded,
        note: line.note.clone(),
    }
}

fn exclusion(left: &Left) -> ExclusionRow {
    ExclusionRow {
        unit: left.unit.clone(),
        branch: left.branch.clone(),
        who: left.who.clone(),
        kind: left.kind.to_owned(),
        reason: left.reason.clone(),
        approver: left.approver.as_deref().unwrap_or(UNAPPROVED).to_owned(),
        on: left.on.clone(),
    }
}
