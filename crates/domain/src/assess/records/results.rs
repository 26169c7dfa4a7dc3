//! Rules about feedback, 公示 and use of a branch's appraisal results. // 通知 三、3

use jiff::civil::Date;

use super::Status;
use crate::appraisal::RoundState;
use crate::assess::{Action, Actor, Gap};
use crate::day::working_days_after;
use crate::facts::{AppraisalFacts, BranchFacts};
use crate::notice::{Notice, Rule};
use crate::results::PublicityState;

pub(super) fn status(notice: &Notice, rule: Rule, branch: &BranchFacts) -> Status {
    let Some(appraisal) = determined(branch) else {
        return Status::NotYet;
    };
    match rule {
        Rule::FedBack => fed_back(notice, branch, appraisal),
        Rule::Published => published(branch),
        Rule::ResultsUsed => used(notice, branch, appraisal),
        _ => Status::Untracked,
    }
}

/// 及时: so many working days after the branch gave its opinions. // 通知 三、3
pub(in crate::assess) fn feedback_due(notice: &Notice, branch: &BranchFacts) -> Option<Date> {
    let given = branch.records.results.decided_on?;
    Some(working_days_after(
        given,
        notice.settings.feedback_working_days,
    ))
}

/// Nothing can be told before there are opinions.
fn determined(branch: &BranchFacts) -> Option<&AppraisalFacts> {
    let round = branch.appraisal.as_ref();
    round.filter(|a| a.state == RoundState::Determined)
}

fn open(gap: Gap) -> Status {
    Status::open(gap, Actor::Branch, Action::Results)
}

// 通知 三、3: 对评议结果党支部要及时向党员本人反馈
fn fed_back(notice: &Notice, branch: &BranchFacts, appraisal: &AppraisalFacts) -> Status {
    let told = &branch.records.results;
    let of = appraisal.determined;
    match of.saturating_sub(told.fed_back) {
        0 => {
            let late = told
                .last_told_on
                .zip(feedback_due(notice, branch))
                .is_some_and(|(on, due)| on > due);
            Status::Met { late }
        }
        count if count == of => open(Gap::NotBegun),
        count => open(Gap::Missing { count, of }),
    }
}

// 通知 三、3: 在一定范围内进行公示. A posted notice has begun: it cannot be posted early.
fn published(branch: &BranchFacts) -> Status {
    let newest = branch.records.results.publicity.map(|p| p.state);
    match newest {
        Some(PublicityState::Posted | PublicityState::Ended) => Status::met(),
        Some(PublicityState::Draft | PublicityState::Approved) => open(Gap::Waiting),
        Some(PublicityState::Withdrawn) => open(Gap::Returned),
        None => open(Gap::NotBegun),
    }
}

// 通知 三、3: 重在表扬激励先进，教育转化后进. docs/DOMAIN.md §3.5
fn used(notice: &Notice, branch: &BranchFacts, appraisal: &AppraisalFacts) -> Status {
    let used = &branch.records.results;
    let last = notice.grades.last().map_or("", |g| g.key.as_str());
    let of = of_key(&appraisal.grades, last);
    let helped = of_key(&used.helped, last);
    if let count @ 1.. = of.saturating_sub(helped) {
        return open(Gap::Missing { count, of });
    }
    if used.commended > 0 || used.none_commended {
        Status::met()
    } else {
        open(Gap::Unfinished)
    }
}

fn of_key(list: &[(String, u32)], key: &str) -> u32 {
    list.iter().filter(|(k, _)| k == key).map(|(_, n)| n).sum()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assess::tests::{finished_branch, notice};
    use crate::facts::{PublicityFacts, ResultFacts};

    fn after(rule: Rule, change: impl FnOnce(&mut ResultFacts)) -> Status {
        let mut branch = finished_branch(1);
        change(&mut branch.records.results);
        status(&notice(), rule, &branch)
    }

    fn with_state(state: PublicityState) -> Status {
        after(Rule::Published, |r| {
            r.publicity = Some(PublicityFacts {
                state,
                from: date(2015, 9, 14),
                to: date(2015, 9, 18),
            });
        })
    }

    #[test]
    fn everybody_told_in_time_is_met_and_after_the_limit_late() {
        assert_eq!(after(Rule::FedBack, |_| ()), Status::met());
        // given on Friday 11 September: five working days end on the 18th
        let told = |day| after(Rule::FedBack, |r| r.last_told_on = Some(day));
        assert_eq!(told(date(2015, 9, 18)), Status::Met { late: false });
        assert_eq!(told(date(2015, 9, 21)), Status::Met { late: true });
        let due = feedback_due(&notice(), &finished_branch(1));
        assert_eq!(due, Some(date(2015, 9, 18)));
    }

    #[test]
    fn those_not_told_are_counted() {
        let some = after(Rule::FedBack, |r| r.fed_back = 9);
        assert_eq!(some, open(Gap::Missing { count: 2, of: 11 }));
        assert_eq!(
            after(Rule::FedBack, |r| r.fed_back = 0),
            open(Gap::NotBegun)
        );
    }

    #[test]
    fn nothing_is_asked_before_the_opinions_are_given() {
        let mut branch = finished_branch(1);
        if let Some(round) = &mut branch.appraisal {
            round.state = RoundState::Signed;
        }
        for rule in [Rule::FedBack, Rule::Published, Rule::ResultsUsed] {
            assert_eq!(status(&notice(), rule, &branch), Status::NotYet, "{rule}");
        }
    }

    #[test]
    fn a_notice_counts_once_it_hangs() {
        assert_eq!(with_state(PublicityState::Posted), Status::met());
        assert_eq!(with_state(PublicityState::Ended), Status::met());
        for state in [PublicityState::Draft, PublicityState::Approved] {
            assert_eq!(with_state(state), open(Gap::Waiting));
        }
        assert_eq!(with_state(PublicityState::Withdrawn), open(Gap::Returned));
        let none = after(Rule::Published, |r| r.publicity = None);
        assert_eq!(none, open(Gap::NotBegun));
    }

    #[test]
    fn the_backward_are_helped_and_praise_is_given_or_declined_in_words() {
        let with_poor = |helped: u32| {
            let mut branch = finished_branch(1);
            if let Some(round) = &mut branch.appraisal {
                round.grades = vec![("good".into(), 9), ("poor".into(), 2)];
            }
            branch.records.results.helped = vec![("good".into(), 5), ("poor".into(), helped)];
            status(&notice(), Rule::ResultsUsed, &branch)
        };
        assert_eq!(with_poor(1), open(Gap::Missing { count: 1, of: 2 }));
        assert_eq!(with_poor(2), Status::met());
        let silent = after(Rule::ResultsUsed, |r| r.commended = 0);
        assert_eq!(silent, open(Gap::Unfinished));
        let declined = after(Rule::ResultsUsed, |r| {
            (r.commended, r.none_commended) = (0, true);
        });
        assert_eq!(declined, Status::met());
    }
}
