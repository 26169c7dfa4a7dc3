//! Compact JSON that has one spelling only: parse, write again, compare the bytes.
//!
//! For the small members this module owns; none of them holds free text, so `serde_json`'s compact
//! form is the canonical form (belenios-format.md §2).

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why bytes are not the JSON they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Not JSON, or not with these fields.
    #[error("not the expected JSON (byte {column})")]
    Malformed {
        /// Where the reading stopped.
        column: usize,
    },
    /// The right content in another spelling.
    #[error("not in canonical spelling")]
    NotCanonical,
}

/// The one spelling of a value.
pub(super) fn write<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("fields are numbers and texts, which always have a JSON form")
}

/// A value from its one spelling.
pub(super) fn read<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    let value = read_loosely(bytes)?;
    if write(&value) == bytes {
        Ok(value)
    } else {
        Err(JsonFault::NotCanonical)
    }
}

/// A value from any spelling; the caller compares bytes.
pub(super) fn read_loosely<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    serde_json::from_slice(bytes).map_err(|fault| JsonFault::Malformed {
        column: fault.column(),
    })
}
