//! The unit decides gates, the branch says what it made up for. // 通知 四、3

use axum::extract::Path;
use pingyi_domain::gates::{GateState, GateStep};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::gate::{self, Turn};

use super::board::{self, Line, attached, decides};
use super::show;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};
use crate::meeting::load::{Scene, roster, scene};

/// Passes and returns, as many gates as were decided on the page.
pub async fn decide(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    if !decides(ctx.user()?, &scene) {
        return Err(not_yours(&scene));
    }
    let lines = board::load(&ctx, &mut tx, &scene).await?;
    let people = roster(&mut tx, scene.branch.id).await?;
    let mut form = FormState::of(&fields);
    let mut turns = Vec::new();
    for line in &lines {
        let step = match fields.get(&line.field("d")) {
            "pass" => GateStep::Pass,
            "return" => GateStep::Return,
            _ => continue,
        };
        let named = fields.get(&line.field("m"));
        let member = people.iter().find(|p| p.member.id.to_string() == named);
        turns.extend(turn(&ctx, &scene, &mut form, line, step).map(|turn| {
            Turn {
                member_id: member
                    .filter(|_| step == GateStep::Return)
                    .map(|p| p.member.id),
                ..turn
            }
        }));
    }
    if turns.is_empty() && form.is_ok() {
        form.fail("", "还没有选任何一关的结论。请至少选一关，选好后再保存。");
    }
    if !form.is_ok() {
        return show::answer(&ctx, tx, scene, form).await;
    }
    save(&ctx, tx, &scene, turns, Event::GatesDecided).await
}

/// What the branch made up for.
pub async fn rework(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let lines = board::load(&ctx, &mut tx, &scene).await?;
    let mut form = FormState::of(&fields);
    let mut turns = Vec::new();
    for line in lines.iter().filter(|line| line.returned()) {
        if !fields.get(&line.field("w")).is_empty() {
            turns.extend(turn(&ctx, &scene, &mut form, line, GateStep::Rework));
        }
    }
    if turns.is_empty() && form.is_ok() {
        form.fail("", "还没有写补课情况。请写明补了什么，再报单位复查。");
    }
    if !form.is_ok() {
        return show::answer(&ctx, tx, scene, form).await;
    }
    save(&ctx, tx, &scene, turns, Event::GateReworked).await
}

fn not_yours(scene: &Scene) -> PageError {
    if attached(scene) {
        PageError::refused("本支部直属工委，由工委组织科把关，支部不给自己把关。")
    } else {
        PageError::refused("所属支部由单位党组织把关。请由单位书记或工作人员办理。")
    }
}

fn turn(
    ctx: &Ctx,
    scene: &Scene,
    form: &mut FormState,
    line: &Line,
    step: GateStep,
) -> Option<Turn> {
    let field = line.field("w");
    let taken = match line.gate.take(step, form.value(&field)) {
        Ok(taken) => taken,
        Err(why) => {
            form.fail(&field, format!("{}：{why}", line.label));
            return None;
        }
    };
    Some(Turn {
        campaign_id: scene.campaign.id,
        branch_id: scene.branch.id,
        gate: line.key.clone(),
        seq: line.next,
        state: taken.gate.state,
        words: taken.words,
        member_id: None,
        by_name: ctx.actor().name,
        at: ctx.now,
    })
}

/// The log tells gates and decisions, never the words. // docs/DOMAIN.md: private texts stay out
async fn save(
    ctx: &Ctx,
    mut tx: pingyi_storage::Tx,
    scene: &Scene,
    turns: Vec<Turn>,
    event: Event,
) -> Answer {
    for one in &turns {
        gate::insert(&mut tx, one).await?;
    }
    let of = |state: GateState| {
        let keys = turns.iter().filter(|t| t.state == state).map(|t| &t.gate);
        keys.collect::<Vec<_>>()
    };
    let detail = serde_json::json!({
        "branch": scene.branch.name,
        "passed": of(GateState::Passed),
        "returned": of(GateState::Returned),
        "reworked": of(GateState::Reworked),
    });
    let object = Object::Org(scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    tx.commit().await?;
    let done = if event == Event::GateReworked {
        "gate-reworked"
    } else {
        "gates"
    };
    redirect_done(&scene.path("/gates"), done)
}
