//! Appraisal results of everybody in a subtree, as somebody types them into the provincial
//! member system. One query; nothing here decides anything. // 通知 三、3

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, OrgId};

use crate::arg::args;
use crate::below::below;
use crate::row::record;
use crate::{Result, Tx};

/// One member of a determined round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformRow {
    /// Branch.
    pub branch_id: OrgId,
    /// Its name.
    pub branch: String,
    /// Day of the meeting, at which the appraisal was held on the spot.
    pub held_on: Option<Date>,
    /// Name, as it was on the list.
    pub name: String,
    /// Why the member was not appraised; `None` for everybody else.
    pub excluded: Option<String>,
    /// Day the branch gave its opinion.
    pub decided_on: Option<Date>,
    /// The notice's grade key; `None` is 不定等次 or no opinion.
    pub grade: Option<String>,
    /// 表扬: in what manner.
    pub manner: Option<String>,
    /// For what.
    pub praised_for: Option<String>,
}

record!(PlatformRow {
    branch_id,
    branch,
    held_on,
    name,
    excluded,
    decided_on,
    grade,
    manner,
    praised_for
});

/// An organisation's members by branch, in the order of the lists.
pub async fn list(tx: &mut Tx, campaign: CampaignId, under: OrgId) -> Result<Vec<PlatformRow>> {
    tx.many(
        // A determined round is the one that counts: a later one follows only after it was voided.
        concat!(
            "SELECT o.id AS branch_id, o.name AS branch, m.held_on, s.name, \
             CASE s.treatment WHEN 'not_appraised' THEN COALESCE(s.reason, '') ELSE NULL END \
             AS excluded, d.decided_on, d.grade, c.manner, c.reason AS praised_for \
             FROM meeting m JOIN org o ON o.id = m.branch_id \
             JOIN round r ON r.meeting_id = m.id AND r.state = 'determined' \
             JOIN round_member s ON s.round_id = r.id \
             LEFT JOIN determination d ON d.round_id = s.round_id AND d.seq = s.seq \
             LEFT JOIN commendation c ON c.round_id = s.round_id AND c.seq = s.seq \
             WHERE m.campaign_id = $1 AND o.id IN ",
            below!("$2"),
            " ORDER BY o.id, s.seq"
        ),
        args![campaign, under],
    )
    .await
}
