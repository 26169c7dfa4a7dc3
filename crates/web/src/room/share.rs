//! A scrutineer's share of opening the sums. Checked before it is kept; the last one counts the box.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use pingyi_room::SERVER;
use pingyi_storage::audit::Event;
use pingyi_storage::ballot_key::{self, Once};

use super::boxes::off_thread;
use super::count::{closed_box, count_if_complete, refusal};
use super::refused::{Refused, Reply, done, read};
use super::scrutineer::{Done, actor, by_token, log, must_be_closed, sitting_of};
use crate::kernel::app::App;

/// Some hundred bytes per row and grade.
const MOST_BYTES: usize = 4 << 20;

/// Keeps the share, and counts when it was the last.
pub async fn submit(State(app): State<App>, Path(token): Path<String>, body: Body) -> Reply {
    let bytes = read(body, MOST_BYTES).await?;
    let mut tx = app.db.read().await?;
    let (mine, found) = by_token(&mut tx, &token).await?;
    drop(tx);
    must_be_closed(found.state)?;
    let (room, closed) = closed_box(&app, found.id).await?;
    let (owner, sums) = (SERVER + mine.slot, Arc::clone(&closed));
    let checked = off_thread(move || (room.check_share(owner, &bytes, &sums), bytes));
    let (holds, bytes) = checked.await?;
    holds.map_err(|why| refusal(&why))?;
    let text = String::from_utf8(bytes).map_err(|_| Refused::failed())?;
    let mut tx = app.db.begin().await?;
    match ballot_key::set_share(&mut tx, found.id, mine.slot, &text).await? {
        Once::Written => {
            let sitting = sitting_of(&app, &mut tx, &found).await?;
            let row = Done {
                actor: &actor(&mine),
                now: app.now(),
                event: Event::ShareGiven,
                detail: serde_json::json!({ "number": mine.slot }),
            };
            log(&mut tx, &sitting, row).await?;
            tx.commit().await?;
        }
        // Repeated, or sealed anew after a reload: what is there holds as well.
        Once::Same | Once::Other => drop(tx),
        Once::NotNow => return Err(Refused::not_now(found.state)),
    }
    count_if_complete(&app, found.id, &actor(&mine)).await?;
    Ok(done("share"))
}
