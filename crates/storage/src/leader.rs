//! 工委领导班子成员, their linked units, the meetings they attended. // 通知 四、4

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, LeaderId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A leader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    /// Id.
    pub id: LeaderId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Name.
    pub name: String,
    /// Post in words.
    pub post: String,
}

record!(Leader {
    id,
    campaign_id,
    name,
    post
});

/// A unit a leader is linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Who.
    pub leader_id: LeaderId,
    /// 会员单位.
    pub unit_id: OrgId,
}

record!(Link { leader_id, unit_id });

/// A meeting a leader attended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Who.
    pub leader_id: LeaderId,
    /// Whose meeting.
    pub branch_id: OrgId,
    /// When.
    pub visited_on: Date,
    /// Who entered it, by name.
    pub entered_by: String,
    /// When.
    pub entered_at: UnixTime,
}

record!(Visit {
    leader_id,
    branch_id,
    visited_on,
    entered_by,
    entered_at
});

/// All leaders, in the order they were named.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Leader>> {
    tx.all(
        "SELECT id, campaign_id, name, post FROM leader WHERE campaign_id = $1 ORDER BY id",
        args![campaign],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, leader: &Leader) -> Result<()> {
    tx.run(
        "INSERT INTO leader (id, campaign_id, name, post) VALUES ($1, $2, $3, $4)",
        args![leader.id, leader.campaign_id, leader.name, leader.post],
    )
    .await
    .map(drop)
}

/// All links of a campaign.
pub async fn links(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Link>> {
    tx.all(
        "SELECT u.leader_id, u.unit_id FROM leader_unit u JOIN leader l ON l.id = u.leader_id \
         WHERE l.campaign_id = $1 ORDER BY u.leader_id, u.unit_id",
        args![campaign],
    )
    .await
}

/// Writes a leader's links anew.
pub async fn set_links(tx: &mut Tx, leader: LeaderId, units: &[OrgId]) -> Result<()> {
    tx.run(
        "DELETE FROM leader_unit WHERE leader_id = $1",
        args![leader],
    )
    .await?;
    for unit in units {
        tx.run(
            "INSERT INTO leader_unit (leader_id, unit_id) VALUES ($1, $2)",
            args![leader, unit],
        )
        .await?;
    }
    Ok(())
}

/// All visits of a campaign, earliest first.
pub async fn visits(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Visit>> {
    tx.all(
        "SELECT v.leader_id, v.branch_id, v.visited_on, v.entered_by, v.entered_at \
         FROM leader_visit v JOIN leader l ON l.id = v.leader_id WHERE l.campaign_id = $1 \
         ORDER BY v.visited_on, v.leader_id, v.branch_id",
        args![campaign],
    )
    .await
}

/// Adds a visit; the same branch twice is a duplicate.
pub async fn insert_visit(tx: &mut Tx, visit: &Visit) -> Result<()> {
    let v = visit;
    tx.run(
        "INSERT INTO leader_visit (leader_id, branch_id, visited_on, entered_by, entered_at) \
         VALUES ($1, $2, $3, $4, $5)",
        args![
            v.leader_id,
            v.branch_id,
            v.visited_on,
            v.entered_by,
            v.entered_at
        ],
    )
    .await
    .map(drop)
}
