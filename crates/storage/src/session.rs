//! Signed-in browsers. Only the hash of a token is kept; no address, no user agent.

use pingyi_domain::ids::AccountId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of the cookie's token.
    pub token_hash: String,
    /// Whose.
    pub account_id: AccountId,
    /// Token that forms must carry.
    pub csrf: String,
    /// Sign-in.
    pub created_at: UnixTime,
    /// Last request (rounded by the caller as it likes).
    pub seen_at: UnixTime,
    /// Gone from then on.
    pub expires_at: UnixTime,
}

record!(Session {
    token_hash,
    account_id,
    csrf,
    created_at,
    seen_at,
    expires_at
});

/// The session with this token hash, unless it has expired.
pub async fn find(tx: &mut Tx, token_hash: &str, now: UnixTime) -> Result<Option<Session>> {
    tx.maybe(
        "SELECT token_hash, account_id, csrf, created_at, seen_at, expires_at FROM session \
         WHERE token_hash = $1 AND expires_at > $2",
        args![token_hash, now],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, session: &Session) -> Result<()> {
    let s = session;
    tx.run(
        "INSERT INTO session (token_hash, account_id, csrf, created_at, seen_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            s.token_hash,
            s.account_id,
            s.csrf,
            s.created_at,
            s.seen_at,
            s.expires_at
        ],
    )
    .await
    .map(drop)
}

/// Prolongs one; nothing happens if it is gone meanwhile.
pub async fn update_seen(
    tx: &mut Tx,
    token_hash: &str,
    seen_at: UnixTime,
    expires_at: UnixTime,
) -> Result<()> {
    tx.run(
        "UPDATE session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1",
        args![token_hash, seen_at, expires_at],
    )
    .await
    .map(drop)
}

/// Signs one browser out.
pub async fn delete(tx: &mut Tx, token_hash: &str) -> Result<()> {
    tx.run(
        "DELETE FROM session WHERE token_hash = $1",
        args![token_hash],
    )
    .await
    .map(drop)
}

/// Signs an account out everywhere; returns from how many browsers.
pub async fn delete_of_account(tx: &mut Tx, account: AccountId) -> Result<u64> {
    tx.run("DELETE FROM session WHERE account_id = $1", args![account])
        .await
}

/// Clears expired ones; returns how many.
pub async fn delete_expired(tx: &mut Tx, now: UnixTime) -> Result<u64> {
    tx.run("DELETE FROM session WHERE expires_at <= $1", args![now])
        .await
}
