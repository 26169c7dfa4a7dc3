//! Ballots of one size, so that casting overwrites a row where it stands.
//!
//! Stored: four bytes of length, the ballot, filler. The filler is a hash stream of the credential:
//! it does not compress, so `PostgreSQL` keeps every ballot out of line, cast or not, and all rows of
//! a box are equally wide. It hides nothing: that a ballot is there is no secret.

use sha2::{Digest as _, Sha256};

use crate::Result;
use crate::column::bad_value;

const LENGTH: usize = 4;
/// Well above the size from which `PostgreSQL` stores a value out of line (about 2 KB).
const LEAST: usize = 8 * 1024;

/// The ballot filled up to the box's size; `None` if it is larger than `room`.
pub(crate) fn fill(ballot: &[u8], room: u32, credential: &str) -> Option<Vec<u8>> {
    let room = usize::try_from(room).ok()?;
    let length = u32::try_from(ballot.len()).ok()?;
    if ballot.len() > room {
        return None;
    }
    let size = room.saturating_add(LENGTH).max(LEAST);
    let mut stored = Vec::with_capacity(size + 32);
    stored.extend(length.to_be_bytes());
    stored.extend(ballot);
    for block in 0_u64.. {
        if stored.len() >= size {
            break;
        }
        let hash = Sha256::new_with_prefix(credential).chain_update(block.to_be_bytes());
        stored.extend(hash.finalize());
    }
    stored.truncate(size);
    Some(stored)
}

/// The ballot alone.
pub(crate) fn strip(stored: &[u8]) -> Result<&[u8]> {
    let inner = stored
        .split_first_chunk::<LENGTH>()
        .and_then(|(length, rest)| {
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            rest.get(..length)
        });
    inner.ok_or_else(|| bad_value("content", format!("{} bytes", stored.len())))
}

/// Text filled up with spaces to a fixed number of bytes; longer text is refused.
pub(crate) fn widen(text: &str, column: &str, width: usize) -> Result<String> {
    let missing = width.checked_sub(text.len());
    // Trailing spaces would be lost when it is read.
    let missing = missing.filter(|_| !text.ends_with(' '));
    let missing = missing.ok_or_else(|| bad_value(column, text))?;
    Ok(format!("{text}{}", " ".repeat(missing)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_comes_back_and_has_one_size() {
        for ballot in [&b""[..], b"x", &[7; 9000]] {
            let stored = fill(ballot, 9000, "credential").unwrap();
            assert_eq!(stored.len(), 9004);
            assert_eq!(strip(&stored).unwrap(), ballot);
        }
        assert_eq!(fill(b"", 10, "credential").unwrap().len(), LEAST);
        assert_eq!(fill(&[7; 9001], 9000, "credential"), None);
    }

    #[test]
    fn a_cut_ballot_is_not_read() {
        let stored = fill(&[7; 100], 100, "credential").unwrap();
        assert!(strip(&stored[..100]).is_err());
        assert!(strip(&stored[..3]).is_err());
    }

    #[test]
    fn text_is_widened_by_bytes() {
        assert_eq!(widen("青松 37", "code", 12).unwrap(), "青松 37   ");
        assert!(widen("青松 37", "code", 8).is_err());
        assert!(widen("青松 ", "code", 12).is_err());
    }
}
