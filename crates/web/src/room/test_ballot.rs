//! The tellers' public test ballot: before voting, a spare slip is voted with and opened in front of
//! all, to show that phones seal what was chosen. The slip is given up; nothing of it is in the box.

use axum::body::Body;
use axum::extract::{Path, State};
use pingyi_room::TestBallot;
use pingyi_storage::audit::{Actor, Event};
use pingyi_storage::ballot_box::{self, BoxId};
use pingyi_storage::slip::{self, HandBack, SlipState};

use super::boxes::{id_of, in_turn, no_box, room};
use super::cast;
use super::refused::{Refused, Reply, done, read};
use super::scrutineer::{Done, log, sitting_of};
use crate::kernel::app::App;

/// A ballot and its randomness.
const MOST_BYTES: usize = 8 << 20;

/// Opens a test ballot; what it said goes to the projector.
pub async fn submit(State(app): State<App>, Path(id): Path<String>, body: Body) -> Reply {
    let id = id_of(&id)?;
    let bytes = read(body, MOST_BYTES).await?;
    let room = room(&app, id).await?;
    let opened = in_turn(&app, move || room.open_test(&bytes)).await?;
    let opened = opened.map_err(cast::refusal)?;
    keep(&app, id, &opened).await?;
    if opened.agrees {
        return Ok(done("tested"));
    }
    Err(Refused::improper(
        "differs",
        "不一致：封好的票与手机上所选的不同，该票已销毁。请停用这部手机，换一部再试；仍不一致的，不要开始投票，改用纸质测评表，并告诉组织科。",
    ))
}

async fn keep(app: &App, id: BoxId, opened: &TestBallot) -> Result<(), Refused> {
    let said = serde_json::json!({ "agrees": opened.agrees, "rows": opened.rows }).to_string();
    let mut tx = app.db.begin().await?;
    match slip::give_up(&mut tx, id, &opened.credential, &said).await? {
        HandBack::Done => {}
        HandBack::Already(SlipState::Spare | SlipState::HandedBack | SlipState::Out)
        | HandBack::AlreadyCast => {
            return Err(Refused::conflict(
                "handed_back",
                "这张票条已经用过或交回，不能再试投。请另取一张备用票条。",
            ));
        }
        HandBack::Unknown => return Err(no_box()),
        HandBack::NotNow(_) => {
            return Err(Refused::conflict(
                "not_now",
                "试投票只能在开始投票以前做，这张票没有打开，也没有销毁。",
            ));
        }
    }
    let found = ballot_box::get(&mut tx, id).await?.ok_or_else(no_box)?;
    let sitting = sitting_of(app, &mut tx, &found).await?;
    let row = Done {
        actor: &Actor {
            account: None,
            name: "试投票".into(),
            post: String::new(),
        },
        now: app.now(),
        event: Event::BallotTested,
        detail: serde_json::json!({ "agrees": opened.agrees }),
    };
    log(&mut tx, &sitting, row).await?;
    Ok(tx.commit().await?)
}
