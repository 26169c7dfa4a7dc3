//! The known answers, for tests. Throw-away secrets.

use std::sync::OnceLock;

use serde_json::Value;

/// Group `Ed25519`, from an independent implementation.
pub(crate) fn ed25519() -> &'static Value {
    static KNOWN: OnceLock<Value> = OnceLock::new();
    KNOWN.get_or_init(|| parse(include_str!("../tests/data/vectors-ed25519.json")))
}

/// Group `BELENIOS-2048`, hashes written by belenios-tool 2.0.
pub(crate) fn belenios2048() -> [Value; 2] {
    [
        parse(include_str!("../tests/data/vectors-belenios2048.json")),
        parse(include_str!(
            "../tests/data/vectors-belenios2048-blank.json"
        )),
    ]
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the vectors are JSON")
}
