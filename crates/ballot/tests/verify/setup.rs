//! Election, trustees, credentials.

use pingyi_ballot::election::{Election, ElectionFault};
use pingyi_ballot::group::{Belenios2048, Ed25519, Element, Group, NotAnElement};
use pingyi_ballot::json::{self, JsonFault};
use pingyi_ballot::sample::KeyForm;
use pingyi_ballot::trustee::{Document, KeyDocument, PedersenDocument, TrusteeFault};
use pingyi_ballot::verify::{CredentialFault, Fault, Policy};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::by_hand::spoil;
use crate::forge::{self, Link};
use crate::{OUTSIDE, check_with, only_fault_of, refused, sealed, shorten, small, small_of};

/// A threshold group made by belenios-tool 2.0, in the form without signatures over keys.
const OLD_GROUP: &[u8] = include_bytes!("../data/tool-pedersen.bel");

const ELECTION: usize = 0;
const TRUSTEES: usize = 1;
const CREDENTIALS: usize = 2;

/// The links with one member of the set-up changed.
fn with<T: DeserializeOwned + Serialize>(
    mut links: Vec<Link>,
    member: usize,
    change: impl FnOnce(&mut T),
) -> Vec<Link> {
    let mut value: T = json::read(&links[0].data[member]).unwrap();
    change(&mut value);
    links[0].data[member] = json::to_bytes(&value);
    links
}

fn election(change: impl FnOnce(&mut Election<Ed25519>)) -> Vec<Link> {
    with(small().links(), ELECTION, change)
}

fn single3(change: impl FnOnce(&mut Vec<Document<Ed25519>>)) -> Vec<Link> {
    with(small_of(KeyForm::Single(3)).links(), TRUSTEES, change)
}

/// One single trustee, then owners 2 to 4 as a group.
fn mixed(change: impl FnOnce(&mut PedersenDocument<Ed25519>)) -> Vec<Link> {
    let links = small_of(KeyForm::Mixed).links();
    with(links, TRUSTEES, |all: &mut Vec<Document<Ed25519>>| {
        change(group(&mut all[1]));
    })
}

fn group<G: Group>(document: &mut Document<G>) -> &mut PedersenDocument<G> {
    match document {
        Document::Pedersen(group) => group,
        Document::Single(_) => panic!("a single trustee"),
    }
}

fn key<G: Group>(document: &mut Document<G>) -> &mut KeyDocument<G> {
    match document {
        Document::Single(key) => key,
        Document::Pedersen(_) => panic!("a group"),
    }
}

fn credentials(change: impl FnOnce(&mut Vec<String>)) -> Vec<Link> {
    with(small().links(), CREDENTIALS, change)
}

#[test]
fn an_election_that_is_none_is_refused() {
    let mut links = small().links();
    links[0].data[ELECTION].push(b'}');
    refused!(
        &links,
        Fault::Election(ElectionFault::Json(JsonFault::Shape { .. }))
    );
}

#[test]
fn a_group_nobody_knows_is_named() {
    let links = election(|election| election.group = "Ed448".to_owned());
    refused!(&links, Fault::Election(ElectionFault::Group(ref name)) if name == "Ed448");
}

#[test]
fn elements_of_another_group_are_refused() {
    let links = election(|election| election.group = Belenios2048::NAME.to_owned());
    refused!(&links, Fault::Election(ElectionFault::Json(_)));
}

#[test]
fn another_version_of_elections_is_named() {
    let links = election(|election| election.version = 2);
    refused!(&links, Fault::Election(ElectionFault::Version(2)));
}

#[test]
fn an_election_without_questions_is_refused() {
    let links = election(|election| election.questions.clear());
    refused!(&links, Fault::Election(ElectionFault::Questions(0)));
}

#[test]
fn a_question_nobody_could_answer_is_named() {
    let links = election(|election| election.questions[1].max = 4);
    refused!(&links, Fault::Election(ElectionFault::Question(1)));
}

#[test]
fn a_question_of_another_kind_is_refused() {
    let mut links = small().links();
    let text = String::from_utf8(links[0].data[ELECTION].clone()).unwrap();
    let other = text.replacen("{\"answers\"", "{\"type\":\"Lists\",\"answers\"", 1);
    assert_ne!(text, other);
    links[0].data[ELECTION] = other.into_bytes();
    refused!(&links, Fault::Election(ElectionFault::Json(_)));
}

#[test]
fn an_election_key_that_others_could_open_is_refused() {
    let links = election(|election| {
        election.public_key = election.public_key * Element::generator();
    });
    refused!(&links, Fault::ElectionKey);
}

#[test]
fn trustees_in_another_spelling_are_refused() {
    let mut links = small().links();
    links[0].data[TRUSTEES].push(b' ');
    refused!(
        &links,
        Fault::Trustees(TrusteeFault::Json(JsonFault::NotCanonical))
    );
}

#[test]
fn nobody_and_too_many_are_no_trustees() {
    let links = single3(Vec::clear);
    refused!(&links, Fault::Trustees(TrusteeFault::Number(0)));
    let links = single3(|all| all.resize(1001, all[0].clone()));
    refused!(&links, Fault::Trustees(TrusteeFault::Number(1001)));
}

#[test]
fn a_single_trustee_without_his_key_is_named() {
    let links = single3(|all| spoil(&mut key(&mut all[1]).pok));
    refused!(&links, Fault::Trustees(TrusteeFault::Possession(2)));
}

#[test]
fn a_key_computed_from_the_others_is_refused() {
    // the last trustee would cancel the keys of the others
    let links = single3(|all| {
        let others = key(&mut all[0]).public_key * key(&mut all[1]).public_key;
        let last = key(&mut all[2]);
        last.public_key = last.public_key * others.inverse();
    });
    refused!(&links, Fault::Trustees(TrusteeFault::Possession(3)));
}

#[test]
fn a_single_trustee_has_no_signature() {
    let links = single3(|all| {
        let key = key(&mut all[2]);
        key.signature = Some(key.pok);
    });
    refused!(&links, Fault::Trustees(TrusteeFault::Signature(3)));
}

#[test]
fn a_group_whose_numbers_do_not_fit_is_named_by_its_first_member() {
    let faults = [
        mixed(|group| shorten(&mut group.certs)),
        mixed(|group| shorten(&mut group.coefexps)),
        mixed(|group| shorten(group.signatures.as_mut().unwrap())),
        mixed(|group| group.threshold = 0),
        mixed(|group| group.threshold = 4),
    ];
    for links in faults {
        refused!(&links, Fault::Trustees(TrusteeFault::Sizes(2)));
    }
}

#[test]
fn a_certificate_that_does_not_hold_is_named() {
    let links = mixed(|group| spoil(&mut group.certs[1].signature));
    refused!(&links, Fault::Trustees(TrusteeFault::Certificate(3)));
    let links = mixed(|group| group.certs.swap(1, 2));
    refused!(&links, Fault::Trustees(TrusteeFault::Certificate(3)));
    let links = mixed(|group| group.threshold = 3);
    refused!(&links, Fault::Trustees(TrusteeFault::Certificate(2)));
    let links = mixed(|group| group.signatures = None);
    refused!(&links, Fault::Trustees(TrusteeFault::Certificate(2)));
    let links = mixed(|group| group.certs[2].message.push(' '));
    refused!(&links, Fault::Trustees(TrusteeFault::Certificate(4)));
}

#[test]
fn commitments_that_do_not_hold_are_named() {
    let links = mixed(|group| spoil(&mut group.coefexps[2].signature));
    refused!(&links, Fault::Trustees(TrusteeFault::Commitments(4)));
    let links = mixed(|group| group.coefexps.swap(0, 1));
    refused!(&links, Fault::Trustees(TrusteeFault::Commitments(2)));
    let links = mixed(|group| group.coefexps[0].message.push(' '));
    refused!(&links, Fault::Trustees(TrusteeFault::Commitments(2)));
}

#[test]
fn a_missing_or_wrong_signature_is_named() {
    let links = mixed(|group| spoil(&mut group.signatures.as_mut().unwrap()[1]));
    refused!(&links, Fault::Trustees(TrusteeFault::Signature(3)));
    let links = mixed(|group| group.verification_keys[2].signature = None);
    refused!(&links, Fault::Trustees(TrusteeFault::Signature(4)));
    let links = mixed(|group| spoil(group.verification_keys[0].signature.as_mut().unwrap()));
    refused!(&links, Fault::Trustees(TrusteeFault::Signature(2)));
    let links = mixed(|group| group.verification_keys.swap(0, 1));
    refused!(&links, Fault::Trustees(TrusteeFault::Signature(2)));
}

#[test]
fn a_member_of_a_group_without_his_key_is_named() {
    let links = mixed(|group| spoil(&mut group.verification_keys[1].pok));
    refused!(&links, Fault::Trustees(TrusteeFault::Possession(3)));
}

#[test]
fn a_key_that_does_not_follow_from_the_commitments_is_named() {
    let links = forge::links(OLD_GROUP);
    let links = with(links, TRUSTEES, |all: &mut Vec<Document<Belenios2048>>| {
        group(&mut all[0]).verification_keys.swap(1, 2);
    });
    refused!(&links, Fault::Trustees(TrusteeFault::Key(2)));
}

#[test]
fn credentials_in_another_spelling_are_refused() {
    let mut links = small().links();
    links[0].data[CREDENTIALS].push(b'\n');
    refused!(
        &links,
        Fault::Credentials(CredentialFault::Json(JsonFault::NotCanonical))
    );
}

#[test]
fn a_credential_that_is_no_element_is_named_with_the_reason() {
    let upper = |list: &mut Vec<String>| list[1] = list[1].to_uppercase();
    let as_text = |text: String| move |list: &mut Vec<String>| list[1] = text;
    // y = p is y = 0 again; y = 2 is not on the curve
    let p = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed";
    let two = format!("{:064x}", 2);
    let cases = [
        (credentials(upper), NotAnElement::Spelling),
        (
            credentials(as_text(p.to_owned())),
            NotAnElement::NotCanonical,
        ),
        (credentials(as_text(two)), NotAnElement::NotAPoint),
        (
            credentials(as_text(OUTSIDE.to_owned())),
            NotAnElement::OutsideSubgroup,
        ),
    ];
    for (links, expected) in cases {
        refused!(&links, Fault::Credentials(CredentialFault::Element { entry: 1, reason })
            if reason == expected);
    }
}

#[test]
fn a_credential_that_stands_twice_is_named() {
    let links = credentials(|list| list.push(list[0].clone()));
    refused!(
        &links,
        Fault::Credentials(CredentialFault::Repeated { entry: 3 })
    );
}

#[test]
fn a_vote_that_would_count_several_times_is_refused() {
    let links = credentials(|list| list[2].push_str(",2"));
    refused!(
        &links,
        Fault::Credentials(CredentialFault::Weight { entry: 2 })
    );
    // also the one that changes nothing
    let links = credentials(|list| list[2].push_str(",1"));
    refused!(
        &links,
        Fault::Credentials(CredentialFault::Weight { entry: 2 })
    );
}

#[test]
fn an_impossible_weight_is_refused_even_where_weights_are_allowed() {
    let policy = Policy { weights: true };
    for weight in [
        "0",
        "01",
        "+1",
        "",
        " 1",
        "1073741824",
        "99999999999999999999",
        "1,1",
    ] {
        let links = credentials(|list| list[2] += &[",", weight].concat());
        let fault = only_fault_of(check_with(&sealed(&links), policy));
        let expected = CredentialFault::BadWeight { entry: 2 };
        assert!(
            matches!(fault, Fault::Credentials(fault) if fault == expected),
            "{weight}"
        );
    }
}

#[test]
fn the_same_credential_with_two_weights_is_refused() {
    let links = credentials(|list| list.push(format!("{},5", list[0])));
    let fault = only_fault_of(check_with(&sealed(&links), Policy { weights: true }));
    let expected = CredentialFault::Repeated { entry: 3 };
    assert!(
        matches!(&fault, Fault::Credentials(fault) if *fault == expected),
        "{fault:?}"
    );
}
