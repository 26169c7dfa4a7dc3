//! What is typed as a code or a name is read without panic, in one written form only.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::Uuid;
use pingyi_ballot::group::{Belenios2048, Ed25519, Group, Scalar};
use pingyi_ballot::hash::Fingerprint;
use pingyi_ballot::trustee::Seed;

fn scalar<G: Group>(text: &str) {
    if let Ok(scalar) = Scalar::<G>::from_decimal(text) {
        assert_eq!(scalar.to_decimal(), text);
    }
    let _ = Scalar::<G>::from_long_decimal(text);
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Ok(code) = VotingCode::parse(text) {
        assert_eq!(code.reveal().replace('-', ""), text.replace('-', ""));
        assert!(VotingCode::parse(code.reveal()) == Ok(code));
    }
    if let Some(uuid) = Uuid::parse(text) {
        assert_eq!(uuid.as_str(), text);
    }
    if let Some(seed) = Seed::parse(text) {
        assert_eq!(seed.reveal(), text);
    }
    if let Ok(fingerprint) = text.parse::<Fingerprint>() {
        assert_eq!(fingerprint.to_string(), text);
    }
    scalar::<Ed25519>(text);
    scalar::<Belenios2048>(text);
});
