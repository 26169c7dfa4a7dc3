//! How far an election has come, and which event may follow.
//!
//! The tools do not enforce the order (belenios-format.md §10); a ballot after the closing would
//! make earlier ballots vanish, so we do. Who may decrypt and how many must is not known here.

use super::event::EventKind;

/// How far the events have come: `Setup Ballot* EndBallots EncryptedTally PartialDecryption+
/// Result`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// No event yet.
    Empty,
    /// Set up and open for ballots.
    Setup,
    /// No more ballots.
    Closed,
    /// Added up, still encrypted.
    Tallied,
    /// At least one share of the decryption is there.
    Decrypting,
    /// The result stands; nothing may follow.
    Finished,
}

/// An event that may not follow here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind:?} may not follow in stage {stage:?}")]
pub struct OutOfOrder {
    /// How far the events had come.
    pub stage: Stage,
    /// What came.
    pub kind: EventKind,
}

impl Stage {
    /// Where this event leads.
    pub const fn after(self, kind: EventKind) -> Result<Self, OutOfOrder> {
        match (self, kind) {
            (Self::Empty, EventKind::Setup) | (Self::Setup, EventKind::Ballot) => Ok(Self::Setup),
            (Self::Setup, EventKind::EndBallots) => Ok(Self::Closed),
            (Self::Closed, EventKind::EncryptedTally) => Ok(Self::Tallied),
            (Self::Tallied | Self::Decrypting, EventKind::PartialDecryption) => {
                Ok(Self::Decrypting)
            }
            (Self::Decrypting, EventKind::Result) => Ok(Self::Finished),
            (stage, kind) => Err(OutOfOrder { stage, kind }),
        }
    }

    /// Whether the result stands.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Finished)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_admits_its_own_events_and_no_other() {
        use EventKind as K;
        use Stage as S;
        let edges = [
            (S::Empty, K::Setup, S::Setup),
            (S::Setup, K::Ballot, S::Setup),
            (S::Setup, K::EndBallots, S::Closed),
            (S::Closed, K::EncryptedTally, S::Tallied),
            (S::Tallied, K::PartialDecryption, S::Decrypting),
            (S::Decrypting, K::PartialDecryption, S::Decrypting),
            (S::Decrypting, K::Result, S::Finished),
        ];
        let stages = [
            S::Empty,
            S::Setup,
            S::Closed,
            S::Tallied,
            S::Decrypting,
            S::Finished,
        ];
        for stage in stages {
            for kind in K::ALL {
                let edge = edges.iter().find(|edge| edge.0 == stage && edge.1 == kind);
                let expected = edge.map(|edge| edge.2).ok_or(OutOfOrder { stage, kind });
                assert_eq!(stage.after(kind), expected);
            }
            assert_eq!(stage.is_finished(), stage == S::Finished);
        }
    }
}
