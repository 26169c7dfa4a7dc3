//! Boxes at work, read once, and turns for checking: a ballot costs milliseconds of a core.
//!
//! A cache only: election, key holders and slips of a box never change once fixed, so nothing is
//! ever out of date. What the box takes now is asked of storage every time.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use pingyi_room::{ClosedBox, Room};
use pingyi_storage::ballot_box::{self, BallotBox, BoxId};
use tokio::sync::Semaphore;

use super::refused::Refused;
use crate::kernel::app::App;
use crate::kernel::error::PageError;

/// Boxes kept; more rooms than that do not vote at once.
const MOST: usize = 512;
/// How long a request waits for its turn before the page is told to ask again.
const PATIENCE: Duration = Duration::from_millis(400);

/// Boxes by id, and turns.
#[derive(Debug)]
pub struct Rooms {
    open: RwLock<HashMap<BoxId, Arc<Room>>>,
    closed: RwLock<HashMap<BoxId, Arc<ClosedBox>>>,
    turns: Arc<Semaphore>,
    own: Arc<Mutex<HashSet<Slip>>>,
}

/// A slip of a box; `None` is everybody who shows no slip of it.
type Slip = (BoxId, Option<String>);

/// The one turn of a slip, until it is dropped.
#[derive(Debug)]
pub(super) struct OwnTurn {
    slip: Slip,
    taken: Arc<Mutex<HashSet<Slip>>>,
}

impl Drop for OwnTurn {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.remove(&self.slip);
    }
}

impl Default for Rooms {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            open: RwLock::default(),
            closed: RwLock::default(),
            turns: Arc::new(Semaphore::new(cores)),
            own: Arc::default(),
        }
    }
}

impl Rooms {
    /// Turns for checking, one per core.
    pub fn turns(&self) -> Arc<Semaphore> {
        Arc::clone(&self.turns)
    }

    /// One ballot at a time for each slip, and one for all who show none: who sends a thousand a
    /// second waits for himself, and the other turns stay with the other voters. Kept in memory
    /// while a check lasts; nothing about where a request came from.
    pub(super) fn own_turn(&self, slip: Slip) -> Result<OwnTurn, Refused> {
        let mut taken = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if !taken.insert(slip.clone()) {
            return Err(Refused::busy());
        }
        drop(taken);
        let taken = Arc::clone(&self.own);
        Ok(OwnTurn { slip, taken })
    }

    /// A closed box computed before.
    pub(super) fn closed(&self, id: BoxId) -> Option<Arc<ClosedBox>> {
        recall(&self.closed, id)
    }

    /// Keeps a closed box: two devices ask for it within seconds.
    pub(super) fn keep_closed(&self, id: BoxId, closed: ClosedBox) -> Arc<ClosedBox> {
        keep(&self.closed, id, closed)
    }
}

fn recall<T>(all: &RwLock<HashMap<BoxId, Arc<T>>>, id: BoxId) -> Option<Arc<T>> {
    let all = all.read().unwrap_or_else(PoisonError::into_inner);
    all.get(&id).map(Arc::clone)
}

fn keep<T>(all: &RwLock<HashMap<BoxId, Arc<T>>>, id: BoxId, value: T) -> Arc<T> {
    let mut all = all.write().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= MOST {
        all.clear();
    }
    Arc::clone(all.entry(id).or_insert_with(|| Arc::new(value)))
}

/// The box of an address.
pub(super) fn id_of(text: &str) -> Result<BoxId, Refused> {
    text.parse().map_err(|_| no_box())
}

/// Nothing of this address.
pub(super) fn no_box() -> Refused {
    Refused::unknown("没有这个票箱，可能是以前一轮的票条。请使用本轮发的票条。")
}

/// The room of a box, ready to judge ballots.
pub(super) async fn room(app: &App, id: BoxId) -> Result<Arc<Room>, Refused> {
    if let Some(known) = recall(&app.rooms.open, id) {
        return Ok(known);
    }
    let mut tx = app.db.read().await?;
    let found = ballot_box::get(&mut tx, id).await?.ok_or_else(no_box)?;
    drop(tx);
    open(app, found).await
}

/// As [`room`], of a box that has been read.
pub(super) async fn open(app: &App, found: BallotBox) -> Result<Arc<Room>, Refused> {
    if let Some(known) = recall(&app.rooms.open, found.id) {
        return Ok(known);
    }
    let id = found.id;
    let (Some(election), Some(trustees), Some(credentials)) =
        (found.election, found.trustees, found.credentials)
    else {
        return Err(Refused::not_now(found.state));
    };
    let opened = off_thread(move || {
        Room::open(
            election.into_bytes(),
            trustees.into_bytes(),
            credentials.into_bytes(),
        )
    })
    .await?
    .map_err(PageError::refused)?;
    Ok(keep(&app.rooms.open, id, opened))
}

/// Runs a check in its turn, away from the request's thread; `busy` when too many wait.
pub(super) async fn in_turn<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refused> {
    let turn = app.rooms.turns().acquire_owned();
    let Ok(Ok(turn)) = tokio::time::timeout(PATIENCE, turn).await else {
        return Err(Refused::busy());
    };
    off_thread(move || {
        let done = work();
        drop(turn);
        done
    })
    .await
}

/// Runs long work away from the request's thread.
pub(super) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refused> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Refused::failed())
}
