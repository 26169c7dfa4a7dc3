//! What a verification found, as data.

use crate::archive::{ArchiveError, Stage};
use crate::ballot::BallotFault;
use crate::election::{ElectionFault, Poll, Question};
use crate::group::Group;
use crate::hash::{Digest, Fingerprint};
use crate::json::JsonFault;
use crate::tally::{CountFault, CountResult, ShareFault};
use crate::trustee::TrusteeFault;
use crate::verify::CredentialFault;

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Everything holds, and the result stands.
    Accepted,
    /// Everything there holds; the count has not come to its end.
    NotFinished,
    /// Something does not hold.
    Rejected,
}

/// What was found.
#[derive(Debug)]
pub struct Report {
    /// When the archive was begun, Unix seconds.
    pub timestamp: u64,
    /// What was voted on, once the election was read.
    pub summary: Option<Summary>,
    /// How far the events have come.
    pub stage: Stage,
    /// Events read.
    pub events: u64,
    /// Bytes up to the end of the last whole event.
    pub bytes: u64,
    /// Hash of the last event: it stands for the whole archive.
    pub head: Option<Digest>,
    /// What was checked and holds, in order.
    pub checked: Vec<Checked>,
    /// What does not hold. Ballots are all looked at; otherwise the first fault ends the work.
    pub faults: Vec<Fault>,
    /// The result, if it stands and holds.
    pub result: Option<CountResult>,
}

impl Report {
    pub(super) const fn new(timestamp: u64) -> Self {
        Self {
            timestamp,
            summary: None,
            stage: Stage::Empty,
            events: 0,
            bytes: 0,
            head: None,
            checked: Vec::new(),
            faults: Vec::new(),
            result: None,
        }
    }
}

/// The election in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Name of the group.
    pub group: &'static str,
    /// Name among elections.
    pub uuid: String,
    /// Title.
    pub name: String,
    /// φ.
    pub fingerprint: Fingerprint,
    /// Rows, with the names of their columns.
    pub questions: Vec<Question>,
}

impl Summary {
    pub(super) fn of<G: Group>(poll: &Poll<G>) -> Self {
        let election = poll.election();
        Self {
            group: G::NAME,
            uuid: election.uuid.to_string(),
            name: election.name.clone(),
            fingerprint: poll.fingerprint(),
            questions: election.questions.clone(),
        }
    }
}

/// Something that was checked and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// Documents of all key holders; the election key is their product.
    Trustees {
        /// How many owners of keys.
        owners: u32,
    },
    /// Public credentials: spelling, group, no repeats.
    Credentials {
        /// How many.
        count: usize,
    },
    /// Ballots, each with every proof and its signature.
    Ballots {
        /// In the archive.
        read: u64,
        /// Counted: the last of each credential.
        counted: u64,
    },
    /// The encrypted sums equal the ballots.
    Tally,
    /// Shares of the opening, each with every proof.
    Shares {
        /// How many.
        count: u32,
    },
    /// The result follows from sums and shares.
    Result,
}

/// Something that does not hold, and where.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The container, the chain or the order of events.
    #[error(transparent)]
    Archive(ArchiveError),
    /// The election.
    #[error("election: {0}")]
    Election(ElectionFault),
    /// The trustees.
    #[error("trustees: {0}")]
    Trustees(TrusteeFault),
    /// The election key is not the product of the trustees' keys.
    #[error("the election key does not follow from the trustees")]
    ElectionKey,
    /// The list of credentials.
    #[error("credentials: {0}")]
    Credentials(CredentialFault),
    /// A ballot.
    #[error("ballot {tracker} (event {height}): {reason}")]
    Ballot {
        /// The code its voter knows.
        tracker: Fingerprint,
        /// Place in the chain.
        height: u64,
        /// What is wrong.
        reason: BallotReason,
    },
    /// The encrypted sums.
    #[error("encrypted tally (event {height}): {reason}")]
    Tally {
        /// Place in the chain.
        height: u64,
        /// What is wrong.
        reason: TallyReason,
    },
    /// A share of the opening.
    #[error("share of owner {owner} (event {height}): {reason}")]
    Share {
        /// Whose.
        owner: u32,
        /// Place in the chain.
        height: u64,
        /// What is wrong.
        reason: ShareReason,
    },
    /// The result.
    #[error("result (event {height}): {reason}")]
    Result {
        /// Place in the chain.
        height: u64,
        /// What is wrong.
        reason: ResultReason,
    },
}

/// Why a ballot is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BallotReason {
    /// Spelling, shape, a proof or the signature.
    #[error(transparent)]
    Itself(BallotFault),
    /// Its credential is not on the list.
    #[error("its credential is not on the list")]
    NotEligible,
    /// The very same bytes stand in the archive already.
    #[error("the same ballot stands at event {first}")]
    Repeated {
        /// Where it stands first.
        first: u64,
    },
}

/// Why encrypted sums are refused. Rows and columns count from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TallyReason {
    /// Not the canonical JSON of sums.
    #[error("not a tally: {0}")]
    Json(JsonFault),
    /// Another number of sums than the election has columns.
    #[error("another shape than the election")]
    Shape,
    /// Not the sum of the ballots.
    #[error("row {}, column {} is not the sum of the ballots", .row + 1, .column + 1)]
    Differs {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
    },
    /// Another number of ballots than there are.
    #[error("it says {found} ballots, there are {expected}")]
    Ballots {
        /// As written.
        found: u64,
        /// As counted.
        expected: u64,
    },
    /// Another sum of weights than there is.
    #[error("it says total weight {found}, it is {expected}")]
    Weight {
        /// As written.
        found: u64,
        /// As counted.
        expected: u64,
    },
}

/// Why a share is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareReason {
    /// There is no such owner.
    #[error("no such owner")]
    NoSuchOwner,
    /// This owner's share was there already.
    #[error("a second share of the same owner")]
    Repeated,
    /// Not the canonical JSON of a share.
    #[error("not a share: {0}")]
    Json(JsonFault),
    /// Shape or a proof.
    #[error(transparent)]
    Itself(ShareFault),
}

/// Why a result is refused. Rows and columns count from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResultReason {
    /// Not the canonical JSON of a result.
    #[error("not a result: {0}")]
    Json(JsonFault),
    /// The shares do not open the sums.
    #[error(transparent)]
    Count(CountFault),
    /// Another number of rows or columns than the sums have.
    #[error("another shape than the election")]
    Shape,
    /// Another number than the sums open to.
    #[error("row {}, column {}: it says {found}, the sums open to {expected}", .row + 1, .column + 1)]
    Differs {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// As written.
        found: u64,
        /// As opened.
        expected: u64,
    },
}
