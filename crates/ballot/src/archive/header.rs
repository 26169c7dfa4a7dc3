//! The first member, `BELENIOS`: version and time of creation (belenios-format.md §3, point 1).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::{self, JsonFault};

/// Body of the first member; its timestamp is the time of every member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Version of the container; 1.
    pub version: u64,
    /// When the archive was begun, in seconds since 1970.
    pub timestamp: u64,
}

/// Why the body of the first member is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    /// Not the JSON it should be.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// The timestamp is a JSON number; tool 2.0 would not read it.
    #[error("the timestamp is a number, not a text")]
    TimestampIsNumber,
    /// Another version of the container.
    #[error("version {0} of the container is not known")]
    Version(u64),
    /// Timestamp and time of the member are not the same.
    #[error("the timestamp is {timestamp} but the member is of {time}")]
    Time {
        /// Inside the body.
        timestamp: u64,
        /// In the member's tar header.
        time: u64,
    },
    /// The timestamp needs more than the eleven octal digits of a tar header.
    #[error("timestamp {0} does not fit the container")]
    TimestampTooLarge(u64),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    version: u64,
    timestamp: Value,
}

impl Header {
    /// The only version there is.
    pub const VERSION: u64 = 1;

    /// Header of an archive begun at this time.
    pub const fn new(timestamp: u64) -> Self {
        Self {
            version: Self::VERSION,
            timestamp,
        }
    }

    /// `{"version":1,"timestamp":"1795431321"}`: the timestamp is a text.
    pub fn to_bytes(self) -> Vec<u8> {
        let timestamp = Value::String(self.timestamp.to_string());
        json::to_bytes(&Wire {
            version: self.version,
            timestamp,
        })
    }

    /// From the canonical spelling only.
    pub fn parse(bytes: &[u8]) -> Result<Self, HeaderFault> {
        let wire: Wire = json::read(bytes)?;
        // tool 3.0 also reads the number, 2.0 does not (belenios-ed25519.md §4)
        if wire.timestamp.is_number() {
            return Err(HeaderFault::TimestampIsNumber);
        }
        if wire.version != Self::VERSION {
            return Err(HeaderFault::Version(wire.version));
        }
        let timestamp = wire.timestamp.as_str().and_then(|text| text.parse().ok());
        let header = timestamp.map(Self::new).ok_or(JsonFault::NotCanonical)?;
        if header.to_bytes() == bytes {
            Ok(header)
        } else {
            Err(JsonFault::NotCanonical.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timestamp_is_written_as_a_text() {
        let header = Header::new(1_795_431_321);
        assert_eq!(
            header.to_bytes(),
            br#"{"version":1,"timestamp":"1795431321"}"#
        );
        assert_eq!(Header::parse(&header.to_bytes()), Ok(header));
    }

    #[test]
    fn a_number_as_timestamp_has_its_own_reason() {
        let bytes = br#"{"version":1,"timestamp":1795431321}"#;
        assert_eq!(Header::parse(bytes), Err(HeaderFault::TimestampIsNumber));
    }

    #[test]
    fn other_spellings_and_versions_are_refused() {
        let not_canonical = Err(HeaderFault::Json(JsonFault::NotCanonical));
        for text in [
            r#"{"version":1,"timestamp":"01795431321"}"#,
            r#"{"version":1,"timestamp":"+1"}"#,
            r#"{"version":1,"timestamp":""}"#,
            r#"{"version":1,"timestamp":null}"#,
            r#"{"version":1,"timestamp":"99999999999999999999"}"#,
            r#"{"timestamp":"1","version":1}"#,
            r#"{"version":1, "timestamp":"1"}"#,
        ] {
            assert_eq!(Header::parse(text.as_bytes()), not_canonical, "{text}");
        }
        let two = br#"{"version":2,"timestamp":"1"}"#;
        assert_eq!(Header::parse(two), Err(HeaderFault::Version(2)));
        for text in [
            r#"{"version":1,"timestamp":"1","x":1}"#,
            r#"{"version":1}"#,
            "[]",
            "",
        ] {
            let read = Header::parse(text.as_bytes());
            assert!(
                matches!(read, Err(HeaderFault::Json(JsonFault::Shape { .. }))),
                "{text}"
            );
        }
    }
}
