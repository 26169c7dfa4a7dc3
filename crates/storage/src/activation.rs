//! One-time codes that activate an account or reset its password. Only hashes are kept.

use pingyi_domain::ids::AccountId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A code as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activation {
    /// For which account.
    pub account_id: AccountId,
    /// Hash of the printed code.
    pub code_hash: String,
    /// Not valid from then on.
    pub expires_at: UnixTime,
    /// When it was used.
    pub used_at: Option<UnixTime>,
}

record!(Activation {
    account_id,
    code_hash,
    expires_at,
    used_at
});

/// By its hash, used and expired ones too.
pub async fn find(tx: &mut Tx, code_hash: &str) -> Result<Option<Activation>> {
    tx.maybe(
        "SELECT account_id, code_hash, expires_at, used_at FROM activation WHERE code_hash = $1",
        args![code_hash],
    )
    .await
}

/// Adds a code; earlier unused codes of the account stop working.
pub async fn insert(tx: &mut Tx, activation: &Activation) -> Result<()> {
    let a = activation;
    tx.run(
        "DELETE FROM activation WHERE account_id = $1 AND used_at IS NULL",
        args![a.account_id],
    )
    .await?;
    tx.run(
        "INSERT INTO activation (account_id, code_hash, expires_at, used_at) \
         VALUES ($1, $2, $3, $4)",
        args![a.account_id, a.code_hash, a.expires_at, a.used_at],
    )
    .await
    .map(drop)
}

/// Uses a code up; a code used or expired meanwhile is [`crate::StorageError::Stale`].
pub async fn update_used(tx: &mut Tx, code_hash: &str, at: UnixTime) -> Result<()> {
    tx.run_one(
        "UPDATE activation SET used_at = $2 \
         WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2",
        args![code_hash, at],
    )
    .await
}
