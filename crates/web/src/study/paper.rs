//! 学习台帐, made from what is stored at the moment of download.

use axum::extract::Path;
use pingyi_documents::forms::{StudyGapRow, StudyLedger, StudyMakeupRow, StudySessionRow};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::load::{Known, SessionLine, known};
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::load::scene;
use crate::meeting::papers::origin;

/// The ledger.
pub async fn ledger(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let known = known(&mut tx, &scene).await?;
    let mut paper = form(&scene.branch.name, known);
    paper.origin = origin(&ctx, &mut tx).await?;
    drop(tx);
    let name = format!("学习台帐-{}", scene.branch.name);
    answer(&ctx.app, paper.paper(), format, &name).await
}

fn form(branch: &str, known: Known) -> StudyLedger {
    let uncovered = known.items.iter().filter(|item| item.days.is_empty());
    StudyLedger {
        organisation: branch.to_owned(),
        uncovered: uncovered.map(|item| item.label.clone()).collect(),
        sessions: known.sessions.into_iter().map(session).collect(),
        makeups: known
            .makeups
            .into_iter()
            .map(|m| StudyMakeupRow {
                name: m.name,
                item: m.label,
                date: m.on,
                how: m.how,
                remark: m.entered.unwrap_or_default(),
            })
            .collect(),
        gaps: known
            .gaps
            .into_iter()
            .map(|gap| StudyGapRow {
                name: gap.name,
                items: gap.items.into_iter().map(|(_, label)| label).collect(),
            })
            .collect(),
        origin: None,
    }
}

fn session(line: SessionLine) -> StudySessionRow {
    let remark = [line.note, line.entered].into_iter().flatten();
    StudySessionRow {
        date: line.on,
        place: line.place,
        host: line.host,
        items: line.items,
        present: u32::try_from(line.present).unwrap_or(u32::MAX),
        absent: line.absent,
        remark: remark.collect::<Vec<_>>().join("；"),
    }
}
