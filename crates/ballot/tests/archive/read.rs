//! Whole archives.

use std::io::Cursor;

use pingyi_ballot::archive::{ArchiveError, EventKind, Header, MemberFault, Reader, Stage};

use super::{ED25519, HEADER_END, TIMESTAMP, TOOL, entries};

/// Sizes and names in the order of the file, as `tar` lists them.
const LISTINGS: [(&[u8], &str); 2] = [
    (TOOL, include_str!("tool-pedersen.txt")),
    (ED25519, include_str!("vectors-ed25519.txt")),
];

#[test]
fn a_whole_archive_is_read_member_by_member() {
    for (archive, listing) in LISTINGS {
        let mut found = vec!["38 BELENIOS".to_owned()];
        for entry in entries(archive) {
            for member in &entry.data {
                found.push(format!(
                    "{} {}.data.json",
                    member.bytes.len(),
                    member.digest
                ));
            }
            let size = entry.event.to_bytes().len();
            found.push(format!("{size} {}.event.json", entry.hash));
        }
        assert_eq!(found, listing.lines().collect::<Vec<_>>());
    }
}

#[test]
fn a_whole_archive_is_finished() {
    for (archive, events) in [(TOOL, 9), (ED25519, 10)] {
        let mut reader = Reader::open(Cursor::new(archive)).unwrap();
        assert_eq!(
            reader.header(),
            Header {
                version: 1,
                timestamp: TIMESTAMP
            }
        );
        assert_eq!(reader.stage(), Stage::Empty);
        let mut last = None;
        while let Some(entry) = reader.next_event().unwrap() {
            last = Some(entry);
        }
        let last = last.unwrap();
        assert_eq!(last.event.kind, EventKind::Result);
        assert!(reader.stage().is_finished());
        assert_eq!(reader.events(), events);
        assert_eq!(reader.last(), Some(last.hash));
        assert_eq!(reader.end(), archive.len() as u64);
        assert_eq!(reader.next_event().unwrap(), None);
    }
}

#[test]
fn an_archive_without_events_is_whole() {
    let mut reader = Reader::open(Cursor::new(&TOOL[..HEADER_END])).unwrap();
    assert_eq!(reader.next_event().unwrap(), None);
    assert_eq!(reader.events(), 0);
    assert_eq!(reader.stage(), Stage::Empty);
}

#[test]
fn entries_lie_end_to_end() {
    for archive in [TOOL, ED25519] {
        let mut end = HEADER_END as u64;
        for entry in entries(archive) {
            assert_eq!(entry.offset, end);
            if let Some(first) = entry.data.first() {
                assert_eq!(first.offset, end);
            }
            end = entry.end;
        }
        assert_eq!(end, archive.len() as u64);
    }
}

#[test]
fn a_member_is_read_again_by_its_place_between_events() {
    let all = entries(ED25519);
    let mut reader = Reader::open(Cursor::new(ED25519)).unwrap();
    for entry in &all {
        for member in all.iter().flat_map(|entry| &entry.data) {
            assert_eq!(&reader.read_member_at(member.offset).unwrap(), member);
        }
        assert_eq!(reader.next_event().unwrap().as_ref(), Some(entry));
    }
}

#[test]
fn what_is_no_member_is_not_read_by_its_place() {
    let fault = |offset| {
        let mut reader = Reader::open(Cursor::new(ED25519)).unwrap();
        match reader.read_member_at(offset) {
            Err(ArchiveError::Member { offset: at, reason }) if at == offset => reason,
            other => panic!("{other:?}"),
        }
    };
    let end = ED25519.len() as u64;
    assert_eq!(fault(0), MemberFault::NotData);
    assert_eq!(fault(end - 1024), MemberFault::NotData);
    assert_eq!(fault(end - 511), MemberFault::Missing);
    assert_eq!(fault(end), MemberFault::Missing);
    assert_eq!(fault(u64::MAX), MemberFault::Missing);
    assert!(matches!(fault(1025), MemberFault::Name { .. }));
}

#[test]
fn a_member_that_changed_is_noticed_when_read_again() {
    let mut archive = ED25519.to_vec();
    archive[1536] ^= 1;
    let mut reader = Reader::open(Cursor::new(archive)).unwrap();
    let read = reader.read_member_at(1024);
    let reason = MemberFault::Hash {
        named: entries(ED25519)[0].data[0].digest,
        found: {
            let mut bytes = entries(ED25519)[0].data[0].bytes.clone();
            bytes[0] ^= 1;
            pingyi_ballot::hash::Digest::of(&bytes)
        },
    };
    assert!(matches!(read, Err(ArchiveError::Member { offset: 1024, reason: r }) if r == reason));
}
