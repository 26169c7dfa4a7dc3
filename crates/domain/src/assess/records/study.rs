//! Rules about study sessions of a branch. // 通知 二、1

use super::Status;
use crate::assess::{Action, Actor, Gap};
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};
use crate::study::missing;

/// Every item has a session, and every member due attended or made up each. // 通知 二、1
pub(super) fn status(notice: &Notice, _rule: Rule, branch: &BranchFacts) -> Status {
    let known = &branch.records.study;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let items = number(notice.study.len());
    if items == 0 {
        return Status::NotYet;
    }
    let open = |gap| Status::open(gap, Actor::Branch, Action::Study);
    let uncovered = number(missing(&notice.study, &known.covered).len());
    let behind = known.behind(items);
    match (known.sessions, uncovered, behind) {
        (0, _, _) => open(Gap::NotBegun),
        (_, 0, 0) => Status::met(),
        (_, 0, count) => open(Gap::People {
            count,
            of: known.due(),
        }),
        (_, count, _) => open(Gap::Missing { count, of: items }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::{finished_branch, notice};

    fn with(change: impl FnOnce(&mut BranchFacts)) -> Status {
        let mut branch = finished_branch(1);
        change(&mut branch);
        status(&notice(), Rule::StudyCoversItems, &branch)
    }

    fn gap(gap: Gap) -> Status {
        Status::open(gap, Actor::Branch, Action::Study)
    }

    #[test]
    fn everybody_has_studied_everything() {
        assert_eq!(with(|_| ()), Status::met());
    }

    #[test]
    fn a_branch_without_sessions_has_not_begun() {
        assert_eq!(with(|b| b.records.study.sessions = 0), gap(Gap::NotBegun));
    }

    #[test]
    fn items_without_a_session_come_before_members() {
        let status = with(|b| {
            b.records.study.covered.truncate(3);
            b.records.study.studied = vec![(3, 11)];
        });
        assert_eq!(status, gap(Gap::Missing { count: 2, of: 5 }));
    }

    #[test]
    fn members_who_missed_an_item_are_counted() {
        let status = with(|b| b.records.study.studied = vec![(5, 8), (4, 2), (0, 1)]);
        assert_eq!(status, gap(Gap::People { count: 3, of: 11 }));
    }

    #[test]
    fn a_notice_without_items_asks_for_nothing() {
        let mut notice = notice();
        notice.study.clear();
        let status = status(&notice, Rule::StudyCoversItems, &finished_branch(1));
        assert_eq!(status, Status::NotYet);
    }
}
