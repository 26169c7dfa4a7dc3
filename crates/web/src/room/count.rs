//! From the closed box to the round's count. Long work runs outside transactions; each step can
//! be repeated after a crash, because what it needs is stored before.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use pingyi_domain::ballot_box::BoxState;
use pingyi_room::{ClosedBox, CountError, Opened, Room, SERVER};
use pingyi_storage::audit::{Actor, Event};
use pingyi_storage::ballot::{self, Ballot};
use pingyi_storage::ballot_archive::{self, Kept};
use pingyi_storage::ballot_box::{self, BallotBox, BoxId};
use pingyi_storage::{Tx, ballot_key};

use super::boxes::{no_box, off_thread, open};
use super::refused::Refused;
use super::scrutineer::{Done, log, must_be_closed, sitting_of};
use super::seal::unseal;
use crate::appraisal::together;
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::random::CryptoSource;

/// A closed box with its archive up to the encrypted sums; computed and stored if it is not yet.
pub(super) async fn closed_box(
    app: &App,
    id: BoxId,
) -> Result<(Arc<Room>, Arc<ClosedBox>), Refused> {
    let mut tx = app.db.read().await?;
    let found = ballot_box::get(&mut tx, id).await?.ok_or_else(no_box)?;
    must_be_closed(found.state)?;
    let known = app.rooms.closed(id);
    let ballots = match known {
        Some(_) => Vec::new(),
        None => ballot::list(&mut tx, id).await?,
    };
    drop(tx);
    let (state, closed_at) = (found.state, found.closed_at);
    let listed = found.credentials.clone().unwrap_or_default();
    let room = open(app, found).await?;
    if let Some(closed) = known {
        return Ok((room, closed));
    }
    // The archive's only time; the same each time it is made.
    let at = closed_at.and_then(|at| u64::try_from(at.0).ok());
    let at = at.ok_or_else(Refused::failed)?;
    let bytes = in_list_order(&listed, ballots);
    let judge = Arc::clone(&room);
    let closed = off_thread(move || judge.close(&bytes, at)).await?;
    let closed = closed.map_err(|why| refusal(&why))?;
    if state == BoxState::Closed {
        let mut tx = app.db.begin().await?;
        ballot_archive::set(&mut tx, id, &closed.archive).await?;
        tx.commit().await?;
    }
    Ok((room, app.rooms.keep_closed(id, closed)))
}

/// Ballots in the order of the list of slips, which is the archive's: it tells nothing of theirs.
pub(super) fn in_list_order(listed: &str, mut ballots: Vec<Ballot>) -> Vec<Vec<u8>> {
    let listed: Vec<&str> = serde_json::from_str(listed).unwrap_or_default();
    let places: HashMap<&str, usize> = listed.into_iter().zip(0..).collect();
    ballots.sort_by_key(|ballot| places.get(ballot.credential.as_str()).copied());
    ballots.into_iter().map(|ballot| ballot.bytes).collect()
}

/// A failure of counting, in its own words.
pub(super) fn refusal(why: &CountError) -> Refused {
    Refused::improper("not_counted", why)
}

/// Counts the box if every scrutineer's share is there; otherwise does nothing.
pub(super) async fn count_if_complete(app: &App, id: BoxId, by: &Actor) -> Result<(), Refused> {
    let (room, closed) = closed_box(app, id).await?;
    let mut tx = app.db.read().await?;
    let found = ballot_box::get(&mut tx, id).await?.ok_or_else(no_box)?;
    let keys = ballot_key::list(&mut tx, id).await?;
    drop(tx);
    let shares: Option<BTreeMap<u32, Vec<u8>>> = keys
        .into_iter()
        .map(|key| Some((SERVER + key.slot, key.share?.into_bytes())))
        .collect();
    let Some(shares) = shares.filter(|_| found.state == BoxState::Closed) else {
        return Ok(());
    };
    let worker = app.clone();
    let opened = off_thread(move || opened(&worker, &room, &closed, &found, shares)).await??;
    let mut tx = app.db.begin().await?;
    let found = ballot_box::get(&mut tx, id).await?.ok_or_else(no_box)?;
    // Another request may have counted meanwhile.
    if found.state == BoxState::Closed {
        conclude(app, &mut tx, &found, &opened, by).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The only place where the server's key is unsealed: the box is closed, and both scrutineers have
/// given their shares of exactly these sums.
fn opened(
    app: &App,
    room: &Room,
    closed: &ClosedBox,
    found: &BallotBox,
    mut shares: BTreeMap<u32, Vec<u8>>,
) -> Result<Opened, Refused> {
    let (sealed, _) = found
        .server_key
        .split_once('\n')
        .ok_or_else(Refused::failed)?;
    let key = unseal(&app.key, found.id, sealed);
    let key = key.map_err(|why| Refused::improper("not_counted", why))?;
    let rng = &mut CryptoSource(app.random.as_ref());
    let own = room.own_share(&key, closed, rng);
    shares.insert(SERVER, own.map_err(|why| refusal(&why))?);
    let sums = room.open_sums(closed, &shares);
    sums.map_err(|why| refusal(&why))
}

/// The sums are the round's count, as if typed twice; with paper sheets beside, their share of it.
async fn conclude(
    app: &App,
    tx: &mut Tx,
    found: &BallotBox,
    opened: &Opened,
    by: &Actor,
) -> Result<(), PageError> {
    let Kept::As(sha256) = ballot_archive::set(tx, found.id, &opened.archive).await? else {
        return Err(PageError::internal("the archive does not continue"));
    };
    ballot_box::count(tx, found.id).await?;
    let sums = serde_json::to_string(&opened.sums).map_err(PageError::internal)?;
    ballot_box::set_sums(tx, found.id, &sums).await?;
    let sitting = sitting_of(app, tx, found).await?;
    let row = Done {
        actor: by,
        now: app.now(),
        event: Event::BoxCounted,
        detail: serde_json::json!({ "ballots": opened.sums.ballots, "sha256": sha256 }),
    };
    log(tx, &sitting, row).await?;
    together::opened(tx, &sitting, &opened.sums, (by, app.now())).await?;
    Ok(())
}
