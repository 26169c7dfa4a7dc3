//! Work plans with all their versions. // 通知 二、4

use jiff::civil::DateTime;
use pingyi_domain::ids::{AccountId, CampaignId, OrgId, PlanId};
use pingyi_domain::plan::{PlanContent, PlanState};
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::row::record;
use crate::{Result, Tx};

/// A plan: where its newest version is, and which version is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Id.
    pub id: PlanId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Whose.
    pub org_id: OrgId,
    /// State of the newest version.
    pub state: PlanState,
    /// The newest version, from 1.
    pub version: u32,
    /// The version in force, if any was filed.
    pub filed_version: Option<u32>,
    /// 备案号, unique within a campaign.
    pub number: Option<String>,
}

record!(Plan {
    id,
    campaign_id,
    org_id,
    state,
    version,
    filed_version,
    number
});

/// One version, with who wrote, sent and reviewed it (account and copied name).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanVersion {
    /// Of which plan.
    pub plan_id: PlanId,
    /// From 1.
    pub version: u32,
    /// What it says.
    pub content: PlanContent,
    /// Who wrote it.
    pub drafted_by: AccountId,
    /// By name.
    pub drafted_by_name: String,
    /// When it was last saved as a draft.
    pub drafted_at: UnixTime,
    /// Who sent it.
    pub submitted_by: Option<AccountId>,
    /// By name.
    pub submitted_by_name: Option<String>,
    /// When.
    pub submitted_at: Option<UnixTime>,
    /// After the deadline day.
    pub late: bool,
    /// Returned or Filed.
    pub decision: Option<PlanState>,
    /// The reviewer's words.
    pub opinion: Option<String>,
    /// Who reviewed it.
    pub reviewer: Option<AccountId>,
    /// By name.
    pub reviewer_name: Option<String>,
    /// When.
    pub decided_at: Option<UnixTime>,
}

record!(PlanVersion {
    plan_id,
    version,
    content,
    drafted_by,
    drafted_by_name,
    drafted_at,
    submitted_by,
    submitted_by_name,
    submitted_at,
    late,
    decision,
    opinion,
    reviewer,
    reviewer_name,
    decided_at,
});

/// A planned meeting of the version in force, else of the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose plan.
    pub unit: OrgId,
    /// Whose meeting.
    pub branch: OrgId,
    /// Begin, local time; `None` while open.
    pub starts: Option<DateTime>,
    /// Place.
    pub place: String,
}

record!(Session {
    unit,
    branch,
    starts,
    place
});

/// All planned meetings of a campaign, earliest first; not of branches that are not due to meet.
pub async fn sessions(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Session>> {
    tx.many(
        "SELECT p.org_id AS unit, s.branch_id AS branch, s.starts_at AS starts, s.place \
         FROM plan p JOIN plan_session s ON s.plan_id = p.id \
         AND s.version = COALESCE(p.filed_version, p.version) \
         WHERE p.campaign_id = $1 AND NOT EXISTS (SELECT 1 FROM branch_exclusion x \
         WHERE x.campaign_id = p.campaign_id AND x.branch_id = s.branch_id) \
         ORDER BY s.starts_at, s.branch_id",
        args![campaign],
    )
    .await
}

/// One plan.
pub async fn get(tx: &mut Tx, id: PlanId) -> Result<Option<Plan>> {
    tx.maybe(
        "SELECT id, campaign_id, org_id, state, version, filed_version, number FROM plan \
         WHERE id = $1",
        args![id],
    )
    .await
}

/// A unit's plan.
pub async fn find(tx: &mut Tx, campaign: CampaignId, unit: OrgId) -> Result<Option<Plan>> {
    tx.maybe(
        "SELECT id, campaign_id, org_id, state, version, filed_version, number FROM plan \
         WHERE campaign_id = $1 AND org_id = $2",
        args![campaign, unit],
    )
    .await
}

/// All plans of a campaign, in the order they were begun.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Plan>> {
    tx.all(
        "SELECT id, campaign_id, org_id, state, version, filed_version, number FROM plan \
         WHERE campaign_id = $1 ORDER BY id",
        args![campaign],
    )
    .await
}

/// Begins a plan (its first version follows with [`insert_version`]).
pub async fn insert(tx: &mut Tx, plan: &Plan) -> Result<()> {
    let p = plan;
    tx.run(
        "INSERT INTO plan (id, campaign_id, org_id, state, version, filed_version, number) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            p.id,
            p.campaign_id,
            p.org_id,
            p.state,
            p.version,
            p.filed_version,
            p.number
        ],
    )
    .await
    .map(drop)
}

/// Writes state, versions and number.
pub async fn update(tx: &mut Tx, plan: &Plan) -> Result<()> {
    let p = plan;
    tx.run_one(
        "UPDATE plan SET state = $2, version = $3, filed_version = $4, number = $5 WHERE id = $1",
        args![p.id, p.state, p.version, p.filed_version, p.number],
    )
    .await
}

/// One version.
pub async fn get_version(tx: &mut Tx, plan: PlanId, version: u32) -> Result<Option<PlanVersion>> {
    tx.maybe(
        "SELECT plan_id, version, content, drafted_by, drafted_by_name, drafted_at, \
         submitted_by, submitted_by_name, submitted_at, late, decision, opinion, reviewer, \
         reviewer_name, decided_at FROM plan_version WHERE plan_id = $1 AND version = $2",
        args![plan, version],
    )
    .await
}

/// All versions, newest first.
pub async fn list_versions(tx: &mut Tx, plan: PlanId) -> Result<Vec<PlanVersion>> {
    tx.all(
        "SELECT plan_id, version, content, drafted_by, drafted_by_name, drafted_at, \
         submitted_by, submitted_by_name, submitted_at, late, decision, opinion, reviewer, \
         reviewer_name, decided_at FROM plan_version WHERE plan_id = $1 ORDER BY version DESC",
        args![plan],
    )
    .await
}

/// A version as both statements below number it.
fn values(v: &PlanVersion) -> [Arg; 15] {
    args![
        v.plan_id,
        v.version,
        v.content,
        v.drafted_by,
        v.drafted_by_name,
        v.drafted_at,
        v.submitted_by,
        v.submitted_by_name,
        v.submitted_at,
        v.late,
        v.decision,
        v.opinion,
        v.reviewer,
        v.reviewer_name,
        v.decided_at
    ]
}

/// Adds a version with its planned meetings.
pub async fn insert_version(tx: &mut Tx, version: &PlanVersion) -> Result<()> {
    tx.run(
        "INSERT INTO plan_version (plan_id, version, content, drafted_by, drafted_by_name, \
         drafted_at, submitted_by, submitted_by_name, submitted_at, late, decision, opinion, \
         reviewer, reviewer_name, decided_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        values(version),
    )
    .await?;
    insert_sessions(tx, version).await
}

/// Writes a version and its planned meetings anew.
pub async fn update_version(tx: &mut Tx, version: &PlanVersion) -> Result<()> {
    tx.run_one(
        "UPDATE plan_version SET content = $3, drafted_by = $4, drafted_by_name = $5, \
         drafted_at = $6, submitted_by = $7, submitted_by_name = $8, submitted_at = $9, \
         late = $10, decision = $11, opinion = $12, reviewer = $13, reviewer_name = $14, \
         decided_at = $15 WHERE plan_id = $1 AND version = $2",
        values(version),
    )
    .await?;
    tx.run(
        "DELETE FROM plan_session WHERE plan_id = $1 AND version = $2",
        args![version.plan_id, version.version],
    )
    .await?;
    insert_sessions(tx, version).await
}

async fn insert_sessions(tx: &mut Tx, version: &PlanVersion) -> Result<()> {
    let meetings = &version.content.meetings;
    for (at, meeting) in meetings.iter().enumerate() {
        // A draft may name a branch twice; the rules say so, and the first line counts.
        if meetings[..at]
            .iter()
            .any(|earlier| earlier.branch == meeting.branch)
        {
            continue;
        }
        tx.run(
            "INSERT INTO plan_session (plan_id, version, branch_id, starts_at, place) \
             VALUES ($1, $2, $3, $4, $5)",
            args![
                version.plan_id,
                version.version,
                meeting.branch,
                meeting.starts,
                meeting.place
            ],
        )
        .await?;
    }
    Ok(())
}
