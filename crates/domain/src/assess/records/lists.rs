//! Rules about problem lists of a branch's members. // 通知 二、3

use super::{Status, due_members};
use crate::assess::{Action, Actor, Gap};
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};

pub(super) fn status(_notice: &Notice, rule: Rule, branch: &BranchFacts) -> Status {
    let facts = &branch.records.lists;
    let due = due_members(branch);
    match rule {
        Rule::ProblemListPerMember => per_member(branch, due),
        // 通知 二、3: 内容主要包括
        Rule::CategoriesAnswered => whole(facts.all_categories, facts.handed, due),
        // 通知 一: 对照…, 联系…
        Rule::BenchmarksTouched => whole(facts.all_benchmarks, facts.handed, due),
        Rule::AspectsTouched => whole(facts.all_aspects, facts.handed, due),
        _ => Status::Untracked,
    }
}

fn missing(count: u32, of: u32) -> Status {
    let gap = Gap::Missing { count, of };
    Status::open(gap, Actor::Branch, Action::ProblemLists)
}

// 通知 二、3: 每名党员都要…自己动手列出问题清单和整改措施
fn per_member(branch: &BranchFacts, due: u32) -> Status {
    let facts = &branch.records.lists;
    match due.saturating_sub(facts.handed) {
        _ if due == 0 => Status::NotYet,
        0 => {
            // Lists prepare the meeting: one handed in after it came late. // 通知 二
            let held = branch.meeting.as_ref().and_then(|m| m.held_on);
            let late = facts
                .last_on
                .zip(held)
                .is_some_and(|(last, held)| last > held);
            Status::Met { late }
        }
        count => missing(count, due),
    }
}

/// Judged of the lists that are there; the missing ones are the other rule's.
fn whole(full: u32, handed: u32, due: u32) -> Status {
    match handed.saturating_sub(full) {
        0 if handed == 0 || handed < due => Status::NotYet,
        0 => Status::met(),
        count => missing(count, handed),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assess::tests::{finished_branch, notice};
    use crate::facts::ListFacts;

    fn of(rule: Rule, change: impl FnOnce(&mut BranchFacts)) -> Status {
        let mut branch = finished_branch(1);
        change(&mut branch);
        status(&notice(), rule, &branch)
    }

    fn lists(change: impl FnOnce(&mut ListFacts)) -> impl FnOnce(&mut BranchFacts) {
        |branch| change(&mut branch.records.lists)
    }

    #[test]
    fn lists_are_met_missing_or_late() {
        let rule = Rule::ProblemListPerMember;
        assert_eq!(of(rule, |_| ()), Status::Met { late: false });
        assert_eq!(of(rule, lists(|l| l.handed = 8)), missing(3, 11));
        assert_eq!(
            of(rule, lists(|l| *l = ListFacts::default())),
            missing(11, 11)
        );
        let late = of(rule, lists(|l| l.last_on = Some(date(2015, 9, 11))));
        assert_eq!(late, Status::Met { late: true });
    }

    #[test]
    fn members_excluded_with_a_reason_owe_no_list() {
        let status = of(Rule::ProblemListPerMember, |b| {
            b.records.lists.handed = 10;
            b.meeting.as_mut().unwrap().excluded = 2;
        });
        assert_eq!(status, Status::Met { late: false });
        let none = of(Rule::ProblemListPerMember, |b| {
            (b.members, b.meeting) = (0, None);
        });
        assert_eq!(none, Status::NotYet);
    }

    #[test]
    fn contents_are_judged_of_the_lists_that_are_there() {
        for rule in [
            Rule::CategoriesAnswered,
            Rule::BenchmarksTouched,
            Rule::AspectsTouched,
        ] {
            assert_eq!(of(rule, |_| ()), Status::met(), "{rule}");
            assert_eq!(
                of(rule, lists(|l| *l = ListFacts::default())),
                Status::NotYet
            );
            let short = lists(|l| {
                (l.all_categories, l.all_benchmarks, l.all_aspects) = (9, 9, 9);
            });
            assert_eq!(of(rule, short), missing(2, 11));
            let some = lists(|l| {
                *l = ListFacts {
                    handed: 5,
                    all_categories: 5,
                    all_benchmarks: 5,
                    all_aspects: 5,
                    last_on: None,
                };
            });
            assert_eq!(of(rule, some), Status::NotYet, "not everybody's yet");
        }
    }
}
