//! Meetings: one per branch and campaign. // 通知 三、1

use jiff::civil::{Date, DateTime};
use pingyi_domain::ids::{CampaignId, MeetingId, OrgId};
use pingyi_domain::meeting::{Basis, Envoy, FirstToSpeak, MeetingState};
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::column::{Column, bad_value};
use crate::row::{Record, Row};
use crate::{Result, Tx};

/// A meeting as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Id.
    pub id: MeetingId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Whose.
    pub branch_id: OrgId,
    /// How far it is.
    pub state: MeetingState,
    /// On what it opened; `None` while planned.
    pub basis: Option<Basis>,
    /// Day it was held.
    pub held_on: Option<Date>,
    /// Beginning, local time.
    pub started_at: Option<DateTime>,
    /// Place.
    pub place: String,
    /// 主持人.
    pub host: String,
    /// 记录人.
    pub recorder: String,
    /// Who opened the self-criticism.
    pub first: Option<FirstToSpeak>,
    /// Their name, copied.
    pub first_speaker_name: Option<String>,
    /// Whom the superior sent.
    pub envoy: Option<Envoy>,
    /// The envoy's organisation by name, copied.
    pub envoy_org_name: Option<String>,
    /// JSON object of the minutes' parts.
    pub minutes: Option<String>,
    /// When it opened.
    pub opened_at: Option<UnixTime>,
    /// When the criticism part ended.
    pub criticism_done_at: Option<UnixTime>,
    /// When it closed.
    pub closed_at: Option<UnixTime>,
    /// When the record was made.
    pub entered_at: UnixTime,
}

/// One meeting.
pub async fn get(tx: &mut Tx, id: MeetingId) -> Result<Option<Meeting>> {
    tx.maybe("SELECT * FROM meeting WHERE id = $1", args![id])
        .await
}

/// A branch's meeting.
pub async fn find(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Option<Meeting>> {
    tx.maybe(
        "SELECT * FROM meeting WHERE campaign_id = $1 AND branch_id = $2",
        args![campaign, branch],
    )
    .await
}

/// All meetings of a campaign.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Meeting>> {
    tx.all(
        "SELECT * FROM meeting WHERE campaign_id = $1 ORDER BY id",
        args![campaign],
    )
    .await
}

/// Adds one; a branch's second meeting for the same notice is a duplicate.
pub async fn insert(tx: &mut Tx, meeting: &Meeting) -> Result<()> {
    tx.run(
        "INSERT INTO meeting (id, campaign_id, branch_id, entered_at, state, plan_id, \
         plan_version, override_by, override_reason, held_on, started_at, place, host, recorder, \
         first_speaker, first_speaker_id, first_speaker_name, first_speaker_reason, envoy_name, \
         envoy_org, envoy_org_name, envoy_comment, minutes, opened_at, criticism_done_at, \
         closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
         $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)",
        columns(meeting),
    )
    .await
    .map(drop)
}

/// Writes everything but id, campaign, branch and time of entry.
pub async fn update(tx: &mut Tx, meeting: &Meeting) -> Result<()> {
    tx.run_one(
        // The first four are matched, not written.
        "UPDATE meeting SET state = $5, plan_id = $6, plan_version = $7, override_by = $8, \
         override_reason = $9, held_on = $10, started_at = $11, place = $12, host = $13, \
         recorder = $14, first_speaker = $15, first_speaker_id = $16, first_speaker_name = $17, \
         first_speaker_reason = $18, envoy_name = $19, envoy_org = $20, envoy_org_name = $21, \
         envoy_comment = $22, minutes = $23, opened_at = $24, criticism_done_at = $25, \
         closed_at = $26 \
         WHERE id = $1 AND campaign_id = $2 AND branch_id = $3 AND entered_at = $4",
        columns(meeting),
    )
    .await
}

fn columns(m: &Meeting) -> Vec<Arg> {
    let mut args: Vec<Arg> = args![m.id, m.campaign_id, m.branch_id, m.entered_at, m.state].into();
    args.extend(basis_columns(m.basis.as_ref()));
    args.extend(args![m.held_on, m.started_at, m.place, m.host, m.recorder]);
    args.extend(first_columns(m));
    let envoy = m.envoy.as_ref();
    args.extend(args![
        envoy.map(|e| e.name.clone()),
        envoy.map(|e| e.org),
        m.envoy_org_name,
        envoy.map(|e| e.comment.clone()),
        m.minutes,
        m.opened_at,
        m.criticism_done_at,
        m.closed_at
    ]);
    args
}

fn basis_columns(basis: Option<&Basis>) -> [Arg; 4] {
    let (mut plan_id, mut plan_version, mut by, mut why) = (None, None, None, None);
    match basis {
        Some(Basis::FiledPlan { plan, version }) => {
            (plan_id, plan_version) = (Some(*plan), Some(*version));
        }
        Some(Basis::Override { by: who, reason }) => (by, why) = (Some(*who), Some(reason.clone())),
        None => {}
    }
    args![plan_id, plan_version, by, why]
}

fn first_columns(m: &Meeting) -> [Arg; 4] {
    let (word, member, reason) = match &m.first {
        None => (None, None, None),
        Some(FirstToSpeak::Secretary) => (Some("secretary".to_owned()), None, None),
        Some(FirstToSpeak::Other { member, reason }) => (
            Some("other".to_owned()),
            Some(*member),
            Some(reason.clone()),
        ),
    };
    args![word, member, m.first_speaker_name, reason]
}

impl Record for Meeting {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            campaign_id: row.get("campaign_id")?,
            branch_id: row.get("branch_id")?,
            state: row.get("state")?,
            basis: read_basis(row)?,
            held_on: row.get("held_on")?,
            started_at: row.get("started_at")?,
            place: row.get("place")?,
            host: row.get("host")?,
            recorder: row.get("recorder")?,
            first: read_first(row)?,
            first_speaker_name: row.get("first_speaker_name")?,
            envoy: read_envoy(row)?,
            envoy_org_name: row.get("envoy_org_name")?,
            minutes: row.get("minutes")?,
            opened_at: row.get("opened_at")?,
            criticism_done_at: row.get("criticism_done_at")?,
            closed_at: row.get("closed_at")?,
            entered_at: row.get("entered_at")?,
        })
    }
}

fn read_basis(row: &Row<'_>) -> Result<Option<Basis>> {
    if let Some(plan) = row.get("plan_id")? {
        let version = row.get("plan_version")?;
        return Ok(Some(Basis::FiledPlan { plan, version }));
    }
    let Some(by) = row.get("override_by")? else {
        return Ok(None);
    };
    let reason = row.get("override_reason")?;
    Ok(Some(Basis::Override { by, reason }))
}

fn read_first(row: &Row<'_>) -> Result<Option<FirstToSpeak>> {
    match String::decode(row, "first_speaker")?.as_deref() {
        None => Ok(None),
        Some("secretary") => Ok(Some(FirstToSpeak::Secretary)),
        Some("other") => Ok(Some(FirstToSpeak::Other {
            member: row.get("first_speaker_id")?,
            reason: row.get("first_speaker_reason")?,
        })),
        Some(word) => Err(bad_value("first_speaker", word)),
    }
}

fn read_envoy(row: &Row<'_>) -> Result<Option<Envoy>> {
    let Some(name) = row.get("envoy_name")? else {
        return Ok(None);
    };
    Ok(Some(Envoy {
        name,
        org: row.get("envoy_org")?,
        comment: row.get("envoy_comment")?,
    }))
}
