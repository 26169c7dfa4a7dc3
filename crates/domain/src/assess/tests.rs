//! Every tracked requirement of the 2015 notice: met, missing, late, and its turn not yet come.

use jiff::civil::{Date, date};
use uuid::Uuid;

use super::*;
use crate::appraisal::RoundState;
use crate::facts::{
    AppraisalFacts, FilingFacts, FirstSpeaker, ListFacts, MeasureFacts, MeetingFacts, PlanFacts,
    PublicityFacts, Records, ResultFacts, SpeechFacts, TalkFacts,
};
use crate::filing::FilingState;
use crate::ids::{FilingId, MeetingId, PlanId, RoundId};
use crate::meeting::MeetingState;
use crate::org::OrgKind;
use crate::plan::PlanState;
use crate::results::PublicityState;

const BETWEEN: Date = date(2015, 9, 15);
const AFTER: Date = date(2015, 10, 8);

pub(crate) fn notice() -> Notice {
    Notice::parse(include_str!("../../../../notices/xianning-2015-14.toml")).unwrap()
}

fn id(n: u128) -> OrgId {
    OrgId(Uuid::from_u128(n))
}

/// Twelve members, all months paid.
fn paid_up() -> crate::facts::DuesFacts {
    use crate::dues::Month;
    let month = |n| Month::new(2015, n);
    crate::facts::DuesFacts {
        assessed: 12,
        owing: vec![crate::facts::OwingSpan {
            from: month(1),
            until: Month::END,
            members: 12,
        }],
        settled: vec![(month(8), 12), (month(9), 12)],
    }
}

/// Everything recorded before and after the meeting.
fn finished_records() -> Records {
    Records {
        study: crate::facts::StudyFacts {
            sessions: 3,
            covered: notice().study.into_iter().map(|i| i.key).collect(),
            studied: vec![(5, 11)],
        },
        opinions: crate::facts::OpinionFacts {
            activities: 2,
            outside: 1,
            opinions: 5,
            ..crate::facts::OpinionFacts::default()
        },
        results: finished_results(),
        gates: finished_gates(),
        lists: ListFacts {
            handed: 11,
            all_categories: 11,
            all_benchmarks: 11,
            all_aspects: 11,
            last_on: Some(date(2015, 9, 8)),
        },
        measures: MeasureFacts {
            members: 11,
            by_day: vec![(date(2015, 9, 30), 11, 0), (date(2015, 12, 31), 11, 2)],
            earlier: 0,
            earlier_silent: 0,
        },
        dues: paid_up(),
        talks: finished_talks(),
        speeches: finished_speeches(),
    }
}

/// A branch that has done everything.
pub(crate) fn finished_branch(n: u128) -> BranchFacts {
    BranchFacts {
        org: id(n),
        name: format!("第{n}党支部"),
        excluded: false,
        members: 12,
        probationary: 1,
        secretary: Some("王建国".into()),
        planned_on: Some(date(2015, 9, 10)),
        meeting: Some(MeetingFacts {
            id: MeetingId(Uuid::from_u128(n)),
            state: MeetingState::Closed,
            held_on: Some(date(2015, 9, 10)),
            due: 11,
            excluded: 1,
            present: 10,
            absent: 1,
            leaders_due: 1,
            leaders_accounted: 1,
            envoy: true,
            commented: true,
            first_speaker: FirstSpeaker::Secretary,
            minutes: true,
            without_plan: false,
        }),
        appraisal: Some(AppraisalFacts {
            id: RoundId(Uuid::from_u128(n)),
            number: 1,
            state: RoundState::Determined,
            opened_on: Some(date(2015, 9, 10)),
            signed_on: Some(date(2015, 9, 10)),
            group: false,
            voided: 0,
            appraised: 11,
            excluded: 1,
            determined: 11,
            grades: vec![("good".into(), 10), ("fair".into(), 1)],
        }),
        filing: Some(filing(FilingState::Submitted)),
        records: finished_records(),
    }
}

/// Everybody talked with whom they should, nothing left open. // 通知 二、2
fn finished_talks() -> TalkFacts {
    TalkFacts {
        held: 12,
        needed: 12,
        covered: 12,
        raised: 1,
        unsettled: 0,
    }
}

/// Everybody spoke and was spoken to. // 通知 三、1 and 三、2
fn finished_speeches() -> SpeechFacts {
    SpeechFacts {
        spoken: 11,
        examined: 11,
        criticised: 10,
        exchanged: 10,
        by_secretary: 3,
    }
}

/// Everybody told, the notice posted, somebody praised. // 通知 三、3
fn finished_results() -> ResultFacts {
    ResultFacts {
        decided_on: Some(date(2015, 9, 11)),
        fed_back: 11,
        last_told_on: Some(date(2015, 9, 14)),
        acknowledged: 11,
        publicity: Some(PublicityFacts {
            state: PublicityState::Posted,
            from: date(2015, 9, 14),
            to: date(2015, 9, 18),
        }),
        commended: 1,
        ..ResultFacts::default()
    }
}

/// All four passed. // 通知 四、3
fn finished_gates() -> crate::facts::GateFacts {
    crate::facts::GateFacts {
        passed: 4,
        ..crate::facts::GateFacts::default()
    }
}

fn filing(state: FilingState) -> FilingFacts {
    FilingFacts {
        id: FilingId(Uuid::from_u128(1)),
        state,
        submitted_on: Some(date(2015, 9, 20)),
        decided_on: None,
        late: false,
    }
}

/// A unit that has done everything.
pub(crate) fn finished_unit() -> UnitFacts {
    UnitFacts {
        org: id(100),
        name: "市水利局机关党委".into(),
        kind: OrgKind::PrimaryCommittee,
        acknowledged_on: Some(date(2015, 8, 18)),
        secretary: Some("李书记".into()),
        plan: Some(PlanFacts {
            id: PlanId(Uuid::from_u128(1)),
            state: PlanState::Filed,
            version: 1,
            filed_version: Some(1),
            submitted_on: Some(date(2015, 8, 28)),
            filed_on: Some(date(2015, 8, 30)),
            number: Some("咸直工组备〔2015〕1号".into()),
            theme: "践行‘三严三实’，争做‘两为’干部".into(),
            late: false,
        }),
        filing: Some(filing(FilingState::Received)),
        branches: vec![finished_branch(1), finished_branch(2)],
    }
}

fn of_rule(rule: Rule, unit: &UnitFacts, today: Date) -> Vec<Status> {
    let notice = notice();
    let at = notice
        .requirements
        .iter()
        .position(|r| r.rule == rule)
        .unwrap();
    assess_unit(&notice, unit, today)
        .into_iter()
        .filter(|f| f.requirement == at)
        .map(|f| f.status)
        .collect()
}

/// The first finding of a rule after one change to a finished unit.
fn after(rule: Rule, today: Date, change: impl FnOnce(&mut UnitFacts)) -> Status {
    let mut unit = finished_unit();
    change(&mut unit);
    of_rule(rule, &unit, today)
        .into_iter()
        .find(Status::is_open)
        .unwrap_or(Status::NotYet)
}

fn meeting(unit: &mut UnitFacts) -> &mut MeetingFacts {
    unit.branches[0].meeting.as_mut().unwrap()
}

fn open(gap: Gap, actor: Actor, action: Action, late: bool) -> Status {
    Status::Open {
        gap,
        actor,
        action,
        late,
    }
}

#[test]
fn a_finished_unit_owes_nothing_that_is_recorded_here() {
    for status in assess_unit(&notice(), &finished_unit(), AFTER)
        .into_iter()
        .map(|f| f.status)
    {
        assert!(
            matches!(status, Status::Met { late: false } | Status::Untracked),
            "{status:?}"
        );
    }
}

/// One change to a finished unit and what it opens: rule, change, gap, actor, way.
type Row = (Rule, Box<dyn FnOnce(&mut UnitFacts)>, Gap, Actor, Action);

fn unit_rows() -> Vec<Row> {
    use Action as A;
    vec![
        (
            Rule::ReceiptAcknowledged,
            Box::new(|u| u.acknowledged_on = None),
            Gap::NotBegun,
            Actor::Unit,
            A::Acknowledge,
        ),
        (
            Rule::ResponsibleNamed,
            Box::new(|u| u.branches[1].secretary = None),
            Gap::Missing { count: 1, of: 3 },
            Actor::Section,
            A::Roster,
        ),
        (
            Rule::PlanFiled,
            Box::new(|u| u.plan = None),
            Gap::NotBegun,
            Actor::Unit,
            A::EditPlan,
        ),
        (
            Rule::PlanCoversBranches,
            Box::new(|u| u.branches[0].planned_on = None),
            Gap::Missing { count: 1, of: 2 },
            Actor::Unit,
            A::EditPlan,
        ),
        (
            Rule::ThemeKept,
            Box::new(|u| u.plan.as_mut().unwrap().theme = "别的主题".into()),
            Gap::Differs,
            Actor::Unit,
            A::EditPlan,
        ),
        (
            Rule::BranchesCovered,
            Box::new(|u| u.branches[0].meeting = None),
            Gap::Missing { count: 1, of: 2 },
            Actor::Branch,
            A::Meeting,
        ),
    ]
}

fn branch_rows() -> Vec<Row> {
    use Action as A;
    vec![
        (
            Rule::MeetingHeld,
            Box::new(|u| meeting(u).state = MeetingState::Open),
            Gap::Unfinished,
            Actor::Branch,
            A::Meeting,
        ),
        (
            Rule::AttendanceTaken,
            Box::new(|u| meeting(u).present = 7),
            Gap::Missing { count: 3, of: 11 },
            Actor::Branch,
            A::Meeting,
        ),
        (
            Rule::QuorumMet,
            Box::new(|u| (meeting(u).present, meeting(u).absent) = (5, 6)),
            Gap::Missing { count: 6, of: 11 },
            Actor::Branch,
            A::Meeting,
        ),
        (
            Rule::LeadersAsOrdinary,
            Box::new(|u| meeting(u).leaders_accounted = 0),
            Gap::Missing { count: 1, of: 1 },
            Actor::Branch,
            A::Meeting,
        ),
        (
            Rule::SuperiorCommented,
            Box::new(|u| meeting(u).commented = false),
            Gap::Unfinished,
            Actor::Branch,
            A::Meeting,
        ),
        (
            Rule::SecretaryFirst,
            Box::new(|u| meeting(u).first_speaker = FirstSpeaker::Other),
            Gap::Differs,
            Actor::Branch,
            A::Meeting,
        ),
    ]
}

fn paper_rows() -> Vec<Row> {
    use Action as A;
    vec![
        (
            Rule::AppraisalCounted,
            Box::new(|u| u.branches[0].appraisal = None),
            Gap::NotBegun,
            Actor::Branch,
            A::Appraisal,
        ),
        (
            Rule::EveryMemberAppraised,
            Box::new(|u| u.branches[0].appraisal.as_mut().unwrap().determined = 8),
            Gap::Missing { count: 3, of: 11 },
            Actor::Branch,
            A::Appraisal,
        ),
        (
            Rule::SummaryFiled,
            Box::new(|u| u.filing = Some(filing(FilingState::Submitted))),
            Gap::Waiting,
            Actor::Section,
            A::ReviewSummary,
        ),
        (
            Rule::ReportFiled,
            Box::new(|u| u.filing = Some(filing(FilingState::Returned))),
            Gap::Returned,
            Actor::Unit,
            A::UnitSummary,
        ),
    ]
}

#[test]
fn each_rule_opens_with_its_own_gap_and_actor() {
    let rows = unit_rows()
        .into_iter()
        .chain(branch_rows())
        .chain(paper_rows());
    for (rule, change, gap, actor, action) in rows {
        let got = after(rule, date(2015, 8, 20), change);
        assert_eq!(got, open(gap, actor, action, false), "{rule}");
    }
}

#[test]
fn open_items_become_late_the_day_after_their_last_day() {
    let missing = |today| after(Rule::PlanFiled, today, |u| u.plan = None);
    let late = |status: Status| matches!(status, Status::Open { late: true, .. });
    assert!(!late(missing(date(2015, 8, 31))), "报送当天不算逾期");
    assert!(late(missing(date(2015, 9, 1))));
}

#[test]
fn a_plan_handed_in_late_stays_marked_when_filed() {
    let mut unit = finished_unit();
    unit.plan.as_mut().unwrap().submitted_on = Some(date(2015, 9, 2));
    assert_eq!(
        of_rule(Rule::PlanFiled, &unit, AFTER),
        [Status::Met { late: true }]
    );
}

#[test]
fn a_meeting_after_its_day_is_met_late_and_judged_by_the_planned_day() {
    let mut unit = finished_unit();
    meeting(&mut unit).held_on = Some(date(2015, 10, 9));
    let held = of_rule(Rule::MeetingHeld, &unit, AFTER);
    assert_eq!(
        held,
        [Status::Met { late: true }, Status::Met { late: false }]
    );
}

#[test]
fn an_amended_plan_leaves_the_filed_one_in_force() {
    let mut unit = finished_unit();
    unit.plan.as_mut().unwrap().state = PlanState::Draft;
    assert_eq!(
        of_rule(Rule::PlanFiled, &unit, BETWEEN),
        [Status::Met { late: false }]
    );
}

#[test]
fn a_voided_round_counts_for_nothing() {
    let void = |u: &mut UnitFacts| {
        u.branches[0].appraisal.as_mut().unwrap().state = RoundState::Voided;
    };
    let status = after(Rule::AppraisalCounted, BETWEEN, void);
    assert!(matches!(
        status,
        Status::Open {
            gap: Gap::NotBegun,
            ..
        }
    ));
    let mut unit = finished_unit();
    void(&mut unit);
    assert_eq!(Coverage::of_unit(&unit).appraised, 11);
}

#[test]
fn members_who_joined_after_the_round_are_missing_until_appraised_or_excluded() {
    let status = after(Rule::EveryMemberAppraised, BETWEEN, |u| {
        u.branches[0].members = 14;
    });
    let gap = Gap::Missing { count: 2, of: 13 };
    assert_eq!(status, open(gap, Actor::Branch, Action::Appraisal, true));
}

#[test]
fn exclusions_stand_beside_the_coverage() {
    let unit = finished_unit();
    let got = Coverage::of_unit(&unit);
    assert_eq!(
        (got.members, got.excluded, got.due(), got.appraised),
        (24, 2, 22, 22)
    );
    assert_eq!((got.branches, got.held, got.missing_branches()), (2, 2, 0));
    assert_eq!(
        coverage(&Ledger {
            units: vec![unit.clone(), unit],
            ..Ledger::default()
        })
        .members,
        48
    );
}

#[test]
fn nothing_is_asked_of_a_meeting_before_it_opens() {
    let mut unit = finished_unit();
    unit.branches[0].meeting = None;
    unit.branches[0].appraisal = None;
    let found = of_rule(Rule::SuperiorCommented, &unit, BETWEEN);
    assert_eq!(found[0], Status::NotYet);
}

#[test]
fn a_directly_attached_branch_files_once() {
    let mut unit = finished_unit();
    unit.kind = OrgKind::Branch;
    unit.branches = vec![finished_branch(100)];
    assert_eq!(of_rule(Rule::SummaryFiled, &unit, BETWEEN).len(), 1);
    assert_eq!(
        of_rule(Rule::SummaryFiled, &finished_unit(), BETWEEN).len(),
        3
    );
}

#[test]
fn the_strip_marks_the_first_open_step() {
    let mut unit = finished_unit();
    unit.branches[0].appraisal.as_mut().unwrap().state = RoundState::Closed;
    unit.branches[0].filing = None;
    let got = steps(&unit, &unit.branches[0]).map(|(_, state)| state);
    assert_eq!(
        got,
        [
            StepState::Done,
            StepState::Done,
            StepState::Done,
            StepState::Done,
            StepState::Now,
            StepState::Later,
            StepState::Later,
        ]
    );
}

#[test]
fn every_requirement_for_units_and_branches_is_assessed_exactly_once_per_owner() {
    let notice = notice();
    let findings = assess(
        &notice,
        &Ledger {
            units: vec![finished_unit()],
            ..Ledger::default()
        },
        BETWEEN,
    );
    for (at, asked) in notice.requirements.iter().enumerate() {
        let owners: Vec<_> = findings
            .iter()
            .filter(|f| f.requirement == at)
            .map(|f| (f.unit, f.branch))
            .collect();
        let mut once = owners.clone();
        once.sort();
        once.dedup();
        assert_eq!(owners.len(), once.len(), "{}", asked.id);
        assert_eq!(
            owners.is_empty(),
            asked.owes == Owes::Committee,
            "{}",
            asked.id
        );
    }
}

#[test]
fn the_leading_group_is_appraised_with_the_members_or_not_at_all() {
    let unit = finished_unit();
    let status = |change: &dyn Fn(&mut AppraisalFacts)| {
        let mut branch = finished_branch(1);
        change(branch.appraisal.as_mut().unwrap());
        let rule = Rule::LeadingGroupAppraised;
        let notice = notice();
        branch::status(&notice, rule, &unit, &branch, None, AFTER)
    };
    let gap = |status: Status| match status {
        Status::Open { gap, action, .. } => Some((gap, action)),
        _ => None,
    };
    assert_eq!(status(&|a| a.group = true), Status::Met { late: false });
    let counted = status(&|a| (a.group, a.state) = (true, RoundState::Counted));
    assert_eq!(gap(counted), Some((Gap::Unfinished, Action::Appraisal)));
    let without = status(&|a| a.group = false);
    assert_eq!(gap(without), Some((Gap::Differs, Action::Appraisal)));
    let void = status(&|a| a.state = RoundState::Voided);
    assert_eq!(gap(void).map(|(gap, _)| gap), Some(Gap::NotBegun));
}
