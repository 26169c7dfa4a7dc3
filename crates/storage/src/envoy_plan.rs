//! Whom the superior will send to which branch's meeting. // 通知 四、2

use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// An assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvoyPlan {
    /// For which notice.
    pub campaign_id: CampaignId,
    /// To whose meeting.
    pub branch_id: OrgId,
    /// Name.
    pub name: String,
    /// Post in words, may be empty.
    pub post: String,
    /// The member, when chosen from the posts.
    pub member_id: Option<MemberId>,
    /// The superior that sends.
    pub org_id: OrgId,
    /// Who decided, by name.
    pub by_name: String,
    /// When.
    pub at: UnixTime,
}

record!(EnvoyPlan {
    campaign_id,
    branch_id,
    name,
    post,
    member_id,
    org_id,
    by_name,
    at
});

/// A branch's assignment.
pub async fn find(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Option<EnvoyPlan>> {
    tx.maybe(
        "SELECT campaign_id, branch_id, name, post, member_id, org_id, by_name, at \
         FROM envoy_plan WHERE campaign_id = $1 AND branch_id = $2",
        args![campaign, branch],
    )
    .await
}

/// All assignments of a campaign.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<EnvoyPlan>> {
    tx.many(
        "SELECT campaign_id, branch_id, name, post, member_id, org_id, by_name, at \
         FROM envoy_plan WHERE campaign_id = $1 ORDER BY branch_id",
        args![campaign],
    )
    .await
}

/// Writes a branch's assignment anew.
pub async fn set(tx: &mut Tx, plan: &EnvoyPlan) -> Result<()> {
    delete(tx, plan.campaign_id, plan.branch_id).await?;
    let p = plan;
    tx.run(
        "INSERT INTO envoy_plan (campaign_id, branch_id, name, post, member_id, org_id, by_name, \
         at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            p.campaign_id,
            p.branch_id,
            p.name,
            p.post,
            p.member_id,
            p.org_id,
            p.by_name,
            p.at
        ],
    )
    .await
    .map(drop)
}

/// Takes an assignment back.
pub async fn delete(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<()> {
    tx.run(
        "DELETE FROM envoy_plan WHERE campaign_id = $1 AND branch_id = $2",
        args![campaign, branch],
    )
    .await
    .map(drop)
}
