//! What the projector shows: numbers and word codes, sorted, without order of arrival and names.

use askama::Template;
use axum::extract::{Path, State};
use pingyi_domain::ballot_box::{BoxState, Disclosure};
use pingyi_storage::ballot_box::{self, BallotBox, BoxId};
use pingyi_storage::{Tx, ballot, ballot_archive, meta, slip};

use super::refused::{Refused, Reply, json};
use super::scrutineer::sitting_of;
use crate::kernel::app::App;
use crate::kernel::html::{Answer, page};
use crate::kernel::secret::token_hash;

#[derive(Template)]
#[template(path = "room/projector.html")]
struct ProjectorPage {
    token: String,
    branch: String,
    title: String,
    uuid: String,
}

/// The page.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Answer {
    let mut tx = app.db.read().await?;
    let found = by_token(&mut tx, &token).await?;
    let sitting = sitting_of(&app, &mut tx, &found).await?;
    page(&ProjectorPage {
        token,
        branch: sitting.scene.branch.name,
        title: sitting.scene.campaign.notice.title.clone(),
        uuid: found.uuid,
    })
}

/// What the page asks every two seconds.
pub async fn state(State(app): State<App>, Path(token): Path<String>) -> Reply {
    let mut tx = app.db.read().await?;
    let found = by_token(&mut tx, &token).await?;
    let slips = slip::count(&mut tx, found.id).await?;
    let sitting = sitting_of(&app, &mut tx, &found).await?;
    let row = sitting.rounds.iter().find(|r| r.id == found.round_id);
    let present = row.and_then(|r| r.present).unwrap_or(sitting.voters());
    let settings = &sitting.scene.campaign.notice.settings;
    let archive = ballot_archive::get(&mut tx, found.id).await?;
    // Only of a counted box: until then it still grows.
    let archive = archive.filter(|_| found.state == BoxState::Counted);
    Ok(json(&serde_json::json!({
        "state": found.state.as_str(),
        "label": found.state.label(),
        "present": present,
        "reveals": Disclosure::of(present, settings).sentence(),
        "drawn": slips.drawn(),
        "cast": slips.cast,
        "handed_back": slips.handed_back,
        "spare": slips.spare,
        "paper": found.paper.unwrap_or(0),
        "tested": found.tested,
        "test": test(&found),
        "out": slips.out().unwrap_or(0),
        "words": ballot::codes(&mut tx, found.id).await?,
        "opened": found.opened_at.map(|at| at.0),
        "closing": closing(&mut tx, &found).await?,
        "archive": archive.map(|archive| archive.sha256),
    })))
}

/// What the last public test ballot said; only before voting.
fn test(found: &BallotBox) -> Option<serde_json::Value> {
    let kept = found
        .test
        .as_ref()
        .filter(|_| found.state == BoxState::Ready);
    kept.and_then(|text| serde_json::from_str(text).ok())
}

/// The box of a projector's address.
pub(super) async fn by_token(tx: &mut Tx, token: &str) -> Result<BallotBox, Refused> {
    let found = ballot_box::find_by_projector(tx, &token_hash(token)).await?;
    found.ok_or_else(|| Refused::unknown("这个大屏幕地址无效。请在主持人的电脑上重新打开。"))
}

/// When the last call ends, while it runs.
pub(super) async fn closing(tx: &mut Tx, found: &BallotBox) -> Result<Option<i64>, Refused> {
    if found.state != BoxState::LastCall {
        return Ok(None);
    }
    let kept = meta::get(tx, &closing_key(found.id)).await?;
    Ok(kept.and_then(|text| text.parse().ok()))
}

/// Where the end of the last call is kept: a time of the box, never of a ballot.
pub(super) fn closing_key(id: BoxId) -> String {
    format!("last-call/{id}")
}
