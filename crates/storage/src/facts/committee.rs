//! What the committee itself did: draws, checks, leaders' visits. // 通知 四、4

use pingyi_domain::facts::{AssessmentFacts, CommitteeFacts};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::scheme::SchemeState;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx, assessment as stored};

struct VisitsRow {
    visits: u32,
}

record!(VisitsRow { visits });

pub(super) async fn read(
    tx: &mut Tx,
    campaign: CampaignId,
    org: Option<OrgId>,
) -> Result<CommitteeFacts> {
    let draws = tx
        .number(
            "SELECT COUNT(*) AS n FROM draw WHERE campaign_id = $1 AND seed IS NOT NULL",
            args![campaign],
        )
        .await?;
    let checked = tx
        .number(
            "SELECT COUNT(DISTINCT branch_id) AS n FROM spot_check WHERE campaign_id = $1",
            args![campaign],
        )
        .await?;
    // A branch is visited once by a leader (primary key), so rows are branches.
    let visits: Vec<VisitsRow> = tx
        .all(
            "SELECT COUNT(v.branch_id) AS visits FROM leader l \
             LEFT JOIN leader_visit v ON v.leader_id = l.id WHERE l.campaign_id = $1 \
             GROUP BY l.id ORDER BY l.id",
            args![campaign],
        )
        .await?;
    Ok(CommitteeFacts {
        org,
        draws: u32::try_from(draws).unwrap_or(u32::MAX),
        checked: u32::try_from(checked).unwrap_or(u32::MAX),
        assessment: assessment(tx, campaign).await?,
        visits: visits.into_iter().map(|row| row.visits).collect(),
    })
}

/// Scheme and checked sheets; nothing is added up over units.
async fn assessment(tx: &mut Tx, campaign: CampaignId) -> Result<AssessmentFacts> {
    let scheme = stored::scheme(tx, campaign).await?;
    let checked = tx
        .number(
            "SELECT COUNT(*) AS n FROM assessment_sheet \
             WHERE campaign_id = $1 AND state = 'checked'",
            args![campaign],
        )
        .await?;
    Ok(AssessmentFacts {
        issued: scheme.map(|s| s.state == SchemeState::Issued),
        checked: u32::try_from(checked).unwrap_or(u32::MAX),
    })
}
