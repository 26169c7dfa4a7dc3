//! Papers no longer kept: proposed by one person, confirmed by another, deleted where they are
//! texts of this database (docs/DOMAIN.md §3.6). Days, names of helpers and counts stay.

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

/// Deletes the texts of one kind and says how many; paper and kinds kept elsewhere have none.
pub async fn erase(tx: &mut Tx, campaign: CampaignId, branch: OrgId, kind: Kind) -> Result<u32> {
    let mut removed = 0;
    for sql in texts_of(kind) {
        removed += tx.run(sql, args![campaign, branch]).await?;
    }
    Ok(u32::try_from(removed).unwrap_or(u32::MAX))
}

/// Each sets the texts of its table to nothing; `$1` is the campaign, `$2` the branch.
fn texts_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Results => &[
            "UPDATE feedback SET objection = NULL, handling = NULL \
             WHERE (objection IS NOT NULL OR handling IS NOT NULL) AND round_id IN \
             (SELECT r.id FROM round r JOIN meeting m ON m.id = r.meeting_id \
             WHERE m.campaign_id = $1 AND m.branch_id = $2)",
            "UPDATE publicity_objection SET content = NULL, handling = NULL \
             WHERE (content IS NOT NULL OR handling IS NOT NULL) AND publicity_id IN \
             (SELECT id FROM publicity WHERE campaign_id = $1 AND branch_id = $2)",
            "UPDATE help_plan SET measures = NULL WHERE measures IS NOT NULL AND round_id IN \
             (SELECT r.id FROM round r JOIN meeting m ON m.id = r.meeting_id \
             WHERE m.campaign_id = $1 AND m.branch_id = $2)",
            "UPDATE help_note SET content = NULL WHERE content IS NOT NULL AND round_id IN \
             (SELECT r.id FROM round r JOIN meeting m ON m.id = r.meeting_id \
             WHERE m.campaign_id = $1 AND m.branch_id = $2)",
        ],
        _ => &[],
    }
}
