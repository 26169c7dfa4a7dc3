//! The `.bel` archive against two whole archives: one by belenios-tool 2.0, one by an independent
//! writer, both fixed in `tests/data`.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod damage;
mod disk;
mod forge;
mod read;
mod refuse;
mod round;
mod write;

use std::io::{Cursor, Write};

use pingyi_ballot::archive::{
    ArchiveError, Durable, Entry, EventKind, Owned, Reader, SizedTally, Writer,
};

/// Three trustees of which two must decrypt, by belenios-tool 2.0.
const TOOL: &[u8] = include_bytes!("../data/tool-pedersen.bel");
/// Group Ed25519, by an independent writer; accepted by belenios-tool 3.0.
const ED25519: &[u8] = include_bytes!("../data/vectors-ed25519.bel");
/// Where the first member ends in both.
const HEADER_END: usize = 1024;
/// Timestamp of both.
const TIMESTAMP: u64 = 1_795_431_321;

fn read_all(bytes: &[u8]) -> Result<Vec<Entry>, ArchiveError> {
    let mut reader = Reader::open(Cursor::new(bytes))?;
    let mut entries = Vec::new();
    while let Some(entry) = reader.next_event()? {
        entries.push(entry);
    }
    Ok(entries)
}

fn entries(bytes: &[u8]) -> Vec<Entry> {
    read_all(bytes).unwrap()
}

/// Writes an entry again through the typed methods.
fn replay<W: Write + Durable>(writer: &mut Writer<W>, entry: &Entry) -> Result<(), ArchiveError> {
    let part = |place: usize| entry.data[place].bytes.as_slice();
    let appended = match entry.event.kind {
        EventKind::Setup => writer.setup(part(0), part(1), part(2)),
        EventKind::Ballot => writer.ballot(part(0)),
        EventKind::EndBallots => writer.end_ballots(),
        EventKind::EncryptedTally => {
            let sized = SizedTally::parse(part(1)).unwrap();
            writer.encrypted_tally(part(0), sized.num_tallied, sized.total_weight)
        }
        EventKind::PartialDecryption => {
            let owned = Owned::parse(part(1)).unwrap();
            writer.partial_decryption(owned.owner, part(0))
        }
        EventKind::Result => writer.result(part(0)),
    }?;
    assert_eq!(appended.event, entry.event);
    assert_eq!(appended.hash, entry.hash);
    assert_eq!((appended.offset, appended.end), (entry.offset, entry.end));
    Ok(())
}
