//! Ballots in a box: one row per slip from the beginning, overwritten where it stands.
//!
//! Holds no voter, time, counter or order, and writes no row of the audit log: the log would order
//! the ballots. Why rows are made beforehand, all of one size and without an index on what casting
//! writes, is told in migrations/0005_ballot_box.sql; what remains until closing, in `settle`.
//! Whether a ballot is valid is checked before it comes here.

mod cast;

pub use cast::{Cast, cast};

use crate::arg::args;
use crate::ballot_box::BoxId;
use crate::padded;
use crate::row::{Record, Row, record};
use crate::{Result, Tx};

/// Bytes of a word code: two parts, a few characters each.
const CODE: usize = 32;
/// Bytes of a tracker; it has 43 characters.
const TRACKER: usize = 48;

/// A ballot, checked by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The public credential that signed it.
    pub credential: String,
    /// Hash of the whole ballot.
    pub tracker: String,
    /// The word code that its voter reads on the projector.
    pub code: String,
    /// The ballot exactly as received.
    pub bytes: Vec<u8>,
}

/// Text without its filling.
struct Padded(String);

crate::column::text! {
    Padded: |text| text.0.clone(), |text| Some(Padded(text.trim_end().to_owned()));
}

impl Record for Ballot {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            credential: row.get("credential")?,
            tracker: row.get::<Padded>("tracker")?.0,
            code: row.get::<Padded>("code")?.0,
            bytes: padded::strip(&row.get::<Vec<u8>>("content")?)?.to_vec(),
        })
    }
}

/// Makes room for the ballot of a slip.
pub(crate) async fn reserve(tx: &mut Tx, id: BoxId, credential: &str, room: u32) -> Result<()> {
    let content = padded::fill(b"", room, credential);
    tx.run(
        "INSERT INTO ballot (box_id, credential, is_cast, code, tracker, content) \
         VALUES ($1, $2, 0, $3, $4, $5)",
        args![
            id,
            credential,
            " ".repeat(CODE),
            " ".repeat(TRACKER),
            content
        ],
    )
    .await
    .map(drop)
}

/// The ballot of one slip.
pub async fn get(tx: &mut Tx, id: BoxId, credential: &str) -> Result<Option<Ballot>> {
    tx.maybe(
        "SELECT credential, tracker, code, content FROM ballot \
         WHERE box_id = $1 AND credential = $2 AND is_cast = 1",
        args![id, credential],
    )
    .await
}

/// All ballots in the order of their credentials (by bytes).
pub async fn list(tx: &mut Tx, id: BoxId) -> Result<Vec<Ballot>> {
    let mut ballots: Vec<Ballot> = tx
        .all(
            "SELECT credential, tracker, code, content FROM ballot \
             WHERE box_id = $1 AND is_cast = 1",
            args![id],
        )
        .await?;
    // Not in SQL: a PostgreSQL database may sort text by a language.
    ballots.sort_unstable_by(|a, b| a.credential.cmp(&b.credential));
    Ok(ballots)
}

/// How many ballots are in the box.
pub async fn count(tx: &mut Tx, id: BoxId) -> Result<u32> {
    let n = tx
        .number(
            "SELECT COUNT(*) AS n FROM ballot WHERE box_id = $1 AND is_cast = 1",
            args![id],
        )
        .await?;
    u32::try_from(n).map_err(|_| crate::column::bad_value("is_cast", n.to_string()))
}

struct Code {
    code: Padded,
}

record!(Code { code });

/// The word codes in the box, sorted by themselves.
pub async fn codes(tx: &mut Tx, id: BoxId) -> Result<Vec<String>> {
    let rows: Vec<Code> = tx
        .all(
            "SELECT code FROM ballot WHERE box_id = $1 AND is_cast = 1",
            args![id],
        )
        .await?;
    let mut codes: Vec<String> = rows.into_iter().map(|row| row.code.0).collect();
    codes.sort_unstable();
    Ok(codes)
}
