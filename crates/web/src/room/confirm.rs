//! A scrutineer's word that slips still out stay out, with a reason.

use axum::body::Body;
use axum::extract::{Path, State};
use pingyi_storage::audit::Event;
use pingyi_storage::{ballot_key, slip};

use super::refused::{Refused, Reply, done, read};
use super::scrutineer::{Done, actor, by_token, log, sitting_of};
use crate::kernel::app::App;

/// A reason is a sentence.
const MOST_BYTES: usize = 8 * 1024;
/// Characters of a reason.
const MOST_CHARS: usize = 200;

#[derive(serde::Deserialize)]
struct Word {
    reason: String,
}

/// Keeps the word; said again, the later reason stays.
pub async fn submit(State(app): State<App>, Path(token): Path<String>, body: Body) -> Reply {
    let bytes = read(body, MOST_BYTES).await?;
    let word: Option<Word> = serde_json::from_slice(&bytes).ok();
    let reason = word.map(|word| word.reason.trim().to_owned());
    let reason = reason.filter(|r| !r.is_empty() && r.chars().count() <= MOST_CHARS);
    let Some(reason) = reason else {
        return Err(Refused::improper(
            "no_reason",
            "请写明缺票的原因，200 字以内。",
        ));
    };
    let mut tx = app.db.begin().await?;
    let (mine, found) = by_token(&mut tx, &token).await?;
    if !found.state.takes_ballots() {
        return Err(Refused::conflict(
            "not_now",
            "现在不在投票中，不用确认缺票。",
        ));
    }
    let out = slip::count(&mut tx, found.id).await?.out();
    let out = out.map_err(|why| Refused::conflict("not_now", why))?;
    if out == 0 {
        return Err(Refused::conflict(
            "nothing_out",
            "票条已经全部投出或交回，没有缺票，不用确认。",
        ));
    }
    ballot_key::set_missing(&mut tx, found.id, mine.slot, Some(&reason)).await?;
    let sitting = sitting_of(&app, &mut tx, &found).await?;
    let row = Done {
        actor: &actor(&mine),
        now: app.now(),
        event: Event::MissingConfirmed,
        detail: serde_json::json!({ "number": mine.slot, "out": out, "reason": reason }),
    };
    log(&mut tx, &sitting, row).await?;
    tx.commit().await?;
    Ok(done("confirmed"))
}
