//! Casting: looks at box, slip and word code, then overwrites the slip's row. No log row, no time.

use pingyi_domain::ballot_box::BoxState;

use super::{Ballot, CODE, Padded, TRACKER, get};
use crate::arg::args;
use crate::ballot_box::BoxId;
use crate::padded;
use crate::row::record;
use crate::slip::SlipState;
use crate::{Result, StorageError, Tx};

/// What became of a ballot. Only the first three are in the box, and only once committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cast {
    /// The first of its slip.
    First,
    /// It takes the place of an earlier one of the same slip.
    Replaced,
    /// It was there already: a safe repeat, told even when the box has closed meanwhile.
    Same {
        /// The word code it has.
        code: String,
    },
    /// The box takes no ballots now.
    NotNow(BoxState),
    /// The box has no such slip.
    UnknownSlip,
    /// The slip was put aside or handed back.
    SlipBack(SlipState),
    /// Another ballot of this box has this word code; choose another one.
    CodeTaken,
    /// Larger than the box has room for.
    TooLarge,
}

struct Place {
    state: BoxState,
    room: u32,
    slip: SlipState,
    is_cast: bool,
    tracker: Padded,
    code: Padded,
}

record!(Place {
    state,
    room,
    slip,
    is_cast,
    tracker,
    code,
});

/// Casts a ballot. Writers take turns ([`crate::Db::begin`]), so neither a closing nor another
/// ballot of the same slip comes between the looks and the write; it lasts once `tx` has committed.
pub async fn cast(tx: &mut Tx, id: BoxId, ballot: &Ballot) -> Result<Cast> {
    let Some(place) = place(tx, id, &ballot.credential).await? else {
        return Ok(Cast::UnknownSlip);
    };
    // A safe repeat first: its voter lost our answer, and the ballot counts.
    if place.state != BoxState::Voided && is_there(tx, id, &place, ballot).await? {
        return Ok(Cast::Same { code: place.code.0 });
    }
    if !place.state.takes_ballots() {
        return Ok(Cast::NotNow(place.state));
    }
    if place.slip != SlipState::Out {
        return Ok(Cast::SlipBack(place.slip));
    }
    let Some(content) = padded::fill(&ballot.bytes, place.room, &ballot.credential) else {
        return Ok(Cast::TooLarge);
    };
    if is_code_taken(tx, id, ballot).await? {
        return Ok(Cast::CodeTaken);
    }
    write(tx, id, ballot, content).await?;
    Ok(if place.is_cast {
        Cast::Replaced
    } else {
        Cast::First
    })
}

async fn place(tx: &mut Tx, id: BoxId, credential: &str) -> Result<Option<Place>> {
    tx.maybe(
        "SELECT x.state, x.room, s.state AS slip, b.is_cast, b.tracker, b.code FROM ballot_box x \
         JOIN slip s ON s.box_id = x.id \
         JOIN ballot b ON b.box_id = s.box_id AND b.credential = s.credential \
         WHERE x.id = $1 AND s.credential = $2",
        args![id, credential],
    )
    .await
}

async fn is_there(tx: &mut Tx, id: BoxId, place: &Place, ballot: &Ballot) -> Result<bool> {
    if !place.is_cast || place.tracker.0 != ballot.tracker {
        return Ok(false);
    }
    let kept = get(tx, id, &ballot.credential).await?;
    Ok(kept.is_some_and(|kept| kept.bytes == ballot.bytes))
}

async fn is_code_taken(tx: &mut Tx, id: BoxId, ballot: &Ballot) -> Result<bool> {
    let code = padded::widen(&ballot.code, "code", CODE)?;
    let others = tx
        .number(
            "SELECT COUNT(*) AS n FROM ballot WHERE box_id = $1 AND code = $2 \
             AND is_cast = 1 AND credential <> $3",
            args![id, code, ballot.credential],
        )
        .await?;
    Ok(others > 0)
}

/// `SQLite`: one row, on the pages it has. `PostgreSQL`: every row of the box anew, whichever is
/// cast, so that neither xmin nor place tells it (values out of line are not copied).
async fn write(tx: &mut Tx, id: BoxId, ballot: &Ballot, content: Vec<u8>) -> Result<()> {
    let values = args![
        id,
        ballot.credential,
        padded::widen(&ballot.code, "code", CODE)?,
        padded::widen(&ballot.tracker, "tracker", TRACKER)?,
        content
    ];
    if tx.overwrites() {
        let sql = "UPDATE ballot SET is_cast = 1, code = $3, tracker = $4, content = $5 \
                   WHERE box_id = $1 AND credential = $2";
        return tx.run_one(sql, values).await;
    }
    let sql = "UPDATE ballot SET \
               is_cast = CASE WHEN credential = $2 THEN 1 ELSE is_cast END, \
               code = CASE WHEN credential = $2 THEN $3 ELSE code END, \
               tracker = CASE WHEN credential = $2 THEN $4 ELSE tracker END, \
               content = CASE WHEN credential = $2 THEN $5 ELSE content END \
               WHERE box_id = $1";
    match tx.run(sql, values).await? {
        0 => Err(StorageError::Stale),
        _ => Ok(()),
    }
}
