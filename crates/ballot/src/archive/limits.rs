//! What a data member is for, and how large it may be.
//!
//! The place of a member decides what it is, so a reader knows the bound before it reads.

use super::event::EventKind;
use super::stage::Stage;

/// What a data member is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Questions, group, public key.
    Election,
    /// Keys of the trustees.
    Trustees,
    /// Public credentials of the voters.
    Credentials,
    /// Hashes of the three before.
    SetupData,
    /// One ballot.
    Ballot,
    /// Encrypted sums.
    EncryptedTally,
    /// How many were added up, and the hash of the sums.
    SizedTally,
    /// One trustee's share.
    PartialDecryption,
    /// Whose share, and its hash.
    Owned,
    /// The sums.
    Result,
}

/// The largest body of each kind of member, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The first member.
    pub header: u64,
    /// An event.
    pub event: u64,
    /// [`Slot::Election`].
    pub election: u64,
    /// [`Slot::Trustees`].
    pub trustees: u64,
    /// [`Slot::Credentials`].
    pub credentials: u64,
    /// [`Slot::Ballot`].
    pub ballot: u64,
    /// [`Slot::EncryptedTally`].
    pub encrypted_tally: u64,
    /// [`Slot::PartialDecryption`].
    pub partial_decryption: u64,
    /// [`Slot::SetupData`], [`Slot::SizedTally`] and [`Slot::Owned`].
    pub part: u64,
    /// [`Slot::Result`].
    pub result: u64,
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

impl Default for Limits {
    fn default() -> Self {
        Self {
            header: 4 * KIB,
            event: 4 * KIB,
            election: 4 * MIB,
            trustees: 16 * MIB,
            credentials: 64 * MIB,
            ballot: 8 * MIB,
            encrypted_tally: 16 * MIB,
            partial_decryption: 32 * MIB,
            part: 4 * KIB,
            result: 4 * MIB,
        }
    }
}

impl Limits {
    /// The bound of one kind of data member.
    pub const fn of(&self, slot: Slot) -> u64 {
        match slot {
            Slot::Election => self.election,
            Slot::Trustees => self.trustees,
            Slot::Credentials => self.credentials,
            Slot::SetupData | Slot::SizedTally | Slot::Owned => self.part,
            Slot::Ballot => self.ballot,
            Slot::EncryptedTally => self.encrypted_tally,
            Slot::PartialDecryption => self.partial_decryption,
            Slot::Result => self.result,
        }
    }

    /// The bound of the data member in this place (0, 1, ...) before the next event: the largest
    /// of the events that may come now; none if none of them has so many members.
    pub(super) fn in_place(&self, stage: Stage, place: usize) -> Option<u64> {
        let next = EventKind::ALL
            .into_iter()
            .filter(|kind| stage.after(*kind).is_ok());
        next.filter_map(|kind| kind.slots().get(place))
            .map(|slot| self.of(*slot))
            .max()
    }

    /// The bound of the largest data member of all.
    pub(super) fn any(&self) -> u64 {
        let slots = EventKind::ALL.into_iter().flat_map(EventKind::slots);
        slots.map(|slot| self.of(*slot)).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_follows_from_what_may_come_next() {
        let limits = Limits::default();
        let bound = |stage, place| limits.in_place(stage, place);
        assert_eq!(bound(Stage::Empty, 2), Some(64 * MIB));
        assert_eq!(bound(Stage::Empty, 3), Some(4 * KIB));
        assert_eq!(bound(Stage::Empty, 4), None);
        assert_eq!(bound(Stage::Setup, 0), Some(8 * MIB));
        assert_eq!(bound(Stage::Setup, 1), None);
        assert_eq!(bound(Stage::Closed, 0), Some(16 * MIB));
        assert_eq!(bound(Stage::Decrypting, 0), Some(32 * MIB));
        assert_eq!(bound(Stage::Decrypting, 1), Some(4 * KIB));
        assert_eq!(bound(Stage::Finished, 0), None);
        assert_eq!(limits.any(), 64 * MIB);
    }
}
