//! Papers filed upward, with all their versions and what each was made from. // 通知 四、4

use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::{AccountId, CampaignId, FilingId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::row::record;
use crate::{Result, Tx};

/// A filing and where its newest version is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Id.
    pub id: FilingId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Whose.
    pub org_id: OrgId,
    /// A branch's to its unit, or a unit's to the 组织科.
    pub kind: FilingKind,
    /// State of the newest version.
    pub state: FilingState,
    /// The newest version, from 1.
    pub version: u32,
}

record!(Filing {
    id,
    campaign_id,
    org_id,
    kind,
    state,
    version
});

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingVersion {
    /// Of which filing.
    pub filing_id: FilingId,
    /// From 1.
    pub version: u32,
    /// JSON of everything the form was made from.
    pub snapshot: String,
    /// 总结材料 (empty for a branch).
    pub report_text: String,
    /// 填表人.
    pub filler: String,
    /// 联系电话.
    pub contact: String,
    /// End of the audit chain when the form was made, as printed on it.
    pub chain_head: String,
    /// Who sent it.
    pub submitted_by: Option<AccountId>,
    /// By name.
    pub submitted_by_name: Option<String>,
    /// When.
    pub submitted_at: Option<UnixTime>,
    /// After the deadline day.
    pub late: bool,
    /// Returned or Received.
    pub decision: Option<FilingState>,
    /// The receiver's words.
    pub opinion: Option<String>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// By name.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<UnixTime>,
}

record!(FilingVersion {
    filing_id,
    version,
    snapshot,
    report_text,
    filler,
    contact,
    chain_head,
    submitted_by,
    submitted_by_name,
    submitted_at,
    late,
    decision,
    opinion,
    decided_by,
    decided_by_name,
    decided_at,
});

/// One filing.
pub async fn get(tx: &mut Tx, id: FilingId) -> Result<Option<Filing>> {
    tx.maybe(
        "SELECT id, campaign_id, org_id, kind, state, version FROM filing WHERE id = $1",
        args![id],
    )
    .await
}

/// An organisation's filing of a kind.
pub async fn find(
    tx: &mut Tx,
    campaign: CampaignId,
    org: OrgId,
    kind: FilingKind,
) -> Result<Option<Filing>> {
    tx.maybe(
        "SELECT id, campaign_id, org_id, kind, state, version FROM filing \
         WHERE campaign_id = $1 AND org_id = $2 AND kind = $3",
        args![campaign, org, kind],
    )
    .await
}

/// All filings of a kind.
pub async fn list(tx: &mut Tx, campaign: CampaignId, kind: FilingKind) -> Result<Vec<Filing>> {
    tx.all(
        "SELECT id, campaign_id, org_id, kind, state, version FROM filing \
         WHERE campaign_id = $1 AND kind = $2 ORDER BY id",
        args![campaign, kind],
    )
    .await
}

/// Begins a filing (its first version follows with [`insert_version`]).
pub async fn insert(tx: &mut Tx, filing: &Filing) -> Result<()> {
    let f = filing;
    tx.run(
        "INSERT INTO filing (id, campaign_id, org_id, kind, state, version) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![f.id, f.campaign_id, f.org_id, f.kind, f.state, f.version],
    )
    .await
    .map(drop)
}

/// Writes state and version.
pub async fn update(tx: &mut Tx, filing: &Filing) -> Result<()> {
    tx.run_one(
        "UPDATE filing SET state = $2, version = $3 WHERE id = $1",
        args![filing.id, filing.state, filing.version],
    )
    .await
}

/// One version.
pub async fn get_version(
    tx: &mut Tx,
    filing: FilingId,
    version: u32,
) -> Result<Option<FilingVersion>> {
    tx.maybe(
        "SELECT filing_id, version, snapshot, report_text, filler, contact, chain_head, \
         submitted_by, submitted_by_name, submitted_at, late, decision, opinion, decided_by, \
         decided_by_name, decided_at FROM filing_version WHERE filing_id = $1 AND version = $2",
        args![filing, version],
    )
    .await
}

/// All versions, newest first.
pub async fn list_versions(tx: &mut Tx, filing: FilingId) -> Result<Vec<FilingVersion>> {
    tx.all(
        "SELECT filing_id, version, snapshot, report_text, filler, contact, chain_head, \
         submitted_by, submitted_by_name, submitted_at, late, decision, opinion, decided_by, \
         decided_by_name, decided_at FROM filing_version WHERE filing_id = $1 \
         ORDER BY version DESC",
        args![filing],
    )
    .await
}

/// A version as both statements below number it.
fn values(v: &FilingVersion) -> [Arg; 16] {
    args![
        v.filing_id,
        v.version,
        v.snapshot,
        v.report_text,
        v.filler,
        v.contact,
        v.chain_head,
        v.submitted_by,
        v.submitted_by_name,
        v.submitted_at,
        v.late,
        v.decision,
        v.opinion,
        v.decided_by,
        v.decided_by_name,
        v.decided_at
    ]
}

/// Adds a version.
pub async fn insert_version(tx: &mut Tx, version: &FilingVersion) -> Result<()> {
    tx.run(
        "INSERT INTO filing_version (filing_id, version, snapshot, report_text, filler, contact, \
         chain_head, submitted_by, submitted_by_name, submitted_at, late, decision, opinion, \
         decided_by, decided_by_name, decided_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        values(version),
    )
    .await
    .map(drop)
}

/// Writes a version anew.
pub async fn update_version(tx: &mut Tx, version: &FilingVersion) -> Result<()> {
    tx.run_one(
        "UPDATE filing_version SET snapshot = $3, report_text = $4, filler = $5, contact = $6, \
         chain_head = $7, submitted_by = $8, submitted_by_name = $9, submitted_at = $10, \
         late = $11, decision = $12, opinion = $13, decided_by = $14, decided_by_name = $15, \
         decided_at = $16 WHERE filing_id = $1 AND version = $2",
        values(version),
    )
    .await
}
