//! Forged archives: checksums, hashes and chain are right, one rule is broken.

use std::io::Cursor;

use pingyi_ballot::archive::{
    ArchiveError, EventFault, EventKind, HeaderFault, Limits, MemberFault, NotArchive, OutOfOrder,
    PartFault, Reader, Slot, Stage,
};
use pingyi_ballot::hash::Digest;
use pingyi_ballot::json::JsonFault;

use super::forge::{Link, Says, chain, data, links, member, seal};
use super::{ED25519, HEADER_END, TIMESTAMP, TOOL, entries, read_all};

/// Places of the events in `ED25519`.
const SETUP: usize = 0;
const BALLOT: usize = 2;
const END: usize = 4;
const TALLY: usize = 5;
const SHARE: usize = 6;
const RESULT: usize = 9;

fn forged(change: impl FnOnce(&mut Vec<Link>)) -> Result<usize, ArchiveError> {
    let mut links = links(ED25519);
    change(&mut links);
    read_all(&chain(&links)).map(|entries| entries.len())
}

fn event_fault(change: impl FnOnce(&mut Vec<Link>)) -> (u64, EventFault) {
    match forged(change) {
        Err(ArchiveError::Event { height, reason }) => (height, reason),
        other => panic!("{other:?}"),
    }
}

fn member_fault(archive: &[u8]) -> (u64, MemberFault) {
    match read_all(archive) {
        Err(ArchiveError::Member { offset, reason }) => (offset, reason),
        other => panic!("{other:?}"),
    }
}

fn first_fault(archive: &[u8]) -> NotArchive {
    match read_all(archive) {
        Err(ArchiveError::NotAnArchive { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_forger_itself_writes_whole_archives() {
    for archive in [TOOL, ED25519] {
        assert_eq!(chain(&links(archive)), archive);
    }
}

#[test]
fn zero_blocks_are_refused_wherever_they_stand() {
    let end = ED25519.len();
    for (at, blocks) in [(end, 1), (end, 2), (HEADER_END, 1), (9728, 2)] {
        let zeros = vec![0; blocks * 512];
        let archive = [&ED25519[..at], &zeros, &ED25519[at..]].concat();
        assert_eq!(member_fault(&archive), (at as u64, MemberFault::ZeroBlock));
    }
}

#[test]
fn bytes_after_the_result_that_are_no_member_are_refused() {
    let end = ED25519.len() as u64;
    let archive = [ED25519, &[b'x'; 512]].concat();
    let found = "x".repeat(100);
    assert_eq!(member_fault(&archive), (end, MemberFault::Name { found }));
}

#[test]
fn headers_in_ustar_form_are_refused() {
    let mut archive = ED25519.to_vec();
    archive[HEADER_END + 257..HEADER_END + 265].copy_from_slice(b"ustar\x0000");
    seal(&mut archive[HEADER_END..]);
    assert_eq!(member_fault(&archive), (1024, MemberFault::Ustar));
    let mut archive = ED25519.to_vec();
    archive[257..265].copy_from_slice(b"ustar  \0");
    seal(&mut archive);
    assert_eq!(
        first_fault(&archive),
        NotArchive::Member(MemberFault::Ustar)
    );
}

#[test]
fn a_second_header_is_refused() {
    for at in [HEADER_END, 9728, ED25519.len()] {
        let archive = [&ED25519[..at], &ED25519[..HEADER_END], &ED25519[at..]].concat();
        assert_eq!(
            member_fault(&archive),
            (at as u64, MemberFault::SecondHeader)
        );
    }
}

#[test]
fn a_file_that_begins_otherwise_is_no_archive() {
    assert_eq!(first_fault(b""), NotArchive::Cut);
    assert_eq!(
        first_fault(&[0; 1024]),
        NotArchive::Member(MemberFault::ZeroBlock)
    );
    assert_eq!(first_fault(&ED25519[HEADER_END..]), NotArchive::OtherFirst);
    let zip = [b"PK\x03\x04".as_slice(), &[1; 1020]].concat();
    assert!(matches!(
        first_fault(&zip),
        NotArchive::Member(MemberFault::Name { .. })
    ));
}

#[test]
fn a_first_member_with_another_body_is_refused() {
    let fault = |body: &str| first_fault(&member("BELENIOS", body.as_bytes(), TIMESTAMP));
    let number = format!(r#"{{"version":1,"timestamp":{TIMESTAMP}}}"#);
    assert_eq!(
        fault(&number),
        NotArchive::Header(HeaderFault::TimestampIsNumber)
    );
    let later = HeaderFault::Time {
        timestamp: TIMESTAMP + 1,
        time: TIMESTAMP,
    };
    let text = format!(r#"{{"version":1,"timestamp":"{}"}}"#, TIMESTAMP + 1);
    assert_eq!(fault(&text), NotArchive::Header(later));
    let spaced = format!(r#"{{"version":1, "timestamp":"{TIMESTAMP}"}}"#);
    let spelling = HeaderFault::Json(JsonFault::NotCanonical);
    assert_eq!(fault(&spaced), NotArchive::Header(spelling));
}

#[test]
fn a_member_of_another_time_is_refused() {
    let body = b"{}";
    let name = format!("{}.data.json", Digest::of(body));
    let archive = [&ED25519[..HEADER_END], &member(&name, body, TIMESTAMP + 1)].concat();
    let fault = MemberFault::OtherTime {
        expected: TIMESTAMP,
        found: TIMESTAMP + 1,
    };
    assert_eq!(member_fault(&archive), (1024, fault));
}

#[test]
fn swapped_data_members_are_refused() {
    let (height, fault) = event_fault(|links| links[SETUP].data.swap(0, 1));
    let setup = &entries(ED25519)[SETUP].data;
    let (named, found) = (setup[0].digest, setup[1].digest);
    let reason = PartFault::Link {
        slot: Slot::Election,
        named,
        found,
    };
    assert_eq!(
        (height, fault),
        (
            0,
            EventFault::Part {
                slot: Slot::SetupData,
                reason
            }
        )
    );
    for place in [TALLY, SHARE] {
        let right = entries(ED25519)[place].event.payload;
        let (height, fault) = event_fault(|links| {
            links[place].data.swap(0, 1);
            links[place].payload = Says::Instead(right);
        });
        assert_eq!(height, place as u64);
        assert!(matches!(fault, EventFault::Payload { found, .. } if found == right));
        // the payload made right: then the part itself is no part
        let (_, fault) = event_fault(|links| links[place].data.swap(0, 1));
        assert!(matches!(
            fault,
            EventFault::Part {
                reason: PartFault::Json(_),
                ..
            }
        ));
    }
}

#[test]
fn a_part_that_names_other_data_is_refused() {
    let other = Digest::of(b"other");
    let sized = format!(r#"{{"num_tallied":3,"total_weight":3,"encrypted_tally":"{other}"}}"#);
    let owned = format!(r#"{{"owner":1,"payload":"{other}"}}"#);
    for (place, text, slot, part) in [
        (TALLY, sized, Slot::EncryptedTally, Slot::SizedTally),
        (SHARE, owned, Slot::PartialDecryption, Slot::Owned),
    ] {
        let found = entries(ED25519)[place].data[0].digest;
        let reason = PartFault::Link {
            slot,
            named: other,
            found,
        };
        let fault = event_fault(|links| links[place].data[1] = text.into_bytes());
        assert_eq!(
            fault,
            (place as u64, EventFault::Part { slot: part, reason })
        );
    }
}

#[test]
fn missing_data_members_are_refused() {
    for (place, kind, expected) in [
        (SETUP, EventKind::Setup, 4),
        (BALLOT, EventKind::Ballot, 1),
        (TALLY, EventKind::EncryptedTally, 2),
        (SHARE, EventKind::PartialDecryption, 2),
        (RESULT, EventKind::Result, 1),
    ] {
        let fault = event_fault(|links| drop(links[place].data.remove(0)));
        let found = expected - 1;
        assert_eq!(
            fault,
            (
                place as u64,
                EventFault::Data {
                    kind,
                    expected,
                    found
                }
            )
        );
    }
}

#[test]
fn extra_data_members_are_refused() {
    let fault = event_fault(|links| links[END].data.push(b"{}".to_vec()));
    let data = EventFault::Data {
        kind: EventKind::EndBallots,
        expected: 0,
        found: 1,
    };
    assert_eq!(fault, (END as u64, data));
    let fault = event_fault(|links| links[RESULT].data.insert(0, b"{}".to_vec()));
    let data = EventFault::Data {
        kind: EventKind::Result,
        expected: 1,
        found: 2,
    };
    assert_eq!(fault, (RESULT as u64, data));
    for (place, stage) in [
        (SETUP, Stage::Empty),
        (BALLOT, Stage::Setup),
        (TALLY, Stage::Closed),
        (SHARE, Stage::Tallied),
        (SHARE + 1, Stage::Decrypting),
    ] {
        let mut links = links(ED25519);
        links[place].data.insert(0, b"{}".to_vec());
        let (_, fault) = member_fault(&chain(&links));
        assert_eq!(fault, MemberFault::OutOfPlace { stage });
    }
}

#[test]
fn data_after_the_result_is_refused() {
    let archive = [ED25519, &data(b"{}")].concat();
    let stage = Stage::Finished;
    assert_eq!(
        member_fault(&archive),
        (53_248, MemberFault::OutOfPlace { stage })
    );
}

#[test]
fn a_wrong_parent_is_refused() {
    let other = Some(Digest::of(b"other"));
    let all = entries(ED25519);
    for (place, found) in [
        (SETUP, other),
        (BALLOT, other),
        (END, None),
        (RESULT, other),
    ] {
        let expected = place.checked_sub(1).map(|before| all[before].hash);
        let fault = event_fault(|links| links[place].parent = Says::Instead(found));
        assert_eq!(
            fault,
            (place as u64, EventFault::Parent { expected, found })
        );
    }
}

#[test]
fn a_wrong_height_is_refused() {
    for place in [SETUP, BALLOT, END, RESULT] {
        let expected = place as u64;
        for found in [expected + 1, u64::MAX] {
            let fault = event_fault(|links| links[place].height = Some(found));
            assert_eq!(fault, (expected, EventFault::Height { expected, found }));
        }
    }
}

#[test]
fn a_wrong_payload_is_refused() {
    let other = Some(Digest::of(b"other"));
    let all = entries(ED25519);
    for (place, found) in [
        (SETUP, other),
        (BALLOT, other),
        (BALLOT, None),
        (END, other),
    ] {
        let expected = all[place].event.payload;
        let fault = event_fault(|links| links[place].payload = Says::Instead(found));
        assert_eq!(
            fault,
            (place as u64, EventFault::Payload { expected, found })
        );
    }
}

#[test]
fn events_in_another_order_are_refused() {
    let order =
        |height: usize, stage, kind| (height as u64, EventFault::Order(OutOfOrder { stage, kind }));
    // a ballot after the closing: the tools would forget all ballots before it
    let fault = event_fault(|links| links.swap(END, END - 1));
    assert_eq!(fault, order(END, Stage::Closed, EventKind::Ballot));
    let fault = event_fault(|links| drop(links.remove(SETUP)));
    assert_eq!(fault, order(0, Stage::Empty, EventKind::Ballot));
    let fault = event_fault(|links| links.swap(SHARE, TALLY));
    assert_eq!(
        fault,
        order(TALLY, Stage::Closed, EventKind::PartialDecryption)
    );
    let fault = event_fault(|links| drop(links.drain(SHARE..RESULT)));
    assert_eq!(fault, order(SHARE, Stage::Tallied, EventKind::Result));
    let fault = event_fault(|links| links.push(links[END].clone()));
    assert_eq!(
        fault,
        order(RESULT + 1, Stage::Finished, EventKind::EndBallots)
    );
}

#[test]
fn shuffles_and_unknown_events_are_refused() {
    for kind in ["Shuffle", "EndShuffles"] {
        let fault = event_fault(|links| kind.clone_into(&mut links[TALLY + 1].kind));
        assert_eq!(fault, (SHARE as u64, EventFault::Shuffle));
    }
    let fault = event_fault(|links| "Reopen".clone_into(&mut links[END].kind));
    let found = "Reopen".to_owned();
    assert_eq!(fault, (END as u64, EventFault::UnknownType { found }));
}

#[test]
fn an_event_in_another_spelling_is_refused_though_its_hash_is_right() {
    let text = r#"{"height": 0,"type":"Setup"}"#;
    let name = format!("{}.event.json", Digest::of(text.as_bytes()));
    let archive = [
        &ED25519[..HEADER_END],
        &member(&name, text.as_bytes(), TIMESTAMP),
    ]
    .concat();
    let read = read_all(&archive);
    let spelling = EventFault::Json(JsonFault::NotCanonical);
    assert!(matches!(read, Err(ArchiveError::Event { height: 0, reason }) if reason == spelling));
}

#[test]
fn an_event_in_the_place_of_data_and_data_in_the_place_of_an_event_are_refused() {
    let setup = entries(ED25519)[SETUP].event.to_bytes();
    let at = 9728;
    // the name says data: four data members are already there
    let archive = [&ED25519[..at], &data(&setup), &ED25519[at + 1024..]].concat();
    let stage = Stage::Empty;
    assert_eq!(
        member_fault(&archive),
        (at as u64, MemberFault::OutOfPlace { stage })
    );
    // the name says event: an election is no event
    let election = &entries(ED25519)[SETUP].data[0].bytes;
    let name = format!("{}.event.json", Digest::of(election));
    let archive = [&ED25519[..HEADER_END], &member(&name, election, TIMESTAMP)].concat();
    let read = read_all(&archive);
    let no_event = |reason: &_| matches!(reason, EventFault::Json(JsonFault::Shape { .. }));
    assert!(
        matches!(&read, Err(ArchiveError::Event { height: 0, reason }) if no_event(reason)),
        "{read:?}"
    );
}

fn fault_within(limits: Limits) -> (u64, MemberFault) {
    let mut reader = Reader::with_limits(Cursor::new(ED25519), limits).unwrap();
    loop {
        match reader.next_event() {
            Ok(Some(_)) => {}
            Err(ArchiveError::Member { offset, reason }) => break (offset, reason),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn every_kind_of_member_has_its_own_bound() {
    type Bound = fn(&mut Limits) -> &mut u64;
    let members: [(Bound, u64, u64); 9] = [
        (|limits| &mut limits.election, 1024, 442),
        (|limits| &mut limits.trustees, 2048, 4773),
        (|limits| &mut limits.credentials, 7680, 202),
        (|limits| &mut limits.part, 8704, 238),
        (|limits| &mut limits.event, 9728, 104),
        (|limits| &mut limits.ballot, 10_752, 5296),
        (|limits| &mut limits.encrypted_tally, 33_280, 1062),
        (|limits| &mut limits.partial_decryption, 37_376, 1800),
        // a share might stand here, so the result is measured when its event is known
        (|limits| &mut limits.result, 51_200, 30),
    ];
    for (bound, offset, size) in members {
        let limit = size - 1;
        let mut limits = Limits::default();
        *bound(&mut limits) = limit;
        let fault = MemberFault::TooLarge { size, limit };
        assert_eq!(fault_within(limits), (offset, fault));
    }
}
