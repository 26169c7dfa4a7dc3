//! Rules about dues of a branch's members. // 通知 四、4

use jiff::civil::Date;

use super::Status;
use crate::assess::{Action, Actor, Gap};
use crate::dues::Month;
use crate::facts::{BranchFacts, DuesFacts};
use crate::notice::Notice;

/// 按月自觉向支部缴纳党费: months from the notice's own to the last one that is over. A month
/// counts once for each member; one not assessed owes every month. // 通知 四、4
pub(super) fn status(notice: &Notice, branch: &BranchFacts, today: Date) -> Status {
    let (first, last) = (Month::of(notice.date), Month::of(today).plus(-1));
    if last < first || branch.members == 0 {
        return Status::NotYet;
    }
    let facts = &branch.records.dues;
    if *facts == DuesFacts::default() {
        return open(Gap::NotBegun);
    }
    let unassessed = branch.members.saturating_sub(facts.assessed);
    let (mut count, mut of) = (0, 0);
    for month in first.through(last) {
        let owing = facts.owing_in(month);
        of += owing + unassessed;
        count += owing.saturating_sub(facts.settled_in(month)) + unassessed;
    }
    if count == 0 {
        Status::met()
    } else {
        open(Gap::Missing { count, of })
    }
}

fn open(gap: Gap) -> Status {
    Status::open(gap, Actor::Branch, Action::Dues)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assess::tests::finished_branch;
    use crate::facts::OwingSpan;

    fn notice() -> Notice {
        let text = include_str!("../../../../../notices/xianning-2015-14.toml");
        Notice::parse(text).unwrap()
    }

    fn at(today: Date, change: impl FnOnce(&mut DuesFacts)) -> Status {
        let mut branch = finished_branch(1);
        change(&mut branch.records.dues);
        status(&notice(), &branch, today)
    }

    const OCTOBER: Date = date(2015, 10, 8);

    #[test]
    fn every_month_since_the_notice_is_asked_for_once_it_is_over() {
        let paid_until_august = |d: &mut DuesFacts| d.settled.truncate(1);
        assert_eq!(at(date(2015, 9, 15), paid_until_august), Status::met());
        let gap = Gap::Missing { count: 12, of: 24 };
        assert_eq!(at(OCTOBER, paid_until_august), open(gap));
        assert_eq!(at(date(2015, 8, 31), |d| d.settled.clear()), Status::NotYet);
    }

    #[test]
    fn one_members_unpaid_month_is_missing() {
        let gap = Gap::Missing { count: 1, of: 24 };
        assert_eq!(at(OCTOBER, |d| d.settled[1].1 = 11), open(gap));
    }

    #[test]
    fn a_member_without_assessment_owes_every_month() {
        let gap = Gap::Missing { count: 2, of: 24 };
        let change = |d: &mut DuesFacts| {
            d.assessed = 11;
            d.owing[0].members = 11;
            d.settled.iter_mut().for_each(|(_, n)| *n = 11);
        };
        assert_eq!(at(OCTOBER, change), open(gap));
    }

    #[test]
    fn the_exempt_and_those_who_joined_later_owe_nothing_for_it() {
        let change = |d: &mut DuesFacts| {
            d.owing[0].members = 10;
            d.owing.push(OwingSpan {
                from: Month::new(2015, 9),
                until: Month::END,
                members: 1,
            });
            d.settled = vec![(Month::new(2015, 8), 10), (Month::new(2015, 9), 11)];
        };
        assert_eq!(at(OCTOBER, change), Status::met());
    }

    #[test]
    fn a_branch_without_any_record_has_not_begun() {
        assert_eq!(
            at(OCTOBER, |d| *d = DuesFacts::default()),
            open(Gap::NotBegun)
        );
    }
}
