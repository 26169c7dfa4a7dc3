//! Slips of a ballot box by their public side: made all at once, then out, put aside or handed back.
//!
//! Who drew which is known to nobody; no row has a time or a number.

use pingyi_domain::ballot_box::{BoxState, BoxStep, Slips};

use crate::arg::args;
use crate::ballot;
use crate::ballot_box::{self, BoxId};
use crate::column::bad_value;
use crate::row::record;
use crate::{Result, Tx};

/// Where a slip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlipState {
    /// In somebody's hand or in the box.
    Out,
    /// Never drawn, and put aside.
    Spare,
    /// Drawn and handed back unused.
    HandedBack,
}

impl SlipState {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::Spare => "spare",
            Self::HandedBack => "handed_back",
        }
    }

    /// Reads what [`SlipState::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Out, Self::Spare, Self::HandedBack]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// How a slip comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Return {
    /// It was never drawn.
    Spare,
    /// It was drawn.
    HandedBack,
}

/// What became of a slip that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandBack {
    /// It cannot be used any more.
    Done,
    /// It was back already, and stays as it was.
    Already(SlipState),
    /// A ballot has been cast with it.
    AlreadyCast,
    /// The box has no such slip.
    Unknown,
    /// The box takes no slips back now.
    NotNow(BoxState),
}

struct Found {
    state: SlipState,
    is_cast: bool,
}

record!(Found { state, is_cast });

struct Where {
    state: SlipState,
}

record!(Where { state });

struct Counts {
    made: u32,
    spare: u32,
    handed_back: u32,
}

record!(Counts {
    made,
    spare,
    handed_back
});

/// Keeps all slips of a box, once. `listed`: the public credentials as hashed; `credentials`: the
/// same one by one; `room`: bytes of the largest ballot, for which room is made now.
pub async fn make(
    tx: &mut Tx,
    id: BoxId,
    listed: &str,
    credentials: &[String],
    room: u32,
) -> Result<()> {
    let made = u32::try_from(credentials.len())
        .map_err(|_| bad_value("made", credentials.len().to_string()))?;
    ballot_box::advance(tx, id, BoxStep::MakeSlips).await?;
    tx.run_one(
        "UPDATE ballot_box SET credentials = $2, made = $3, room = $4 \
         WHERE id = $1 AND credentials IS NULL",
        args![id, listed, made, room],
    )
    .await?;
    let mut sorted: Vec<&String> = credentials.iter().collect();
    sorted.sort_unstable();
    for credential in sorted {
        tx.run(
            "INSERT INTO slip (box_id, credential, state) VALUES ($1, $2, $3)",
            args![id, credential, SlipState::Out],
        )
        .await?;
        ballot::reserve(tx, id, credential, room).await?;
    }
    Ok(())
}

/// Takes a slip back. One with a ballot under it stays out: the ballot counts.
pub async fn hand_back(tx: &mut Tx, id: BoxId, credential: &str, how: Return) -> Result<HandBack> {
    let found: Option<Found> = tx
        .maybe(
            "SELECT s.state, b.is_cast FROM slip s JOIN ballot b ON b.box_id = s.box_id \
             AND b.credential = s.credential WHERE s.box_id = $1 AND s.credential = $2",
            args![id, credential],
        )
        .await?;
    let (Some(found), Some(state)) = (found, ballot_box::state(tx, id).await?) else {
        return Ok(HandBack::Unknown);
    };
    if found.is_cast {
        return Ok(HandBack::AlreadyCast);
    }
    if found.state != SlipState::Out {
        return Ok(HandBack::Already(found.state));
    }
    if !state.takes_slips_back() {
        return Ok(HandBack::NotNow(state));
    }
    let new = match how {
        Return::Spare => SlipState::Spare,
        Return::HandedBack => SlipState::HandedBack,
    };
    tx.run_one(
        "UPDATE slip SET state = $3 WHERE box_id = $1 AND credential = $2 AND state = 'out'",
        args![id, credential, new],
    )
    .await?;
    Ok(HandBack::Done)
}

/// Gives a slip up for a public test ballot, before voting only: it votes no more and lies with the
/// spares. `said`: what the ballot said, for the projector.
pub async fn give_up(tx: &mut Tx, id: BoxId, credential: &str, said: &str) -> Result<HandBack> {
    match ballot_box::state(tx, id).await? {
        None => return Ok(HandBack::Unknown),
        Some(BoxState::Ready) => {}
        Some(state) => return Ok(HandBack::NotNow(state)),
    }
    let outcome = hand_back(tx, id, credential, Return::Spare).await?;
    if outcome == HandBack::Done {
        tx.run_one(
            "UPDATE ballot_box SET tested = tested + 1, test = $2 WHERE id = $1",
            args![id, said],
        )
        .await?;
    }
    Ok(outcome)
}

/// Where one slip is; `None` if the box has no such slip.
pub async fn get(tx: &mut Tx, id: BoxId, credential: &str) -> Result<Option<SlipState>> {
    let found: Option<Where> = tx
        .maybe(
            "SELECT state FROM slip WHERE box_id = $1 AND credential = $2",
            args![id, credential],
        )
        .await?;
    Ok(found.map(|found| found.state))
}

/// All slips of a box by number.
pub async fn count(tx: &mut Tx, id: BoxId) -> Result<Slips> {
    let counts: Option<Counts> = tx
        .maybe(
            "SELECT COUNT(*) AS made, COUNT(CASE WHEN state = 'spare' THEN 1 END) AS spare, \
             COUNT(CASE WHEN state = 'handed_back' THEN 1 END) AS handed_back \
             FROM slip WHERE box_id = $1",
            args![id],
        )
        .await?;
    let cast = ballot::count(tx, id).await?;
    Ok(counts.map_or_else(Slips::default, |counts| Slips {
        made: counts.made,
        spare: counts.spare,
        handed_back: counts.handed_back,
        cast,
    }))
}
