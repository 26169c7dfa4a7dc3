//! No archive makes the verifier panic; what it finds no fault in, our writer writes the same.

#![no_main]

use std::io::Cursor;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use pingyi_ballot::archive::{Entry, EventKind, Owned, Reader, SizedTally, Writer};
use pingyi_ballot::verify::{Policy, Report, Verdict, verify};
use pingyi_fuzz::{EDITS, edited};

/// One of each group, small ones.
const ARCHIVES: [&[u8]; 3] = [
    include_bytes!("../../tests/oracle/fixtures/3.0-ed25519-mixed.bel"),
    include_bytes!("../../tests/oracle/fixtures/3.0-belenios-2048-pedersen2of3.bel"),
    include_bytes!("../../crates/ballot/tests/data/vectors-ed25519.bel"),
];

static ENTRIES: LazyLock<Vec<Vec<Entry>>> =
    LazyLock::new(|| ARCHIVES.iter().map(|bytes| entries(bytes)).collect());

fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut reader = Reader::open(Cursor::new(bytes)).expect("an archive");
    let mut entries = Vec::new();
    while let Some(entry) = reader.next_event().expect("a whole event") {
        entries.push(entry);
    }
    entries
}

/// Writes an entry with new hashes around its data; nothing if that cannot be.
fn write(writer: &mut Writer<Vec<u8>>, kind: EventKind, data: &[Vec<u8>]) -> Option<()> {
    match (kind, data) {
        (EventKind::Setup, [election, trustees, credentials, ..]) => {
            writer.setup(election, trustees, credentials)
        }
        (EventKind::Ballot, [ballot]) => writer.ballot(ballot),
        (EventKind::EndBallots, _) => writer.end_ballots(),
        (EventKind::EncryptedTally, [tally, sized]) => {
            let sized = SizedTally::parse(sized).ok()?;
            writer.encrypted_tally(tally, sized.num_tallied, sized.total_weight)
        }
        (EventKind::PartialDecryption, [share, owned]) => {
            writer.partial_decryption(Owned::parse(owned).ok()?.owner, share)
        }
        (EventKind::Result, [result]) => writer.result(result),
        _ => return None,
    }
    .ok()
    .map(drop)
}

/// An archive with edits in one member, and a chain that fits them.
fn forged(which: u8, member: u8, list: &[u8]) -> Option<Vec<u8>> {
    let entries = &ENTRIES[usize::from(which) % ENTRIES.len()];
    let mut writer = Writer::create(Vec::new(), 1_795_431_321).ok()?;
    let members: usize = entries.iter().map(|entry| entry.data.len()).sum();
    let mut left = usize::from(member) % members;
    for entry in entries {
        let mut data: Vec<Vec<u8>> = entry.data.iter().map(|own| own.bytes.clone()).collect();
        if let Some(own) = data.get_mut(left) {
            *own = edited(str::from_utf8(own).ok()?, list).into_bytes();
            left = usize::MAX;
        } else {
            left = left.saturating_sub(data.len());
        }
        write(&mut writer, entry.event.kind, &data)?;
    }
    Some(writer.into_inner())
}

fn verified(bytes: &[u8]) -> Option<Report> {
    verify(Cursor::new(bytes), Policy::default(), &mut |_| ()).ok()
}

/// Event by event through our writer.
fn written_again(bytes: &[u8], timestamp: u64) -> Vec<u8> {
    let mut writer = Writer::create(Vec::new(), timestamp).expect("its timestamp was read");
    for entry in entries(bytes) {
        let data: Vec<Vec<u8>> = entry.data.into_iter().map(|own| own.bytes).collect();
        write(&mut writer, entry.event.kind, &data).expect("what was read can be written");
    }
    writer.into_inner()
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let made = match data {
        [EDITS, which, member, list @ ..] => forged(*which, *member, list),
        _ => Some(data.to_vec()),
    };
    let Some(bytes) = made else {
        return Corpus::Reject;
    };
    let Some(report) = verified(&bytes) else {
        return Corpus::Keep;
    };
    if report.verdict() == Verdict::Rejected {
        assert!(
            data.len() != 3 || data[0] != EDITS,
            "refused without an edit"
        );
        assert!(!report.faults.is_empty());
    } else {
        assert!(
            written_again(&bytes, report.timestamp) == bytes,
            "accepted in a second spelling"
        );
    }
    Corpus::Keep
});
