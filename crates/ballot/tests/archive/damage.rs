//! Every prefix and every changed bit of a real archive, and sizes that lie.

use std::cell::Cell;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use pingyi_ballot::archive::{ArchiveError, MemberFault, NotArchive, Reader};

use super::forge::head;
use super::{ED25519, HEADER_END, TIMESTAMP, TOOL, entries, read_all};

/// What a file cut at this byte must be: whole events, or the end of the last whole one.
fn check_cut(archive: &[u8], ends: &[u64], cut: usize) {
    let read = read_all(&archive[..cut]);
    let length = cut as u64;
    let whole = ends.iter().filter(|end| **end <= length).count();
    let last = whole
        .checked_sub(1)
        .map_or(HEADER_END as u64, |last| ends[last]);
    match read {
        Err(ArchiveError::NotAnArchive {
            reason: NotArchive::Cut,
        }) => assert!(cut < HEADER_END),
        Ok(entries) => {
            assert_eq!(last, length, "cut at {cut}");
            assert_eq!(entries.len(), whole, "cut at {cut}");
        }
        Err(ArchiveError::Torn { at, found, height }) => {
            assert!(cut > HEADER_END && last < length, "cut at {cut}");
            let expected = (last, length, (whole as u64).checked_sub(1));
            assert_eq!((at, found, height), expected, "cut at {cut}");
        }
        Err(other) => panic!("cut at {cut}: {other}"),
    }
}

fn ends(archive: &[u8]) -> Vec<u64> {
    entries(archive).iter().map(|entry| entry.end).collect()
}

#[test]
fn a_torn_tail_is_reported_wherever_the_file_is_cut() {
    let ends = ends(ED25519);
    for cut in 0..=ED25519.len() {
        check_cut(ED25519, &ends, cut);
    }
}

#[test]
fn a_torn_tail_is_reported_around_every_block_of_an_archive_of_the_tool() {
    let ends = ends(TOOL);
    for block in (0..=TOOL.len()).step_by(512) {
        for cut in [block.saturating_sub(1), block, block + 1] {
            check_cut(TOOL, &ends, cut.min(TOOL.len()));
        }
    }
}

#[test]
fn every_changed_byte_is_refused() {
    let mut archive = ED25519.to_vec();
    for byte in bytes_to_change() {
        let bit = 1 << (byte % 8);
        archive[byte] ^= bit;
        match read_all(&archive) {
            Ok(_) => panic!("a change of byte {byte} went unnoticed"),
            Err(ArchiveError::NotAnArchive { .. }) => assert!(byte < HEADER_END, "byte {byte}"),
            Err(ArchiveError::Member { .. }) => assert!(byte >= HEADER_END, "byte {byte}"),
            Err(other) => panic!("byte {byte}: {other}"),
        }
        archive[byte] ^= bit;
    }
}

/// All of tar headers, events and fill; some of each body, whose bytes are all alike to a hash.
fn bytes_to_change() -> impl Iterator<Item = usize> {
    let members = entries(ED25519).into_iter().flat_map(|entry| entry.data);
    let bodies: Vec<_> = members
        .map(|member| {
            let begin = usize::try_from(member.offset).unwrap() + 512;
            begin..begin + member.bytes.len()
        })
        .collect();
    let in_body = move |byte: usize| bodies.iter().any(|body| body.contains(&byte));
    (0..ED25519.len()).filter(move |byte| byte % 29 == 0 || !in_body(*byte))
}

#[test]
fn an_error_comes_again_when_asked_again() {
    let cut = &ED25519[..ED25519.len() - 1];
    let mut reader = Reader::open(Cursor::new(cut)).unwrap();
    while let Ok(Some(_)) = reader.next_event() {}
    let events = reader.events();
    for _ in 0..3 {
        assert!(matches!(
            reader.next_event(),
            Err(ArchiveError::Torn { .. })
        ));
        assert_eq!(reader.events(), events);
    }
}

/// Says it is long, holds little, and counts what is read.
struct Claim<'a> {
    held: Cursor<Vec<u8>>,
    length: u64,
    read: &'a Cell<usize>,
}

impl Read for Claim<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.held.read(buffer)?;
        self.read.set(self.read.get() + read);
        Ok(read)
    }
}

impl Seek for Claim<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::End(_) => Ok(self.length),
            other => self.held.seek(other),
        }
    }
}

const EIGHT_GIB: u64 = 8 * 1024 * 1024 * 1024 - 1;

fn data_head(size: u64) -> Vec<u8> {
    let name = format!("{}.data.json", "0".repeat(64));
    head(&name, size, TIMESTAMP)
}

#[test]
fn a_body_of_eight_gigabytes_is_refused_before_any_of_it_is_read() {
    let held = [&ED25519[..HEADER_END], &data_head(EIGHT_GIB), &[1; 4096]].concat();
    let read = Cell::new(0);
    let claim = Claim {
        held: Cursor::new(held),
        length: u64::MAX,
        read: &read,
    };
    let mut reader = Reader::open(claim).unwrap();
    let before = read.get();
    let limit = 4 * 1024 * 1024;
    let too_large = MemberFault::TooLarge {
        size: EIGHT_GIB,
        limit,
    };
    match reader.next_event() {
        Err(ArchiveError::Member {
            offset: 1024,
            reason,
        }) => assert_eq!(reason, too_large),
        other => panic!("{other:?}"),
    }
    assert_eq!(read.get() - before, 512);
}

#[test]
fn a_first_member_of_eight_gigabytes_is_refused() {
    let held = head("BELENIOS", EIGHT_GIB, TIMESTAMP);
    let read = Cell::new(0);
    let claim = Claim {
        held: Cursor::new(held),
        length: u64::MAX,
        read: &read,
    };
    let too_large = MemberFault::TooLarge {
        size: EIGHT_GIB,
        limit: 4096,
    };
    match Reader::open(claim).err() {
        Some(ArchiveError::NotAnArchive {
            reason: NotArchive::Member(reason),
        }) => {
            assert_eq!(reason, too_large);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(read.get(), 512);
}

#[test]
fn a_size_within_bounds_that_the_file_does_not_hold_is_torn_without_reading_on() {
    let held = [&ED25519[..HEADER_END], &data_head(4_000_000), &[1; 4096]].concat();
    let read = Cell::new(0);
    let length = held.len() as u64;
    let claim = Claim {
        held: Cursor::new(held),
        length,
        read: &read,
    };
    let mut reader = Reader::open(claim).unwrap();
    let before = read.get();
    let torn = reader.next_event();
    assert!(matches!(
        torn,
        Err(ArchiveError::Torn {
            at: 1024,
            height: None,
            ..
        })
    ));
    assert_eq!(read.get() - before, 512);
}

#[test]
fn a_file_that_holds_less_than_its_length_is_a_failure_of_reading() {
    let held = [&ED25519[..HEADER_END], &data_head(4_000_000), &[1; 4096]].concat();
    let read = Cell::new(0);
    let claim = Claim {
        held: Cursor::new(held),
        length: u64::MAX,
        read: &read,
    };
    let failed = Reader::open(claim).unwrap().next_event();
    assert!(matches!(failed, Err(ArchiveError::Io(_))));
}
