//! Unit leaders at the meetings of their own branches, as attendance has them. // 通知 四、2

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, OrgId};

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A leader at a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Name.
    pub name: String,
    /// Name of the branch.
    pub branch: String,
    /// Day of the meeting.
    pub held_on: Option<Date>,
    /// As attendance stores it: `present`, `absent` …
    pub presence: String,
    /// Reason of an absence.
    pub reason: Option<String>,
}

record!(Seat {
    name,
    branch,
    held_on,
    presence,
    reason
});

/// Those due at the meetings of an organisation and below it.
pub async fn list(tx: &mut Tx, campaign: CampaignId, org: OrgId) -> Result<Vec<Seat>> {
    tx.many(
        "SELECT p.name, b.name AS branch, m.held_on, a.presence, a.absence_reason AS reason \
         FROM meeting m JOIN attendance a ON a.meeting_id = m.id \
         JOIN member p ON p.id = a.member_id JOIN org b ON b.id = m.branch_id \
         WHERE m.campaign_id = $1 AND a.unit_leader = 1 AND a.due = 1 AND a.role = 'member' \
         AND m.branch_id IN (SELECT id FROM org WHERE id = $2 \
         UNION SELECT id FROM org WHERE parent_id = $2 \
         UNION SELECT low.id FROM org low JOIN org mid ON mid.id = low.parent_id \
         WHERE mid.parent_id = $2 \
         UNION SELECT low.id FROM org low JOIN org mid ON mid.id = low.parent_id \
         JOIN org top ON top.id = mid.parent_id WHERE top.parent_id = $2) \
         ORDER BY m.branch_id, p.id",
        args![campaign, org],
    )
    .await
}
