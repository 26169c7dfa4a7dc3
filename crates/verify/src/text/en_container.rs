//! English for file, container and chain.

use pingyi_ballot::archive::{
    ArchiveError, EventFault, HeaderFault, MemberFault, NotArchive, OutOfOrder, PartFault,
};

use super::Said;
use super::en::{event, json};
use crate::clean::shown;
use crate::examine::NoArchive;

const CHANGED: &str = "The file was damaged or changed; do not use the count in it, get the \
    original and compare its hash with the printed one.";
const CUT: &str = "A write or a copy was cut short; get the whole file and check again.";

pub fn fault(error: &ArchiveError) -> Said {
    let (element, wrong, advice) = match error {
        ArchiveError::Io(error) => (
            "File".to_owned(),
            format!("Reading failed: {error}."),
            "See to the disk and check again.",
        ),
        ArchiveError::NotAnArchive { reason } => (
            "Beginning of the file".to_owned(),
            not_archive(reason),
            CHANGED,
        ),
        ArchiveError::Torn { at, found, height } => (
            format!("End of the file, from byte {at}"),
            torn(*found, *height),
            CUT,
        ),
        ArchiveError::Member { offset, reason } => {
            (format!("Member at byte {offset}"), member(reason), CHANGED)
        }
        ArchiveError::Event { height, reason } => {
            (capital(&event(*height)), of_event(reason), CHANGED)
        }
        ArchiveError::Poisoned => (
            "File".to_owned(),
            "An earlier write failed.".to_owned(),
            "Start the program anew and check again.",
        ),
    };
    Said {
        element,
        wrong,
        advice: advice.to_owned(),
    }
}

fn capital(text: &str) -> String {
    text.replacen("event", "Event", 1)
}

pub fn no_archive(reason: &NoArchive) -> String {
    match reason {
        NoArchive::Io(error) => format!("Opening it failed: {error}. See to path and permissions."),
        NoArchive::Folder => "It is a folder; name the .bel file in it.".to_owned(),
        NoArchive::NotAFile => "It is no regular file; save it as one first.".to_owned(),
        NoArchive::Empty => "The file is empty; get the whole archive.".to_owned(),
        NoArchive::Other(reason) => {
            let wrong = not_archive(reason);
            format!("{wrong} It is no archive that can be checked; is it the right file?")
        }
    }
}

fn torn(found: u64, height: Option<u64>) -> String {
    match height {
        Some(height) => {
            let event = event(height);
            format!("What follows {event} is not whole; the file ends at byte {found}.")
        }
        None => format!("The first event is not whole; the file ends at byte {found}."),
    }
}

fn not_archive(reason: &NotArchive) -> String {
    match reason {
        NotArchive::Cut => "The file ends inside its first member.".to_owned(),
        NotArchive::Member(reason) => format!("First member: {}", member(reason)),
        NotArchive::OtherFirst => "The first member is not BELENIOS.".to_owned(),
        NotArchive::Header(fault) => match fault {
            HeaderFault::Json(fault) => format!("First member: {}", json(fault)),
            HeaderFault::TimestampIsNumber => {
                "First member: the timestamp is a number, not a text.".to_owned()
            }
            HeaderFault::Version(version) => format!("Archive version {version} is not known."),
            HeaderFault::Time { .. } => "First member: two different times.".to_owned(),
            HeaderFault::TimestampTooLarge(_) => "First member: impossible time.".to_owned(),
        },
    }
}

fn member(reason: &MemberFault) -> String {
    match reason {
        MemberFault::ZeroBlock => "A block of zeros, which archives do not have.".to_owned(),
        MemberFault::Ustar => "A header in ustar form; the file was repacked.".to_owned(),
        MemberFault::Name { found } => format!("Name “{}” does not occur here.", shown(found)),
        MemberFault::Size => "The size is not eleven octal digits.".to_owned(),
        MemberFault::Time => "The time is not eleven octal digits.".to_owned(),
        MemberFault::OtherTime { .. } => "Its time is not that of the archive.".to_owned(),
        MemberFault::Header { byte } => format!("Byte {byte} of the tar header is wrong."),
        MemberFault::TooLarge { size, limit } => {
            format!("It claims {size} bytes; {limit} are allowed.")
        }
        MemberFault::Padding => "The fill after the body is not zeros.".to_owned(),
        MemberFault::Hash { .. } => "The body does not have the hash it is named after.".to_owned(),
        MemberFault::SecondHeader => "A second BELENIOS.".to_owned(),
        MemberFault::OutOfPlace { .. } => "One data member too many.".to_owned(),
        MemberFault::NotData => "A data member is missing here.".to_owned(),
        MemberFault::Missing => "The file ends where a data member should stand.".to_owned(),
    }
}

fn of_event(reason: &EventFault) -> String {
    match reason {
        EventFault::Json(fault) => json(fault),
        EventFault::Shuffle => "A shuffle, where ballots are added up.".to_owned(),
        EventFault::UnknownType { found } => format!("Type “{}” is not known.", shown(found)),
        EventFault::Parent { .. } => {
            "Its parent is not the event before; the chain is broken.".to_owned()
        }
        EventFault::Height { found, .. } => format!("It says height {found}."),
        EventFault::Order(OutOfOrder { kind, .. }) => {
            format!("{} may not follow here.", kind.name())
        }
        EventFault::Data {
            kind,
            expected,
            found,
        } => format!(
            "{} has {found} data members; {expected} belong to it.",
            kind.name()
        ),
        EventFault::Payload { .. } => "Its payload is not the data before it.".to_owned(),
        EventFault::Part {
            slot,
            reason: PartFault::Json(fault),
        } => format!("{slot:?}: {}", json(fault)),
        EventFault::Part {
            slot: of,
            reason: PartFault::Link { slot, .. },
        } => format!("{of:?} does not name the {slot:?} before it."),
    }
}
