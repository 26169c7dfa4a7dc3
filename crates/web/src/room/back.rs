//! A slip comes back, from whoever holds it. Like a ballot, it leaves no audit row: a row would
//! tell when.

use axum::body::Body;
use axum::extract::{Path, State};
use pingyi_room::{BackKind, BackRefusal};
use pingyi_storage::slip::{self, HandBack, Return};

use super::boxes::{id_of, in_turn, room};
use super::refused::{Refused, Reply, done, read};
use crate::kernel::app::App;

/// A handing back is some hundred bytes.
const MOST_BYTES: usize = 8 * 1024;

/// Takes a slip back.
pub async fn back(State(app): State<App>, Path(id): Path<String>, body: Body) -> Reply {
    let id = id_of(&id)?;
    let bytes = read(body, MOST_BYTES).await?;
    let room = room(&app, id).await?;
    let taken = in_turn(&app, move || room.take_back(&bytes)).await?;
    let (credential, kind) = taken.map_err(refusal)?;
    let how = match kind {
        BackKind::Spare => Return::Spare,
        BackKind::HandedBack => Return::HandedBack,
    };
    let mut tx = app.db.begin().await?;
    let outcome = slip::hand_back(&mut tx, id, &credential, how).await?;
    tx.commit().await?;
    match outcome {
        // A repeat after a lost answer is told the same.
        HandBack::Done | HandBack::Already(_) => Ok(done("handed_back")),
        HandBack::AlreadyCast => Err(Refused::conflict(
            "already_cast",
            "这张票条已经投过票，不能交回，票仍然有效。想改主意，可以在截止前重新投。",
        )),
        HandBack::Unknown => Err(refusal(BackRefusal::NoSuchSlip)),
        HandBack::NotNow(state) => Err(Refused::not_now(state)),
    }
}

fn refusal(why: BackRefusal) -> Refused {
    let code = match why {
        BackRefusal::NotReadable => "not_readable",
        BackRefusal::NoSuchSlip => "no_such_slip",
        BackRefusal::NotTheHolder => "not_proper",
    };
    Refused::improper(code, why)
}
