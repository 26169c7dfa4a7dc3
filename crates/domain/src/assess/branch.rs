//! Rules that a branch answers for.

use jiff::civil::Date;

use super::{Action, Actor, Gap, Status};
use crate::appraisal::RoundState;
use crate::facts::{AppraisalFacts, BranchFacts, FirstSpeaker, MeetingFacts, UnitFacts};
use crate::filing::FilingState;
use crate::meeting::{Figures, MeetingState, QuorumFinding};
use crate::notice::{Notice, Rule};

pub(super) fn status(
    notice: &Notice,
    rule: Rule,
    unit: &UnitFacts,
    branch: &BranchFacts,
    due: Option<Date>,
    today: Date,
) -> Status {
    match rule {
        Rule::MeetingHeld => held(unit, branch, due),
        Rule::AttendanceTaken => with_meeting(branch, attendance),
        Rule::QuorumMet => with_meeting(branch, |m| quorum(notice, m)),
        Rule::LeadersAsOrdinary => with_meeting(branch, leaders),
        Rule::SuperiorCommented => with_meeting(branch, superior),
        Rule::SecretaryFirst => with_meeting(branch, secretary_first),
        Rule::AppraisalOnTheSpot => on_the_spot(branch),
        Rule::AppraisalCounted => counted(branch),
        Rule::LeadingGroupAppraised => leading_group(branch),
        Rule::EveryMemberAppraised => appraised(branch),
        Rule::SummaryFiled => reported(branch),
        Rule::GatesPassed => super::records::gates::status(notice, unit, branch),
        other => super::records::status(notice, other, branch, today),
    }
}

/// Rules about a meeting wait until it has been opened.
fn with_meeting(branch: &BranchFacts, rule: impl Fn(&MeetingFacts) -> Status) -> Status {
    match &branch.meeting {
        Some(meeting) if meeting.state != MeetingState::Planned => rule(meeting),
        _ => Status::NotYet,
    }
}

fn open(gap: Gap, action: Action) -> Status {
    Status::open(gap, Actor::Branch, action)
}

// 通知 二、4: 必须在9月30日前完成
fn held(unit: &UnitFacts, branch: &BranchFacts, due: Option<Date>) -> Status {
    let Some(meeting) = &branch.meeting else {
        let filed = unit
            .plan
            .as_ref()
            .is_some_and(|p| p.filed_version.is_some());
        return if filed {
            open(Gap::NotBegun, Action::Meeting)
        } else {
            Status::open(Gap::NotBegun, Actor::Unit, Action::EditPlan)
        };
    };
    match meeting.state {
        MeetingState::Closed | MeetingState::CriticismDone => {
            let late = meeting.held_on.zip(due).is_some_and(|(on, day)| on > day);
            Status::Met { late }
        }
        MeetingState::Planned => open(Gap::NotBegun, Action::Meeting),
        MeetingState::Open => open(Gap::Unfinished, Action::Meeting),
    }
}

/// Everybody due is present or absent with a word on it. // 通知 三
fn attendance(meeting: &MeetingFacts) -> Status {
    let accounted = meeting.present + meeting.absent;
    match meeting.due.checked_sub(accounted) {
        Some(0) | None if meeting.due > 0 => Status::met(),
        Some(count) => open(
            Gap::Missing {
                count,
                of: meeting.due,
            },
            Action::Meeting,
        ),
        None => open(Gap::NotBegun, Action::Meeting),
    }
}

/// The notice has no number; the campaign's setting warns. // docs/DOMAIN.md §1.3
fn quorum(notice: &Notice, meeting: &MeetingFacts) -> Status {
    if meeting.present == 0 {
        return Status::NotYet;
    }
    let figures = Figures {
        due: meeting.due,
        present: meeting.present,
        absent: meeting.absent,
        excluded: meeting.excluded,
        ..Figures::default()
    };
    match figures.quorum(&notice.settings) {
        QuorumFinding::Met => Status::met(),
        QuorumFinding::BelowWarn | QuorumFinding::BelowRequired => open(
            Gap::Missing {
                count: meeting.absent,
                of: meeting.due,
            },
            Action::Meeting,
        ),
    }
}

// 通知 四、2: 以普通党员的身份认真参加
fn leaders(meeting: &MeetingFacts) -> Status {
    match meeting
        .leaders_due
        .saturating_sub(meeting.leaders_accounted)
    {
        0 => Status::met(),
        count => open(
            Gap::Missing {
                count,
                of: meeting.leaders_due,
            },
            Action::Meeting,
        ),
    }
}

// 通知 四、2: 上级党组织要派人参加…并进行点评
fn superior(meeting: &MeetingFacts) -> Status {
    match (meeting.envoy, meeting.commented) {
        (true, true) => Status::met(),
        (true, false) => open(Gap::Unfinished, Action::Meeting),
        (false, _) => Status::open(Gap::NotBegun, Actor::Unit, Action::Meeting),
    }
}

// 通知 三、1: 支部书记要带头开展自我批评
fn secretary_first(meeting: &MeetingFacts) -> Status {
    match meeting.first_speaker {
        FirstSpeaker::Secretary | FirstSpeaker::OtherWithReason => Status::met(),
        FirstSpeaker::Other => open(Gap::Differs, Action::Meeting),
        FirstSpeaker::Unrecorded => open(Gap::NotBegun, Action::Meeting),
    }
}

// 通知 三、3: 会后，要现场开展
fn on_the_spot(branch: &BranchFacts) -> Status {
    let days = branch.meeting.as_ref().and_then(|m| m.held_on);
    let opened = branch.appraisal.as_ref().and_then(|a| a.opened_on);
    match days.zip(opened) {
        None => Status::NotYet,
        Some((held, opened)) if held == opened => Status::met(),
        Some(_) => open(Gap::Differs, Action::Appraisal),
    }
}

/// The appraisal follows the criticism; until then the way leads to the meeting. // 通知 三、3
fn room(branch: &BranchFacts) -> Action {
    let over = branch
        .meeting
        .as_ref()
        .is_some_and(|m| m.state.criticism_over());
    if over {
        Action::Appraisal
    } else {
        Action::Meeting
    }
}

fn valid_round(branch: &BranchFacts) -> Option<&AppraisalFacts> {
    branch
        .appraisal
        .as_ref()
        .filter(|a| a.state != RoundState::Voided)
}

// 通知 三、3: 按照“好”、“一般”、“差”三个等次进行无记名投票测评
fn counted(branch: &BranchFacts) -> Status {
    match valid_round(branch).map(|a| a.state) {
        None => open(Gap::NotBegun, room(branch)),
        Some(RoundState::Signed | RoundState::Determined) => Status::met(),
        Some(_) => open(Gap::Unfinished, Action::Appraisal),
    }
}

/// Asked by the notices from 2019 on, on the same ballot: 同时对支部班子进行测评.
fn leading_group(branch: &BranchFacts) -> Status {
    match valid_round(branch) {
        None => open(Gap::NotBegun, room(branch)),
        Some(round) if !matches!(round.state, RoundState::Signed | RoundState::Determined) => {
            open(Gap::Unfinished, Action::Appraisal)
        }
        Some(round) if round.group => Status::met(),
        // A signed round without that line: its settings were others.
        Some(_) => open(Gap::Differs, Action::Appraisal),
    }
}

// 通知 四、3: 民主评议党员全覆盖
fn appraised(branch: &BranchFacts) -> Status {
    let Some(round) = valid_round(branch) else {
        let of = branch.members;
        return open(Gap::Missing { count: of, of }, room(branch));
    };
    let due = round.appraised;
    let outside = branch.members.saturating_sub(due + round.excluded);
    let missing = due.saturating_sub(round.determined) + outside;
    match missing {
        0 => Status::met(),
        count => open(
            Gap::Missing {
                count,
                of: due + outside,
            },
            Action::Appraisal,
        ),
    }
}

/// The branch's own 汇总表, which the unit adds up. // 通知 四、4
fn reported(branch: &BranchFacts) -> Status {
    let ready = valid_round(branch).is_some_and(|a| a.state == RoundState::Determined);
    match branch.filing.as_ref().map(|f| f.state) {
        Some(FilingState::Submitted | FilingState::Received) => Status::met(),
        Some(FilingState::Returned) => open(Gap::Returned, Action::BranchSummary),
        Some(FilingState::Draft) => open(Gap::Unfinished, Action::BranchSummary),
        None if ready => open(Gap::NotBegun, Action::BranchSummary),
        None => Status::NotYet,
    }
}
