//! Meetings with their attendance figures.

use std::collections::HashMap;

use jiff::civil::Date;
use pingyi_domain::facts::{FirstSpeaker, MeetingFacts};
use pingyi_domain::ids::{MeetingId, OrgId};
use pingyi_domain::meeting::MeetingState;

use super::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// Long texts stay in the database: only whether they are there is asked.
const MEETINGS: Scoped = scoped!(
    "SELECT id, branch_id AS org, state, held_on, first_speaker, \
     CAST(CASE WHEN TRIM(COALESCE(first_speaker_reason, '')) = '' THEN 0 ELSE 1 END AS BIGINT) \
     AS first_reason, \
     CAST(CASE WHEN envoy_name IS NULL THEN 0 ELSE 1 END AS BIGINT) AS envoy, \
     CAST(CASE WHEN TRIM(COALESCE(envoy_comment, '')) = '' THEN 0 ELSE 1 END AS BIGINT) \
     AS commented, \
     CAST(CASE WHEN minutes IS NULL THEN 0 ELSE 1 END AS BIGINT) AS minutes, \
     CAST(CASE WHEN override_reason IS NULL THEN 0 ELSE 1 END AS BIGINT) AS without_plan \
     FROM meeting WHERE campaign_id = $1",
    "branch_id",
    ""
);

// The same sums as pingyi_domain::meeting::figures; a conformance test compares them.
const ATTENDANCE: Scoped = scoped!(
    "SELECT m.branch_id AS org, \
     CAST(SUM(CASE WHEN a.due = 1 AND a.presence <> 'late_added' THEN 1 ELSE 0 END) AS BIGINT) \
     AS due, \
     CAST(SUM(CASE WHEN a.due = 0 AND a.presence = 'absent' THEN 1 ELSE 0 END) AS BIGINT) \
     AS excluded, \
     CAST(SUM(CASE WHEN a.presence = 'absent' THEN 0 ELSE 1 END) AS BIGINT) AS present, \
     CAST(SUM(CASE WHEN a.due = 1 AND a.presence = 'absent' THEN 1 ELSE 0 END) AS BIGINT) \
     AS absent, \
     CAST(SUM(CASE WHEN a.due = 1 THEN a.unit_leader ELSE 0 END) AS BIGINT) AS leaders_due, \
     CAST(SUM(CASE WHEN a.due = 1 AND (a.presence <> 'absent' \
     OR TRIM(COALESCE(a.absence_reason, '')) <> '') THEN a.unit_leader ELSE 0 END) AS BIGINT) \
     AS leaders_accounted \
     FROM meeting m JOIN attendance a ON a.meeting_id = m.id \
     WHERE m.campaign_id = $1 AND a.role = 'member'",
    "m.branch_id",
    "GROUP BY m.branch_id"
);

#[expect(
    clippy::struct_excessive_bools,
    reason = "the columns of one query, copied one by one into MeetingFacts"
)]
struct MeetingRow {
    id: MeetingId,
    org: OrgId,
    state: MeetingState,
    held_on: Option<Date>,
    first_speaker: Option<String>,
    first_reason: bool,
    envoy: bool,
    commented: bool,
    minutes: bool,
    without_plan: bool,
}

record!(MeetingRow {
    id,
    org,
    state,
    held_on,
    first_speaker,
    first_reason,
    envoy,
    commented,
    minutes,
    without_plan,
});

struct AttendanceRow {
    org: OrgId,
    due: u32,
    excluded: u32,
    present: u32,
    absent: u32,
    leaders_due: u32,
    leaders_accounted: u32,
}

record!(AttendanceRow {
    org,
    due,
    excluded,
    present,
    absent,
    leaders_due,
    leaders_accounted,
});

pub(super) struct Meetings {
    by_branch: HashMap<OrgId, MeetingFacts>,
}

impl Meetings {
    pub async fn read(tx: &mut Tx, scope: Scope) -> Result<Self> {
        let meetings: Vec<MeetingRow> = scope.rows(tx, &MEETINGS).await?;
        let attendance: Vec<AttendanceRow> = scope.rows(tx, &ATTENDANCE).await?;
        let mut by_branch: HashMap<OrgId, MeetingFacts> = meetings
            .into_iter()
            .map(|row| (row.org, row.facts()))
            .collect();
        for row in attendance {
            if let Some(meeting) = by_branch.get_mut(&row.org) {
                row.add_to(meeting);
            }
        }
        Ok(Self { by_branch })
    }

    pub fn take(&mut self, branch: OrgId) -> Option<MeetingFacts> {
        self.by_branch.remove(&branch)
    }
}

impl MeetingRow {
    fn facts(self) -> MeetingFacts {
        MeetingFacts {
            id: self.id,
            state: self.state,
            held_on: self.held_on,
            due: 0,
            excluded: 0,
            present: 0,
            absent: 0,
            leaders_due: 0,
            leaders_accounted: 0,
            envoy: self.envoy,
            commented: self.commented,
            first_speaker: self.first_speaker(),
            minutes: self.minutes,
            without_plan: self.without_plan,
        }
    }

    fn first_speaker(&self) -> FirstSpeaker {
        match (self.first_speaker.as_deref(), self.first_reason) {
            (None, _) => FirstSpeaker::Unrecorded,
            (Some("secretary"), _) => FirstSpeaker::Secretary,
            (Some(_), true) => FirstSpeaker::OtherWithReason,
            (Some(_), false) => FirstSpeaker::Other,
        }
    }
}

impl AttendanceRow {
    fn add_to(&self, meeting: &mut MeetingFacts) {
        meeting.due = self.due;
        meeting.excluded = self.excluded;
        meeting.present = self.present;
        meeting.absent = self.absent;
        meeting.leaders_due = self.leaders_due;
        meeting.leaders_accounted = self.leaders_accounted;
    }
}
