//! Canonical JSON: one spelling per value, so that equal things have equal hashes.
//!
//! Compact, fields in the order of the type, raw UTF-8, control characters and DEL escaped.
//! Reading is strict: no unknown or repeated fields, depth bounded by serde_json (128).

use std::io::{self, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::ser::Formatter;

/// Longest part of a JSON error that is passed on; it may quote the input.
const LONGEST_DETAIL: usize = 160;

/// Why bytes are not the JSON of a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Not JSON, or not of this shape.
    #[error("line {line}, column {column}: {detail}")]
    Shape {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says, cut to a bearable length.
        detail: String,
    },
    /// The right value in another spelling than the canonical one.
    #[error("not in canonical form")]
    NotCanonical,
}

impl From<serde_json::Error> for JsonFault {
    fn from(error: serde_json::Error) -> Self {
        Self::Shape {
            line: error.line(),
            column: error.column(),
            detail: error.to_string().chars().take(LONGEST_DETAIL).collect(),
        }
    }
}

/// The canonical bytes of a value.
///
/// # Panics
/// Never for the types of this crate: none of them fails to serialise.
pub fn to_bytes<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Canonical);
    value
        .serialize(&mut serializer)
        .expect("plain data always has a JSON form");
    bytes
}

/// The canonical text of a value.
///
/// # Panics
/// Never: JSON is UTF-8.
pub fn to_text<T: Serialize>(value: &T) -> String {
    String::from_utf8(to_bytes(value)).expect("JSON is UTF-8")
}

/// Reads a value in any spelling.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    Ok(serde_json::from_slice(bytes)?)
}

/// Reads a value that must be spelled canonically.
pub fn read_canonical<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, JsonFault> {
    let value: T = read(bytes)?;
    if to_bytes(&value) == bytes {
        Ok(value)
    } else {
        Err(JsonFault::NotCanonical)
    }
}

/// As serde_json's compact form, but DEL is escaped too, as the tools write it.
struct Canonical;

impl Formatter for Canonical {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for (index, part) in fragment.split('\u{7f}').enumerate() {
            if index > 0 {
                writer.write_all(b"\\u007f")?;
            }
            writer.write_all(part.as_bytes())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}

    #[test]
    fn chinese_and_slashes_stay_and_controls_are_escaped() {
        let text = to_text(&"评议 a/b \"\\ \u{1} \u{7f} \n");
        assert_eq!(text, r#""评议 a/b \"\\ \u0001 \u007f \n""#);
    }

    #[test]
    fn other_spellings_are_not_canonical() {
        assert_eq!(read_canonical::<Vec<u32>>(b"[1,2]"), Ok(vec![1, 2]));
        for spelling in [&b"[1, 2]"[..], b" [1,2]", b"[1,2]\n"] {
            let answer = read_canonical::<Vec<u32>>(spelling);
            assert_eq!(answer, Err(JsonFault::NotCanonical));
        }
        let answer = read_canonical::<String>(br#""\u8bc4""#);
        assert_eq!(answer, Err(JsonFault::NotCanonical));
    }

    #[test]
    fn deep_nesting_is_refused_and_long_details_are_cut() {
        let deep = "[".repeat(100_000);
        let answer = read::<serde_json::Value>(deep.as_bytes());
        assert!(matches!(answer, Err(JsonFault::Shape { .. })));
        let long = format!("{{\"{}\":1}}", "x".repeat(1 << 20));
        let Err(JsonFault::Shape { detail, .. }) = read::<Nothing>(long.as_bytes()) else {
            panic!("an unknown field was accepted");
        };
        assert!(detail.chars().count() <= LONGEST_DETAIL);
    }
}
