//! Accepted trustees are canonical, have owners, and keep the keys and the threshold they had.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pingyi_ballot::group::{Belenios2048, Ed25519, Group};
use pingyi_ballot::json;
use pingyi_ballot::trustee::{Document, Trustee, TrusteeSet};
use pingyi_fuzz::{input, known, text};

/// Of the curve, with the fields of tool 3.0.
static CURVE: LazyLock<String> = LazyLock::new(|| text(&known()["trustees_json"]).to_owned());
/// Of the other group, by tool 2.0, without them.
const RING: &str = include_str!("../../crates/ballot/tests/data/tool-pedersen-trustees.json");

/// Whether they were accepted.
fn look_at<G: Group>(base: &str, list: &str) -> bool {
    let Ok(trustees) = TrusteeSet::<G>::read(list.as_bytes()) else {
        return false;
    };
    let documents: Vec<Document<G>> = json::read(list.as_bytes()).expect("it was read");
    assert_eq!(
        json::to_text(&documents),
        list,
        "accepted, but not canonical"
    );
    assert!(trustees.owners() >= 1);
    for owner in 1..=trustees.owners() {
        assert!(trustees.key_of(owner).is_some());
    }
    let Ok(known) = TrusteeSet::<G>::read(base.as_bytes()) else {
        return true;
    };
    for trustee in trustees.trustees() {
        assert!(is_known(&known, trustee), "a forged trustee: {list}");
    }
    true
}

/// Nobody's key or threshold can be changed without his secrets; entries can be moved and left out.
fn is_known<G: Group>(known: &TrusteeSet<G>, found: &Trustee<G>) -> bool {
    let same = |own: &Trustee<G>| match (own, found) {
        (Trustee::Single { key, .. }, Trustee::Single { key: found, .. }) => key == found,
        (
            Trustee::Pedersen {
                threshold,
                keys,
                key,
                ..
            },
            Trustee::Pedersen {
                threshold: t,
                keys: k,
                key: whole,
                ..
            },
        ) => (threshold, keys, key) == (t, k, whole),
        // a member's document holds as one of a single trustee, who is the same person
        (Trustee::Pedersen { keys, .. }, Trustee::Single { key, .. }) => keys.contains(key),
        (Trustee::Single { .. }, Trustee::Pedersen { .. }) => false,
    };
    known.trustees().iter().any(same)
}

fuzz_target!(|data: &[u8]| {
    let Some((base, list)) = input(&[&CURVE, RING.trim_end()], data) else {
        return;
    };
    let accepted = look_at::<Ed25519>(base, &list) | look_at::<Belenios2048>(base, &list);
    let unedited = !base.is_empty() && base == list;
    assert!(accepted || !unedited, "refused without an edit");
});
