//! Rules that the committee answers for, told as findings of the 工委 itself. // 通知 四、4

use jiff::civil::Date;

use super::unit::missing_of;
use super::{Action, Actor, Finding, Gap, Level, Status, level_of};
use crate::facts::{CommitteeFacts, Ledger};
use crate::notice::{Notice, Rule};

pub(super) fn findings(notice: &Notice, ledger: &Ledger, today: Date) -> Vec<Finding> {
    let Some(org) = ledger.committee.org else {
        return Vec::new();
    };
    let asked = notice.requirements.iter().enumerate();
    asked
        .filter(|(_, r)| level_of(r) == Level::Committee)
        .map(|(at, r)| {
            let due = notice.due(r.by);
            Finding {
                requirement: at,
                unit: org,
                branch: None,
                due,
                status: status(notice, r.rule, ledger)
                    .with_lateness(due.is_some_and(|day| today > day)),
            }
        })
        .collect()
}

fn status(notice: &Notice, rule: Rule, ledger: &Ledger) -> Status {
    match rule {
        Rule::Supervised => supervised(notice, ledger),
        Rule::LeadersAttended => attended(notice, &ledger.committee),
        Rule::AssessmentInput => assessed(ledger),
        _ => Status::Untracked,
    }
}

/// A draw was held, and the share of all branches was checked in one of the three ways.
// 通知 四、4: 采取随意抽查、电话询问、查看台帐等方式 (share: docs/DOMAIN.md §1.3)
fn supervised(notice: &Notice, ledger: &Ledger) -> Status {
    let open = |gap| Status::open(gap, Actor::Section, Action::Supervision);
    let branches: usize = ledger.units.iter().map(|u| u.branches.len()).sum();
    let all = u32::try_from(branches).unwrap_or(u32::MAX);
    let target = notice.settings.spot_check.share.ceil_of(all) as usize;
    let done = &ledger.committee;
    match target.saturating_sub(done.checked as usize) {
        _ if branches == 0 => Status::NotYet,
        _ if done.draws == 0 && done.checked == 0 => open(Gap::NotBegun),
        0 if done.draws == 0 => open(Gap::Unfinished),
        0 => Status::met(),
        missing => open(missing_of(missing, target)),
    }
}

// 通知 四、4: 至少参加所联系…会员单位的2—3个党支部专题组织生活会
fn attended(notice: &Notice, done: &CommitteeFacts) -> Status {
    let open = |gap| Status::open(gap, Actor::Section, Action::LeaderVisits);
    let min = notice.settings.leader_meetings.min;
    let short = done.visits.iter().filter(|count| **count < min).count();
    match short {
        _ if done.visits.is_empty() => open(Gap::NotBegun),
        0 => Status::met(),
        short => open(missing_of(short, done.visits.len())),
    }
}

/// The committee's scheme is issued and every unit's sheet checked. The year's end is not a day of
/// the notice, so nothing here is ever late.
// 通知 四、4: 作为2015年度机关党建目标责任制考评…的重要内容
fn assessed(ledger: &Ledger) -> Status {
    let open = |gap| Status::open(gap, Actor::Section, Action::Assessment);
    let done = ledger.committee.assessment;
    let units = ledger.units.len();
    match (done.issued, units.saturating_sub(done.checked as usize)) {
        _ if units == 0 => Status::NotYet,
        (None, _) => open(Gap::NotBegun),
        (Some(false), _) => open(Gap::Unfinished),
        (Some(true), 0) => Status::met(),
        (Some(true), missing) => open(missing_of(missing, units)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::assess;
    use crate::assess::tests::{finished_branch, finished_unit};
    use crate::facts::AssessmentFacts;
    use crate::ids::OrgId;
    use jiff::civil::date;
    use uuid::Uuid;

    const ROOT: OrgId = OrgId(Uuid::from_u128(7_000));

    /// Ten branches: two to be checked.
    fn of(rule: Rule, today: Date, change: impl FnOnce(&mut CommitteeFacts)) -> Status {
        let text = include_str!("../../../../notices/xianning-2015-14.toml");
        let notice = Notice::parse(text).unwrap();
        let mut unit = finished_unit();
        unit.branches = (1..=10).map(finished_branch).collect();
        let mut committee = CommitteeFacts {
            org: Some(ROOT),
            draws: 1,
            checked: 2,
            visits: vec![2, 3],
            assessment: AssessmentFacts {
                issued: Some(true),
                checked: 1,
            },
        };
        change(&mut committee);
        let units = vec![unit];
        let found = assess(&notice, &Ledger { units, committee }, today);
        let asked = |f: &&Finding| notice.requirements[f.requirement].rule == rule;
        found.iter().find(asked).unwrap().status.clone()
    }

    const IN_TIME: Date = date(2015, 9, 20);

    #[test]
    fn a_draw_and_the_share_of_branches_are_supervision() {
        assert_eq!(of(Rule::Supervised, IN_TIME, |_| {}), Status::met());
    }

    #[test]
    fn supervision_is_open_without_checks_short_of_the_share_or_without_a_draw() {
        let gap = |change: fn(&mut CommitteeFacts)| match of(Rule::Supervised, IN_TIME, change) {
            Status::Open { gap, actor, .. } => (gap, actor),
            other => panic!("{other:?}"),
        };
        let section = Actor::Section;
        assert_eq!(
            gap(|c| (c.draws, c.checked) = (0, 0)),
            (Gap::NotBegun, section)
        );
        assert_eq!(
            gap(|c| c.checked = 1),
            (Gap::Missing { count: 1, of: 2 }, section)
        );
        assert_eq!(gap(|c| c.draws = 0), (Gap::Unfinished, section));
    }

    #[test]
    fn each_leader_attends_two_meetings() {
        let status =
            |visits: Vec<u32>, today| of(Rule::LeadersAttended, today, |c| c.visits = visits);
        assert_eq!(status(vec![2, 4], IN_TIME), Status::met());
        let short = |gap, late| Status::Open {
            gap,
            actor: Actor::Section,
            action: Action::LeaderVisits,
            late,
        };
        assert_eq!(status(vec![], IN_TIME), short(Gap::NotBegun, false));
        assert_eq!(
            status(vec![2, 1], date(2015, 10, 8)),
            short(Gap::Missing { count: 1, of: 2 }, true)
        );
    }

    #[test]
    fn the_year_is_assessed_when_every_units_sheet_is_checked() {
        let status = |issued, checked| {
            of(Rule::AssessmentInput, date(2015, 12, 31), |c| {
                c.assessment = AssessmentFacts { issued, checked };
            })
        };
        assert_eq!(status(Some(true), 1), Status::met());
        let open = |gap| Status::open(gap, Actor::Section, Action::Assessment);
        assert_eq!(status(None, 0), open(Gap::NotBegun));
        assert_eq!(status(Some(false), 0), open(Gap::Unfinished));
        let missing = Gap::Missing { count: 1, of: 1 };
        assert_eq!(status(Some(true), 0), open(missing), "and never late");
    }

    #[test]
    fn before_set_up_nothing_is_asked_of_the_committee() {
        let text = include_str!("../../../../notices/xianning-2015-14.toml");
        let notice = Notice::parse(text).unwrap();
        assert!(findings(&notice, &Ledger::default(), IN_TIME).is_empty());
    }
}
