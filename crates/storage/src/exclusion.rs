//! Who and what is left out of 两个全覆盖, with reason, approver and day. // 通知 四、3
//!
//! Nothing here takes anybody out of a figure silently: pages list every row beside it.

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::meeting::ExclusionReason;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A branch that is not due to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchExclusion {
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Which branch.
    pub branch_id: OrgId,
    /// Why.
    pub reason: String,
    /// Who approved it, by name.
    pub approver: String,
    /// On which day.
    pub approved_on: Date,
    /// Who entered it, by name.
    pub by_name: String,
    /// When.
    pub at: UnixTime,
}

record!(BranchExclusion {
    campaign_id,
    branch_id,
    reason,
    approver,
    approved_on,
    by_name,
    at
});

/// A member who is not due at the branch's meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDue {
    /// Of which branch.
    pub branch_id: OrgId,
    /// Name.
    pub name: String,
    /// Why.
    pub reason: ExclusionReason,
    /// Who approved it, by name.
    pub approver: String,
    /// On which day.
    pub on_day: Date,
}

record!(NotDue {
    branch_id,
    name,
    reason,
    approver,
    on_day
});

/// A member who is not appraised in the round that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAppraised {
    /// Of which branch.
    pub branch_id: OrgId,
    /// Name as listed.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Who approved that the member is not due, where that is on record.
    pub approver: Option<String>,
    /// The day of that.
    pub on_day: Option<Date>,
}

record!(NotAppraised {
    branch_id,
    name,
    reason,
    approver,
    on_day
});

/// All excluded branches of a campaign.
pub async fn branches(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<BranchExclusion>> {
    tx.many(
        "SELECT campaign_id, branch_id, reason, approver, approved_on, by_name, at \
         FROM branch_exclusion WHERE campaign_id = $1 ORDER BY branch_id",
        args![campaign],
    )
    .await
}

/// Writes a branch's exclusion anew.
pub async fn set(tx: &mut Tx, exclusion: &BranchExclusion) -> Result<()> {
    let e = exclusion;
    delete(tx, e.campaign_id, e.branch_id).await?;
    tx.run(
        "INSERT INTO branch_exclusion (campaign_id, branch_id, reason, approver, approved_on, \
         by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            e.campaign_id,
            e.branch_id,
            e.reason,
            e.approver,
            e.approved_on,
            e.by_name,
            e.at
        ],
    )
    .await
    .map(drop)
}

/// Takes it back: the branch is due again.
pub async fn delete(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<u64> {
    tx.run(
        "DELETE FROM branch_exclusion WHERE campaign_id = $1 AND branch_id = $2",
        args![campaign, branch],
    )
    .await
}

/// Everybody in the campaign who is not due at a meeting, branch by branch.
pub async fn not_due(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<NotDue>> {
    tx.many(
        "SELECT t.branch_id, m.name, x.exclusion_reason AS reason, x.approver, \
         x.excluded_on AS on_day FROM meeting t JOIN attendance x ON x.meeting_id = t.id \
         JOIN member m ON m.id = x.member_id WHERE t.campaign_id = $1 AND x.due = 0 \
         ORDER BY t.branch_id, m.id",
        args![campaign],
    )
    .await
}

/// Everybody listed without being appraised, in each branch's newest round that is not void.
pub async fn not_appraised(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<NotAppraised>> {
    tx.many(
        "SELECT t.branch_id, s.name, COALESCE(s.reason, '') AS reason, x.approver, \
         x.excluded_on AS on_day FROM meeting t \
         JOIN round r ON r.meeting_id = t.id AND r.no = (SELECT MAX(n.no) FROM round n \
         WHERE n.meeting_id = t.id AND n.state <> 'voided') \
         JOIN round_member s ON s.round_id = r.id AND s.treatment = 'not_appraised' \
         LEFT JOIN attendance x ON x.meeting_id = t.id AND x.member_id = s.member_id AND x.due = 0 \
         WHERE t.campaign_id = $1 ORDER BY t.branch_id, s.seq",
        args![campaign],
    )
    .await
}
