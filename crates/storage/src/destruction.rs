//! Papers no longer kept: proposed by one person, confirmed by another, deleted where they are
//! texts of this database (docs/DOMAIN.md §3.6). Days, names of helpers and counts stay.

mod texts;

use pingyi_domain::ids::{AccountId, CampaignId, DestructionId, OrgId};
use pingyi_domain::results::{DestructionState, Kind};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::column::{ids, states};
use crate::row::record;
use crate::{Result, Tx};

ids!(DestructionId);
states!(DestructionState, Kind);

/// A destruction as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDestruction {
    /// Id.
    pub id: DestructionId,
    /// Of which campaign's papers.
    pub campaign_id: CampaignId,
    /// Of which branch's.
    pub branch_id: OrgId,
    /// Which papers.
    pub kind: Kind,
    /// How far it is.
    pub state: DestructionState,
    /// How, where, or why.
    pub remark: String,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// Their name.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: UnixTime,
    /// Who confirmed or declined it.
    pub decided_by: Option<AccountId>,
    /// Their name.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<UnixTime>,
    /// Texts deleted.
    pub removed: Option<u32>,
}

record!(StoredDestruction {
    id,
    campaign_id,
    branch_id,
    kind,
    state,
    remark,
    proposed_by,
    proposed_by_name,
    proposed_at,
    decided_by,
    decided_by_name,
    decided_at,
    removed,
});

/// A branch's destructions, oldest first.
pub async fn list(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
) -> Result<Vec<StoredDestruction>> {
    tx.all(
        "SELECT id, campaign_id, branch_id, kind, state, remark, proposed_by, proposed_by_name, \
         proposed_at, decided_by, decided_by_name, decided_at, removed FROM destruction \
         WHERE campaign_id = $1 AND branch_id = $2 ORDER BY proposed_at, id",
        args![campaign, branch],
    )
    .await
}

/// A destruction of one kind in one branch, for sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whose papers.
    pub branch_id: OrgId,
    /// Which.
    pub kind: Kind,
    /// How far it is.
    pub state: DestructionState,
}

record!(Standing {
    branch_id,
    kind,
    state
});

/// Every destruction of a campaign that was not declined: proposed, or done.
pub async fn list_all(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Standing>> {
    tx.many(
        "SELECT branch_id, kind, state FROM destruction \
         WHERE campaign_id = $1 AND state <> 'declined' ORDER BY branch_id, kind",
        args![campaign],
    )
    .await
}

/// Adds a proposal.
pub async fn insert(tx: &mut Tx, d: &StoredDestruction) -> Result<()> {
    tx.run(
        "INSERT INTO destruction (id, campaign_id, branch_id, kind, state, remark, proposed_by, \
         proposed_by_name, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            d.id,
            d.campaign_id,
            d.branch_id,
            d.kind,
            d.state,
            d.remark,
            d.proposed_by,
            d.proposed_by_name,
            d.proposed_at
        ],
    )
    .await
    .map(drop)
}

/// Notes the decision on a proposal that has none.
pub async fn decide(tx: &mut Tx, d: &StoredDestruction) -> Result<()> {
    tx.run_one(
        "UPDATE destruction SET state = $2, decided_by = $3, decided_by_name = $4, \
         decided_at = $5, removed = $6 WHERE id = $1 AND state = 'proposed'",
        args![
            d.id,
            d.state,
            d.decided_by,
            d.decided_by_name,
            d.decided_at,
            d.removed
        ],
    )
    .await
}

/// Deletes the texts of one kind and says in how many rows; paper has none here. When it is
/// committed, [`crate::settle::texts`] clears away what the engine still remembers of them.
pub async fn erase(tx: &mut Tx, campaign: CampaignId, branch: OrgId, kind: Kind) -> Result<u32> {
    let mut removed = 0;
    for sql in texts::of(kind) {
        removed += tx.run(sql, args![campaign, branch]).await?;
    }
    if kind == Kind::Opinions {
        removed += empty_envelopes(tx, campaign, branch).await?;
    }
    Ok(u32::try_from(removed).unwrap_or(u32::MAX))
}

/// A collection that nobody closed still has its envelope.
async fn empty_envelopes(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<u64> {
    tx.run(
        "UPDATE opinion_collection SET envelope = $3 WHERE length(envelope) > 0 AND activity_id IN \
         (SELECT id FROM opinion_activity WHERE campaign_id = $1 AND branch_id = $2)",
        args![campaign, branch, Vec::<u8>::new()],
    )
    .await
}
