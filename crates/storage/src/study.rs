//! Study sessions with their items and attendance, and what members made up. // 通知 二、1

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId, StudyId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::column::ids;
use crate::row::record;
use crate::{Result, Tx, batch};

ids!(StudyId);

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id.
    pub id: StudyId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Whose.
    pub branch_id: OrgId,
    /// Day.
    pub held_on: Date,
    /// Place.
    pub place: String,
    /// 主持人.
    pub host: String,
    /// What else is to be said.
    pub note: Option<String>,
    /// When the record was made.
    pub entered_at: UnixTime,
}

record!(Session {
    id,
    campaign_id,
    branch_id,
    held_on,
    place,
    host,
    note,
    entered_at
});

/// An item of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which session.
    pub session: StudyId,
    /// Key of the notice.
    pub item: String,
}

record!(Item { session, item });

/// Whether a member was at a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attended {
    /// Which session.
    pub session: StudyId,
    /// Who.
    pub member: MemberId,
    /// By name, also of one who left since.
    pub name: String,
    /// There or not.
    pub present: bool,
}

record!(Attended {
    session,
    member,
    name,
    present
});

/// 补学 of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Makeup {
    /// Who.
    pub member: MemberId,
    /// Key of the notice.
    pub item: String,
    /// Day.
    pub done_on: Date,
    /// How.
    pub how: String,
    /// When the record was made.
    pub entered_at: UnixTime,
}

record!(Makeup {
    member,
    item,
    done_on,
    how,
    entered_at
});

/// An item a member has studied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Studied {
    /// Who.
    pub member: MemberId,
    /// Key of the notice.
    pub item: String,
}

record!(Studied { member, item });

/// One session of a branch.
pub async fn get(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
    id: StudyId,
) -> Result<Option<Session>> {
    tx.maybe(
        "SELECT * FROM study_session WHERE id = $1 AND campaign_id = $2 AND branch_id = $3",
        args![id, campaign, branch],
    )
    .await
}

/// A branch's sessions by day.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Session>> {
    tx.all(
        "SELECT * FROM study_session WHERE campaign_id = $1 AND branch_id = $2 \
         ORDER BY held_on, id",
        args![campaign, branch],
    )
    .await
}

/// The items of a branch's sessions.
pub async fn items(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Item>> {
    tx.all(
        "SELECT i.session_id AS session, i.item FROM study_session s \
         JOIN study_item i ON i.session_id = s.id \
         WHERE s.campaign_id = $1 AND s.branch_id = $2 ORDER BY i.session_id, i.item",
        args![campaign, branch],
    )
    .await
}

/// Who was at a branch's sessions, in roster order.
pub async fn attendance(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Attended>> {
    tx.many(
        "SELECT a.session_id AS session, a.member_id AS member, m.name, a.present \
         FROM study_session s JOIN study_attendance a ON a.session_id = s.id \
         JOIN member m ON m.id = a.member_id \
         WHERE s.campaign_id = $1 AND s.branch_id = $2 ORDER BY a.session_id, a.member_id",
        args![campaign, branch],
    )
    .await
}

/// What the active members of a branch made up, in roster order.
pub async fn makeups(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Makeup>> {
    tx.all(
        "SELECT u.member_id AS member, u.item, u.done_on, u.how, u.entered_at \
         FROM member m JOIN study_makeup u ON u.member_id = m.id \
         WHERE u.campaign_id = $1 AND m.branch_id = $2 AND m.status = 'active' \
         ORDER BY u.member_id, u.item",
        args![campaign, branch],
    )
    .await
}

/// What the active members of a branch have studied, in this branch or the one they came from.
pub async fn studied(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Studied>> {
    tx.many(
        "SELECT a.member_id AS member, i.item FROM member m \
         JOIN study_attendance a ON a.member_id = m.id AND a.present = 1 \
         JOIN study_session s ON s.id = a.session_id JOIN study_item i ON i.session_id = s.id \
         WHERE s.campaign_id = $1 AND m.branch_id = $2 AND m.status = 'active' \
         UNION SELECT u.member_id, u.item FROM member m JOIN study_makeup u ON u.member_id = m.id \
         WHERE u.campaign_id = $1 AND m.branch_id = $2 AND m.status = 'active'",
        args![campaign, branch],
    )
    .await
}

/// Keys of the items one member has attended or made up, for that member's own page: what is
/// missing is `pingyi_domain::study::missing(&notice.study, &done)`.
pub async fn done_by_member(
    tx: &mut Tx,
    campaign: CampaignId,
    member: MemberId,
) -> Result<Vec<String>> {
    let rows: Vec<Studied> = tx
        .all(
            "SELECT a.member_id AS member, i.item FROM study_attendance a \
             JOIN study_session s ON s.id = a.session_id JOIN study_item i ON i.session_id = s.id \
             WHERE s.campaign_id = $1 AND a.member_id = $2 AND a.present = 1 \
             UNION SELECT member_id, item FROM study_makeup \
             WHERE campaign_id = $1 AND member_id = $2",
            args![campaign, member],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.item).collect())
}

/// Adds a session with what was studied and who was there.
pub async fn insert(
    tx: &mut Tx,
    session: &Session,
    items: &[String],
    present: &[(MemberId, bool)],
) -> Result<()> {
    let s = session;
    tx.run(
        "INSERT INTO study_session (id, campaign_id, branch_id, held_on, place, host, note, \
         entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            s.id,
            s.campaign_id,
            s.branch_id,
            s.held_on,
            s.place,
            s.host,
            s.note,
            s.entered_at
        ],
    )
    .await?;
    fill(tx, s.id, items, present).await
}

/// Writes it anew, but for campaign, branch and time of entry.
pub async fn update(
    tx: &mut Tx,
    session: &Session,
    items: &[String],
    present: &[(MemberId, bool)],
) -> Result<()> {
    let s = session;
    tx.run_one(
        "UPDATE study_session SET held_on = $4, place = $5, host = $6, note = $7 \
         WHERE id = $1 AND campaign_id = $2 AND branch_id = $3",
        args![
            s.id,
            s.campaign_id,
            s.branch_id,
            s.held_on,
            s.place,
            s.host,
            s.note
        ],
    )
    .await?;
    empty(tx, s.id).await?;
    fill(tx, s.id, items, present).await
}

/// Takes a session out that was entered by mistake.
pub async fn delete(tx: &mut Tx, id: StudyId) -> Result<()> {
    empty(tx, id).await?;
    tx.run_one("DELETE FROM study_session WHERE id = $1", args![id])
        .await
}

async fn empty(tx: &mut Tx, id: StudyId) -> Result<()> {
    tx.run("DELETE FROM study_item WHERE session_id = $1", args![id])
        .await?;
    tx.run(
        "DELETE FROM study_attendance WHERE session_id = $1",
        args![id],
    )
    .await
    .map(drop)
}

async fn fill(
    tx: &mut Tx,
    id: StudyId,
    items: &[String],
    present: &[(MemberId, bool)],
) -> Result<()> {
    let rows = items.iter().map(|item| args![id, item]);
    batch::insert(
        tx,
        "INSERT INTO study_item (session_id, item)",
        rows.collect(),
    )
    .await?;
    let rows = present
        .iter()
        .map(|(member, there)| args![id, member, there]);
    let head = "INSERT INTO study_attendance (session_id, member_id, present)";
    batch::insert(tx, head, rows.collect()).await
}

/// Records what a member made up; the same item twice is a duplicate.
pub async fn insert_makeup(tx: &mut Tx, campaign: CampaignId, makeup: &Makeup) -> Result<()> {
    let m = makeup;
    tx.run(
        "INSERT INTO study_makeup (campaign_id, member_id, item, done_on, how, entered_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![campaign, m.member, m.item, m.done_on, m.how, m.entered_at],
    )
    .await
    .map(drop)
}

/// Takes back what was entered by mistake.
pub async fn delete_makeup(
    tx: &mut Tx,
    campaign: CampaignId,
    member: MemberId,
    item: &str,
) -> Result<()> {
    tx.run_one(
        "DELETE FROM study_makeup WHERE campaign_id = $1 AND member_id = $2 AND item = $3",
        args![campaign, member, item],
    )
    .await
}
