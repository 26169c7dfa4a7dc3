//! 签收: which organisation acknowledged the notice, and when.

use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A receipt as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Of which notice.
    pub campaign_id: CampaignId,
    /// By which organisation.
    pub org_id: OrgId,
    /// When.
    pub acknowledged_at: UnixTime,
    /// Who pressed the button, by name.
    pub by_name: String,
}

record!(Receipt {
    campaign_id,
    org_id,
    acknowledged_at,
    by_name
});

/// An organisation's receipt.
pub async fn get(tx: &mut Tx, campaign: CampaignId, org: OrgId) -> Result<Option<Receipt>> {
    tx.maybe(
        "SELECT campaign_id, org_id, acknowledged_at, by_name FROM receipt \
         WHERE campaign_id = $1 AND org_id = $2",
        args![campaign, org],
    )
    .await
}

/// All receipts of a notice, earliest first.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Receipt>> {
    tx.all(
        "SELECT campaign_id, org_id, acknowledged_at, by_name FROM receipt \
         WHERE campaign_id = $1 ORDER BY acknowledged_at, org_id",
        args![campaign],
    )
    .await
}

/// Adds one; a second receipt of the same organisation is a duplicate.
pub async fn insert(tx: &mut Tx, receipt: &Receipt) -> Result<()> {
    let r = receipt;
    tx.run(
        "INSERT INTO receipt (campaign_id, org_id, acknowledged_at, by_name) \
         VALUES ($1, $2, $3, $4)",
        args![r.campaign_id, r.org_id, r.acknowledged_at, r.by_name],
    )
    .await
    .map(drop)
}
