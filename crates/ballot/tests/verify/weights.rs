//! Votes that count several times: refused by default, counted where the policy allows them.

use std::collections::BTreeMap;

use pingyi_ballot::archive::Writer;
use pingyi_ballot::ballot::{Ciphertext, check as check_ballot};
use pingyi_ballot::group::{Ed25519, Scalar};
use pingyi_ballot::json;
use pingyi_ballot::sample::{KeyForm, Sample, appraisal};
use pingyi_ballot::tally::{EncryptedTally, PartialDecryption, combine};
use pingyi_ballot::trustee::TrusteeSet;
use pingyi_ballot::verify::{Checked, CredentialFault, Fault, Policy, TallyReason, Verdict};

use crate::{TIMESTAMP, check, check_with, only_fault_of, rng};

const ALLOWED: Policy = Policy { weights: true };

/// Voter 0 counts twice and votes 好, after having voted 一般; voter 1 counts three times and votes
/// 差; voter 2 counts once and does not vote.
fn weighted(num_tallied: u64, total_weight: u64, factors: [u32; 2]) -> Vec<u8> {
    let rng = &mut rng(11);
    let questions = vec![appraisal("甲", None, 1)];
    let sample = Sample::<Ed25519>::new(KeyForm::Single(1), 3, questions, rng);
    let votes = [(0, 1), (1, 2), (0, 0)];
    let ballots = votes.map(|(voter, answer)| sample.vote(voter, &[vec![answer]], rng));
    let checked = ballots
        .each_ref()
        .map(|ballot| check_ballot(&sample.poll, &ballot.bytes).unwrap());
    let mut list: Vec<String> = json::read(&sample.credentials).unwrap();
    for (voter, weight) in [(&checked[0], ",2"), (&checked[1], ",3")] {
        let entry = list
            .iter_mut()
            .find(|entry| **entry == voter.credential)
            .unwrap();
        entry.push_str(weight);
    }
    let mut tally = EncryptedTally::empty(sample.poll.election());
    for (ballot, factor) in [&checked[2], &checked[1]].into_iter().zip(factors) {
        let factor = Scalar::from(factor);
        let power = |sum: &Ciphertext<Ed25519>| Ciphertext {
            alpha: sum.alpha.pow(&factor),
            beta: sum.beta.pow(&factor),
        };
        tally.add(&[ballot.rows[0].iter().map(power).collect()]);
    }
    let fingerprint = sample.poll.fingerprint();
    let share = PartialDecryption::make(&sample.keys[&1], fingerprint, &tally, rng);
    let mut out = Writer::create(Vec::new(), TIMESTAMP).unwrap();
    out.setup(&sample.election, &sample.trustees, &json::to_bytes(&list))
        .unwrap();
    for ballot in &ballots {
        out.ballot(&ballot.bytes).unwrap();
    }
    out.end_ballots().unwrap();
    out.encrypted_tally(&json::to_bytes(&tally), num_tallied, total_weight)
        .unwrap();
    out.partial_decryption(1, &json::to_bytes(&share)).unwrap();
    let trustees = TrusteeSet::read(&sample.trustees).unwrap();
    let result = combine(&trustees, &BTreeMap::from([(1, share)]), &tally, 9).unwrap();
    out.result(&json::to_bytes(&result)).unwrap();
    out.into_inner()
}

#[test]
fn weights_are_refused_by_default() {
    let fault = only_fault_of(check(&weighted(2, 5, [2, 3])));
    let named = matches!(fault, Fault::Credentials(CredentialFault::Weight { .. }));
    assert!(named, "{fault:?}");
}

#[test]
fn weights_count_where_they_are_allowed() {
    let report = check_with(&weighted(2, 5, [2, 3]), ALLOWED);
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
    assert_eq!(report.result.unwrap().result, [[2, 0, 3]]);
    let (read, counted) = (3, 2);
    assert!(report.checked.contains(&Checked::Ballots { read, counted }));
}

#[test]
fn a_weight_used_wrongly_is_noticed() {
    let fault = only_fault_of(check_with(&weighted(2, 5, [3, 2]), ALLOWED));
    let (row, column) = (0, 0);
    assert!(
        matches!(fault, Fault::Tally { reason: TallyReason::Differs { row: r, column: c }, .. }
            if (r, c) == (row, column)),
        "{fault:?}"
    );
    let fault = only_fault_of(check_with(&weighted(2, 2, [2, 3]), ALLOWED));
    assert!(
        matches!(
            fault,
            Fault::Tally {
                reason: TallyReason::Weight {
                    found: 2,
                    expected: 5
                },
                ..
            }
        ),
        "{fault:?}"
    );
    let fault = only_fault_of(check_with(&weighted(5, 5, [2, 3]), ALLOWED));
    assert!(
        matches!(
            fault,
            Fault::Tally {
                reason: TallyReason::Ballots {
                    found: 5,
                    expected: 2
                },
                ..
            }
        ),
        "{fault:?}"
    );
}
