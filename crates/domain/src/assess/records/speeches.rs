//! Rules about criticism and self-criticism at a branch's meeting. // 通知 三、1 and 三、2
//!
//! All of them wait until the meeting is open and somebody is on its list.

use super::Status;
use crate::assess::{Action, Actor, Gap};
use crate::facts::{BranchFacts, MeetingFacts, SpeechFacts};
use crate::meeting::MeetingState;
use crate::notice::{Notice, Rule};

pub(super) fn status(_notice: &Notice, rule: Rule, branch: &BranchFacts) -> Status {
    let said = &branch.records.speeches;
    let opened = branch
        .meeting
        .as_ref()
        .filter(|m| m.state != MeetingState::Planned && m.present + m.absent > 0);
    let Some(meeting) = opened else {
        return Status::NotYet;
    };
    match rule {
        Rule::SelfCriticismEach => each(said, meeting),
        Rule::ViewsExamined => views(said),
        Rule::MutualCriticism => mutual(said, meeting),
        Rule::CriticismExchanged => exchanged(said),
        Rule::SecretaryCriticises => secretary(said),
        _ => Status::Untracked,
    }
}

// 通知 三、1: 每名党员都要进行深刻的自我批评; those absent hand theirs in in writing.
fn each(said: &SpeechFacts, meeting: &MeetingFacts) -> Status {
    counted(said.spoken, meeting.present + meeting.absent)
}

/// The notice names three angles to look from, not three essays: one of them at least.
// 通知 三、1: 从世界观、人生观、价值观深刻剖析
fn views(said: &SpeechFacts) -> Status {
    match said.spoken {
        0 => Status::NotYet,
        of => counted(said.examined, of),
    }
}

// 通知 三、2: 开展党员之间的相互批评. Nobody is alone in a room: who is has nobody to be criticised by.
fn mutual(said: &SpeechFacts, meeting: &MeetingFacts) -> Status {
    match meeting.present {
        0 | 1 => Status::NotYet,
        of => counted(said.criticised, of),
    }
}

// 通知 三、2: 要在会前进行充分沟通和交换意见, 不搞突然袭击
fn exchanged(said: &SpeechFacts) -> Status {
    let of = said.criticised;
    match of.saturating_sub(said.exchanged) {
        _ if of == 0 => Status::NotYet,
        0 => Status::met(),
        // What belongs before the meeting is put right among the talks.
        count => Status::open(Gap::Missing { count, of }, Actor::Branch, Action::Talks),
    }
}

// 通知 三、2: 支部书记要带头对支部党员开展批评帮助. The notice has no number: one is enough.
fn secretary(said: &SpeechFacts) -> Status {
    match (said.criticised, said.by_secretary) {
        (0, _) => Status::NotYet,
        (_, 0) => open(Gap::NotBegun),
        _ => Status::met(),
    }
}

fn counted(done: u32, of: u32) -> Status {
    match of.saturating_sub(done) {
        0 => Status::met(),
        _ if done == 0 => open(Gap::NotBegun),
        count => open(Gap::Missing { count, of }),
    }
}

fn open(gap: Gap) -> Status {
    Status::open(gap, Actor::Branch, Action::Speeches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::{finished_branch, notice};

    const RULES: [Rule; 5] = [
        Rule::SelfCriticismEach,
        Rule::ViewsExamined,
        Rule::MutualCriticism,
        Rule::CriticismExchanged,
        Rule::SecretaryCriticises,
    ];

    /// A meeting of 10 present and 1 absent, with spoken, examined, criticised, exchanged and
    /// by the secretary.
    fn after(said: [u32; 5]) -> [Status; 5] {
        let mut branch = finished_branch(1);
        let [spoken, examined, criticised, exchanged, by_secretary] = said;
        branch.records.speeches = SpeechFacts {
            spoken,
            examined,
            criticised,
            exchanged,
            by_secretary,
        };
        RULES.map(|rule| status(&notice(), rule, &branch))
    }

    fn missing(count: u32, of: u32) -> Status {
        open(Gap::Missing { count, of })
    }

    #[test]
    fn a_meeting_where_all_was_said_owes_nothing() {
        assert!(
            after([11, 11, 10, 10, 1])
                .iter()
                .all(|s| *s == Status::met())
        );
    }

    #[test]
    fn what_was_not_said_is_named_by_its_rule() {
        let talks = Status::open(
            Gap::Missing { count: 3, of: 7 },
            Actor::Branch,
            Action::Talks,
        );
        assert_eq!(
            after([8, 6, 7, 4, 0]),
            [
                missing(3, 11),
                missing(2, 8),
                missing(3, 10),
                talks,
                open(Gap::NotBegun)
            ]
        );
    }

    #[test]
    fn nothing_said_yet_is_not_begun_and_what_rests_on_it_waits() {
        let begun = open(Gap::NotBegun);
        let wait = Status::NotYet;
        let expected = [begun.clone(), wait.clone(), begun, wait.clone(), wait];
        assert_eq!(after([0; 5]), expected);
    }

    #[test]
    fn nothing_is_asked_before_the_meeting_opens_and_its_list_is_taken() {
        let mut branch = finished_branch(1);
        let meeting = branch.meeting.as_mut().unwrap();
        (meeting.present, meeting.absent) = (0, 0);
        let mut planned = finished_branch(2);
        planned.meeting = None;
        for rule in RULES {
            assert_eq!(status(&notice(), rule, &branch), Status::NotYet, "{rule}");
            assert_eq!(status(&notice(), rule, &planned), Status::NotYet, "{rule}");
        }
    }
}
