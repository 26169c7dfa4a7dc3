//! The booth: one page with everything it needs, so that nothing is asked between opening it and
//! 投票. The slip's code stands behind `#` in the address and never comes here.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use data_encoding::BASE64;
use pingyi_storage::ballot_box;

use super::boxes::{id_of, no_box};
use super::refused::Refused;
use super::scrutineer::sitting_of;
use crate::kernel::app::App;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "room/vote.html")]
struct VotePage {
    title: String,
    branch: String,
    /// Base64 of the exact bytes: the page hashes them.
    election_json: String,
    box_id: String,
    kiosk: bool,
}

/// The page; `?kiosk=1` for a device that voters take turns at.
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let id = id_of(&id)?;
    let mut tx = app.db.read().await?;
    let found = ballot_box::get(&mut tx, id).await?.ok_or_else(no_box)?;
    // Before voting too: spares are handed back on this page.
    let may = found.state.takes_slips_back();
    let election = found.election.as_ref().filter(|_| may);
    let election = election.ok_or_else(|| Refused::not_now(found.state))?;
    let election_json = BASE64.encode(election.as_bytes());
    let sitting = sitting_of(&app, &mut tx, &found).await?;
    page(&VotePage {
        title: sitting.scene.campaign.notice.title.clone(),
        branch: sitting.scene.branch.name,
        election_json,
        box_id: id.to_string(),
        kiosk: query.is_some_and(|q| q.split('&').any(|pair| pair == "kiosk=1")),
    })
}
