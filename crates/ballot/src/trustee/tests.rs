//! Known trustees, and one spoilt document per check.

use serde_json::Value;

use super::channel::{ChannelFault, Sealed, open};
use super::deal::{Certificates, DealFault, inputs_for};
use super::*;
use crate::group::{Belenios2048, Ed25519, Element, Group, Scalar};
use crate::json;
use crate::{test_rng, vectors};

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn known() -> &'static str {
    text(&vectors::ed25519()["trustees_json"])
}

fn documents() -> Vec<Document<Ed25519>> {
    json::read_canonical(known().as_bytes()).unwrap()
}

#[test]
fn known_trustees_hold_and_give_the_election_key() {
    let trustees = TrusteeSet::<Ed25519>::read(known().as_bytes()).unwrap();
    let key = text(&vectors::ed25519()["election_public_key"]);
    assert_eq!(trustees.public_key().to_string(), key);
    assert_eq!(trustees.owners(), 4);
    let secrets = &vectors::ed25519()["trustees_secrets"];
    let singles = secrets["single"].as_array().unwrap();
    let shares = secrets["pedersen"]["shares"].as_array().unwrap();
    for (secret, owner) in singles.iter().chain(shares).zip(1..) {
        let secret = SecretKey::<Ed25519>::from_decimal(text(secret)).unwrap();
        assert_eq!(trustees.key_of(owner), Some(secret.public()));
    }
    assert_eq!(trustees.key_of(0), None);
    assert_eq!(trustees.key_of(5), None);
}

#[test]
fn known_seeds_give_their_keys() {
    let group = &vectors::ed25519()["trustees_secrets"]["pedersen"];
    for known in group["derivation"].as_array().unwrap() {
        let seed = Seed::parse(text(&known["seed"])).unwrap();
        let signing = seed.signing_key::<Ed25519>();
        assert_eq!(signing.exponent().to_decimal(), text(&known["sk_mod_q"]));
        assert_eq!(signing.public().to_string(), text(&known["verification"]));
        let opening = seed.opening_key::<Ed25519>().public();
        assert_eq!(opening.to_string(), text(&known["encryption"]));
    }
    assert!(Seed::parse("short").is_none());
    assert!(Seed::parse("0000000000000000000000").is_none());
}

#[test]
fn a_trustee_without_threshold_of_tool_2_0_is_read() {
    // the tool's own: no contexts and no signatures
    let trustees = TrusteeSet::<Belenios2048>::read(include_bytes!(
        "../../tests/data/tool-pedersen-trustees.json"
    ));
    assert_eq!(trustees.unwrap().owners(), 3);
}

#[test]
fn the_key_that_tool_2_0_sealed_opens_with_its_seed() {
    #[derive(serde::Deserialize)]
    struct Kept {
        decryption_key: String,
    }
    let seed = Seed::parse("MsA8TX2XgRJ94dnhyoZzzr").unwrap();
    let sealed = include_bytes!("../../tests/data/tool-pedersen.dkey");
    let sealed: Sealed<Belenios2048> = json::read_canonical(sealed.trim_ascii_end()).unwrap();
    let sender = seed.signing_key::<Belenios2048>().public();
    let kept: Kept = open(&seed.opening_key(), &sender, &sealed).unwrap();
    // the tool does not reduce the sum of the shares
    assert!(Scalar::<Belenios2048>::from_decimal(&kept.decryption_key).is_err());
    let share = Scalar::<Belenios2048>::from_long_decimal(&kept.decryption_key).unwrap();
    let trustees = TrusteeSet::<Belenios2048>::read(include_bytes!(
        "../../tests/data/tool-pedersen-trustees.json"
    ))
    .unwrap();
    let public = Element::generator_power(&share);
    assert!((1..=3).any(|owner| trustees.key_of(owner) == Some(public)));
}

fn pedersen(documents: &mut [Document<Ed25519>]) -> &mut PedersenDocument<Ed25519> {
    match &mut documents[1] {
        Document::Pedersen(group) => group,
        Document::Single(_) => panic!("the second document is a group"),
    }
}

fn fault(change: impl FnOnce(&mut PedersenDocument<Ed25519>)) -> TrusteeFault {
    let mut documents = documents();
    change(pedersen(&mut documents));
    TrusteeSet::check(&documents).unwrap_err()
}

#[test]
fn a_key_without_possession_is_named() {
    let mut all = documents();
    let (Document::Single(single), Document::Pedersen(group)) = (all[0].clone(), all[1].clone())
    else {
        panic!("a single trustee and a group");
    };
    let borrowed = KeyDocument {
        pok: group.verification_keys[0].pok,
        ..single
    };
    all[0] = Document::Single(borrowed);
    assert_eq!(TrusteeSet::check(&all), Err(TrusteeFault::Possession(1)));
    let answer = fault(|group| group.verification_keys[1].pok = single_pok());
    assert_eq!(answer, TrusteeFault::Possession(3));
}

fn single_pok() -> crate::proof::Proof<Ed25519> {
    match &documents()[0] {
        Document::Single(key) => key.pok,
        Document::Pedersen(_) => panic!("the first document is single"),
    }
}

#[test]
fn each_spoilt_part_of_a_group_is_named() {
    let swapped = fault(|group| group.certs.swap(0, 1));
    assert_eq!(swapped, TrusteeFault::Certificate(2));
    let unsigned = fault(|group| group.certs[2].signature = group.certs[1].signature);
    assert_eq!(unsigned, TrusteeFault::Certificate(4));
    let commitments = fault(|group| group.coefexps.swap(1, 2));
    assert_eq!(commitments, TrusteeFault::Commitments(3));
    let signature = fault(|group| group.signatures.as_mut().unwrap().swap(0, 1));
    assert_eq!(signature, TrusteeFault::Signature(2));
    let unsigned_key = fault(|group| group.verification_keys[2].signature = None);
    assert_eq!(unsigned_key, TrusteeFault::Signature(4));
    // with the agreement signatures gone, the contexts must be gone too
    let half = fault(|group| group.signatures = None);
    assert_eq!(half, TrusteeFault::Certificate(2));
    let threshold = fault(|group| group.threshold = 3);
    assert_eq!(threshold, TrusteeFault::Certificate(2));
    for sizes in [
        fault(|group| group.threshold = 0),
        fault(|group| group.threshold = 4),
        fault(|group| drop(group.certs.pop())),
        fault(|group| drop(group.coefexps.pop())),
        fault(|group| drop(group.verification_keys.pop())),
    ] {
        assert_eq!(sizes, TrusteeFault::Sizes(2));
    }
}

/// A member who publishes another key than his share's, with everything else in order.
#[test]
fn a_key_that_does_not_follow_from_the_commitments_is_named() {
    let rng = &mut test_rng(3);
    let seeds = &vectors::ed25519()["trustees_secrets"]["pedersen"]["seeds"];
    let seed = Seed::parse(text(&seeds[1])).unwrap();
    let other = SecretKey::<Ed25519>::random(rng);
    let mut document = other.document(None, rng);
    let key = document.public_key.to_string();
    document.signature = Some(signed::sign(seed.signing_key().exponent(), &key, rng));
    let answer = fault(|group| group.verification_keys[1] = document);
    assert_eq!(answer, TrusteeFault::Key(3));
}

#[test]
fn lists_of_another_shape_are_refused() {
    let refused = |text: &str| TrusteeSet::<Ed25519>::read(text.as_bytes()).unwrap_err();
    assert_eq!(refused("[]"), TrusteeFault::Number(0));
    for other in [
        "{}",
        "[[\"Single\"]]",
        "[[\"Other\",{}]]",
        &known().replacen("\"Single\"", "\"Pedersen\"", 1),
        &known().replacen("[[", "[ [", 1),
        &known().replacen("\"pok\"", "\"extra\":1,\"pok\"", 1),
    ] {
        assert!(matches!(refused(other), TrusteeFault::Json(_)), "{other}");
    }
}

struct Room {
    seeds: Vec<Seed>,
    certificates: Certificates<Ed25519>,
    deals: Vec<deal::Deal<Ed25519>>,
}

fn room() -> Room {
    let rng = &mut test_rng(4);
    let seeds: Vec<Seed> = (0..3).map(|_| Seed::random(rng)).collect();
    let signed: Vec<_> = seeds
        .iter()
        .zip(1..)
        .map(|(seed, index)| {
            let context = Context {
                group: Ed25519::NAME.to_owned(),
                size: 3,
                threshold: 2,
                index,
            };
            seed.certificate::<Ed25519>(context, rng)
        })
        .collect();
    let certificates = Certificates::check(&signed, 2).unwrap();
    let deals = seeds
        .iter()
        .map(|seed| certificates.deal(seed, rng).unwrap())
        .collect();
    Room {
        seeds,
        certificates,
        deals,
    }
}

#[test]
fn messages_that_are_not_what_they_should_be_stop_key_generation() {
    let rng = &mut test_rng(5);
    let room = room();
    let mut finish = |change: &dyn Fn(&mut deal::Inputs<Ed25519>)| {
        let mut inputs = inputs_for(&room.deals, 1).unwrap();
        change(&mut inputs);
        room.certificates
            .finish(&room.seeds[0], &inputs, rng)
            .unwrap_err()
    };
    let swapped = finish(&|inputs| inputs.secrets.swap(0, 1));
    assert_eq!(swapped, DealFault::Channel(1, ChannelFault::NotSigned));
    let foreign = finish(&|inputs| inputs.secrets[2] = room.deals[2].secrets[1].clone());
    assert_eq!(foreign, DealFault::Channel(3, ChannelFault::NotReadable));
    let other = finish(&|inputs| inputs.coefexps.swap(0, 1));
    assert_eq!(other, DealFault::Commitments(1));
    let short = finish(&|inputs| drop(inputs.secrets.pop()));
    assert_eq!(short, DealFault::Sizes);
    assert_eq!(inputs_for(&room.deals, 0), Err(DealFault::Sizes));
    assert_eq!(inputs_for(&room.deals, 4), Err(DealFault::Sizes));
}

/// A dealer who commits to one polynomial and sends shares of another.
#[test]
fn a_share_off_the_polynomial_is_named() {
    let rng = &mut test_rng(6);
    let room = room();
    let again = room.certificates.deal(&room.seeds[1], rng).unwrap();
    let mut inputs = inputs_for(&room.deals, 3).unwrap();
    inputs.secrets[1] = again.secrets[2].clone();
    let answer = room.certificates.finish(&room.seeds[2], &inputs, rng);
    assert_eq!(answer, Err(DealFault::Share(2)));
}

#[test]
fn strangers_and_impossible_groups_are_refused() {
    let rng = &mut test_rng(7);
    let room = room();
    let stranger = Seed::random(rng);
    assert_eq!(
        room.certificates.deal(&stranger, rng),
        Err(DealFault::NotAMember)
    );
    let signed = room.certificates.documents();
    let check = |threshold| Certificates::<Ed25519>::check(&signed, threshold).unwrap_err();
    assert_eq!(check(0), DealFault::Threshold);
    assert_eq!(check(4), DealFault::Threshold);
    // made for two of three
    assert_eq!(check(3), DealFault::Certificate(1));
}

#[test]
fn nothing_secret_is_shown_in_logs() {
    let rng = &mut test_rng(8);
    let shown = format!(
        "{:?} {:?}",
        Seed::random(rng),
        SecretKey::<Ed25519>::random(rng)
    );
    assert_eq!(shown, "Seed(…) SecretKey(…)");
}
