//! Rules about heart-to-heart talks in a branch. // 通知 二、2

use super::Status;
use crate::assess::{Action, Actor, Gap};
use crate::facts::{BranchFacts, TalkFacts};
use crate::notice::{Notice, Rule};

pub(super) fn status(_notice: &Notice, rule: Rule, branch: &BranchFacts) -> Status {
    let talks = &branch.records.talks;
    match rule {
        Rule::TalkCoverage => coverage(talks),
        Rule::TalksSettled => settled(talks),
        _ => Status::Untracked,
    }
}

// 通知 二、2: 支部书记、副书记、支部委员与支部党员之间要相互谈
fn coverage(talks: &TalkFacts) -> Status {
    let of = talks.needed;
    match of.saturating_sub(talks.covered) {
        // Nobody there who could talk with anybody.
        _ if of == 0 => Status::NotYet,
        0 => Status::met(),
        _ if talks.held == 0 => open(Gap::NotBegun),
        count => open(Gap::Missing { count, of }),
    }
}

// 通知 二、2: 把矛盾和问题解决在专题组织生活会前
fn settled(talks: &TalkFacts) -> Status {
    match (talks.held, talks.unsettled) {
        (0, _) => Status::NotYet,
        (_, 0) => Status::met(),
        (_, count) => open(Gap::Missing {
            count,
            of: talks.raised,
        }),
    }
}

fn open(gap: Gap) -> Status {
    Status::open(gap, Actor::Branch, Action::Talks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::{finished_branch, notice};

    fn with(held: u32, covered: u32, unsettled: u32) -> BranchFacts {
        let mut branch = finished_branch(1);
        branch.records.talks = TalkFacts {
            held,
            needed: 14,
            covered,
            raised: 2,
            unsettled,
        };
        branch
    }

    #[test]
    fn talks_are_covered_missing_or_not_begun() {
        let missing = open(Gap::Missing { count: 3, of: 14 });
        for (held, covered, expected) in [
            (16, 14, Status::met()),
            (11, 11, missing),
            (0, 0, open(Gap::NotBegun)),
        ] {
            let got = status(&notice(), Rule::TalkCoverage, &with(held, covered, 0));
            assert_eq!(got, expected, "{held} {covered}");
        }
    }

    #[test]
    fn a_branch_where_nobody_can_talk_owes_no_talk() {
        let mut branch = with(0, 0, 0);
        branch.records.talks.needed = 0;
        let got = status(&notice(), Rule::TalkCoverage, &branch);
        assert_eq!(got, Status::NotYet);
    }

    #[test]
    fn matters_are_settled_or_left_and_wait_for_the_first_talk() {
        let left = open(Gap::Missing { count: 1, of: 2 });
        for (held, unsettled, expected) in
            [(0, 0, Status::NotYet), (9, 0, Status::met()), (9, 1, left)]
        {
            let got = status(&notice(), Rule::TalksSettled, &with(held, 9, unsettled));
            assert_eq!(got, expected, "{held} {unsettled}");
        }
    }
}
