//! A scrutineer's phone: whose it is, and what it shows while it waits.

use askama::Template;
use axum::extract::{Path, State};
use pingyi_domain::ballot_box::BoxState;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::ballot_box::{self, BallotBox};
use pingyi_storage::ballot_key::{self, BoxKey};
use pingyi_storage::{Tx, meeting, round, slip};

use super::refused::{Refused, Reply, json};
use crate::appraisal::sitting::{Sitting, sitting};
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::kernel::secret::token_hash;

#[derive(Template)]
#[template(path = "room/scrutineer.html")]
struct ScrutineerPage {
    token: String,
    name: String,
    number: u32,
    branch: String,
    uuid: String,
}

/// The page.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Answer {
    let mut tx = app.db.read().await?;
    let (mine, found) = by_token(&mut tx, &token).await?;
    let sitting = sitting_of(&app, &mut tx, &found).await?;
    page(&ScrutineerPage {
        token,
        name: mine.name,
        number: mine.slot,
        branch: sitting.scene.branch.name,
        uuid: found.uuid,
    })
}

/// What the phone asks every two seconds.
pub async fn state(State(app): State<App>, Path(token): Path<String>) -> Reply {
    let mut tx = app.db.read().await?;
    let (mine, found) = by_token(&mut tx, &token).await?;
    let keys = ballot_key::list(&mut tx, found.id).await?;
    let mut others = keys.iter().filter(|key| key.slot != mine.slot);
    let out = slip::count(&mut tx, found.id).await?.out().unwrap_or(0);
    Ok(json(&serde_json::json!({
        "state": found.state.as_str(),
        "label": found.state.label(),
        "number": mine.slot,
        "name": mine.name,
        "key": mine.document.is_some(),
        "share": mine.share.is_some(),
        "out": out,
        "confirmed": mine.missing_reason.is_some(),
        "other_confirmed": others.all(|key| key.missing_reason.is_some()),
    })))
}

/// Whose token, and which box.
pub(super) async fn by_token(tx: &mut Tx, token: &str) -> Result<(BoxKey, BallotBox), Refused> {
    let gone = || Refused::unknown("这个监票地址无效。请在主持人的电脑上重新扫描监票二维码。");
    let mine = ballot_key::find(tx, &token_hash(token)).await?;
    let mine = mine.ok_or_else(gone)?;
    let found = ballot_box::get(tx, mine.box_id).await?.ok_or_else(gone)?;
    Ok((mine, found))
}

/// The sitting a box belongs to.
pub(super) async fn sitting_of(
    app: &App,
    tx: &mut Tx,
    found: &BallotBox,
) -> Result<Sitting, PageError> {
    let row = round::get(tx, found.round_id).await?;
    let row = row.ok_or(PageError::NotFound)?;
    let held = meeting::get(tx, row.meeting_id).await?;
    let held = held.ok_or(PageError::NotFound)?;
    let at: (CampaignId, OrgId) = (held.campaign_id, held.branch_id);
    sitting(app, tx, at).await
}

/// A scrutineer as the log copies him: by name, without an account.
pub(super) fn actor(key: &BoxKey) -> Actor {
    Actor {
        account: None,
        name: key.name.clone(),
        post: "监票人".into(),
    }
}

/// What was done to a box. Never called for a ballot or a slip.
pub(super) struct Done<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: UnixTime,
    /// What, among the log's events.
    pub event: Event,
    /// Whatever else is worth keeping.
    pub detail: serde_json::Value,
}

/// Writes the log's row.
pub(super) async fn log(tx: &mut Tx, sitting: &Sitting, done: Done<'_>) -> Result<(), PageError> {
    let now = sitting.round()?;
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name, "round": now.round.no,
        "detail": done.detail,
    });
    let object = Object::Round(now.round.id);
    tx.audit(done.actor, done.now, done.event, object, detail)
        .await?;
    Ok(())
}

/// Refused while voting has not ended.
pub(super) fn must_be_closed(state: BoxState) -> Result<(), Refused> {
    match state {
        BoxState::Closed | BoxState::Counted => Ok(()),
        BoxState::Voided => Err(Refused::not_now(state)),
        _ => Err(Refused::conflict(
            "not_closed",
            "投票还没有截止，不能计票。请等主持人宣布截止。",
        )),
    }
}
