//! Container, chain and order, as the verifier names them; tests/archive looks closer.

use pingyi_ballot::archive::{
    ArchiveError, EventFault, EventKind, MemberFault, NotArchive, OutOfOrder, PartFault, Slot,
    Stage,
};
use pingyi_ballot::hash::Digest;
use pingyi_ballot::sample::KeyForm;
use pingyi_ballot::verify::{Checked, Fault, Policy, Unreadable, Verdict, verify};

use crate::forge::{self, Link, Says};
use crate::{check, entries, only_fault_of, refused, small, small_of};

/// Refused because this may not follow there.
fn out_of_order(links: &[Link], at: u64, stage: Stage, kind: EventKind) {
    let expected = EventFault::Order(OutOfOrder { stage, kind });
    refused!(links, Fault::Archive(ArchiveError::Event { height, ref reason })
        if height == at && *reason == expected);
}

#[test]
fn a_ballot_after_the_closing_is_named_by_its_event() {
    let mut links = small().links();
    let ballot = links.remove(3);
    links.insert(4, ballot);
    out_of_order(&links, 4, Stage::Closed, EventKind::Ballot);
}

#[test]
fn events_in_another_order_are_named() {
    let swapped = |a: usize, b: usize| {
        let mut links = small().links();
        links.swap(a, b);
        links
    };
    // no event of this stage has two members, so its second one is already out of place
    refused!(
        &swapped(4, 5),
        Fault::Archive(ArchiveError::Member {
            reason: MemberFault::OutOfPlace {
                stage: Stage::Setup
            },
            ..
        })
    );
    out_of_order(
        &swapped(5, 6),
        5,
        Stage::Closed,
        EventKind::PartialDecryption,
    );
    out_of_order(&swapped(6, 7), 6, Stage::Tallied, EventKind::Result);
    let mut links = small().links();
    links.remove(0);
    // the place of the first member lets it be as large as an election
    out_of_order(&links, 0, Stage::Empty, EventKind::Ballot);
    let mut links = small().links();
    links.insert(4, links[4].clone());
    out_of_order(&links, 5, Stage::Closed, EventKind::EndBallots);
}

#[test]
fn nothing_may_follow_the_result() {
    for again in 0..8 {
        let mut links = small().links();
        links.push(links[again].clone());
        let fault = crate::only_fault(&links);
        let named = matches!(
            fault,
            Fault::Archive(
                ArchiveError::Event { height: 8, .. }
                    | ArchiveError::Member {
                        reason: MemberFault::OutOfPlace {
                            stage: Stage::Finished
                        },
                        ..
                    }
            )
        );
        assert!(named, "{again}: {fault:?}");
    }
}

#[test]
fn a_second_setup_is_refused() {
    let mut links = small().links();
    links.insert(1, links[0].clone());
    refused!(
        &links,
        Fault::Archive(ArchiveError::Member {
            reason: MemberFault::OutOfPlace {
                stage: Stage::Setup
            },
            ..
        })
    );
}

#[test]
fn a_shuffle_is_refused() {
    for kind in ["Shuffle", "EndShuffles"] {
        let mut links = small().links();
        let mut shuffle = links[4].clone();
        shuffle.kind = kind.to_owned();
        links.insert(5, shuffle);
        refused!(
            &links,
            Fault::Archive(ArchiveError::Event {
                height: 5,
                reason: EventFault::Shuffle
            })
        );
    }
}

#[test]
fn a_broken_chain_is_named_by_its_event() {
    let other = Digest::of(b"other");
    let with = |change: fn(&mut Link, Digest)| {
        let mut links = small().links();
        change(&mut links[2], other);
        crate::only_fault(&links)
    };
    let event = |fault: Fault| match fault {
        Fault::Archive(ArchiveError::Event { height: 2, reason }) => reason,
        other => panic!("{other:?}"),
    };
    let parent = event(with(|link, other| link.parent = Says::Instead(Some(other))));
    assert!(matches!(parent, EventFault::Parent { found, .. } if found == Some(other)));
    let payload = event(with(|link, other| {
        link.payload = Says::Instead(Some(other));
    }));
    assert!(matches!(payload, EventFault::Payload { found, .. } if found == Some(other)));
    let height = event(with(|link, _| link.height = Some(7)));
    assert_eq!(
        height,
        EventFault::Height {
            expected: 2,
            found: 7
        }
    );
    let data = event(with(|link, _| link.data.clear()));
    assert!(matches!(
        data,
        EventFault::Data {
            found: 0,
            expected: 1,
            ..
        }
    ));
}

#[test]
fn an_exchanged_election_breaks_the_link_of_the_setup() {
    let mut links = small().links();
    links[0].data[0].push(b' ');
    let report = check(&forge::chain(&links));
    let fault = only_fault_of(report);
    assert!(
        matches!(
            fault,
            Fault::Archive(ArchiveError::Event {
                height: 0,
                reason: EventFault::Part {
                    slot: Slot::SetupData,
                    reason: PartFault::Link {
                        slot: Slot::Election,
                        ..
                    }
                }
            })
        ),
        "{fault:?}"
    );
}

#[test]
fn a_changed_byte_is_named_by_its_place() {
    let held = small();
    let entry = &entries(&held.archive)[2];
    let offset = entry.data[0].offset;
    let mut archive = held.archive.clone();
    archive[usize::try_from(offset).unwrap() + 512 + 100] ^= 1;
    let fault = only_fault_of(check(&archive));
    assert!(
        matches!(fault, Fault::Archive(ArchiveError::Member {
            offset: named,
            reason: MemberFault::Hash { .. }
        }) if named == offset),
        "{fault:?}"
    );
}

#[test]
fn zeros_at_the_end_are_refused() {
    let held = small();
    let end = held.archive.len() as u64;
    let mut archive = held.archive;
    archive.resize(archive.len() + 1024, 0);
    let fault = only_fault_of(check(&archive));
    assert!(
        matches!(fault, Fault::Archive(ArchiveError::Member {
            offset,
            reason: MemberFault::ZeroBlock
        }) if offset == end),
        "{fault:?}"
    );
}

#[test]
fn a_torn_tail_is_named_by_the_end_of_the_last_event() {
    let held = small();
    for entry in entries(&held.archive) {
        let height = entry.event.height;
        for cut in [entry.offset + 1, entry.offset + 700, entry.end - 1] {
            let torn = &held.archive[..usize::try_from(cut).unwrap()];
            let report = check(torn);
            assert_eq!(report.bytes, entry.offset);
            let fault = only_fault_of(report);
            assert!(
                matches!(fault, Fault::Archive(ArchiveError::Torn { at, found, height: last })
                    if at == entry.offset && found == cut && last == height.checked_sub(1)),
                "{height}: {fault:?}"
            );
        }
    }
}

#[test]
fn a_file_that_begins_otherwise_is_no_archive() {
    let reason = |bytes: &[u8]| {
        let answer = verify(std::io::Cursor::new(bytes), Policy::default(), &mut |_| ());
        match answer {
            Err(Unreadable::NotAnArchive(reason)) => reason,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(reason(b""), NotArchive::Cut);
    assert_eq!(reason(b"PK\x03\x04 a word file"), NotArchive::Cut);
    assert!(matches!(reason(&[b'x'; 4096]), NotArchive::Member(_)));
    assert_eq!(
        reason(&[0; 1024]),
        NotArchive::Member(MemberFault::ZeroBlock)
    );
    let data = forge::data(b"{}");
    assert_eq!(reason(&data), NotArchive::OtherFirst);
}

#[test]
fn every_right_beginning_is_not_finished_with_its_stage() {
    let held = small_of(KeyForm::Single(3));
    let entries = entries(&held.archive);
    let mut stage = Stage::Empty;
    let begin = check(&held.archive[..usize::try_from(entries[0].offset).unwrap()]);
    assert_eq!(
        (begin.verdict(), begin.stage),
        (Verdict::NotFinished, stage)
    );
    assert_eq!((begin.events, begin.head), (0, None));
    assert!(begin.summary.is_none());
    for entry in &entries {
        stage = stage.after(entry.event.kind).unwrap();
        let report = check(&held.archive[..usize::try_from(entry.end).unwrap()]);
        let expected = if entry.event.kind == EventKind::Result {
            Verdict::Accepted
        } else {
            Verdict::NotFinished
        };
        assert_eq!(report.verdict(), expected, "{:?}", report.faults);
        assert_eq!(report.stage, stage);
        assert_eq!(report.events, entry.event.height + 1);
        assert_eq!((report.head, report.bytes), (Some(entry.hash), entry.end));
        assert_eq!(report.result.is_some(), stage == Stage::Finished);
        let has = |what: Checked| report.checked.contains(&what);
        assert_eq!(has(Checked::Tally), stage_is_past(stage, Stage::Closed));
    }
}

fn stage_is_past(stage: Stage, other: Stage) -> bool {
    let order = [
        Stage::Empty,
        Stage::Setup,
        Stage::Closed,
        Stage::Tallied,
        Stage::Decrypting,
        Stage::Finished,
    ];
    let place = |stage| order.iter().position(|known| *known == stage);
    place(stage) > place(other)
}

#[test]
fn a_beginning_with_a_fault_in_it_is_rejected() {
    let mut links = small().links();
    links[1].data[0] = b"{}".to_vec();
    refused!(&links[..2], Fault::Ballot { height: 1, .. });
}
