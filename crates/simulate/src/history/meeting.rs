//! A branch's meeting: opened, attended, minuted, criticism over, closed. // 通知 三

use pingyi_domain::ids::MeetingId;
use pingyi_domain::meeting::{
    Attendance, Basis, CriticismDone, Due, Envoy, ExclusionReason, FirstToSpeak, MeetingState,
    Open, Planned, Presence, Role, figures,
};
use pingyi_domain::member::Member;
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::observer::Observer;
use serde_json::json;

use super::{Chronicle, Fate};
use crate::act::Write;
use crate::calendar::{moment, plus_days, plus_minutes};
use crate::error::{Result, SimulateError};
use crate::stage::BranchStage;
use crate::texts;
use crate::town::Person;

/// Why those who have retired are not due; the rest of the list is for the others.
const OF_RETIRED: [ExclusionReason; 3] = [
    ExclusionReason::Frail,
    ExclusionReason::RetiredAway,
    ExclusionReason::Frail,
];
const OF_OTHERS: [ExclusionReason; 4] = [
    ExclusionReason::Seconded,
    ExclusionReason::AwaySixMonths,
    ExclusionReason::Abroad,
    ExclusionReason::Transferred,
];

/// A meeting whose criticism part is over, and who was there.
pub(super) struct Held {
    /// As the rules know it.
    pub done: CriticismDone,
    /// As stored.
    pub row: Meeting,
    /// The list.
    pub list: Vec<Attendance>,
    /// End of the criticism part.
    pub at: UnixTime,
}

impl Held {
    /// Who presided: the secretary, or the deputy in the secretary's place.
    pub fn host<'f>(&self, fate: &Fate<'f>) -> &'f Person {
        match self.done.first {
            FirstToSpeak::Secretary => &fate.branch.secretary,
            FirstToSpeak::Other { .. } => &fate.branch.tellers[0],
        }
    }

    /// Whether a member was in the room.
    pub fn came(&self, member: &Member) -> bool {
        let line = self.list.iter().find(|l| l.member == member.id);
        line.is_some_and(|l| !matches!(l.presence, Presence::Absent { .. }))
    }
}

impl Chronicle<'_> {
    /// The meeting up to the end of the criticism part; `None` where it has not come so far.
    pub(super) fn hold(&mut self, fate: &Fate<'_>, basis: Basis) -> Result<Option<Held>> {
        let at = moment(fate.starts);
        let id: MeetingId = self.dice.id(at);
        let branch = fate.branch.org.id;
        let open = Planned { id, branch }
            .open(basis.clone(), at)
            .map_err(SimulateError::refused)?;
        // The deputy presides where the secretary is away.
        let away = !fate.branch.teller_ids.contains(&fate.branch.secretary_id)
            && fate.branch.titles.contains_key(&fate.branch.teller_ids[0])
            && self.dice.chance(4);
        let host = if away {
            &fate.branch.tellers[0]
        } else {
            &fate.branch.secretary
        };
        let mut row = self.blank(fate, &open, &host.name);
        row.basis = Some(basis);
        self.open_meeting(fate, host, &row);
        if fate.stage < BranchStage::Attended {
            return Ok(None);
        }
        let list = self.attendance(fate, &row, host, away);
        self.send_envoy(fate, &mut row, host);
        if fate.stage < BranchStage::CriticismDone {
            return Ok(None);
        }
        self.end_criticism(fate, (open, row, list), host, away)
            .map(Some)
    }

    fn blank(&mut self, fate: &Fate<'_>, open: &Open, host: &str) -> Meeting {
        let recorder = &fate.branch.tellers[1].name;
        Meeting {
            id: open.planned.id,
            campaign_id: self.campaign,
            branch_id: fate.branch.org.id,
            state: MeetingState::Open,
            basis: None,
            held_on: Some(open.held_on()),
            started_at: Some(fate.starts),
            place: fate.place.to_owned(),
            host: host.to_owned(),
            recorder: recorder.clone(),
            first: None,
            first_speaker_name: None,
            envoy: None,
            envoy_org_name: None,
            minutes: None,
            opened_at: Some(open.at),
            criticism_done_at: None,
            closed_at: None,
            entered_at: open.at,
        }
    }

    fn open_meeting(&mut self, fate: &Fate<'_>, host: &Person, row: &Meeting) {
        let reason = match &row.basis {
            Some(Basis::Override { reason, .. }) => reason.as_str(),
            _ => "",
        };
        let detail = json!({
            "branch": fate.branch.org.name, "held_on": row.held_on, "without_plan": reason,
        });
        let what = (Event::MeetingOpened, Object::Meeting(row.id));
        let write = Write::NewMeeting(Box::new(row.clone()));
        self.note(moment(fate.starts), host, what, detail, write);
    }

    /// 应到、实到、缺席. // docs/DOMAIN.md §2.4
    fn attendance(
        &mut self,
        fate: &Fate<'_>,
        row: &Meeting,
        host: &Person,
        away: bool,
    ) -> Vec<Attendance> {
        let mut list = Vec::with_capacity(fate.branch.members.len());
        for member in &fate.branch.members {
            list.push(self.line(fate, member, away));
        }
        let observers = self.observers();
        let sum = figures(&list);
        let detail = json!({
            "branch": fate.branch.org.name, "due": sum.due, "present": sum.present,
            "absent": sum.absent, "excluded": sum.excluded, "observers": observers.len(),
        });
        let what = (Event::AttendanceRecorded, Object::Meeting(row.id));
        let write = Write::Attendance(row.id, list.clone(), observers);
        self.note(
            plus_minutes(moment(fate.starts), 12),
            host,
            what,
            detail,
            write,
        );
        list
    }

    fn line(&mut self, fate: &Fate<'_>, member: &Member, away: bool) -> Attendance {
        let secretary = member.id == fate.branch.secretary_id;
        let needed = fate.branch.teller_ids.contains(&member.id) || secretary;
        let small = fate.branch.members.len() < 5;
        let excluded = !needed && !small && self.dice.chance(if member.retired { 9 } else { 2 });
        let absent = (secretary && away) || (!needed && !small && self.dice.chance(6));
        let presence = match (excluded, absent) {
            (true, _) => Presence::Absent {
                reason: String::new(),
            },
            (false, true) => Presence::Absent {
                reason: self.dice.pick(&texts::ABSENCES).to_owned(),
            },
            (false, false) => Presence::Present,
        };
        Attendance {
            member: member.id,
            due: if excluded {
                self.excluded(fate, member)
            } else {
                Due::Yes
            },
            presence,
            role: Role::Member,
        }
    }

    fn excluded(&mut self, fate: &Fate<'_>, member: &Member) -> Due {
        let reason = if member.retired {
            self.dice.pick(&OF_RETIRED)
        } else {
            self.dice.pick(&OF_OTHERS)
        };
        Due::Excluded {
            reason,
            approver: fate.unit.secretary.name.clone(),
            on: plus_days(fate.starts.date(), -self.dice.between(1, 4)),
        }
    }

    fn observers(&mut self) -> Vec<Observer> {
        if !self.dice.chance(20) {
            return Vec::new();
        }
        let name = self.dice.pick(&["汤若宁", "喻小满", "纪文舟", "佘一鸣"]);
        let capacity = self
            .dice
            .pick(&["入党积极分子", "群众代表", "服务对象代表"]);
        vec![Observer {
            name: name.to_owned(),
            capacity: capacity.to_owned(),
        }]
    }

    /// 上级党组织要派人参加…并进行点评; not everybody does. // 通知 四、2
    fn send_envoy(&mut self, fate: &Fate<'_>, row: &mut Meeting, host: &Person) {
        let superior = &fate.branch.superior;
        let branch = fate.branch.org.id;
        let sent = Envoy::sent(self.tree, branch, superior.id, &fate.branch.envoy);
        let Ok(mut envoy) = sent else { return };
        if self.dice.chance(8) {
            return;
        }
        if self.dice.chance(93) && fate.stage >= BranchStage::CriticismDone {
            self.dice
                .pick(&texts::COMMENTS)
                .clone_into(&mut envoy.comment);
        }
        row.envoy_org_name = Some(superior.name.clone());
        let detail = json!({
            "branch": fate.branch.org.name, "envoy": envoy.name,
            "from": superior.name, "commented": envoy.commented(),
        });
        row.envoy = Some(envoy);
        let what = (Event::MinutesSaved, Object::Meeting(row.id));
        let write = Write::Meeting(Box::new(row.clone()));
        self.note(
            plus_minutes(moment(fate.starts), 85),
            host,
            what,
            detail,
            write,
        );
    }

    fn end_criticism(
        &mut self,
        fate: &Fate<'_>,
        (open, mut row, list): (Open, Meeting, Vec<Attendance>),
        host: &Person,
        away: bool,
    ) -> Result<Held> {
        let at = plus_minutes(moment(fate.starts), 95);
        let first = if away {
            FirstToSpeak::Other {
                member: fate.branch.teller_ids[0],
                reason: texts::NOT_FIRST.to_owned(),
            }
        } else {
            FirstToSpeak::Secretary
        };
        let done = open
            .end_criticism(first, at)
            .map_err(SimulateError::refused)?;
        row.state = MeetingState::CriticismDone;
        row.first = Some(done.first.clone());
        row.first_speaker_name = Some(host.name.clone());
        row.criticism_done_at = Some(at);
        self.save_meeting(fate, host, &row, (Event::CriticismDone, at));
        Ok(Held {
            done,
            row,
            list,
            at,
        })
    }

    fn save_meeting(
        &mut self,
        fate: &Fate<'_>,
        by: &Person,
        row: &Meeting,
        (event, at): (Event, UnixTime),
    ) {
        let detail = json!({
            "branch": fate.branch.org.name, "first_speaker": row.first_speaker_name,
        });
        let write = Write::Meeting(Box::new(row.clone()));
        self.note(at, by, (event, Object::Meeting(row.id)), detail, write);
    }

    /// Minutes, and the end of the meeting.
    pub(super) fn close_meeting(
        &mut self,
        fate: &Fate<'_>,
        held: Held,
        after: UnixTime,
    ) -> Result<()> {
        let by = &fate.branch.tellers[1];
        let at = plus_minutes(after, 8);
        let closed = held.done.close(at).map_err(SimulateError::refused)?;
        let mut row = held.row;
        row.state = MeetingState::Closed;
        row.closed_at = Some(closed.at);
        self.save_meeting(fate, by, &row, (Event::MeetingClosed, at));
        // A few have not written their minutes yet.
        if self.dice.chance(88) {
            row.minutes = Some(minutes(at));
            let detail = json!({ "branch": fate.branch.org.name, "written": true });
            let what = (Event::MinutesSaved, Object::Meeting(row.id));
            let write = Write::Meeting(Box::new(row));
            self.note(plus_minutes(at, 25), by, what, detail, write);
        }
        Ok(())
    }
}

/// The minutes' parts as the meeting's page keeps them.
fn minutes(ended: UnixTime) -> String {
    json!({
        "ended": ended.local().strftime("%H:%M").to_string(),
        "agenda": texts::AGENDA,
        "self_criticism": texts::SELF_CRITICISM,
        "mutual_criticism": texts::MUTUAL_CRITICISM,
        "pledge": texts::PLEDGES,
    })
    .to_string()
}
