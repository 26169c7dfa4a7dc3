//! Rules about rectification measures of a branch's members. // 通知 三、4

use jiff::civil::Date;

use super::{Status, due_members};
use crate::assess::{Action, Actor, Gap};
use crate::facts::BranchFacts;
use crate::notice::Rule;

pub(super) fn status(rule: Rule, branch: &BranchFacts, today: Date) -> Status {
    match rule {
        Rule::MeasuresPerMember => per_member(branch),
        Rule::MeasuresCarriedOut => carried_out(branch, today),
        Rule::LastMeasuresReported => reported(branch),
        _ => Status::Untracked,
    }
}

fn missing(count: u32, of: u32, late: bool) -> Status {
    Status::Open {
        gap: Gap::Missing { count, of },
        actor: Actor::Branch,
        action: Action::Measures,
        late,
    }
}

// 通知 三、4: 每名党员都要制定…整改措施. Asked again after the criticism: amended or confirmed.
fn per_member(branch: &BranchFacts) -> Status {
    let over = branch
        .meeting
        .as_ref()
        .is_some_and(|m| m.state.criticism_over());
    let due = due_members(branch);
    if !over || due == 0 {
        return Status::NotYet;
    }
    match due.saturating_sub(branch.records.measures.members) {
        0 => Status::met(),
        count => missing(count, due, false),
    }
}

// 2019 二、2: 会上要先报告上一年度问题的整改情况. The measures carried over say themselves whether
// anybody reported on them; without an earlier campaign there is nothing to report.
fn reported(branch: &BranchFacts) -> Status {
    let over = branch
        .meeting
        .as_ref()
        .is_some_and(|m| m.state.criticism_over());
    let known = &branch.records.measures;
    match (known.earlier, known.earlier_silent) {
        (0, _) => Status::NotYet,
        (_, 0) => Status::met(),
        (all, silent) => missing(silent, all, over),
    }
}

// 通知 三、4: 扎实整改落实. A measure is owed once its own day is over.
fn carried_out(branch: &BranchFacts, today: Date) -> Status {
    let days = &branch.records.measures.by_day;
    let over: Vec<_> = days.iter().filter(|(day, _, _)| *day < today).collect();
    let overdue: u32 = over.iter().map(|(_, _, open)| open).sum();
    let left: u32 = days.iter().map(|(_, _, open)| open).sum();
    match overdue {
        0 if days.is_empty() || (left > 0 && over.is_empty()) => Status::NotYet,
        0 => Status::met(),
        count => missing(count, days.iter().map(|(_, all, _)| all).sum(), true),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assess::tests::finished_branch;
    use crate::meeting::MeetingState;

    const TODAY: Date = date(2015, 10, 20);

    fn of(rule: Rule, change: impl FnOnce(&mut BranchFacts)) -> Status {
        let mut branch = finished_branch(1);
        change(&mut branch);
        status(rule, &branch, TODAY)
    }

    #[test]
    fn measures_are_asked_of_every_member_after_the_criticism() {
        let rule = Rule::MeasuresPerMember;
        assert_eq!(of(rule, |_| ()), Status::met());
        assert_eq!(
            of(rule, |b| b.records.measures.members = 4),
            missing(7, 11, false)
        );
        let open = of(rule, |b| {
            b.records.measures.members = 0;
            b.meeting.as_mut().unwrap().state = MeetingState::Open;
        });
        assert_eq!(open, Status::NotYet);
        let excused = of(rule, |b| {
            b.records.measures.members = 10;
            b.meeting.as_mut().unwrap().excluded = 2;
        });
        assert_eq!(excused, Status::met());
    }

    #[test]
    fn measures_of_the_last_campaign_are_reported_before_the_meeting() {
        let left = |all, silent, state| {
            of(Rule::LastMeasuresReported, |b| {
                b.records.measures.earlier = all;
                b.records.measures.earlier_silent = silent;
                b.meeting.as_mut().unwrap().state = state;
            })
        };
        let open = MeetingState::Open;
        assert_eq!(left(0, 0, open), Status::NotYet, "no campaign before");
        assert_eq!(left(5, 0, open), Status::met());
        assert_eq!(left(5, 2, open), missing(2, 5, false));
        assert_eq!(left(5, 2, MeetingState::Closed), missing(2, 5, true));
    }

    #[test]
    fn a_measure_is_owed_once_its_own_day_is_over() {
        let by_day = |days: &[(Date, u32, u32)]| {
            let days = days.to_vec();
            of(Rule::MeasuresCarriedOut, |b| {
                b.records.measures.by_day = days;
            })
        };
        let (past, later) = (date(2015, 10, 19), date(2015, 12, 31));
        assert_eq!(by_day(&[]), Status::NotYet);
        assert_eq!(
            by_day(&[(TODAY, 2, 2)]),
            Status::NotYet,
            "its day is not over"
        );
        assert_eq!(by_day(&[(past, 3, 0), (later, 2, 2)]), Status::met());
        assert_eq!(by_day(&[(past, 3, 1), (later, 2, 2)]), missing(1, 5, true));
        assert_eq!(
            by_day(&[(later, 2, 0)]),
            Status::met(),
            "all done before their day"
        );
    }
}
