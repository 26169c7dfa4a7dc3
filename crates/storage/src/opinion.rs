//! Opinions and the activities at which they were heard. No giver, no time. // 通知 二、2

use jiff::civil::Date;
use pingyi_domain::ids::{ActivityId, CampaignId, MemberId, OpinionId, OrgId};
use pingyi_domain::opinion::{ActivityForm, Given, Handling, Mode, Source};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::column::{ids, states};
use crate::row::record;
use crate::{Result, Tx};

ids!(ActivityId, OpinionId);
states!(ActivityForm, Mode, Source, Handling);

/// An activity as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Id.
    pub id: ActivityId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Whose.
    pub branch_id: OrgId,
    /// 座谈, 个别访谈, 征求意见表.
    pub form: ActivityForm,
    /// 面对面, 背靠背.
    pub mode: Mode,
    /// Among whom.
    pub source: Source,
    /// Day, of a collection its first.
    pub held_on: Date,
    /// Place.
    pub place: String,
    /// Who called it.
    pub convenor: String,
    /// How many were heard, where known.
    pub heard: Option<u32>,
    /// When the record was made.
    pub entered_at: UnixTime,
}

record!(Activity {
    id,
    campaign_id,
    branch_id,
    form,
    mode,
    source,
    held_on,
    place,
    convenor,
    heard,
    entered_at
});

/// An opinion that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Random.
    pub id: OpinionId,
    /// Where it was heard.
    pub activity_id: ActivityId,
    /// On whom; `None` for the branch as a whole.
    pub about_id: Option<MemberId>,
    /// As given.
    pub text: String,
    /// Key of the notice's categories.
    pub category: Option<String>,
    /// What became of it.
    pub handling: Option<Handling>,
    /// In words.
    pub handling_note: Option<String>,
}

record!(Opinion {
    id,
    activity_id,
    about_id,
    text,
    category,
    handling,
    handling_note
});

/// How many opinions there are on somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// On whom; `None` for the branch as a whole.
    pub about: Option<MemberId>,
    /// By name.
    pub name: Option<String>,
    /// All.
    pub opinions: u32,
    /// Not answered for.
    pub unanswered: u32,
}

record!(Tally {
    about,
    name,
    opinions,
    unanswered
});

/// One activity of a branch.
pub async fn get_activity(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
    id: ActivityId,
) -> Result<Option<Activity>> {
    tx.maybe(
        "SELECT * FROM opinion_activity WHERE id = $1 AND campaign_id = $2 AND branch_id = $3",
        args![id, campaign, branch],
    )
    .await
}

/// One activity by the collection's address.
pub async fn find_activity(tx: &mut Tx, id: ActivityId) -> Result<Option<Activity>> {
    tx.maybe("SELECT * FROM opinion_activity WHERE id = $1", args![id])
        .await
}

/// A branch's activities by day.
pub async fn list_activities(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
) -> Result<Vec<Activity>> {
    tx.all(
        "SELECT * FROM opinion_activity WHERE campaign_id = $1 AND branch_id = $2 \
         ORDER BY held_on, id",
        args![campaign, branch],
    )
    .await
}

/// Adds one.
pub async fn insert_activity(tx: &mut Tx, activity: &Activity) -> Result<()> {
    let a = activity;
    tx.run(
        "INSERT INTO opinion_activity (id, campaign_id, branch_id, form, mode, source, held_on, \
         place, convenor, heard, entered_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args![
            a.id,
            a.campaign_id,
            a.branch_id,
            a.form,
            a.mode,
            a.source,
            a.held_on,
            a.place,
            a.convenor,
            a.heard,
            a.entered_at
        ],
    )
    .await
    .map(drop)
}

/// Writes it anew, but for campaign, branch and time of entry.
pub async fn update_activity(tx: &mut Tx, activity: &Activity) -> Result<()> {
    let a = activity;
    tx.run_one(
        "UPDATE opinion_activity SET form = $4, mode = $5, source = $6, held_on = $7, \
         place = $8, convenor = $9, heard = $10 \
         WHERE id = $1 AND campaign_id = $2 AND branch_id = $3",
        args![
            a.id,
            a.campaign_id,
            a.branch_id,
            a.form,
            a.mode,
            a.source,
            a.held_on,
            a.place,
            a.convenor,
            a.heard
        ],
    )
    .await
}

/// Adds opinions of an activity in the order of their random ids, so that their rows tell no
/// other order.
pub async fn insert(tx: &mut Tx, activity: ActivityId, given: &[Given]) -> Result<()> {
    let mut sorted: Vec<&Given> = given.iter().collect();
    sorted.sort_unstable_by_key(|one| one.id);
    for one in sorted {
        tx.run(
            "INSERT INTO opinion (id, activity_id, about_id, text) VALUES ($1, $2, $3, $4)",
            args![one.id, activity, one.about, one.text],
        )
        .await?;
    }
    Ok(())
}

/// One opinion of a branch.
pub async fn get(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
    id: OpinionId,
) -> Result<Option<Opinion>> {
    tx.maybe(
        "SELECT o.id, o.activity_id, o.about_id, o.text, o.category, o.handling, \
         o.handling_note FROM opinion o JOIN opinion_activity a ON a.id = o.activity_id \
         WHERE o.id = $1 AND a.campaign_id = $2 AND a.branch_id = $3",
        args![id, campaign, branch],
    )
    .await
}

/// All opinions of a branch, shuffled.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Opinion>> {
    tx.many(
        "SELECT o.id, o.activity_id, o.about_id, o.text, o.category, o.handling, \
         o.handling_note FROM opinion_activity a JOIN opinion o ON o.activity_id = a.id \
         WHERE a.campaign_id = $1 AND a.branch_id = $2 ORDER BY o.id",
        args![campaign, branch],
    )
    .await
}

/// The opinions on one member, shuffled, for that member's own page: as given, without a giver.
/// Those of collections still running are not among them.
pub async fn list_about(
    tx: &mut Tx,
    campaign: CampaignId,
    member: MemberId,
) -> Result<Vec<Opinion>> {
    tx.all(
        "SELECT o.id, o.activity_id, o.about_id, o.text, o.category, o.handling, \
         o.handling_note FROM opinion o JOIN opinion_activity a ON a.id = o.activity_id \
         WHERE o.about_id = $2 AND a.campaign_id = $1 ORDER BY o.id",
        args![campaign, member],
    )
    .await
}

/// How many opinions a branch has on whom, in roster order, the branch as a whole first.
pub async fn tallies(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Tally>> {
    let mut rows: Vec<Tally> = tx
        .all(
            "SELECT o.about_id AS about, m.name, COUNT(*) AS opinions, \
             COUNT(CASE WHEN o.handling IS NULL THEN 1 END) AS unanswered \
             FROM opinion_activity a JOIN opinion o ON o.activity_id = a.id \
             LEFT JOIN member m ON m.id = o.about_id \
             WHERE a.campaign_id = $1 AND a.branch_id = $2 GROUP BY o.about_id, m.name",
            args![campaign, branch],
        )
        .await?;
    // The engines sort NULLs differently.
    rows.sort_by_key(|row| row.about);
    Ok(rows)
}

/// On whom, of which kind, and what became of it; the text never changes.
pub async fn update(tx: &mut Tx, opinion: &Opinion) -> Result<()> {
    let o = opinion;
    tx.run_one(
        "UPDATE opinion SET about_id = $2, category = $3, handling = $4, handling_note = $5 \
         WHERE id = $1",
        args![o.id, o.about_id, o.category, o.handling, o.handling_note],
    )
    .await
}
