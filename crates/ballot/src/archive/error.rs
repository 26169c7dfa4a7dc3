//! Why an archive is refused, with the data to say where and what.
//!
//! Texts here are for logs; users' words are made elsewhere from the same data.

use std::io;

use super::event::EventKind;
use super::header::HeaderFault;
use super::limits::Slot;
use super::parts::PartFault;
use super::stage::{OutOfOrder, Stage};
use crate::hash::Digest;
use crate::json::JsonFault;

/// What went wrong with an archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file could not be read or written.
    #[error("reading or writing the archive: {0}")]
    Io(#[from] io::Error),
    /// It does not begin as an archive does.
    #[error("not a ballot archive: {reason}")]
    NotAnArchive {
        /// What stands there instead.
        #[from]
        reason: NotArchive,
    },
    /// The file ends inside an event or its data: a write was cut short.
    #[error("the file ends at byte {found}, inside the event that begins at byte {at}")]
    Torn {
        /// End of the last whole event (of the first member if there is no event).
        at: u64,
        /// Length of the file.
        found: u64,
        /// Height of the last whole event.
        height: Option<u64>,
    },
    /// A member of the container is not as it must be.
    #[error("member at byte {offset}: {reason}")]
    Member {
        /// Where its tar header begins.
        offset: u64,
        /// What is wrong.
        reason: MemberFault,
    },
    /// An event is not as it must be, or may not be here.
    #[error("event {height}: {reason}")]
    Event {
        /// Place in the chain, from 0.
        height: u64,
        /// What is wrong.
        reason: EventFault,
    },
    /// An earlier write failed, so what the file holds is not known; recover and resume.
    #[error("an earlier write failed")]
    Poisoned,
}

/// Why a file is no archive at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotArchive {
    /// The file ends inside the first member.
    #[error("the file ends inside its first member")]
    Cut,
    /// The first member is not as a member must be.
    #[error("first member: {0}")]
    Member(MemberFault),
    /// The first member is a member, but not `BELENIOS`.
    #[error("the first member is not BELENIOS")]
    OtherFirst,
    /// The body of the first member.
    #[error("first member: {0}")]
    Header(#[from] HeaderFault),
}

/// Why a member is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MemberFault {
    /// 512 zero bytes, as tar writes at the end; an archive has no end.
    #[error("a block of zeros")]
    ZeroBlock,
    /// A header in the later form of tar.
    #[error("a header in ustar form")]
    Ustar,
    /// Not one of the three forms of name.
    #[error("name {found:?}")]
    Name {
        /// What stands there, as far as it is text.
        found: String,
    },
    /// The size is not eleven octal digits.
    #[error("the size is not eleven octal digits")]
    Size,
    /// The time is not eleven octal digits.
    #[error("the time is not eleven octal digits")]
    Time,
    /// The time is not the one of the archive.
    #[error("the time is {found}, not {expected}")]
    OtherTime {
        /// Timestamp of the archive.
        expected: u64,
        /// Time of the member.
        found: u64,
    },
    /// Another byte of the tar header is not what it must be.
    #[error("byte {byte} of the tar header")]
    Header {
        /// The first such byte, 0 to 511.
        byte: usize,
    },
    /// The body is larger than such a member may be.
    #[error("{size} bytes, more than {limit}")]
    TooLarge {
        /// What the header says.
        size: u64,
        /// What is allowed.
        limit: u64,
    },
    /// The fill after the body is not all zeros.
    #[error("the fill after the body is not all zeros")]
    Padding,
    /// The body does not have the hash it is named after.
    #[error("named {named}, but its hash is {found}")]
    Hash {
        /// From the name.
        named: Digest,
        /// Of the body.
        found: Digest,
    },
    /// `BELENIOS` a second time.
    #[error("a second BELENIOS")]
    SecondHeader,
    /// No event that may come now has so many data members.
    #[error("one data member too many for any event of stage {stage:?}")]
    OutOfPlace {
        /// How far the events had come.
        stage: Stage,
    },
    /// Asked for by its place, but it is no data member.
    #[error("no data member")]
    NotData,
    /// Asked for by its place, but the file ends there.
    #[error("the file ends here")]
    Missing,
}

/// Why an event is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventFault {
    /// Not the JSON it should be.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// Ballots are added up here, so there is nothing to shuffle.
    #[error("shuffles do not occur where ballots are added up")]
    Shuffle,
    /// A type of event that does not exist.
    #[error("type {found:?} is not known")]
    UnknownType {
        /// The word in the archive.
        found: String,
    },
    /// It does not follow the event before it.
    #[error("its parent is {found:?}, not {expected:?}")]
    Parent {
        /// Hash of the event before; none for the first.
        expected: Option<Digest>,
        /// What it says.
        found: Option<Digest>,
    },
    /// It says it stands elsewhere.
    #[error("it says height {found}")]
    Height {
        /// Its place.
        expected: u64,
        /// What it says.
        found: u64,
    },
    /// It may not follow here.
    #[error(transparent)]
    Order(#[from] OutOfOrder),
    /// It has more or fewer data members than its kind demands.
    #[error("{kind:?} has {found} data members, not {expected}")]
    Data {
        /// What happened.
        kind: EventKind,
        /// How many its kind demands.
        expected: usize,
        /// How many stand before it.
        found: usize,
    },
    /// It is not about the data that stands before it.
    #[error("its payload is {found:?}, not {expected:?}")]
    Payload {
        /// Hash of its last data member; none if it has none.
        expected: Option<Digest>,
        /// What it says.
        found: Option<Digest>,
    },
    /// The small member that ties its data together is wrong.
    #[error("{slot:?}: {reason}")]
    Part {
        /// Which one.
        slot: Slot,
        /// What is wrong.
        reason: PartFault,
    },
}
