//! 四个不放过把关表.

use axum::extract::Path;
use pingyi_documents::forms::{GateRow, GateSheet};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::board::{self, Line, attached};
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::load::scene;
use crate::meeting::papers::origin;

/// The sheet, blank where nobody has decided.
pub async fn sheet(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let lines = board::load(&ctx, &mut tx, &scene).await?;
    let decider = if attached(&scene) {
        scene
            .above
            .first()
            .map_or_else(String::new, |o| o.name.clone())
    } else {
        scene.unit().name.clone()
    };
    let sheet = GateSheet {
        title: "“四个不放过”把关表".into(),
        decider,
        branch: scene.branch.name.clone(),
        rows: lines.iter().map(row).collect(),
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    let name = format!("四个不放过把关表-{}", scene.branch.name);
    answer(&ctx.app, sheet.paper(), format, &name).await
}

fn row(line: &Line) -> GateRow {
    let turns = line.turns.iter().map(|t| {
        let member = if t.member.is_empty() {
            String::new()
        } else {
            format!("（涉及{}）", t.member)
        };
        let words = if t.words.is_empty() {
            String::new()
        } else {
            format!("：{}", t.words)
        };
        format!("{}{}{member}{words}（{}）", t.on, t.state.label(), t.by)
    });
    GateRow {
        gate: line.words.clone(),
        result: if line.turns.is_empty() {
            String::new()
        } else {
            line.state().label().to_owned()
        },
        history: turns.collect(),
    }
}
