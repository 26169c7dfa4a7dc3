//! Tokens by which other systems read facts; only hashes are kept.

use jiff::civil::Date;
use pingyi_domain::ids::{ApiTokenId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::column::ids;
use crate::row::record;
use crate::{Result, Tx};

ids!(ApiTokenId);

/// One token, without itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Id.
    pub id: ApiTokenId,
    /// Scope: this organisation and everything below it.
    pub org_id: OrgId,
    /// Which system it was made for.
    pub name: String,
    /// Hash of the token.
    pub token_hash: String,
    /// Who made it, by name.
    pub made_by: String,
    /// When.
    pub made_at: UnixTime,
    /// Its last day.
    pub last_day: Date,
    /// Who took it back.
    pub revoked_by: Option<String>,
    /// When.
    pub revoked_at: Option<UnixTime>,
}

record!(ApiToken {
    id,
    org_id,
    name,
    token_hash,
    made_by,
    made_at,
    last_day,
    revoked_by,
    revoked_at
});

/// By the hash of what was sent.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<ApiToken>> {
    tx.maybe(
        "SELECT id, org_id, name, token_hash, made_by, made_at, last_day, revoked_by, revoked_at \
         FROM api_token WHERE token_hash = $1",
        args![token_hash],
    )
    .await
}

/// An organisation's own tokens, newest first.
pub async fn list(tx: &mut Tx, org: OrgId) -> Result<Vec<ApiToken>> {
    tx.all(
        "SELECT id, org_id, name, token_hash, made_by, made_at, last_day, revoked_by, revoked_at \
         FROM api_token WHERE org_id = $1 ORDER BY id DESC",
        args![org],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, token: &ApiToken) -> Result<()> {
    let t = token;
    tx.run(
        "INSERT INTO api_token (id, org_id, name, token_hash, made_by, made_at, last_day, \
         revoked_by, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            t.id,
            t.org_id,
            t.name,
            t.token_hash,
            t.made_by,
            t.made_at,
            t.last_day,
            t.revoked_by,
            t.revoked_at
        ],
    )
    .await
    .map(drop)
}

/// Takes one back; it is taken back once.
pub async fn revoke(tx: &mut Tx, id: ApiTokenId, by: &str, at: UnixTime) -> Result<()> {
    tx.run_one(
        "UPDATE api_token SET revoked_by = $2, revoked_at = $3 \
         WHERE id = $1 AND revoked_at IS NULL",
        args![id, by, at],
    )
    .await
}
