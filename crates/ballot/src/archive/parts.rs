//! The small members that tie the large ones to their event.
//!
//! They hold hashes and numbers; whether the numbers are right is for the verifier.

use serde::{Deserialize, Serialize};

use super::event::EventKind;
use super::limits::Slot;
use super::reader::Member;
use crate::hash::Digest;
use crate::json::{self, JsonFault};

/// The three members of a set-up (belenios-format.md §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetupData {
    /// Hash of the election.
    pub election: Digest,
    /// Hash of the trustees.
    pub trustees: Digest,
    /// Hash of the credentials.
    pub credentials: Digest,
}

/// How much went into the encrypted sums (belenios-format.md §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizedTally {
    /// Ballots that count.
    pub num_tallied: u64,
    /// Sum of their weights.
    #[serde(with = "weight")]
    pub total_weight: u64,
    /// Hash of the encrypted sums.
    pub encrypted_tally: Digest,
}

/// Whose share it is (belenios-format.md §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owned {
    /// Number of the trustee, from 1.
    pub owner: u32,
    /// Hash of the share.
    pub payload: Digest,
}

/// Why a small member is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartFault {
    /// Not the JSON it should be.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// It names another member than the one that stands before it.
    #[error("it names {named} for {slot:?}, but {found} stands there")]
    Link {
        /// Which member is named.
        slot: Slot,
        /// The hash it names.
        named: Digest,
        /// The hash of the member that stands there.
        found: Digest,
    },
}

macro_rules! canonical {
    ($($part:ty),*) => {$(
        impl $part {
            /// The canonical spelling.
            pub fn to_bytes(self) -> Vec<u8> {
                json::to_bytes(&self)
            }

            /// From the canonical spelling only.
            pub fn parse(bytes: &[u8]) -> Result<Self, JsonFault> {
                json::read_canonical(bytes)
            }
        }
    )*};
}

canonical!(SetupData, SizedTally, Owned);

/// The last member of an event must name those before it; their number is already right.
pub(super) fn check_links(kind: EventKind, data: &[Member]) -> Result<(), PartFault> {
    let Some((last, named)) = data.split_last() else {
        return Ok(());
    };
    let links = match kind {
        EventKind::Setup => {
            let SetupData {
                election,
                trustees,
                credentials,
            } = SetupData::parse(&last.bytes)?;
            vec![election, trustees, credentials]
        }
        EventKind::EncryptedTally => vec![SizedTally::parse(&last.bytes)?.encrypted_tally],
        EventKind::PartialDecryption => vec![Owned::parse(&last.bytes)?.payload],
        EventKind::Ballot | EventKind::EndBallots | EventKind::Result => Vec::new(),
    };
    for ((slot, link), member) in kind.slots().iter().zip(links).zip(named) {
        if link != member.digest {
            return Err(PartFault::Link {
                slot: *slot,
                named: link,
                found: member.digest,
            });
        }
    }
    Ok(())
}

/// A weight is a number up to 2^30 - 1 and a decimal text beyond (belenios-format.md §8).
mod weight {
    use serde::{Deserialize, Deserializer, Serializer, de};

    const LAST_NUMBER: u64 = 1_073_741_823;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Wire {
        Number(u64),
        Text(String),
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes fields by reference"
    )]
    pub fn serialize<S: Serializer>(weight: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        if *weight <= LAST_NUMBER {
            serializer.serialize_u64(*weight)
        } else {
            serializer.serialize_str(&weight.to_string())
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let weight = match Wire::deserialize(deserializer)? {
            Wire::Number(weight) if weight <= LAST_NUMBER => Some(weight),
            Wire::Number(_) => None,
            Wire::Text(text) => large(&text),
        };
        weight.ok_or_else(|| de::Error::custom("not a weight"))
    }

    fn large(text: &str) -> Option<u64> {
        let weight: u64 = text.parse().ok()?;
        (weight > LAST_NUMBER && weight.to_string() == text).then_some(weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(total_weight: u64) -> SizedTally {
        SizedTally {
            num_tallied: 3,
            total_weight,
            encrypted_tally: Digest::of(b""),
        }
    }

    #[test]
    fn a_weight_turns_into_a_text_beyond_thirty_bits() {
        for (weight, spelling) in [
            (0, "0"),
            (1_073_741_823, "1073741823"),
            (1_073_741_824, "\"1073741824\""),
            (u64::MAX, "\"18446744073709551615\""),
        ] {
            let hash = Digest::of(b"");
            let text = format!(
                r#"{{"num_tallied":3,"total_weight":{spelling},"encrypted_tally":"{hash}"}}"#
            );
            assert_eq!(sized(weight).to_bytes(), text.as_bytes());
            assert_eq!(SizedTally::parse(text.as_bytes()), Ok(sized(weight)));
        }
    }

    #[test]
    fn a_weight_in_the_other_form_is_refused() {
        let hash = Digest::of(b"");
        for spelling in [
            "\"3\"",
            "1073741824",
            "\"01073741824\"",
            "\"+1073741824\"",
            "3.0",
            "-1",
            "null",
            "\"18446744073709551616\"",
        ] {
            let text = format!(
                r#"{{"num_tallied":3,"total_weight":{spelling},"encrypted_tally":"{hash}"}}"#
            );
            assert!(SizedTally::parse(text.as_bytes()).is_err(), "{spelling}");
        }
    }

    #[test]
    fn unknown_fields_and_other_spellings_are_refused() {
        let owned = Owned {
            owner: 2,
            payload: Digest::of(b""),
        };
        let text = String::from_utf8(owned.to_bytes()).unwrap();
        assert_eq!(Owned::parse(text.as_bytes()), Ok(owned));
        let spaced = text.replace(':', ": ");
        assert_eq!(
            Owned::parse(spaced.as_bytes()),
            Err(JsonFault::NotCanonical)
        );
        let more = text.replace('}', r#","more":1}"#);
        assert!(matches!(
            Owned::parse(more.as_bytes()),
            Err(JsonFault::Shape { .. })
        ));
    }
}
