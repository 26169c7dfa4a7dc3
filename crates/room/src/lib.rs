//! An electronic round as the server runs it (通知 三、3): the election from the round's list, the
//! judgement of each ballot that comes in, the archive when the box closes, the server's own share
//! of the opening, and the count.
//!
//! Pure: no storage, no HTTP, no clock; randomness is an argument. It never sees a voting code, and
//! of the secret keys only the server's. What the page shows is not decided here.

mod back;
mod cast;
mod close;
mod fix;
mod paper;
mod room;
mod slip;
mod test_ballot;
mod word;

pub use back::{Back, BackKind, BackRefusal};
pub use cast::{CastRefusal, Judged};
pub use close::{ClosedBox, CountError, Opened};
pub use fix::{FixError, Fixed, fix, read_document};
pub use paper::BallotPaper;
pub use room::{Room, RoomError, list_slips};
pub use slip::{NotASlipCode, SlipCode};
pub use test_ballot::{OpenedBallot, TestBallot};
pub use word::WordCode;

/// The group rooms vote in.
pub type Group = pingyi_ballot::group::Ed25519;

/// The server's number among the key holders; the scrutineers follow it.
pub const SERVER: u32 = 1;

#[cfg(test)]
mod tests;
