//! Ballots. A forged ballot also goes into the sums and the result, as a forger would do it.

use pingyi_ballot::archive::EventKind;
use pingyi_ballot::ballot::{BallotFault, Place, SealedBallot, WrittenBallot};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::{Poll, Uuid};
use pingyi_ballot::group::{Ed25519, Unchecked};
use pingyi_ballot::hash::Fingerprint;
use pingyi_ballot::json::JsonFault;
use pingyi_ballot::sample::{KeyForm, appraisal};
use pingyi_ballot::verify::{BallotReason, Checked, Fault, Verdict};

use crate::by_hand::{changed, resigned, spoil};
use crate::forge::Says;
use crate::{OUTSIDE, check, held, hold, only_fault, rng, sealed, shorten, small};

type Written = WrittenBallot<Ed25519>;

/// The small election with this ballot in place of its second one.
fn reason_of(forged: &SealedBallot) -> BallotReason {
    let mut links = small().links();
    links[2].data[0].clone_from(&forged.bytes);
    match only_fault(&links) {
        Fault::Ballot {
            tracker,
            height: 2,
            reason,
        } if tracker == forged.tracker => reason,
        other => panic!("{other:?}"),
    }
}

/// The second ballot with this change, signed again by its voter.
fn change(change: impl FnOnce(&mut Written)) -> BallotFault {
    let held = small();
    let code = &held.sample.codes[1];
    itself(reason_of(&resigned(&held.ballots[1], code, change)))
}

fn itself(reason: BallotReason) -> BallotFault {
    match reason {
        BallotReason::Itself(fault) => fault,
        other => panic!("{other:?}"),
    }
}

fn outside() -> Unchecked<Ed25519> {
    Unchecked::decode(OUTSIDE.into()).unwrap()
}

#[test]
fn signing_by_hand_makes_good_ballots() {
    let held = small();
    let forged = resigned::<Ed25519>(&held.ballots[1], &held.sample.codes[1], |_| ());
    assert_ne!(forged, held.ballots[1]);
    let mut links = held.links();
    links[2].data[0] = forged.bytes;
    let report = check(&sealed(&links));
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
}

#[test]
fn a_wrong_proof_of_one_choice_is_named_by_row_and_column() {
    for (row, columns) in [(0, 3), (1, 4)] {
        for column in 0..columns {
            for value in 0..2 {
                let proofs = |ballot: &mut Written| {
                    spoil(&mut ballot.answers[row].individual_proofs[column][value]);
                };
                let place = Place::Individual { row, column };
                assert_eq!(change(proofs), BallotFault::Proof(place));
            }
        }
    }
}

#[test]
fn a_wrong_proof_of_the_number_of_choices_is_named_by_row() {
    for (row, proofs) in [(0, 2), (1, 3)] {
        for proof in 0..proofs {
            let spoil = |ballot: &mut Written| {
                spoil(&mut ballot.answers[row].overall_proof[proof]);
            };
            assert_eq!(change(spoil), BallotFault::Proof(Place::Overall { row }));
        }
    }
}

#[test]
fn a_wrong_proof_of_the_blank_choice_is_named_by_row() {
    for proof in 0..2 {
        let spoil = |ballot: &mut Written| {
            spoil(&mut ballot.answers[1].blank_proof.as_mut().unwrap()[proof]);
        };
        assert_eq!(change(spoil), BallotFault::Proof(Place::Blank { row: 1 }));
    }
}

#[test]
fn a_choice_with_other_content_does_not_pass_its_proof() {
    let place = Place::Individual { row: 0, column: 2 };
    let swapped = change(|ballot| {
        let choices = &mut ballot.answers[0].choices;
        choices[2].beta = choices[1].beta.clone();
    });
    assert_eq!(swapped, BallotFault::Proof(place));
}

#[test]
fn a_voter_who_swaps_rows_has_cast_another_vote() {
    let held = hold::<Ed25519>(
        KeyForm::Single(1),
        ["甲", "乙"].map(|name| appraisal(name, None, 0)).into(),
        &[(0, vec![vec![0], vec![2]])],
    );
    let code = &held.sample.codes[0];
    let forged = resigned::<Ed25519>(&held.ballots[0], code, |ballot| ballot.answers.swap(0, 1));
    let mut links = held.links();
    links[1].data[0].clone_from(&forged.bytes);
    // proofs do not name the row, so the ballot holds, but it is another vote: the sums differ
    let fault = only_fault(&links);
    assert!(matches!(fault, Fault::Tally { .. }), "{fault:?}");
}

#[test]
fn a_point_outside_the_group_is_named_by_its_place() {
    for (row, column) in [(0, 0), (1, 3)] {
        let place = Place::Choice { row, column };
        let alpha = change(|ballot| ballot.answers[row].choices[column].alpha = outside());
        assert_eq!(alpha, BallotFault::OutsideGroup(place));
        let beta = change(|ballot| ballot.answers[row].choices[column].beta = outside());
        assert_eq!(beta, BallotFault::OutsideGroup(place));
    }
    let credential = change(|ballot| ballot.credential = outside());
    assert_eq!(credential, BallotFault::OutsideGroup(Place::Credential));
}

#[test]
fn a_signature_by_another_voter_does_not_hold() {
    let held = small();
    let other = &held.sample.codes[0];
    let forged = resigned::<Ed25519>(&held.ballots[1], other, |_| ());
    let expected = BallotFault::Proof(Place::Signature);
    assert_eq!(itself(reason_of(&forged)), expected);
    let forged = changed::<Ed25519>(&held.ballots[1], |ballot| {
        spoil(&mut ballot.signature.proof);
    });
    assert_eq!(itself(reason_of(&forged)), expected);
}

#[test]
fn a_signature_of_other_content_is_refused() {
    let held = small();
    let forged = changed::<Ed25519>(&held.ballots[1], |ballot| {
        spoil(&mut ballot.answers[0].overall_proof[0]);
    });
    assert_eq!(itself(reason_of(&forged)), BallotFault::SignedOther);
    let forged = changed::<Ed25519>(&held.ballots[1], |ballot| {
        ballot.signature.hash = Fingerprint::of(b"other");
    });
    assert_eq!(itself(reason_of(&forged)), BallotFault::SignedOther);
}

#[test]
fn a_ballot_of_another_election_is_refused() {
    let uuid = Uuid::random(&mut rng(3));
    let other = change(|ballot| ballot.election_uuid = uuid.to_string());
    assert_eq!(other, BallotFault::OtherElection);
    let other = change(|ballot| ballot.election_hash = Fingerprint::of(b"other"));
    assert_eq!(other, BallotFault::OtherFingerprint);
}

#[test]
fn a_ballot_for_another_text_of_the_same_election_is_refused() {
    let mut held = small();
    let text = String::from_utf8(held.sample.election.clone()).unwrap();
    let other = text.replacen("好", "差", 1);
    assert_ne!(text, other);
    held.sample.poll = Poll::read(other.as_bytes()).unwrap();
    let forged = held.sample.vote(1, &[vec![], vec![]], &mut rng(4));
    assert_eq!(itself(reason_of(&forged)), BallotFault::OtherFingerprint);
}

#[test]
fn a_ballot_of_another_shape_is_refused() {
    let rows = change(|ballot| shorten(&mut ballot.answers));
    let (found, expected) = (1, 2);
    assert_eq!(rows, BallotFault::Rows { found, expected });
    let more = change(|ballot| ballot.answers.push(ballot.answers[0].clone()));
    assert_eq!(more, BallotFault::Rows { found: 3, expected });

    let shape = BallotFault::Shape { row: 1 };
    let spoilt: [fn(&mut Written); 6] = [
        |ballot| shorten(&mut ballot.answers[1].choices),
        |ballot| shorten(&mut ballot.answers[1].individual_proofs),
        |ballot| shorten(&mut ballot.answers[1].overall_proof),
        |ballot| ballot.answers[1].overall_proof.clear(),
        |ballot| ballot.answers[1].blank_proof = None,
        |ballot| ballot.answers.swap(0, 1),
    ];
    for (index, spoil) in spoilt.into_iter().enumerate() {
        let expected = if index == 5 {
            BallotFault::Shape { row: 0 }
        } else {
            shape.clone()
        };
        assert_eq!(change(spoil), expected, "{index}");
    }
    let blank = change(|ballot| {
        let proof = ballot.answers[1].blank_proof;
        ballot.answers[0].blank_proof = proof;
    });
    assert_eq!(blank, BallotFault::Shape { row: 0 });
}

#[test]
fn a_second_spelling_of_the_same_ballot_is_refused() {
    let held = small();
    let text = String::from_utf8(held.ballots[1].bytes.clone()).unwrap();
    let respelled = |from: &str, to: &str| {
        let other = text.replacen(from, to, 1);
        assert_ne!(text, other, "{from}");
        itself(reason_of(&crate::by_hand::sealed(other.into_bytes())))
    };
    let not_canonical = BallotFault::Json(JsonFault::NotCanonical);
    assert_eq!(
        respelled("{\"election_uuid\"", "{ \"election_uuid\""),
        not_canonical
    );
    assert_eq!(
        respelled("\"challenge\"", "\"\\u0063hallenge\""),
        not_canonical
    );
    for (from, to) in [
        ("\"challenge\":\"", "\"challenge\":\"0"),
        ("\"response\":\"", "\"response\":\"+"),
        ("\"challenge\":\"", "\"more\":1,\"challenge\":\""),
        ("{\"election_uuid\"", "[{\"election_uuid\""),
    ] {
        let fault = respelled(from, to);
        assert!(
            matches!(fault, BallotFault::Json(JsonFault::Shape { .. })),
            "{from}: {fault:?}"
        );
    }
}

#[test]
fn a_voter_who_is_not_on_the_list_is_named() {
    let mut held = small();
    held.sample.codes.push(VotingCode::random(&mut rng(5)));
    let forged = held.sample.vote(3, &[vec![0], vec![0]], &mut rng(6));
    let tracker = forged.tracker;
    held.ballots.push(forged);
    let links = crate::held(held.sample, held.ballots, &[1]).links();
    let fault = only_fault(&links);
    assert!(
        matches!(fault, Fault::Ballot { tracker: named, height: 4, reason: BallotReason::NotEligible }
            if named == tracker),
        "{fault:?}"
    );
}

#[test]
fn a_ballot_put_in_twice_is_named() {
    let mut small = small();
    let again = small.ballots[1].clone();
    small.ballots.push(again.clone());
    let links = held(small.sample, small.ballots, &[1]).links();
    let fault = only_fault(&links);
    assert!(
        matches!(fault, Fault::Ballot { tracker, height: 4, reason: BallotReason::Repeated { first: 2 } }
            if tracker == again.tracker),
        "{fault:?}"
    );
}

#[test]
fn bringing_back_a_replaced_ballot_is_named() {
    // whoever runs the box puts the voter's first ballot in again after his second
    let mut small = small();
    let first = small.ballots[0].clone();
    small.ballots.push(first.clone());
    let links = held(small.sample, small.ballots, &[1]).links();
    let fault = only_fault(&links);
    assert!(
        matches!(fault, Fault::Ballot { tracker, height: 4, reason: BallotReason::Repeated { first: 1 } }
            if tracker == first.tracker),
        "{fault:?}"
    );
}

#[test]
fn every_faulty_ballot_is_named_and_the_good_ones_are_counted_out() {
    let held = small();
    let spoilt = |place: usize, code: usize| {
        resigned::<Ed25519>(&held.ballots[place], &held.sample.codes[code], |ballot| {
            spoil(&mut ballot.answers[0].overall_proof[0]);
        })
    };
    let (first, last) = (spoilt(0, 0), spoilt(2, 0));
    let mut links = held.links();
    links[1].data[0].clone_from(&first.bytes);
    links[3].data[0].clone_from(&last.bytes);
    let report = check(&sealed(&links));
    let named: Vec<(Fingerprint, u64)> = report
        .faults
        .iter()
        .map(|fault| match fault {
            Fault::Ballot {
                tracker, height, ..
            } => (*tracker, *height),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(named, [(first.tracker, 1), (last.tracker, 3)]);
    let (read, counted) = (3, 1);
    assert_eq!(
        report.checked.last(),
        Some(&Checked::Ballots { read, counted })
    );
    assert_eq!(report.result, None);
    assert_eq!(report.events, 8, "the chain is read to its end");
}

#[test]
fn the_list_of_faulty_ballots_has_an_end() {
    let held = small();
    let mut links = held.links();
    let copy = links[1].clone();
    links.splice(4..4, std::iter::repeat_n(copy, 103));
    let report = check(&sealed(&links));
    assert_eq!(report.faults.len(), 100);
    assert_eq!(report.verdict(), Verdict::Rejected);
}

#[test]
fn a_broken_chain_after_faulty_ballots_is_named() {
    let held = small();
    let mut links = held.links();
    links[2].data[0] = links[1].data[0].clone();
    links[4].parent = Says::Instead(None);
    let report = check(&sealed(&links));
    assert_eq!(links[4].kind, EventKind::EndBallots.name());
    // which ballots before it are named as well depends on how many were waiting to be checked
    let last = report.faults.last();
    assert!(matches!(last, Some(Fault::Archive(_))), "{last:?}");
    assert_eq!(report.verdict(), Verdict::Rejected);
}
