//! Events: what happened, in which place of the chain, to which data (belenios-format.md §3).
//!
//! An event is one canonical JSON text; whether it fits the chain is decided by the reader.

use serde::{Deserialize, Serialize};

use super::error::EventFault;
use super::limits::Slot;
use crate::hash::Digest;
use crate::json;

/// What kind of thing an event records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// The election, its trustees and its credentials stand.
    Setup,
    /// A ballot was taken in.
    Ballot,
    /// No more ballots.
    EndBallots,
    /// The ballots were added up, still encrypted.
    EncryptedTally,
    /// A trustee gave a share of the decryption.
    PartialDecryption,
    /// The sums.
    Result,
}

impl EventKind {
    /// All kinds, in the order in which they happen.
    pub const ALL: [Self; 6] = [
        Self::Setup,
        Self::Ballot,
        Self::EndBallots,
        Self::EncryptedTally,
        Self::PartialDecryption,
        Self::Result,
    ];

    /// The word in the archive.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Setup => "Setup",
            Self::Ballot => "Ballot",
            Self::EndBallots => "EndBallots",
            Self::EncryptedTally => "EncryptedTally",
            Self::PartialDecryption => "PartialDecryption",
            Self::Result => "Result",
        }
    }

    /// The data members that stand immediately before such an event, in order; the payload of the
    /// event is the hash of the last one.
    pub const fn slots(self) -> &'static [Slot] {
        match self {
            Self::Setup => &[
                Slot::Election,
                Slot::Trustees,
                Slot::Credentials,
                Slot::SetupData,
            ],
            Self::Ballot => &[Slot::Ballot],
            Self::EndBallots => &[],
            Self::EncryptedTally => &[Slot::EncryptedTally, Slot::SizedTally],
            Self::PartialDecryption => &[Slot::PartialDecryption, Slot::Owned],
            Self::Result => &[Slot::Result],
        }
    }

    fn from_name(name: &str) -> Result<Self, EventFault> {
        // shuffles exist only for questions that are not added up (belenios-ed25519.md §9)
        if matches!(name, "Shuffle" | "EndShuffles") {
            return Err(EventFault::Shuffle);
        }
        let known = Self::ALL.into_iter().find(|kind| kind.name() == name);
        known.ok_or_else(|| EventFault::UnknownType {
            found: name.to_owned(),
        })
    }
}

/// One link of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Hash of the event before; none for the first.
    pub parent: Option<Digest>,
    /// 0 for the first event, then one more each.
    pub height: u64,
    /// What happened.
    pub kind: EventKind,
    /// Hash of the last data member of the event; none if it has no data.
    pub payload: Option<Digest>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Digest>,
    height: u64,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<Digest>,
}

impl Event {
    /// `{"parent":H,"height":n,"type":T,"payload":H}`, absent fields left out.
    pub fn to_bytes(self) -> Vec<u8> {
        let Self {
            parent,
            height,
            kind,
            payload,
        } = self;
        json::to_bytes(&Wire {
            parent,
            height,
            kind: kind.name().to_owned(),
            payload,
        })
    }

    /// From the canonical spelling only.
    pub fn parse(bytes: &[u8]) -> Result<Self, EventFault> {
        let Wire {
            parent,
            height,
            kind,
            payload,
        } = json::read_canonical(bytes)?;
        Ok(Self {
            parent,
            height,
            kind: EventKind::from_name(&kind)?,
            payload,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::JsonFault;

    fn text(event: Event) -> String {
        String::from_utf8(event.to_bytes()).unwrap()
    }

    #[test]
    fn every_kind_is_spelled_one_way_and_comes_back() {
        let hash = Digest::of(b"");
        for kind in EventKind::ALL {
            for (parent, payload) in [(None, Some(hash)), (Some(hash), None)] {
                let event = Event {
                    parent,
                    height: 7,
                    kind,
                    payload,
                };
                assert_eq!(Event::parse(&event.to_bytes()), Ok(event));
            }
        }
        let end = Event {
            parent: None,
            height: 4,
            kind: EventKind::EndBallots,
            payload: None,
        };
        assert_eq!(text(end), r#"{"height":4,"type":"EndBallots"}"#);
    }

    #[test]
    fn fields_stand_in_the_order_of_the_format() {
        let hash = Digest::of(b"");
        let kind = EventKind::Ballot;
        let event = Event {
            parent: Some(hash),
            height: 1,
            kind,
            payload: Some(hash),
        };
        let expected =
            format!(r#"{{"parent":"{hash}","height":1,"type":"Ballot","payload":"{hash}"}}"#);
        assert_eq!(text(event), expected);
    }

    #[test]
    fn other_spellings_are_refused() {
        for spelling in [
            r#"{"type":"EndBallots","height":4}"#,
            r#"{"height":4,"type":"EndBallots"} "#,
            r#"{"parent":null,"height":4,"type":"EndBallots"}"#,
            r#"{"height":4,"type":"EndBallots","payload":null}"#,
            r#"{"height":4,"type":"EndB\u0061llots"}"#,
        ] {
            let fault = EventFault::Json(JsonFault::NotCanonical);
            assert_eq!(Event::parse(spelling.as_bytes()), Err(fault), "{spelling}");
        }
        for spelling in [
            r#"{"height":4,"type":"EndBallots","more":1}"#,
            r#"{"height":4,"height":4,"type":"EndBallots"}"#,
            r#"{"height":4.0,"type":"EndBallots"}"#,
            r#"{"height":-1,"type":"EndBallots"}"#,
            r#"{"height":"4","type":"EndBallots"}"#,
            r#"{"height":4}"#,
            r#"{"parent":"AA","height":4,"type":"EndBallots"}"#,
        ] {
            let read = Event::parse(spelling.as_bytes());
            let malformed = matches!(read, Err(EventFault::Json(JsonFault::Shape { .. })));
            assert!(malformed, "{spelling}");
        }
    }

    #[test]
    fn shuffles_and_unknown_kinds_have_their_own_reasons() {
        for name in ["Shuffle", "EndShuffles"] {
            let bytes = format!(r#"{{"height":5,"type":"{name}"}}"#);
            assert_eq!(Event::parse(bytes.as_bytes()), Err(EventFault::Shuffle));
        }
        let found = "ballot".to_owned();
        let bytes = br#"{"height":5,"type":"ballot"}"#;
        assert_eq!(Event::parse(bytes), Err(EventFault::UnknownType { found }));
    }
}
