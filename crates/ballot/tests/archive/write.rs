//! Writing, resuming, recovering.

use std::fs::File;
use std::io::{Read, Seek, Write};

use pingyi_ballot::archive::{
    ArchiveError, Durable, Entry, EventFault, EventKind, HeaderFault, MemberFault, NotArchive,
    OutOfOrder, Recovered, Stage, Writer, recover,
};

use super::disk::{Asked, Disk};
use super::{ED25519, HEADER_END, TIMESTAMP, TOOL, entries, read_all, replay};

#[test]
fn an_archive_written_again_from_its_members_is_the_same_to_the_byte() {
    for archive in [TOOL, ED25519] {
        let mut writer = Writer::create(Vec::new(), TIMESTAMP).unwrap();
        for entry in entries(archive) {
            replay(&mut writer, &entry).unwrap();
        }
        assert!(writer.stage().is_finished());
        assert_eq!(writer.end(), archive.len() as u64);
        assert_eq!(writer.into_inner(), archive);
    }
}

#[test]
fn each_event_is_one_write_and_then_one_sync() {
    let mut disk = Disk::default();
    let mut writer = Writer::create(&mut disk, TIMESTAMP).unwrap();
    let mut expected = vec![Asked::Write(HEADER_END), Asked::Sync];
    for entry in entries(ED25519) {
        replay(&mut writer, &entry).unwrap();
        let size = usize::try_from(entry.end - entry.offset).unwrap();
        expected.extend([Asked::Write(size), Asked::Sync]);
    }
    assert_eq!(disk.asked, expected);
}

/// Resumes and writes the events that are still missing.
fn finish(disk: &mut Disk, all: &[Entry]) {
    let mut writer = Writer::resume(&mut *disk).unwrap();
    let done = usize::try_from(writer.events()).unwrap();
    assert_eq!(
        writer.last(),
        done.checked_sub(1).map(|last| all[last].hash)
    );
    for entry in &all[done..] {
        replay(&mut writer, entry).unwrap();
    }
}

#[test]
fn writing_resumes_after_any_event() {
    let all = entries(ED25519);
    let ends = all.iter().map(|entry| usize::try_from(entry.end).unwrap());
    for end in std::iter::once(HEADER_END).chain(ends) {
        let mut disk = Disk::holding(&ED25519[..end]);
        finish(&mut disk, &all);
        assert_eq!(disk.held(), ED25519);
    }
}

#[test]
fn a_torn_tail_is_not_resumed_but_recovered_and_then_continued() {
    let all = entries(ED25519);
    // all residues of a block are met; boundaries are met by the cut-everywhere test
    for cut in (HEADER_END + 1..ED25519.len()).step_by(61) {
        let mut ends = all
            .iter()
            .map(|entry| entry.end)
            .filter(|end| *end <= cut as u64);
        let kept_events = ends.clone().count() as u64;
        let at = ends.next_back().unwrap_or(HEADER_END as u64);
        let mut disk = Disk::holding(&ED25519[..cut]);
        let dropped_bytes = cut as u64 - at;
        if dropped_bytes > 0 {
            let torn = Writer::resume(&mut disk).err();
            assert!(
                matches!(torn, Some(ArchiveError::Torn { at: a, .. }) if a == at),
                "{cut}"
            );
        }
        assert_eq!(
            recover(&mut disk).unwrap(),
            Recovered {
                kept_events,
                dropped_bytes
            }
        );
        assert_eq!(disk.held().len() as u64, at);
        finish(&mut disk, &all);
        assert_eq!(disk.held(), ED25519);
    }
}

#[test]
fn recovery_shortens_the_file_and_makes_it_last() {
    let mut disk = Disk::holding(&ED25519[..ED25519.len() - 1]);
    recover(&mut disk).unwrap();
    assert_eq!(disk.asked, [Asked::Length(51_200), Asked::Sync]);
}

#[test]
fn recovery_leaves_a_whole_archive_alone() {
    let mut disk = Disk::holding(ED25519);
    let recovered = recover(&mut disk).unwrap();
    assert_eq!(
        recovered,
        Recovered {
            kept_events: 10,
            dropped_bytes: 0
        }
    );
    assert_eq!(disk.asked, []);
}

#[test]
fn recovery_refuses_every_other_damage() {
    let mut changed = ED25519.to_vec();
    changed[30_000] ^= 1;
    let zeros = [ED25519, &[0; 512]].concat();
    for bytes in [changed.as_slice(), &zeros, &ED25519[..100], b""] {
        let mut disk = Disk::holding(bytes);
        assert!(recover(&mut disk).is_err());
        assert_eq!(disk.held(), bytes);
        assert_eq!(disk.asked, []);
    }
}

fn setup<W: Write + Durable>(out: W) -> Writer<W> {
    let mut writer = Writer::create(out, TIMESTAMP).unwrap();
    writer
        .setup(b"election", b"trustees", b"credentials")
        .unwrap();
    writer
}

#[test]
fn after_a_failed_write_nothing_is_added() {
    let all = entries(ED25519);
    let size = usize::try_from(all[1].end - all[1].offset).unwrap();
    for room in [0, 1, 511, 512, size - 1] {
        let mut disk = Disk::default();
        disk.room = Some(usize::try_from(all[1].offset).unwrap() + room);
        let mut writer = Writer::create(&mut disk, TIMESTAMP).unwrap();
        replay(&mut writer, &all[0]).unwrap();
        assert!(matches!(
            replay(&mut writer, &all[1]),
            Err(ArchiveError::Io(_))
        ));
        assert_eq!((writer.events(), writer.end()), (1, all[0].end));
        for _ in 0..2 {
            assert!(matches!(writer.end_ballots(), Err(ArchiveError::Poisoned)));
        }
        assert_eq!(disk.held().len() as u64, all[0].end + room as u64);
        disk.room = None;
        let dropped_bytes = room as u64;
        assert_eq!(
            recover(&mut disk).unwrap(),
            Recovered {
                kept_events: 1,
                dropped_bytes
            }
        );
        finish(&mut disk, &all);
        assert_eq!(disk.held(), ED25519);
    }
}

#[test]
fn after_a_failed_sync_nothing_is_added() {
    let mut disk = setup(Disk::default()).into_inner();
    disk.sync_fails = true;
    let mut writer = Writer::resume(&mut disk).unwrap();
    assert!(matches!(writer.ballot(b"ballot"), Err(ArchiveError::Io(_))));
    assert_eq!(writer.events(), 1);
    assert!(matches!(
        writer.ballot(b"ballot"),
        Err(ArchiveError::Poisoned)
    ));
}

#[test]
fn events_out_of_order_are_refused_and_nothing_is_written() {
    let mut writer = setup(Vec::new());
    let end = writer.end();
    let refused = |result: Result<_, ArchiveError>, kind| match result {
        Err(ArchiveError::Event {
            height: 1,
            reason: EventFault::Order(order),
        }) => {
            assert_eq!(
                order,
                OutOfOrder {
                    stage: Stage::Setup,
                    kind
                }
            );
        }
        other => panic!("{other:?}"),
    };
    refused(writer.setup(b"a", b"b", b"c"), EventKind::Setup);
    refused(
        writer.encrypted_tally(b"tally", 0, 0),
        EventKind::EncryptedTally,
    );
    refused(
        writer.partial_decryption(1, b"share"),
        EventKind::PartialDecryption,
    );
    refused(writer.result(b"result"), EventKind::Result);
    assert_eq!(writer.end(), end);
    writer.end_ballots().unwrap();
    assert!(writer.ballot(b"late").is_err());
    assert_eq!(read_all(&writer.into_inner()).unwrap().len(), 2);
}

#[test]
fn what_no_reader_would_take_is_not_written() {
    let limit = 8 * 1024 * 1024;
    let mut writer = setup(Vec::new());
    let end = writer.end();
    let body = vec![b'x'; limit + 1];
    let (size, bound) = (limit as u64 + 1, limit as u64);
    match writer.ballot(&body) {
        Err(ArchiveError::Member { offset, reason }) => {
            assert_eq!(offset, end);
            assert_eq!(reason, MemberFault::TooLarge { size, limit: bound });
        }
        other => panic!("{other:?}"),
    }
    writer.ballot(&body[1..]).unwrap();
    assert_eq!(read_all(&writer.into_inner()).unwrap().len(), 2);
}

#[test]
fn a_time_beyond_eleven_octal_digits_is_refused() {
    let last = 0o777_7777_7777;
    assert!(read_all(&Writer::create(Vec::new(), last).unwrap().into_inner()).is_ok());
    let refused = Writer::create(Vec::new(), last + 1).err();
    let Some(ArchiveError::NotAnArchive {
        reason: NotArchive::Header(fault),
    }) = refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!(fault, HeaderFault::TimestampTooLarge(last + 1));
}

fn open(path: &std::path::Path) -> File {
    File::options().read(true).write(true).open(path).unwrap()
}

#[test]
fn a_real_file_is_written_torn_recovered_and_continued() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("election.bel");
    let all = entries(ED25519);
    let mut writer = Writer::create(File::create_new(&path).unwrap(), TIMESTAMP).unwrap();
    for entry in &all[..3] {
        replay(&mut writer, entry).unwrap();
    }
    drop(writer);
    let mut file = open(&path);
    file.seek(std::io::SeekFrom::End(0)).unwrap();
    file.write_all(&ED25519[25_088..26_000]).unwrap();
    drop(file);
    assert!(matches!(
        Writer::resume(open(&path)),
        Err(ArchiveError::Torn { .. })
    ));
    let recovered = recover(open(&path)).unwrap();
    assert_eq!(
        recovered,
        Recovered {
            kept_events: 3,
            dropped_bytes: 912
        }
    );
    let mut writer = Writer::resume(open(&path)).unwrap();
    for entry in &all[3..] {
        replay(&mut writer, entry).unwrap();
    }
    drop(writer);
    let mut bytes = Vec::new();
    open(&path).read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, ED25519);
}
