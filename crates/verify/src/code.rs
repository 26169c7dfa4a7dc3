//! Stable words and numbers for each failing element, for scripts (README.md lists them).
//!
//! Rows, columns and entries count from 1 here, as people count; heights from 0, as the format does.

use pingyi_ballot::archive::{
    ArchiveError, EventFault, HeaderFault, MemberFault, NotArchive, PartFault,
};
use pingyi_ballot::ballot::{BallotFault, Place};
use pingyi_ballot::election::ElectionFault;
use pingyi_ballot::tally::{CountFault, ShareFault};
use pingyi_ballot::trustee::TrusteeFault;
use pingyi_ballot::verify::{
    BallotReason, CredentialFault, Fault, ResultReason, ShareReason, TallyReason,
};
use serde::Serialize;

use crate::examine::NoArchive;

/// Which element fails, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Element {
    kind: &'static str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tracker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<u64>,
}

impl Element {
    fn new(kind: &'static str, code: &'static str) -> Self {
        Self {
            kind,
            code,
            ..Self::default()
        }
    }

    fn at(self, height: u64) -> Self {
        Self {
            height: Some(height),
            ..self
        }
    }

    fn row(self, row: usize) -> Self {
        Self {
            row: Some(row + 1),
            ..self
        }
    }

    fn cell(self, row: usize, column: usize) -> Self {
        Self {
            column: Some(column + 1),
            ..self.row(row)
        }
    }

    fn says(self, found: u64, expected: u64) -> Self {
        Self {
            found: Some(found),
            expected: Some(expected),
            ..self
        }
    }
}

/// The element a fault names.
pub fn of(fault: &Fault) -> Element {
    match fault {
        Fault::Archive(error) => archive(error),
        Fault::Election(fault) => election(fault),
        Fault::Trustees(fault) => trustees(fault),
        Fault::ElectionKey => Element::new("election_key", "election_key"),
        Fault::Credentials(fault) => credentials(fault),
        Fault::Ballot {
            tracker,
            height,
            reason,
        } => Element {
            tracker: Some(tracker.to_string()),
            ..ballot(reason).at(*height)
        },
        Fault::Tally { height, reason } => tally(reason).at(*height),
        Fault::Share {
            owner,
            height,
            reason,
        } => Element {
            owner: Some(*owner),
            ..share(reason).at(*height)
        },
        Fault::Result { height, reason } => result(reason).at(*height),
    }
}

/// The reason why there was nothing to check.
pub fn of_no_archive(reason: &NoArchive) -> Element {
    use std::io::ErrorKind as K;
    let code = match reason {
        NoArchive::Io(error) if error.kind() == K::NotFound => "file.missing",
        NoArchive::Io(error) if error.kind() == K::PermissionDenied => "file.forbidden",
        NoArchive::Io(_) => "file.unreadable",
        NoArchive::Folder => "file.folder",
        NoArchive::NotAFile => "file.not_a_file",
        NoArchive::Empty => "file.empty",
        NoArchive::Other(reason) => not_archive(reason),
    };
    Element::new("file", code)
}

const fn not_archive(reason: &NotArchive) -> &'static str {
    match reason {
        NotArchive::Cut => "file.cut",
        NotArchive::Member(_) | NotArchive::OtherFirst => "file.other_kind",
        NotArchive::Header(fault) => match fault {
            HeaderFault::Json(_) => "file.header.json",
            HeaderFault::TimestampIsNumber => "file.header.timestamp_is_number",
            HeaderFault::Version(_) => "file.header.version",
            HeaderFault::Time { .. } => "file.header.time",
            HeaderFault::TimestampTooLarge(_) => "file.header.timestamp_too_large",
        },
    }
}

fn archive(error: &ArchiveError) -> Element {
    let new = |code| Element::new("archive", code);
    match error {
        ArchiveError::Io(_) => new("archive.io"),
        ArchiveError::NotAnArchive { reason } => new(not_archive(reason)),
        ArchiveError::Torn { at, found, height } => Element {
            offset: Some(*at),
            found: Some(*found),
            height: *height,
            ..new("archive.torn")
        },
        ArchiveError::Member { offset, reason } => Element {
            offset: Some(*offset),
            ..new(member(reason))
        },
        ArchiveError::Event { height, reason } => new(event(reason)).at(*height),
        ArchiveError::Poisoned => new("archive.poisoned"),
    }
}

const fn member(reason: &MemberFault) -> &'static str {
    match reason {
        MemberFault::ZeroBlock => "archive.member.zero_block",
        MemberFault::Ustar => "archive.member.ustar",
        MemberFault::Name { .. } => "archive.member.name",
        MemberFault::Size => "archive.member.size",
        MemberFault::Time => "archive.member.time",
        MemberFault::OtherTime { .. } => "archive.member.other_time",
        MemberFault::Header { .. } => "archive.member.header",
        MemberFault::TooLarge { .. } => "archive.member.too_large",
        MemberFault::Padding => "archive.member.padding",
        MemberFault::Hash { .. } => "archive.member.hash",
        MemberFault::SecondHeader => "archive.member.second_header",
        MemberFault::OutOfPlace { .. } => "archive.member.out_of_place",
        MemberFault::NotData => "archive.member.not_data",
        MemberFault::Missing => "archive.member.missing",
    }
}

const fn event(reason: &EventFault) -> &'static str {
    match reason {
        EventFault::Json(_) => "archive.event.json",
        EventFault::Shuffle => "archive.event.shuffle",
        EventFault::UnknownType { .. } => "archive.event.unknown_type",
        EventFault::Parent { .. } => "archive.event.parent",
        EventFault::Height { .. } => "archive.event.height",
        EventFault::Order(_) => "archive.event.order",
        EventFault::Data { .. } => "archive.event.data",
        EventFault::Payload { .. } => "archive.event.payload",
        EventFault::Part { reason, .. } => match reason {
            PartFault::Json(_) => "archive.event.part.json",
            PartFault::Link { .. } => "archive.event.part.link",
        },
    }
}

fn election(fault: &ElectionFault) -> Element {
    let new = |code| Element::new("election", code);
    match fault {
        ElectionFault::Json(_) => new("election.json"),
        ElectionFault::Version(_) => new("election.version"),
        ElectionFault::Group(_) => new("election.group"),
        ElectionFault::Questions(_) => new("election.questions"),
        ElectionFault::Question(row) => new("election.question").row(*row),
    }
}

fn trustees(fault: &TrusteeFault) -> Element {
    let (code, owner) = match fault {
        TrusteeFault::Json(_) => ("trustees.json", None),
        TrusteeFault::Number(_) => ("trustees.number", None),
        TrusteeFault::Possession(owner) => ("trustees.possession", Some(*owner)),
        TrusteeFault::Sizes(owner) => ("trustees.sizes", Some(*owner)),
        TrusteeFault::Certificate(owner) => ("trustees.certificate", Some(*owner)),
        TrusteeFault::Commitments(owner) => ("trustees.commitments", Some(*owner)),
        TrusteeFault::Signature(owner) => ("trustees.signature", Some(*owner)),
        TrusteeFault::Key(owner) => ("trustees.key", Some(*owner)),
    };
    Element {
        owner,
        ..Element::new("trustees", code)
    }
}

fn credentials(fault: &CredentialFault) -> Element {
    let (code, entry) = match fault {
        CredentialFault::Json(_) => ("credentials.json", None),
        CredentialFault::Element { entry, .. } => ("credentials.element", Some(entry + 1)),
        CredentialFault::Repeated { entry } => ("credentials.repeated", Some(entry + 1)),
        CredentialFault::Weight { entry } => ("credentials.weight", Some(entry + 1)),
        CredentialFault::BadWeight { entry } => ("credentials.bad_weight", Some(entry + 1)),
    };
    Element {
        entry,
        ..Element::new("credentials", code)
    }
}

fn ballot(reason: &BallotReason) -> Element {
    let new = |code| Element::new("ballot", code);
    match reason {
        BallotReason::NotEligible => new("ballot.not_eligible"),
        BallotReason::Repeated { first } => Element {
            first: Some(*first),
            ..new("ballot.repeated")
        },
        BallotReason::Itself(fault) => match fault {
            BallotFault::Json(_) => new("ballot.json"),
            BallotFault::OtherElection => new("ballot.other_election"),
            BallotFault::OtherFingerprint => new("ballot.other_fingerprint"),
            BallotFault::Rows { found, expected } => {
                new("ballot.rows").says(*found as u64, *expected as u64)
            }
            BallotFault::Shape { row } => new("ballot.shape").row(*row),
            BallotFault::OutsideGroup(place) => placed(outside(*place), *place),
            BallotFault::Proof(place) => placed(proof(*place), *place),
            BallotFault::SignedOther => new("ballot.signed_other"),
        },
    }
}

fn placed(code: &'static str, place: Place) -> Element {
    let new = Element::new("ballot", code);
    match place {
        Place::Credential | Place::Signature => new,
        Place::Choice { row, column } | Place::Individual { row, column } => new.cell(row, column),
        Place::Overall { row } | Place::Blank { row } => new.row(row),
    }
}

const fn outside(place: Place) -> &'static str {
    match place {
        Place::Credential => "ballot.outside_group.credential",
        Place::Choice { .. } => "ballot.outside_group.choice",
        Place::Individual { .. } => "ballot.outside_group.individual",
        Place::Overall { .. } => "ballot.outside_group.overall",
        Place::Blank { .. } => "ballot.outside_group.blank",
        Place::Signature => "ballot.outside_group.signature",
    }
}

const fn proof(place: Place) -> &'static str {
    match place {
        Place::Credential => "ballot.proof.credential",
        Place::Choice { .. } => "ballot.proof.choice",
        Place::Individual { .. } => "ballot.proof.individual",
        Place::Overall { .. } => "ballot.proof.overall",
        Place::Blank { .. } => "ballot.proof.blank",
        Place::Signature => "ballot.proof.signature",
    }
}

fn tally(reason: &TallyReason) -> Element {
    let new = |code| Element::new("tally", code);
    match reason {
        TallyReason::Json(_) => new("tally.json"),
        TallyReason::Shape => new("tally.shape"),
        TallyReason::Differs { row, column } => new("tally.differs").cell(*row, *column),
        TallyReason::Ballots { found, expected } => new("tally.ballots").says(*found, *expected),
        TallyReason::Weight { found, expected } => new("tally.weight").says(*found, *expected),
    }
}

fn share(reason: &ShareReason) -> Element {
    let new = |code| Element::new("share", code);
    match reason {
        ShareReason::NoSuchOwner => new("share.no_such_owner"),
        ShareReason::Repeated => new("share.repeated"),
        ShareReason::Json(_) => new("share.json"),
        ShareReason::Itself(fault) => match fault {
            ShareFault::Shape => new("share.shape"),
            ShareFault::Proof { row, column } => new("share.proof").cell(*row, *column),
        },
    }
}

fn result(reason: &ResultReason) -> Element {
    let new = |code| Element::new("result", code);
    match reason {
        ResultReason::Json(_) => new("result.json"),
        ResultReason::Count(fault) => match fault {
            CountFault::Missing(owner) => Element {
                owner: Some(*owner),
                ..new("result.missing_share")
            },
            CountFault::TooFew {
                first,
                found,
                needed,
            } => Element {
                owner: Some(*first),
                ..new("result.too_few_shares").says(*found as u64, u64::from(*needed))
            },
            CountFault::TooLarge { row, column } => new("result.too_large").cell(*row, *column),
        },
        ResultReason::Shape => new("result.shape"),
        ResultReason::Differs {
            row,
            column,
            found,
            expected,
        } => new("result.differs")
            .cell(*row, *column)
            .says(*found, *expected),
    }
}
