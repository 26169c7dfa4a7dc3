//! Ballots, sums and keys by Rust; the browser judges, adds up and opens.

use std::collections::BTreeMap;

use pingyi_ballot::ballot::{SealedBallot, check};
use pingyi_ballot::group::Ed25519;
use pingyi_ballot::json as canonical;
use pingyi_ballot::sample::{KeyForm, Sample};
use pingyi_ballot::tally::{EncryptedTally, PartialDecryption, combine};
use pingyi_ballot::trustee::TrusteeSet;

use crate::{Booth, questions, seeded, text, utf8};

/// What three voters answer, question by question.
fn votes() -> [Vec<Vec<usize>>; 3] {
    let abstain = |must: &[usize]| -> Vec<Vec<usize>> {
        let row = |index| {
            if must.contains(&index) {
                vec![1]
            } else {
                vec![]
            }
        };
        (0..questions().len()).map(row).collect()
    };
    let mut several = vec![vec![0]; questions().len()];
    several[4] = vec![1, 0];
    several[5] = vec![0, 1, 2];
    // question 3 (from 1) must be answered; the others may stay empty
    [vec![vec![0]; questions().len()], several, abstain(&[2])]
}

/// Four ballots by three voters: the first votes twice.
fn sample(form: KeyForm, seed: u64) -> (Sample<Ed25519>, Vec<SealedBallot>) {
    let rng = &mut seeded(seed);
    let sample = Sample::new(form, 3, questions(), rng);
    let votes = votes();
    let order = [(0, 0), (1, 1), (2, 2), (0, 2)];
    let ballots = order.map(|(voter, vote)| sample.vote(voter, &votes[vote], rng));
    (sample, ballots.into())
}

/// Question by question: votes 1, 2, 2 count.
fn result() -> Vec<Vec<u64>> {
    vec![
        vec![1, 0, 0],
        vec![2, 1, 0, 0],
        vec![1, 2],
        vec![2, 1, 0, 0, 0],
        vec![1, 1],
        vec![2, 1, 1, 1],
        vec![1],
    ]
}

/// The sums by Rust: the last ballot of each credential.
fn sums(sample: &Sample<Ed25519>, ballots: &[SealedBallot]) -> EncryptedTally<Ed25519> {
    let mut last = BTreeMap::new();
    for ballot in ballots {
        let checked = check(&sample.poll, &ballot.bytes).unwrap();
        last.insert(checked.credential, checked.rows);
    }
    let mut tally = EncryptedTally::empty(sample.poll.election());
    for rows in last.values() {
        tally.add(rows);
    }
    tally
}

#[test]
fn ballots_made_by_rust_are_accepted_in_the_browser() {
    let Some(booth) = Booth::find() else { return };
    let (sample, ballots) = sample(KeyForm::Single(3), 11);
    for ballot in &ballots {
        let (election, credentials) = (utf8(&sample.election), utf8(&sample.credentials));
        let verdict = booth.judge(election, credentials, &ballot.bytes);
        assert_eq!(verdict["ok"], true, "{verdict}");
        assert_eq!(text(&verdict["tracker"]), ballot.tracker.to_string());
    }
}

#[test]
fn both_sides_add_up_to_the_same_bytes() {
    let Some(booth) = Booth::find() else { return };
    let (sample, ballots) = sample(KeyForm::Single(1), 12);
    let (election, credentials) = (utf8(&sample.election), utf8(&sample.credentials));
    for taken in [0, 1, 3, 4] {
        let ballots = &ballots[..taken];
        let (tally, counted) = booth.tally(election, credentials, ballots);
        assert_eq!(tally, canonical::to_text(&sums(&sample, ballots)));
        assert_eq!(counted, taken.min(3) as u64);
    }
}

#[test]
fn shares_made_in_the_browser_open_sums_made_by_rust() {
    let Some(booth) = Booth::find() else { return };
    // of a group the browser gets a share of the key, as if it were a key
    for (form, owners) in [
        (KeyForm::Single(3), &[1, 2, 3][..]),
        (KeyForm::Threshold { needed: 2, of: 3 }, &[1, 3]),
        (KeyForm::Mixed, &[1, 2, 4]),
    ] {
        let (sample, ballots) = sample(form, 13);
        let tally = sums(&sample, &ballots);
        let trustees = TrusteeSet::<Ed25519>::read(&sample.trustees).unwrap();
        let fingerprint = sample.poll.fingerprint();
        let mut shares = BTreeMap::new();
        for owner in owners {
            let secret = sample.keys[owner].to_decimal();
            let tally_text = canonical::to_text(&tally);
            let share = booth.share(utf8(&sample.election), &tally_text, &secret);
            let share: PartialDecryption<Ed25519> =
                canonical::read_canonical(share.as_bytes()).unwrap();
            let key = trustees.key_of(*owner).unwrap();
            assert_eq!(share.check(&key, fingerprint, &tally), Ok(()));
            shares.insert(*owner, share);
        }
        // the two sides' shares of one sum are one
        let own = PartialDecryption::make(&sample.keys[&1], fingerprint, &tally, &mut seeded(14));
        assert_eq!(own.decryption_factors, shares[&1].decryption_factors);
        shares.insert(1, own);
        let opened = combine(&trustees, &shares, &tally, 3).unwrap();
        assert_eq!(opened.result, result(), "{form:?}");
    }
}
