//! A scrutineer's key: its public document, kept once. When all are there, the ballot is fixed.

use axum::body::Body;
use axum::extract::{Path, State};
use pingyi_ballot::election::Uuid;
use pingyi_ballot::json;
use pingyi_ballot::trustee::KeyDocument;
use pingyi_room::{BallotPaper, Group, fix, read_document};
use pingyi_storage::Tx;
use pingyi_storage::audit::Event;
use pingyi_storage::ballot_box::{self, BallotBox};
use pingyi_storage::ballot_key::{self, BoxKey, Once};

use super::refused::{Refused, Reply, done, read};
use super::scrutineer::{Done, actor, by_token, log, sitting_of};
use crate::appraisal::sitting::Sitting;
use crate::kernel::app::App;
use crate::kernel::error::PageError;

/// A document is some hundred bytes.
const MOST_BYTES: usize = 16 * 1024;

/// Keeps the document.
pub async fn submit(State(app): State<App>, Path(token): Path<String>, body: Body) -> Reply {
    let bytes = read(body, MOST_BYTES).await?;
    let mut tx = app.db.begin().await?;
    let (mine, found) = by_token(&mut tx, &token).await?;
    let proper = |why| Refused::improper("not_proper", why);
    read_document(mine.slot, &bytes).map_err(proper)?;
    let text = String::from_utf8(bytes).map_err(|_| Refused::failed())?;
    match ballot_key::set_document(&mut tx, found.id, mine.slot, &text).await? {
        Once::Same => {}
        Once::Written => {
            keep(&app, &mut tx, &mine, &found).await?;
            tx.commit().await?;
        }
        Once::Other => {
            return Err(Refused::conflict(
                "key_made",
                "这名监票人已经准备过，不能换成另一部手机。请用准备时的那部手机；手机丢了的，只能作废本轮。",
            ));
        }
        Once::NotNow => {
            return Err(Refused::conflict(
                "not_now",
                "票箱已经不在准备阶段。请在主持人的电脑上核对。",
            ));
        }
    }
    Ok(done("key"))
}

async fn keep(app: &App, tx: &mut Tx, mine: &BoxKey, found: &BallotBox) -> Result<(), Refused> {
    let sitting = sitting_of(app, tx, found).await?;
    let keys = ballot_key::list(tx, found.id).await?;
    let documents: Option<Vec<Vec<u8>>> = keys
        .iter()
        .map(|key| key.document.clone().map(String::into_bytes))
        .collect();
    if let Some(documents) = documents {
        fixed(tx, found, &sitting, &documents).await?;
    }
    let row = Done {
        actor: &actor(mine),
        now: app.now(),
        event: Event::BoxKeyMade,
        detail: serde_json::json!({ "number": mine.slot }),
    };
    Ok(log(tx, &sitting, row).await?)
}

async fn fixed(
    tx: &mut Tx,
    found: &BallotBox,
    sitting: &Sitting,
    documents: &[Vec<u8>],
) -> Result<(), Refused> {
    let own = server_document(found).ok_or_else(Refused::failed)?;
    let uuid = Uuid::parse(&found.uuid).ok_or_else(Refused::failed)?;
    let paper = paper(sitting)?;
    let made = fix(&paper, uuid, own, documents);
    let made = made.map_err(|why| Refused::improper("not_proper", why))?;
    let text = |bytes| String::from_utf8(bytes).map_err(|_| Refused::failed());
    let (election, trustees) = (text(made.election)?, text(made.trustees)?);
    ballot_box::fix_election(tx, found.id, &election, &trustees).await?;
    Ok(())
}

/// The public side of the server's key, kept beside the sealed one: see `create`.
fn server_document(found: &BallotBox) -> Option<KeyDocument<Group>> {
    let (_, document) = found.server_key.split_once('\n')?;
    json::read_canonical(document.as_bytes()).ok()
}

/// What stands on the ballot. // 通知 三、3: 好、一般、差
fn paper(sitting: &Sitting) -> Result<BallotPaper, PageError> {
    let now = sitting.round()?;
    let notice = &sitting.scene.campaign.notice;
    let held = sitting.ready()?;
    let day = held.held_on.map(|on| on.to_string()).unwrap_or_default();
    Ok(BallotPaper {
        title: notice.title.clone(),
        description: format!("{} {day} 第{}轮", sitting.scene.branch.name, now.round.no),
        grades: notice.grades.iter().map(|g| g.label.clone()).collect(),
        rows: now.lines(),
    })
}
