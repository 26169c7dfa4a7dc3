//! Known sums, shares and results, and opening with any subset of shares.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::share::lagrange;
use super::*;
use crate::ballot::{BallotMaker, Row, check};
use crate::credential::VotingCode;
use crate::election::{Poll, Uuid};
use crate::group::{Belenios2048, Ed25519, Element, Scalar};
use crate::trustee::{Document, SecretKey, TrusteeSet};
use crate::{json, sample, test_rng, vectors};

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap()
}

fn known_tally(poll: &Poll<Ed25519>) -> EncryptedTally<Ed25519> {
    let mut tally = EncryptedTally::empty(poll.election());
    for ballot in vectors::ed25519()["ballots"].as_array().unwrap() {
        tally.add(&check(poll, text(&ballot["json"]).as_bytes()).unwrap().rows);
    }
    tally
}

fn known_poll() -> Poll<Ed25519> {
    Poll::read(text(&vectors::ed25519()["election_json"]).as_bytes()).unwrap()
}

fn known_trustees() -> TrusteeSet<Ed25519> {
    TrusteeSet::read(text(&vectors::ed25519()["trustees_json"]).as_bytes()).unwrap()
}

#[test]
fn known_ballots_add_up_to_the_known_sums() {
    let tally = known_tally(&known_poll());
    let known = text(&vectors::ed25519()["encrypted_tally_json"]);
    assert_eq!(json::to_text(&tally), known);
}

#[test]
fn known_shares_hold_and_give_the_known_result() {
    let poll = known_poll();
    let (tally, trustees) = (known_tally(&poll), known_trustees());
    let mut shares = BTreeMap::new();
    for known in vectors::ed25519()["partial_decryptions"]
        .as_array()
        .unwrap()
    {
        let owner = u32::try_from(known["owner"].as_u64().unwrap()).unwrap();
        let bytes = text(&known["json"]).as_bytes();
        let share: PartialDecryption<Ed25519> = json::read_canonical(bytes).unwrap();
        let key = trustees.key_of(owner).unwrap();
        assert_eq!(key.to_string(), text(&known["public_key"]));
        assert_eq!(share.check(&key, poll.fingerprint(), &tally), Ok(()));
        let secret = SecretKey::<Ed25519>::from_decimal(text(&known["secret"])).unwrap();
        let rng = &mut test_rng(1);
        let again = PartialDecryption::make(&secret, poll.fingerprint(), &tally, rng);
        assert_eq!(again.decryption_factors, share.decryption_factors);
        shares.insert(owner, share);
    }
    let result = combine(&trustees, &shares, &tally, 3).unwrap();
    assert_eq!(
        json::to_text(&result),
        text(&vectors::ed25519()["result_json"])
    );
}

#[test]
fn known_weights_come_out() {
    let known = &vectors::ed25519()["lagrange"];
    let used: Vec<u32> = serde_json::from_value(known["indexes"].clone()).unwrap();
    for index in &used {
        let weight = lagrange::<Ed25519>(*index, &used).to_decimal();
        assert_eq!(weight, text(&known[format!("lambda_{index}")]));
    }
}

#[test]
fn removing_a_ballot_undoes_adding_it() {
    let poll = known_poll();
    let first = text(&vectors::ed25519()["ballots"][0]["json"]);
    let rows = check(&poll, first.as_bytes()).unwrap().rows;
    let mut tally = known_tally(&poll);
    let before = tally.clone();
    tally.add(&rows);
    assert_ne!(tally, before);
    tally.remove(&rows);
    assert_eq!(tally, before);
}

/// A Pedersen group drawn from this seed.
fn deal<G: Group>(size: u32, threshold: u32, seed: u64) -> (Document<G>, Vec<SecretKey<G>>) {
    sample::threshold(threshold, size, &mut test_rng(seed))
}

/// Votes, adds up, and opens with the shares of these owners.
fn count<G: Group>(
    documents: &[Document<G>],
    keys: &[SecretKey<G>],
    owners: &[u32],
    votes: &[usize],
) -> Result<CountResult, CountFault> {
    let rng = &mut test_rng(9);
    let trustees = TrusteeSet::check(documents).unwrap();
    let question = sample::appraisal("党员", None, 0);
    let questions = vec![question.clone()];
    let election = Election::new(Uuid::random(rng), "评议", trustees.public_key(), questions);
    let poll = Poll::<G>::read(&json::to_bytes(&election)).unwrap();
    let mut tally = EncryptedTally::empty(poll.election());
    for vote in votes {
        let row = Row::of(&question, &[*vote]).unwrap();
        let sealed = BallotMaker::new(&poll, &VotingCode::random(rng)).make(&[row], rng);
        tally.add(&check(&poll, &sealed.bytes).unwrap().rows);
    }
    let mut shares = BTreeMap::new();
    for &owner in owners {
        let key = &keys[usize::try_from(owner - 1).unwrap()];
        let share = PartialDecryption::make(key, poll.fingerprint(), &tally, rng);
        let public = trustees.key_of(owner).unwrap();
        assert_eq!(share.check(&public, poll.fingerprint(), &tally), Ok(()));
        shares.insert(owner, share);
    }
    combine(
        &trustees,
        &shares,
        &tally,
        u64::try_from(votes.len()).unwrap(),
    )
}

fn result(rows: &[[u64; 3]]) -> CountResult {
    CountResult {
        result: rows.iter().map(|row| row.to_vec()).collect(),
    }
}

#[test]
fn a_threshold_group_opens_with_any_enough_of_its_shares() {
    let (document, keys) = deal::<Ed25519>(4, 3, 11);
    for owners in [
        &[1, 2, 3][..],
        &[1, 2, 4],
        &[1, 3, 4],
        &[2, 3, 4],
        &[1, 2, 3, 4],
    ] {
        let counted = count(std::slice::from_ref(&document), &keys, owners, &[0, 0, 2]);
        assert_eq!(counted, Ok(result(&[[2, 0, 1]])), "{owners:?}");
    }
    let fault = CountFault::TooFew {
        first: 1,
        found: 2,
        needed: 3,
    };
    assert_eq!(count(&[document], &keys, &[2, 4], &[0]), Err(fault));
}

#[test]
fn a_mixed_list_needs_the_single_one_and_enough_of_the_group() {
    let rng = &mut test_rng(12);
    let (group, mut shares) = deal::<Belenios2048>(3, 2, 13);
    let single = SecretKey::<Belenios2048>::random(rng);
    let documents = [
        Document::Single(single.document(Some("监票人"), rng)),
        group,
    ];
    let mut keys = vec![single];
    keys.append(&mut shares);
    let opened = count(&documents, &keys, &[1, 2, 4], &[1, 1]);
    assert_eq!(opened, Ok(result(&[[0, 2, 0]])));
    assert_eq!(
        count(&documents, &keys, &[2, 3], &[1]),
        Err(CountFault::Missing(1))
    );
}

#[test]
fn a_share_made_with_another_key_is_named_by_its_first_place() {
    let poll = known_poll();
    let tally = known_tally(&poll);
    let rng = &mut test_rng(14);
    let other = SecretKey::<Ed25519>::random(rng);
    let share = PartialDecryption::make(&other, poll.fingerprint(), &tally, rng);
    let public = known_trustees().key_of(1).unwrap();
    let fault = share
        .check(&public, poll.fingerprint(), &tally)
        .unwrap_err();
    assert_eq!(fault, ShareFault::Proof { row: 0, column: 0 });
    let mut short = share;
    short.decryption_factors[1].pop();
    let fault = short
        .check(&public, poll.fingerprint(), &tally)
        .unwrap_err();
    assert_eq!(fault, ShareFault::Shape);
}

/// g^v.
fn power(value: u64) -> Element<Ed25519> {
    Element::generator_power(&Scalar::from_uint(&crypto_bigint::U256::from(value)))
}

#[test]
fn logarithms_are_found_up_to_the_bound_and_not_beyond() {
    for bound in [0, 1, 2, 3, 8, 9, 10, 150, 1000] {
        let table = SmallLogarithms::<Ed25519>::up_to(bound);
        for value in [0, 1, bound / 2, bound] {
            let element = power(value);
            assert_eq!(
                table.of(&element),
                (value <= bound).then_some(value),
                "{value} of {bound}"
            );
        }
        for beyond in [bound + 1, bound + 2, 2 * bound + 5] {
            let element = power(beyond);
            assert_eq!(table.of(&element), None, "{beyond} beyond {bound}");
        }
        let minus_one = Element::generator().inverse();
        assert_eq!(table.of(&minus_one), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_subset_of_shares_opens_or_is_too_small(
        size in 1_u32..6,
        threshold in 1_u32..6,
        picked in prop::collection::vec(any::<bool>(), 6),
        votes in prop::collection::vec(0_usize..3, 0..4),
    ) {
        prop_assume!(threshold <= size);
        let (document, keys) = deal::<Ed25519>(size, threshold, 15);
        let owners: Vec<u32> = (1..=size).zip(picked).filter(|o| o.1).map(|o| o.0).collect();
        let mut expected = [0_u64; 3];
        for &vote in &votes {
            expected[vote] += 1;
        }
        let counted = count(&[document], &keys, &owners, &votes);
        if owners.len() >= usize::try_from(threshold).unwrap() {
            prop_assert_eq!(counted, Ok(result(&[expected])));
        } else {
            let fault = matches!(counted, Err(CountFault::TooFew { .. }));
            prop_assert!(fault);
        }
    }

    #[test]
    fn lagrange_weights_recover_the_constant(
        constant: u32,
        slope: u32,
        used in prop::sample::subsequence(vec![1_u32, 2, 3, 7, 9], 2..=5),
    ) {
        let at = |j: u32| Scalar::<Ed25519>::from(slope) * Scalar::from(j) + Scalar::from(constant);
        let sum: Scalar<Ed25519> = used.iter().map(|&j| lagrange(j, &used) * at(j)).sum();
        prop_assert_eq!(sum, Scalar::from(constant));
    }
}
