//! Rules about opinions heard by a branch. // 通知 二、2

use super::Status;
use crate::assess::{Action, Actor, Gap};
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};

/// Heard outside the branch, and every opinion answered for. // 通知 二、2
pub(super) fn status(_notice: &Notice, _rule: Rule, branch: &BranchFacts) -> Status {
    let known = &branch.records.opinions;
    let open = |gap| Status::open(gap, Actor::Branch, Action::Opinions);
    if known.activities == 0 {
        return open(Gap::NotBegun);
    }
    // 深入基层一线、服务对象和人民群众中
    if known.outside == 0 {
        return open(Gap::Differs);
    }
    if known.collecting > 0 {
        return open(Gap::Unfinished);
    }
    match known.unanswered {
        0 => Status::met(),
        count => open(Gap::Missing {
            count,
            of: known.opinions,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::{finished_branch, notice};
    use crate::facts::OpinionFacts;

    #[test]
    fn each_gap_has_its_own_turn() {
        let heard = OpinionFacts {
            activities: 2,
            outside: 1,
            collecting: 0,
            opinions: 5,
            unanswered: 0,
        };
        let rows = [
            (OpinionFacts::default(), Some(Gap::NotBegun)),
            (
                OpinionFacts {
                    outside: 0,
                    ..heard.clone()
                },
                Some(Gap::Differs),
            ),
            (
                OpinionFacts {
                    collecting: 1,
                    unanswered: 2,
                    ..heard.clone()
                },
                Some(Gap::Unfinished),
            ),
            (
                OpinionFacts {
                    unanswered: 2,
                    ..heard.clone()
                },
                Some(Gap::Missing { count: 2, of: 5 }),
            ),
            // People may have had nothing to say.
            (
                OpinionFacts {
                    opinions: 0,
                    ..heard.clone()
                },
                None,
            ),
            (heard, None),
        ];
        for (facts, gap) in rows {
            let mut branch = finished_branch(1);
            branch.records.opinions = facts.clone();
            let wanted = gap.map_or_else(Status::met, |gap| {
                Status::open(gap, Actor::Branch, Action::Opinions)
            });
            let got = status(&notice(), Rule::OpinionsFromOutside, &branch);
            assert_eq!(got, wanted, "{facts:?}");
        }
    }
}
