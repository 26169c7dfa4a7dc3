//! A ballot comes in: judged first, then stored in one transaction with the look at the box, then
//! answered. No audit row, no log line, nothing about where it came from.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use pingyi_room::CastRefusal;
use pingyi_storage::ballot::{self, Ballot, Cast};

use super::boxes::{id_of, in_turn, room};
use super::refused::{Refused, Reply, json, read};
use crate::kernel::app::App;

/// A body longer than this is not read to its end.
const MOST_BYTES: usize = 8 << 20;

/// Takes a ballot.
pub async fn cast(State(app): State<App>, Path(id): Path<String>, body: Body) -> Reply {
    let id = id_of(&id)?;
    let bytes = read(body, MOST_BYTES).await?;
    let room = room(&app, id).await?;
    let _own = app.rooms.own_turn((id, room.claimed_slip(&bytes)))?;
    let (judged, bytes) = in_turn(&app, move || (room.judge(&bytes), bytes)).await?;
    let judged = judged.map_err(refusal)?;
    let sealed = Ballot {
        credential: judged.credential,
        tracker: judged.tracker.to_string(),
        code: judged.word.to_string(),
        bytes,
    };
    let mut tx = app.db.begin().await?;
    let outcome = ballot::cast(&mut tx, id, &sealed).await?;
    tx.commit().await?;
    let word = sealed.code;
    match outcome {
        Cast::First => Ok(done("cast", &word)),
        Cast::Replaced => Ok(done("replaced", &word)),
        Cast::Same { code } => Ok(done("same", &code)),
        Cast::NotNow(state) => Err(Refused::not_now(state)),
        Cast::UnknownSlip => Err(refusal(CastRefusal::NoSuchSlip)),
        Cast::SlipBack(_) => Err(Refused::conflict(
            "handed_back",
            "这张票条已经交回，不能再投票。请向监票人说明。",
        )),
        Cast::CodeTaken => Err(Refused::conflict(
            "same_word",
            "校验码与另一张票相同，页面会自动重新封票再投。请稍候。",
        )),
        Cast::TooLarge => Err(refusal(CastRefusal::TooLong)),
    }
}

fn done(word: &str, code: &str) -> Response {
    json(&serde_json::json!({ "done": word, "word": code }))
}

pub(super) fn refusal(why: CastRefusal) -> Refused {
    let code = match why {
        CastRefusal::TooLong => "too_long",
        CastRefusal::OtherRound => "other_round",
        CastRefusal::NoSuchSlip => "no_such_slip",
        CastRefusal::NotProper(_) | CastRefusal::NotOpened => "not_proper",
    };
    Refused::improper(code, why)
}
