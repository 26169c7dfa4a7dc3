//! Links that open a branch's 台帐 without login, for one check. // 通知 四、4
//!
//! Only the hash of the token in the address stands here: a stolen database opens nothing.

use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::UnixTime;
use uuid::Uuid;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A link as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLink {
    /// Which.
    pub id: Uuid,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Whose ledger.
    pub branch_id: OrgId,
    /// Hash of the token.
    pub token_hash: String,
    /// For whom, in the maker's words.
    pub purpose: String,
    /// Who made it, by name.
    pub made_by: String,
    /// When.
    pub made_at: UnixTime,
    /// Opens nothing from then on.
    pub expires_at: UnixTime,
    /// Taken back before that.
    pub revoked_at: Option<UnixTime>,
    /// How often it was opened.
    pub openings: u32,
}

record!(LedgerLink {
    id,
    campaign_id,
    branch_id,
    token_hash,
    purpose,
    made_by,
    made_at,
    expires_at,
    revoked_at,
    openings
});

impl LedgerLink {
    /// Whether it opens the ledger now.
    pub fn opens(&self, now: UnixTime) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// A branch's links, newest first.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<LedgerLink>> {
    tx.all(
        "SELECT id, campaign_id, branch_id, token_hash, purpose, made_by, made_at, expires_at, \
         revoked_at, openings FROM ledger_link WHERE campaign_id = $1 AND branch_id = $2 \
         ORDER BY made_at DESC, id DESC",
        args![campaign, branch],
    )
    .await
}

/// The link with this token.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<LedgerLink>> {
    tx.maybe(
        "SELECT id, campaign_id, branch_id, token_hash, purpose, made_by, made_at, expires_at, \
         revoked_at, openings FROM ledger_link WHERE token_hash = $1",
        args![token_hash],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, link: &LedgerLink) -> Result<()> {
    let l = link;
    tx.run(
        "INSERT INTO ledger_link (id, campaign_id, branch_id, token_hash, purpose, made_by, \
         made_at, expires_at, revoked_at, openings) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            l.id,
            l.campaign_id,
            l.branch_id,
            l.token_hash,
            l.purpose,
            l.made_by,
            l.made_at,
            l.expires_at,
            l.revoked_at,
            l.openings
        ],
    )
    .await
    .map(drop)
}

/// Once more opened.
pub async fn count_opening(tx: &mut Tx, id: Uuid) -> Result<()> {
    tx.run(
        "UPDATE ledger_link SET openings = openings + 1 WHERE id = $1",
        args![id],
    )
    .await
    .map(drop)
}

/// Takes a branch's link back; 0 when it is not there or was taken back before.
pub async fn revoke(
    tx: &mut Tx,
    (campaign, branch): (CampaignId, OrgId),
    id: Uuid,
    at: UnixTime,
) -> Result<u64> {
    tx.run(
        "UPDATE ledger_link SET revoked_at = $4 WHERE id = $3 AND campaign_id = $1 \
         AND branch_id = $2 AND revoked_at IS NULL",
        args![campaign, branch, id, at],
    )
    .await
}
