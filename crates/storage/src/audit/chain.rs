//! The hash of one row, so described that anyone can recompute it.
//!
//! `hash` = lower-case hex of SHA-256 over these fields in this order, each written as its
//! length in bytes (8 bytes, big-endian) followed by its UTF-8 bytes; numbers in decimal, no
//! account as the empty text:
//!
//! `"pingyi-audit-1"`, `seq`, `at`, `account_id`, `actor_name`, `actor_post`, `event`,
//! `object_kind`, `object_id`, `detail`, `prev_hash`
//!
//! The first row's `prev_hash` is [`GENESIS`].

use sha2::{Digest, Sha256};

use super::AuditRow;

/// `prev_hash` of row 1: 64 zeros.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Names the encoding, so that a later one cannot be confused with it.
const ENCODING: &str = "pingyi-audit-1";

/// Recomputes a row's hash from its other fields.
pub fn row_hash(row: &AuditRow) -> String {
    let account = row.account_id.map(|id| id.to_string()).unwrap_or_default();
    let fields = [
        ENCODING,
        &row.seq.to_string(),
        &row.at.0.to_string(),
        &account,
        &row.actor_name,
        &row.actor_post,
        &row.event,
        &row.object_kind,
        &row.object_id,
        &row.detail,
        &row.prev_hash,
    ];
    let mut hasher = Sha256::new();
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    hex::encode(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingyi_domain::time::UnixTime;

    fn row(name: &str, post: &str) -> AuditRow {
        AuditRow {
            seq: 1,
            at: UnixTime(1_440_000_000),
            account_id: None,
            actor_name: name.into(),
            actor_post: post.into(),
            event: "SetupDone".into(),
            object_kind: "system".into(),
            object_id: String::new(),
            detail: "{}".into(),
            prev_hash: GENESIS.into(),
            hash: String::new(),
        }
    }

    #[test]
    fn text_cannot_move_from_one_field_to_the_next() {
        assert_ne!(
            row_hash(&row("张三书", "记")),
            row_hash(&row("张三", "书记"))
        );
    }

    /// Pinned: a change of the encoding would break every chain already printed.
    #[test]
    fn the_encoding_has_not_changed() {
        assert_eq!(
            row_hash(&row("张三", "书记")),
            "1d3e5b758ef29fb2fe6b1993fb8f713328e50cbd61390efbbb2d2060274405ef"
        );
    }
}
