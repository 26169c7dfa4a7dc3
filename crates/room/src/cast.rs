//! A ballot that comes in: judged before it is stored.

use pingyi_ballot::ballot::{BallotFault, check};
use pingyi_ballot::hash::Fingerprint;
use pingyi_ballot::json;
use serde::Deserialize;
use thiserror::Error;

use crate::{Room, WordCode};

/// A ballot of 4,096 rows is below this; ours have some dozens.
const MOST_BYTES: usize = 8 << 20;

/// A ballot that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Public side of the slip it was made with.
    pub credential: String,
    /// Of its bytes.
    pub tracker: Fingerprint,
    /// For the projector.
    pub word: WordCode,
}

/// Why a ballot is not taken, in words for the voter.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CastRefusal {
    /// Far too long for a ballot.
    #[error("收到的内容太长，不是选票。请重新扫描票条上的二维码再投。")]
    TooLong,
    /// Made for another round, or for another meeting.
    #[error("这张票是另一轮测评的，不能投入本轮票箱。请使用本轮发的票条。")]
    OtherRound,
    /// The slip is not one of this box.
    #[error(
        "这张票条不属于本轮票箱，可能是上一轮或别的会场的。请用本轮发的票条；没有的，向监票人另领一张。"
    )]
    NoSuchSlip,
    /// Changed or cut on the way, or not made by our page.
    #[error(
        "选票没有通过核对，没有投入票箱。请刷新页面后重新投票；仍不行的，向监票人另领一张票条。"
    )]
    NotProper(BallotFault),
    /// A test ballot that does not say what is in it.
    #[error("试投票没有打开：收到的内容不完整。请刷新页面，另取一张备用票条再试。")]
    NotOpened,
}

/// In words for whoever holds the phone.
pub(crate) fn refusal(fault: BallotFault) -> CastRefusal {
    match fault {
        BallotFault::OtherElection | BallotFault::OtherFingerprint => CastRefusal::OtherRound,
        other => CastRefusal::NotProper(other),
    }
}

/// The one field that is looked at before anything is computed.
#[derive(Deserialize)]
struct Claim {
    credential: String,
}

impl Room {
    /// The slip that a ballot says it was made with, if it is one of this box. Nothing is checked:
    /// it only tells whose turn a check takes.
    pub fn claimed_slip(&self, bytes: &[u8]) -> Option<String> {
        let claim: Claim = json::read(bytes).ok()?;
        self.has_slip(&claim.credential).then_some(claim.credential)
    }

    /// Checks every proof and the signature, and that the slip is of this box.
    pub fn judge(&self, bytes: &[u8]) -> Result<Judged, CastRefusal> {
        if bytes.len() > MOST_BYTES {
            return Err(CastRefusal::TooLong);
        }
        let ballot = check(&self.poll, bytes).map_err(refusal)?;
        if !self.has_slip(&ballot.credential) {
            return Err(CastRefusal::NoSuchSlip);
        }
        Ok(Judged {
            credential: ballot.credential,
            tracker: ballot.tracker,
            word: WordCode::of(ballot.tracker),
        })
    }
}
