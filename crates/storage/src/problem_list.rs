//! Members' problem lists with all their versions. // 通知 二、3

use jiff::civil::Date;
use pingyi_domain::ids::{AccountId, CampaignId, ListId, MemberId, OrgId};
use pingyi_domain::lists::{ListContent, ListState, Stage};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx, batch};

/// A list: where its newest version is, and which versions stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemList {
    /// Id.
    pub id: ListId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// The branch it was written in.
    pub branch_id: OrgId,
    /// Its author.
    pub member_id: MemberId,
    /// State of the newest version.
    pub state: ListState,
    /// The newest version, from 1.
    pub version: u32,
    /// Standing since before the meeting.
    pub before_version: Option<u32>,
    /// Standing since after it. // 通知 三、4
    pub after_version: Option<u32>,
    /// Day something was first handed in.
    pub first_handed_on: Option<Date>,
    /// The standing version answers every category.
    pub all_categories: bool,
    /// It uses every benchmark.
    pub all_benchmarks: bool,
    /// It considers every aspect.
    pub all_aspects: bool,
}

record!(ProblemList {
    id,
    campaign_id,
    branch_id,
    member_id,
    state,
    version,
    before_version,
    after_version,
    first_handed_on,
    all_categories,
    all_benchmarks,
    all_aspects
});

impl ProblemList {
    /// Handed in, and nothing said after the meeting yet. // 通知 三、4
    pub fn waits_after(&self) -> bool {
        self.state == ListState::HandedIn && self.after_version.is_none()
    }

    /// The version that counts: the one after the meeting, else the one before it.
    pub fn standing(&self) -> Option<u32> {
        self.after_version.or(self.before_version)
    }
}

/// One version, with who typed and who returned it (account and copied name).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListVersion {
    /// Of which list.
    pub list_id: ListId,
    /// From 1.
    pub version: u32,
    /// Before or after the meeting.
    pub stage: Stage,
    /// What it says.
    pub content: ListContent,
    /// When it was last saved.
    pub saved_at: UnixTime,
    /// Who typed it.
    pub saved_by: AccountId,
    /// By name.
    pub saved_by_name: String,
    /// 代录: why somebody else typed it.
    pub proxy_reason: Option<String>,
    /// When it was handed in.
    pub handed_at: Option<UnixTime>,
    /// 会后确认沿用.
    pub confirmed: bool,
    /// When it was returned.
    pub returned_at: Option<UnixTime>,
    /// By whom.
    pub returned_by: Option<AccountId>,
    /// By name.
    pub returned_name: Option<String>,
    /// With which words.
    pub comment: Option<String>,
}

record!(ListVersion {
    list_id,
    version,
    stage,
    content,
    saved_at,
    saved_by,
    saved_by_name,
    proxy_reason,
    handed_at,
    confirmed,
    returned_at,
    returned_by,
    returned_name,
    comment
});

/// A member's list in a campaign.
pub async fn find(
    tx: &mut Tx,
    campaign: CampaignId,
    member: MemberId,
) -> Result<Option<ProblemList>> {
    tx.maybe(
        "SELECT * FROM problem_list WHERE campaign_id = $1 AND member_id = $2",
        args![campaign, member],
    )
    .await
}

/// The lists of a branch.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<ProblemList>> {
    tx.all(
        "SELECT * FROM problem_list WHERE campaign_id = $1 AND branch_id = $2 ORDER BY member_id",
        args![campaign, branch],
    )
    .await
}

/// A member's lists, whatever the campaign, newest first handed in first.
pub async fn list_of_member(tx: &mut Tx, member: MemberId) -> Result<Vec<ProblemList>> {
    tx.all(
        "SELECT * FROM problem_list WHERE member_id = $1 \
         ORDER BY COALESCE(first_handed_on, '') DESC, id",
        args![member],
    )
    .await
}

/// Adds one; a member's second list for the same notice is a duplicate.
pub async fn insert(tx: &mut Tx, list: &ProblemList) -> Result<()> {
    tx.run(
        "INSERT INTO problem_list (id, campaign_id, branch_id, member_id, state, version, \
         before_version, after_version, first_handed_on, all_categories, all_benchmarks, \
         all_aspects) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        columns(list),
    )
    .await
    .map(drop)
}

/// Adds several lists with their first versions, as one after the other would.
pub async fn insert_all(tx: &mut Tx, new: &[(&ProblemList, &ListVersion)]) -> Result<()> {
    let head = "INSERT INTO problem_list (id, campaign_id, branch_id, member_id, state, version, \
                before_version, after_version, first_handed_on, all_categories, all_benchmarks, \
                all_aspects)";
    batch::insert(
        tx,
        head,
        new.iter().map(|(list, _)| columns(list)).collect(),
    )
    .await?;
    let versions = new.iter().map(|(_, version)| version_columns(version));
    batch::insert(tx, NEW_VERSION, versions.collect()).await
}

/// Writes where it stands.
pub async fn update(tx: &mut Tx, list: &ProblemList) -> Result<()> {
    tx.run_one(
        "UPDATE problem_list SET state = $5, version = $6, before_version = $7, \
         after_version = $8, first_handed_on = $9, all_categories = $10, all_benchmarks = $11, \
         all_aspects = $12 \
         WHERE id = $1 AND campaign_id = $2 AND branch_id = $3 AND member_id = $4",
        columns(list),
    )
    .await
}

fn columns(l: &ProblemList) -> [crate::arg::Arg; 12] {
    args![
        l.id,
        l.campaign_id,
        l.branch_id,
        l.member_id,
        l.state,
        l.version,
        l.before_version,
        l.after_version,
        l.first_handed_on,
        l.all_categories,
        l.all_benchmarks,
        l.all_aspects
    ]
}

/// One version.
pub async fn get_version(tx: &mut Tx, list: ListId, version: u32) -> Result<Option<ListVersion>> {
    tx.maybe(
        "SELECT * FROM problem_list_version WHERE list_id = $1 AND version = $2",
        args![list, version],
    )
    .await
}

/// All versions, the first one first.
pub async fn list_versions(tx: &mut Tx, list: ListId) -> Result<Vec<ListVersion>> {
    tx.all(
        "SELECT * FROM problem_list_version WHERE list_id = $1 ORDER BY version",
        args![list],
    )
    .await
}

/// The standing versions of a branch's lists.
pub async fn list_standing(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
) -> Result<Vec<ListVersion>> {
    tx.all(
        "SELECT v.* FROM problem_list l JOIN problem_list_version v ON v.list_id = l.id \
         AND v.version = COALESCE(l.after_version, l.before_version) \
         WHERE l.campaign_id = $1 AND l.branch_id = $2 ORDER BY l.member_id",
        args![campaign, branch],
    )
    .await
}

const NEW_VERSION: &str = "INSERT INTO problem_list_version (list_id, version, stage, content, \
    saved_at, saved_by, saved_by_name, proxy_reason, handed_at, confirmed, returned_at, \
    returned_by, returned_name, comment)";

/// Adds a version.
pub async fn insert_version(tx: &mut Tx, version: &ListVersion) -> Result<()> {
    batch::insert(tx, NEW_VERSION, vec![version_columns(version)]).await
}

/// Writes a version anew.
pub async fn update_version(tx: &mut Tx, version: &ListVersion) -> Result<()> {
    tx.run_one(
        "UPDATE problem_list_version SET stage = $3, content = $4, saved_at = $5, saved_by = $6, \
         saved_by_name = $7, proxy_reason = $8, handed_at = $9, confirmed = $10, \
         returned_at = $11, returned_by = $12, returned_name = $13, comment = $14 \
         WHERE list_id = $1 AND version = $2",
        version_columns(version),
    )
    .await
}

fn version_columns(v: &ListVersion) -> [crate::arg::Arg; 14] {
    args![
        v.list_id,
        v.version,
        v.stage,
        v.content,
        v.saved_at,
        v.saved_by,
        v.saved_by_name,
        v.proxy_reason,
        v.handed_at,
        v.confirmed,
        v.returned_at,
        v.returned_by,
        v.returned_name,
        v.comment
    ]
}
