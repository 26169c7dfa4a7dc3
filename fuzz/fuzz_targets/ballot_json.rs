//! Nothing but the known ballots is accepted, also when whoever changes one signs it again.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pingyi_ballot::ballot::{WrittenBallot, check};
use pingyi_ballot::election::Poll;
use pingyi_ballot::group::{Ed25519, Element, Scalar};
use pingyi_ballot::hash::{Digest, Fingerprint};
use pingyi_ballot::json;
use pingyi_fuzz::{EDITS, input, known, text};

const SIGNATURE: &str = ",\"signature\":";

struct Known {
    poll: Poll<Ed25519>,
    ballots: Vec<String>,
    /// Ballot by ballot: whoever changes it holds its code.
    keys: Vec<Scalar<Ed25519>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let known = known();
    let ballots = known["ballots"].as_array().expect("ballots");
    let codes = known["credentials"].as_array().expect("credentials");
    let key_of = |code: &serde_json::Value| {
        let owner = codes
            .iter()
            .find(|own| own["private"] == *code)
            .expect("its credential");
        Scalar::from_decimal(text(&owner["secret_exponent"])).expect("an exponent")
    };
    Known {
        poll: Poll::read(text(&known["election_json"]).as_bytes()).expect("the election"),
        ballots: ballots
            .iter()
            .map(|own| text(&own["json"]).to_owned())
            .collect(),
        keys: ballots
            .iter()
            .map(|own| key_of(&own["private_credential"]))
            .collect(),
    }
});

/// The ballot with a signature that holds for what it says.
fn signed_again(ballot: &str, key: &Scalar<Ed25519>) -> Option<String> {
    let unsigned = format!("{}}}", &ballot[..ballot.rfind(SIGNATURE)?]);
    let hash = Fingerprint::of(unsigned.as_bytes());
    let w = Scalar::from(7_u32);
    let commitment = Element::<Ed25519>::generator_power(&w);
    let challenge = Scalar::from_digest(&Digest::of(format!("sig|{hash}|{commitment}").as_bytes()));
    let response = (w - *key * challenge).to_decimal();
    let challenge = challenge.to_decimal();
    Some(format!(
        r#"{}{SIGNATURE}{{"hash":"{hash}","proof":{{"challenge":"{challenge}","response":"{response}"}}}}}}"#,
        &unsigned[..unsigned.len() - 1],
    ))
}

fn said(ballot: &str) -> &str {
    &ballot[..ballot.rfind(SIGNATURE).unwrap_or(ballot.len())]
}

/// Whether it was accepted.
fn look_at(ballot: &str) -> bool {
    let poll = &KNOWN.poll;
    let Ok(checked) = check(poll, ballot.as_bytes()) else {
        return false;
    };
    let read: WrittenBallot<Ed25519> = json::read(ballot.as_bytes()).expect("it was read");
    assert_eq!(json::to_text(&read), ballot, "accepted, but not canonical");
    let again = check(poll, ballot.as_bytes()).expect("accepted once, refused then");
    assert_eq!(again.rows, checked.rows);
    assert!(
        KNOWN.ballots.iter().any(|own| said(own) == said(ballot)),
        "a forgery: {ballot}"
    );
    true
}

fuzz_target!(|data: &[u8]| {
    let bases: Vec<&str> = KNOWN.ballots.iter().map(String::as_str).collect();
    let Some((_, ballot)) = input(&bases, data) else {
        return;
    };
    look_at(&ballot);
    if let [EDITS, which, list @ ..] = data {
        let key = &KNOWN.keys[usize::from(*which) % KNOWN.keys.len()];
        if let Some(ballot) = signed_again(&ballot, key) {
            let accepted = look_at(&ballot);
            // or the target would look at nothing
            assert!(accepted || !list.is_empty(), "not signed as it should be");
        }
    }
});
