//! The electronic ballot box of a round: its state, its public papers, its times and its end.
//!
//! Ballots, slips and keys have their own modules; nothing here belongs to a single ballot.

mod step;
mod together;

use std::fmt;
use std::str::FromStr;

use pingyi_domain::ballot_box::BoxState;
use pingyi_domain::ids::RoundId;
use pingyi_domain::time::UnixTime;
use uuid::Uuid;

pub(crate) use step::advance;
pub use step::{call_last, close, count, fix_election, open, resume, void};
pub use together::{set_paper, set_paper_collected, set_sums};

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A ballot box. Random, so that boxes have no order either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BoxId(pub Uuid);

impl fmt::Display for BoxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for BoxId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// A box as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotBox {
    /// Id, random (v4).
    pub id: BoxId,
    /// Of which round; a round has one box.
    pub round_id: RoundId,
    /// How far it is.
    pub state: BoxState,
    /// The election's name within its own papers.
    pub uuid: String,
    /// Hash of the token in the projector's address.
    pub projector_hash: String,
    /// The server's key, sealed by the caller.
    pub server_key: String,
    /// The election as hashed.
    pub election: Option<String>,
    /// The trustees as hashed.
    pub trustees: Option<String>,
    /// The public credentials as hashed.
    pub credentials: Option<String>,
    /// Slips made, spares included.
    pub made: Option<u32>,
    /// Bytes of the largest ballot.
    pub room: Option<u32>,
    /// Slips that stayed out at closing.
    pub missing: Option<u32>,
    /// Why.
    pub missing_reason: Option<String>,
    /// When voting began; of the box, never of a ballot.
    pub opened_at: Option<UnixTime>,
    /// When it ended.
    pub closed_at: Option<UnixTime>,
    /// Why it was given up.
    pub void_reason: Option<String>,
    /// When.
    pub voided_at: Option<UnixTime>,
    /// Paper sheets handed out beside the slips; `None`: nobody took paper.
    pub paper: Option<u32>,
    /// Of these, back.
    pub paper_collected: Option<u32>,
    /// The opened sums as in the archive, as JSON.
    pub sums: Option<String>,
    /// Slips given up for public test ballots.
    pub tested: u32,
    /// What the last test ballot said, as JSON; gone once voting begins.
    pub test: Option<String>,
}

record!(BallotBox {
    id,
    round_id,
    state,
    uuid,
    projector_hash,
    server_key,
    election,
    trustees,
    credentials,
    made,
    room,
    missing,
    missing_reason,
    opened_at,
    closed_at,
    void_reason,
    voided_at,
    paper,
    paper_collected,
    sums,
    tested,
    test,
});

/// What a box begins with.
#[derive(Debug, Clone, Copy)]
pub struct NewBox<'a> {
    /// Random (v4).
    pub id: BoxId,
    /// Of which round.
    pub round_id: RoundId,
    /// The election's name within its own papers.
    pub uuid: &'a str,
    /// Hash of the token in the projector's address.
    pub projector_hash: &'a str,
    /// The server's key, sealed by the caller.
    pub server_key: &'a str,
}

/// Adds a box without keys, papers and slips.
pub async fn insert(tx: &mut Tx, new: NewBox<'_>) -> Result<()> {
    tx.run(
        "INSERT INTO ballot_box (id, round_id, state, uuid, projector_hash, server_key) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            new.id,
            new.round_id,
            BoxState::Keys,
            new.uuid,
            new.projector_hash,
            new.server_key
        ],
    )
    .await
    .map(drop)
}

/// One box.
pub async fn get(tx: &mut Tx, id: BoxId) -> Result<Option<BallotBox>> {
    tx.maybe(
        "SELECT id, round_id, state, uuid, projector_hash, server_key, election, trustees, \
         credentials, made, room, missing, missing_reason, opened_at, closed_at, void_reason, \
         voided_at, paper, paper_collected, sums, tested, test FROM ballot_box WHERE id = $1",
        args![id],
    )
    .await
}

/// The box of a round.
pub async fn find(tx: &mut Tx, round: RoundId) -> Result<Option<BallotBox>> {
    tx.maybe(
        "SELECT id, round_id, state, uuid, projector_hash, server_key, election, trustees, \
         credentials, made, room, missing, missing_reason, opened_at, closed_at, void_reason, \
         voided_at, paper, paper_collected, sums, tested, test FROM ballot_box WHERE round_id = $1",
        args![round],
    )
    .await
}

/// The box whose projector has this token.
pub async fn find_by_projector(tx: &mut Tx, token_hash: &str) -> Result<Option<BallotBox>> {
    tx.maybe(
        "SELECT id, round_id, state, uuid, projector_hash, server_key, election, trustees, \
         credentials, made, room, missing, missing_reason, opened_at, closed_at, void_reason, \
         voided_at, paper, paper_collected, sums, tested, test FROM ballot_box WHERE projector_hash = $1",
        args![token_hash],
    )
    .await
}

struct State {
    state: BoxState,
}

record!(State { state });

/// The state alone; papers and ballots are not read.
pub async fn state(tx: &mut Tx, id: BoxId) -> Result<Option<BoxState>> {
    let row: Option<State> = tx
        .maybe("SELECT state FROM ballot_box WHERE id = $1", args![id])
        .await?;
    Ok(row.map(|row| row.state))
}
