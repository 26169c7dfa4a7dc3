//! The booth: one page with everything it needs, so that nothing is asked between opening it and
//! 投票. The slip's code stands behind `#` in the address and never comes here.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use data_encoding::BASE64;
use pingyi_domain::ballot_box::BoxState;
use pingyi_storage::ballot_box;

use super::boxes::{id_of, no_box};
use super::refused::Refused;
use super::scrutineer::sitting_of;
use crate::kernel::app::App;
use crate::kernel::error::PageError;
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
    /// A public test ballot, before voting: opened, never cast.
    test: bool,
}

/// The page; `?kiosk=1` for a device that voters take turns at, `?test=1` for a public test ballot.
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
    let asks = |word: &str| {
        let query = query.as_deref().unwrap_or_default();
        query.split('&').any(|pair| pair == word)
    };
    let test = asks("test=1");
    if test && found.state != BoxState::Ready {
        return Err(PageError::refused(
            "试投票只能在开始投票以前做。现在请按主持人的安排投票。",
        ));
    }
    let sitting = sitting_of(&app, &mut tx, &found).await?;
    page(&VotePage {
        title: sitting.scene.campaign.notice.title.clone(),
        branch: sitting.scene.branch.name,
        election_json,
        box_id: id.to_string(),
        kiosk: asks("kiosk=1"),
        test,
    })
}
