//! The supervision team (专班). // 通知 四、4

use pingyi_domain::ids::{CampaignId, OrgId, SupervisorId};

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervisor {
    /// Id.
    pub id: SupervisorId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Name.
    pub name: String,
    /// Post in words.
    pub post: String,
    /// Their unit; `None` for the 工委 or somebody from outside the roster.
    pub unit_id: Option<OrgId>,
    /// Still on the team.
    pub active: bool,
}

record!(Supervisor {
    id,
    campaign_id,
    name,
    post,
    unit_id,
    active
});

/// The team, those who left included, in the order they were named.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Supervisor>> {
    tx.all(
        "SELECT id, campaign_id, name, post, unit_id, active FROM supervisor \
         WHERE campaign_id = $1 ORDER BY id",
        args![campaign],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, one: &Supervisor) -> Result<()> {
    tx.run(
        "INSERT INTO supervisor (id, campaign_id, name, post, unit_id, active) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            one.id,
            one.campaign_id,
            one.name,
            one.post,
            one.unit_id,
            one.active
        ],
    )
    .await
    .map(drop)
}

/// Writes whether one is on the team.
pub async fn update(tx: &mut Tx, one: &Supervisor) -> Result<()> {
    tx.run_one(
        "UPDATE supervisor SET post = $2, active = $3 WHERE id = $1",
        args![one.id, one.post, one.active],
    )
    .await
}
