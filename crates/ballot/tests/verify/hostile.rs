//! Members made to break readers: deep, long, huge. Each is refused with its own reason.

use pingyi_ballot::archive::{ArchiveError, EventFault, MemberFault};
use pingyi_ballot::election::ElectionFault;
use pingyi_ballot::json::JsonFault;
use pingyi_ballot::trustee::TrusteeFault;
use pingyi_ballot::verify::{
    BallotReason, CredentialFault, Fault, Report, ResultReason, ShareReason, TallyReason,
};

use crate::forge::{self, Link};
use crate::{TIMESTAMP, check, only_fault, only_fault_of, relink, small};

/// Each data member of the small election: height, place among the data of the event.
const MEMBERS: [(usize, usize); 10] = [
    (0, 0),
    (0, 1),
    (0, 2),
    (0, 3),
    (1, 0),
    (5, 0),
    (5, 1),
    (6, 0),
    (6, 1),
    (7, 0),
];

/// Those that only name others; they hold 4 KiB.
const fn is_small(height: usize, place: usize) -> bool {
    matches!((height, place), (0, 3) | (5 | 6, 1))
}

/// The small election with this instead of that member.
fn with(height: usize, place: usize, body: &[u8]) -> Vec<u8> {
    let mut links: Vec<Link> = small().links();
    links[height].data[place] = body.to_vec();
    if !is_small(height, place) {
        relink(&mut links[height]);
    }
    forge::chain(&links)
}

/// Whether the fault says that this member is malformed JSON.
fn is_malformed(fault: &Fault, height: usize, place: usize) -> bool {
    let shape = |fault: &JsonFault| matches!(fault, JsonFault::Shape { .. });
    match fault {
        Fault::Election(ElectionFault::Json(fault)) => (height, place) == (0, 0) && shape(fault),
        Fault::Trustees(TrusteeFault::Json(fault)) => (height, place) == (0, 1) && shape(fault),
        Fault::Credentials(CredentialFault::Json(fault)) => {
            (height, place) == (0, 2) && shape(fault)
        }
        Fault::Ballot {
            reason: BallotReason::Itself(pingyi_ballot::ballot::BallotFault::Json(fault)),
            ..
        } => (height, place) == (1, 0) && shape(fault),
        Fault::Tally {
            reason: TallyReason::Json(fault),
            ..
        } => (height, place) == (5, 0) && shape(fault),
        Fault::Share {
            reason: ShareReason::Json(fault),
            ..
        } => (height, place) == (6, 0) && shape(fault),
        Fault::Result {
            reason: ResultReason::Json(fault),
            ..
        } => (height, place) == (7, 0) && shape(fault),
        Fault::Archive(ArchiveError::Event {
            height: at,
            reason: EventFault::Part { .. },
        }) => *at == height as u64 && is_small(height, place),
        _ => false,
    }
}

#[track_caller]
fn malformed(report: Report, height: usize, place: usize) {
    let fault = only_fault_of(report);
    assert!(
        is_malformed(&fault, height, place),
        "{height}.{place}: {fault:?}"
    );
}

#[test]
fn deep_json_is_refused_in_every_member() {
    for (height, place) in MEMBERS {
        let depth = if is_small(height, place) {
            2_000
        } else {
            500_000
        };
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let depth = depth / open.len();
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            malformed(check(&with(height, place, deep.as_bytes())), height, place);
            malformed(
                check(&with(height, place, open.repeat(depth).as_bytes())),
                height,
                place,
            );
        }
    }
}

#[test]
fn a_number_of_a_million_digits_is_refused_in_every_member() {
    for (height, place) in MEMBERS {
        let long = if is_small(height, place) {
            4_000
        } else {
            1_000_000
        };
        let number = "9".repeat(long);
        malformed(
            check(&with(height, place, number.as_bytes())),
            height,
            place,
        );
    }
}

#[test]
fn numbers_of_a_million_digits_inside_are_refused() {
    let small = small();
    let long = "9".repeat(1_000_000);
    let cases = [
        (0, 0, "\"max\":1", format!("\"max\":{long}")),
        (0, 0, "\"version\":1", format!("\"version\":1e{long}")),
        (0, 1, "\"challenge\":\"", format!("\"challenge\":\"{long}")),
        (1, 0, "\"response\":\"", format!("\"response\":\"{long}")),
        (1, 0, "\"alpha\":\"", format!("\"alpha\":\"{long}")),
        (6, 0, "\"response\":\"", format!("\"response\":\"{long}")),
        (7, 0, "[[", format!("[[{long},")),
        (7, 0, "[[", format!("[[0.{long},")),
    ];
    for (height, place, from, to) in cases {
        let text = String::from_utf8(small.links()[height].data[place].clone()).unwrap();
        let other = text.replacen(from, &to, 1);
        assert_ne!(text, other, "{from}");
        malformed(check(&with(height, place, other.as_bytes())), height, place);
    }
}

#[test]
fn a_credential_of_a_million_digits_is_refused() {
    let list = format!("[\"{}\"]", "f".repeat(1_000_000));
    let fault = only_fault_of(check(&with(0, 2, list.as_bytes())));
    assert!(matches!(
        fault,
        Fault::Credentials(CredentialFault::Element { entry: 0, .. })
    ));
}

#[test]
fn a_huge_size_is_refused_before_anything_of_it_is_read() {
    let held = small();
    for (event, limit) in [
        (0, 64 << 20),
        (1, 8 << 20),
        (5, 16 << 20),
        (6, 32 << 20),
        (7, 32 << 20),
    ] {
        let start = crate::entries(&held.archive)[event].offset;
        for size in [limit + 1, 1 << 30, (8 << 30) - 1] {
            let mut archive = held.archive[..usize::try_from(start).unwrap()].to_vec();
            let name = format!("{}.data.json", pingyi_ballot::hash::Digest::of(b""));
            archive.extend(forge::head(&name, size, TIMESTAMP));
            let fault = only_fault_of(check(&archive));
            assert!(
                matches!(fault, Fault::Archive(ArchiveError::Member {
                    offset,
                    reason: MemberFault::TooLarge { size: named, .. }
                }) if offset == start && named == size),
                "{event}, {size}: {fault:?}"
            );
        }
    }
}

#[test]
fn a_size_that_is_allowed_but_not_there_is_a_torn_tail() {
    let held = small();
    let start = crate::entries(&held.archive)[1].offset;
    let mut archive = held.archive[..usize::try_from(start).unwrap()].to_vec();
    let name = format!("{}.data.json", pingyi_ballot::hash::Digest::of(b""));
    archive.extend(forge::head(&name, 8 << 20, TIMESTAMP));
    let fault = only_fault_of(check(&archive));
    assert!(matches!(fault, Fault::Archive(ArchiveError::Torn { at, .. }) if at == start));
}

#[test]
fn a_text_that_never_ends_is_refused() {
    let endless = format!("{{\"election_uuid\":\"{}", "x".repeat(7 << 20));
    malformed(check(&with(1, 0, endless.as_bytes())), 1, 0);
}

#[test]
fn a_quoted_input_is_cut_in_the_reason() {
    let long = format!("{{\"{}\":1}}", "x".repeat(1 << 20));
    let mut links = small().links();
    links[1].data[0] = long.into_bytes();
    let fault = only_fault(&links);
    assert!(fault.to_string().len() < 1000);
}
