//! What a branch keeps until when, and what two people destroyed (docs/DOMAIN.md §3.6).

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::results::{
    Destruction, DestructionState, DestructionStep, Holding, Kind, PublicityState, held,
};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::destruction::{self, StoredDestruction};
use pingyi_storage::{Tx, publicity, settle};

use super::load::{Results, results};
use super::{WITNESSES, enter};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::route::line_of;

type Place = Path<(CampaignId, OrgId)>;

struct Row {
    kind: Kind,
    holding: Holding,
    /// Somebody may propose to destroy it now.
    ripe: bool,
}

#[derive(Template)]
#[template(path = "results/retention.html")]
struct RetentionPage {
    frame: Frame,
    results: Results,
    rows: Vec<Row>,
    past: Vec<StoredDestruction>,
    writes: bool,
    witness: bool,
    me: pingyi_domain::ids::AccountId,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Place) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let past = destruction::list(&mut tx, at.0, at.1).await?;
    let settled = settled(&mut tx, &found).await?;
    let rows = Kind::ALL.iter().map(|&kind| {
        let holding = holding(&ctx, &found, kind, settled);
        let gone = past
            .iter()
            .any(|d| d.kind == kind && d.state != DestructionState::Declined);
        Row {
            kind,
            holding,
            ripe: kind.destructible() && holding == Holding::Over && !gone,
        }
    });
    let user = ctx.user()?;
    let line = line_of(&mut tx, at.1).await?;
    page(&RetentionPage {
        frame: ctx.frame(&mut tx, "材料保管").await?,
        rows: rows.collect(),
        past,
        writes: found.scene.writes(user),
        witness: user.holds_over(WITNESSES, &line),
        me: user.account,
        results: found,
    })
}

/// One person proposes.
pub async fn propose(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let mut form = FormState::of(&fields);
    let kind = Kind::parse(form.value("kind")).ok_or(PageError::NotFound)?;
    let remark = enter::line(&mut form, "remark", "销毁方式和数量");
    let remark =
        remark.ok_or_else(|| PageError::refused(form.errors().collect::<Vec<_>>().join("")))?;
    let past = destruction::list(&mut tx, at.0, at.1).await?;
    let again = |d: &&StoredDestruction| d.kind == kind && d.state != DestructionState::Declined;
    if past.iter().any(|d| again(&d)) {
        return Err(PageError::refused("这类材料已经提出销毁，不用再提。"));
    }
    let settled = settled(&mut tx, &found).await?;
    let user = ctx.user()?;
    let holding = holding(&ctx, &found, kind, settled);
    let proposed = Destruction::propose(kind, holding, user.account).map_err(PageError::refused)?;
    let row = StoredDestruction {
        id: ctx.app.new_id(),
        campaign_id: at.0,
        branch_id: at.1,
        kind,
        state: DestructionState::Proposed,
        remark,
        proposed_by: proposed.proposer,
        proposed_by_name: user.name.clone(),
        proposed_at: ctx.now,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        removed: None,
    };
    destruction::insert(&mut tx, &row).await?;
    log(&ctx, &mut tx, &row, Event::DestructionProposed).await?;
    tx.commit().await?;
    redirect_done(&found.scene.path("/retention"), "destruction-proposed")
}

/// Another person confirms, and the texts go; or declines.
pub async fn decide(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let all = destruction::list(&mut tx, at.0, at.1).await?;
    let wanted = |d: &StoredDestruction| {
        d.state == DestructionState::Proposed && d.id.to_string() == fields.get("id")
    };
    let row = all.into_iter().find(wanted).ok_or(PageError::NotFound)?;
    let step = DestructionStep::parse(fields.get("step")).ok_or(PageError::NotFound)?;
    let user = ctx.user()?;
    let proposed = Destruction {
        proposer: row.proposed_by,
    };
    let state = proposed
        .decide(step, user.account)
        .map_err(PageError::refused)?;
    let removed = if state == DestructionState::Done {
        Some(destruction::erase(&mut tx, at.0, at.1, row.kind).await?)
    } else {
        None
    };
    let row = StoredDestruction {
        state,
        decided_by: Some(user.account),
        decided_by_name: Some(user.name.clone()),
        decided_at: Some(ctx.now),
        removed,
        ..row
    };
    destruction::decide(&mut tx, &row).await?;
    log(&ctx, &mut tx, &row, Event::DestructionDecided).await?;
    tx.commit().await?;
    if removed.is_some()
        && let Err(error) = settle::texts(&ctx.app.db).await
    {
        tracing::warn!(%error, "the log beside the file still holds destroyed texts for a while");
    }
    redirect_done(&found.scene.path("/retention"), "destruction-decided")
}

fn holding(ctx: &Ctx, found: &Results, kind: Kind, settled: bool) -> Holding {
    let notice = &found.scene.campaign.notice;
    let term = kind.term(&notice.settings.retention);
    held(term, notice.date, settled, ctx.now.date())
}

/// 公示 is over and every objection answered.
async fn settled(tx: &mut Tx, found: &Results) -> Result<bool, PageError> {
    let Some(newest) = found.notice().filter(|p| p.state == PublicityState::Ended) else {
        return Ok(false);
    };
    let raised = publicity::objections(tx, newest.id).await?;
    let told = found.members.iter().filter_map(|m| m.feedback.as_ref());
    Ok(raised.iter().all(|o| o.handled_on.is_some()) && told.clone().all(|f| !f.feedback.waits()))
}

/// Counts and kinds only.
async fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    row: &StoredDestruction,
    event: Event,
) -> Result<(), PageError> {
    let detail = serde_json::json!({
        "kind": row.kind.as_str(), "state": row.state.as_str(), "removed": row.removed,
    });
    let object = Object::Org(row.branch_id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    Ok(())
}

impl RetentionPage {
    fn other(&self, row: &StoredDestruction) -> bool {
        row.proposed_by != self.me
    }
}
