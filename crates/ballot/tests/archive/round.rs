//! Any members, any stage: what is written is read back.

use std::io::Cursor;

use pingyi_ballot::archive::{Owned, Reader, SizedTally, Writer};
use proptest::collection::vec;
use proptest::prelude::*;

use super::disk::Disk;

type Bytes = Vec<u8>;

/// Bodies need not be JSON for the container.
fn body() -> impl Strategy<Value = Bytes> {
    prop_oneof![
        vec(any::<u8>(), 0..40),
        vec(any::<u8>(), 505..520),
        vec(any::<u8>(), 0..3000)
    ]
}

#[derive(Debug, Clone)]
struct Course {
    timestamp: u64,
    setup: [Bytes; 3],
    ballots: Vec<Bytes>,
    tally: Bytes,
    sizes: (u64, u64),
    shares: Vec<(u32, Bytes)>,
    result: Bytes,
}

fn course() -> impl Strategy<Value = Course> {
    let setup = [body(), body(), body()];
    let shares = vec((any::<u32>(), body()), 1..4);
    let parts = (
        0..=0o777_7777_7777_u64,
        setup,
        vec(body(), 0..6),
        body(),
        any::<(u64, u64)>(),
    );
    (parts, shares, body()).prop_map(
        |((timestamp, setup, ballots, tally, sizes), shares, result)| Course {
            timestamp,
            setup,
            ballots,
            tally,
            sizes,
            shares,
            result,
        },
    )
}

fn resumed(disk: &mut Disk) -> Writer<&mut Disk> {
    Writer::resume(disk).unwrap()
}

/// Every event through a writer of its own: each of them resumes where the one before stopped.
fn write(course: &Course) -> Disk {
    let mut disk = Disk::default();
    Writer::create(&mut disk, course.timestamp).unwrap();
    let [election, trustees, credentials] = &course.setup;
    resumed(&mut disk)
        .setup(election, trustees, credentials)
        .unwrap();
    for ballot in &course.ballots {
        resumed(&mut disk).ballot(ballot).unwrap();
    }
    resumed(&mut disk).end_ballots().unwrap();
    resumed(&mut disk)
        .encrypted_tally(&course.tally, course.sizes.0, course.sizes.1)
        .unwrap();
    for (owner, share) in &course.shares {
        resumed(&mut disk)
            .partial_decryption(*owner, share)
            .unwrap();
    }
    resumed(&mut disk).result(&course.result).unwrap();
    disk
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_written_is_read_back(course in course()) {
        let disk = write(&course);
        let mut reader = Reader::open(Cursor::new(disk.held())).unwrap();
        prop_assert_eq!(reader.header().timestamp, course.timestamp);
        let mut entry = || reader.next_event().unwrap().unwrap().data;
        for (member, expected) in entry().iter().zip(&course.setup) {
            prop_assert_eq!(&member.bytes, expected);
        }
        for ballot in &course.ballots {
            prop_assert_eq!(&entry()[0].bytes, ballot);
        }
        prop_assert!(entry().is_empty());
        let tally = entry();
        prop_assert_eq!(&tally[0].bytes, &course.tally);
        let sized = SizedTally::parse(&tally[1].bytes).unwrap();
        prop_assert_eq!((sized.num_tallied, sized.total_weight), course.sizes);
        for (owner, share) in &course.shares {
            let data = entry();
            prop_assert_eq!(&data[0].bytes, share);
            prop_assert_eq!(Owned::parse(&data[1].bytes).unwrap().owner, *owner);
        }
        prop_assert_eq!(&entry()[0].bytes, &course.result);
        prop_assert_eq!(reader.next_event().unwrap(), None);
        prop_assert!(reader.stage().is_finished());
    }

    #[test]
    fn bytes_that_are_no_archive_never_panic(bytes in vec(any::<u8>(), 0..3000)) {
        prop_assert!(super::read_all(&bytes).is_err());
        let after = [&super::ED25519[..super::HEADER_END], &bytes].concat();
        prop_assert_eq!(super::read_all(&after).is_ok(), bytes.is_empty());
    }
}
