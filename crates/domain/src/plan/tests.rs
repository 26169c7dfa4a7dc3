//! A plan's way to the 组织科 and back, edge by edge, and what is wrong with its contents.

use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::ids::OrgId;
use crate::notice::Notice;

const NOTICE: &str = include_str!("../../../../notices/xianning-2015-14.toml");
/// 2015-08-31 09:00 and one day later, UTC+8.
const LAST_DAY: UnixTime = UnixTime(1_440_982_800);
const DAY_AFTER: UnixTime = UnixTime(1_440_982_800 + 86_400);

fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn branch(n: u128) -> OrgId {
    OrgId(Uuid::from_u128(n))
}

fn planned(n: u128, day: i8) -> PlannedMeeting {
    PlannedMeeting {
        branch: branch(n),
        starts: Some(date(2015, 9, day).at(9, 0, 0, 0)),
        place: "三楼会议室".into(),
    }
}

fn content() -> PlanContent {
    PlanContent {
        theme: "践行“三严三实”，争做“两为”干部".into(),
        meetings: vec![planned(1, 20), planned(2, 21)],
        manner: "支部党员大会".into(),
        participants: "全体党员".into(),
        requirements: "不得无故缺席".into(),
    }
}

fn check(content: &PlanContent) -> Vec<PlanProblem> {
    let notice = Notice::parse(NOTICE).unwrap();
    content.check(&notice, &[branch(1), branch(2)], &[])
}

fn submitted() -> Submitted {
    let draft = Draft::new(PlanId(Uuid::from_u128(9)), account(1), content());
    draft
        .submit(account(2), LAST_DAY, date(2015, 8, 31))
        .unwrap()
}

fn filed() -> Filed {
    submitted()
        .file(account(3), "备2015-7", LAST_DAY, vec![])
        .unwrap()
}

/// Draft --> Submitted: submit
#[test]
fn a_plan_sent_on_the_last_day_is_in_time_and_a_day_later_is_late() {
    assert!(!submitted().late);
    let draft = Draft {
        head: submitted().head,
    };
    let late = draft
        .submit(account(2), DAY_AFTER, date(2015, 8, 31))
        .unwrap();
    assert!(late.late);
    assert!(
        late.file(account(3), "备2015-8", DAY_AFTER, vec![])
            .unwrap()
            .late
    );
}

/// Submitted --> Returned: return
#[test]
fn a_return_needs_an_opinion() {
    let refused = submitted()
        .return_with(account(3), " ", LAST_DAY)
        .unwrap_err();
    assert_eq!(refused, PlanError::NoOpinion);
    let returned = submitted()
        .return_with(account(3), "补写地点", LAST_DAY)
        .unwrap();
    assert_eq!(returned.opinion, "补写地点");
}

/// Submitted --> Filed: file
#[test]
fn filing_needs_a_number_and_all_contents() {
    let refused = submitted()
        .file(account(3), "", LAST_DAY, vec![])
        .unwrap_err();
    assert_eq!(refused, PlanError::NoNumber);
    let problems = vec![PlanProblem::ThemeDiffers, PlanProblem::NoManner];
    let refused = submitted()
        .file(account(3), "备2015-7", LAST_DAY, problems)
        .unwrap_err();
    assert_eq!(refused, PlanError::Incomplete(vec![PlanProblem::NoManner]));
    let warned = submitted().file(
        account(3),
        "备2015-7",
        LAST_DAY,
        vec![PlanProblem::ThemeDiffers],
    );
    assert_eq!(warned.unwrap().number, "备2015-7");
}

/// Returned --> Draft: revise
#[test]
fn a_returned_plan_comes_back_as_the_next_version() {
    let returned = submitted()
        .return_with(account(3), "补写地点", LAST_DAY)
        .unwrap();
    let draft = returned.revise(account(1)).unwrap();
    assert_eq!(draft.head.version, 2);
    assert_eq!(draft.head.content, content());
}

/// Filed --> Draft: amend
#[test]
fn an_amended_plan_leaves_the_filed_version_in_force() {
    let filed = filed();
    let draft = filed.amend(account(1)).unwrap();
    assert_eq!(draft.head.version, 2);
    let in_force = InForce {
        version: 1,
        number: "备2015-7".into(),
    };
    assert_eq!(draft.head.in_force, Some(in_force.clone()));
    let again = draft
        .submit(account(1), LAST_DAY, date(2015, 8, 31))
        .unwrap();
    let returned = again.return_with(account(3), "时间冲突", LAST_DAY).unwrap();
    let third = returned.revise(account(1)).unwrap();
    assert_eq!(
        third.head.in_force,
        Some(in_force),
        "still in force after a return"
    );
}

#[test]
fn neither_drafter_nor_sender_reviews() {
    for own in [account(1), account(2)] {
        assert_eq!(
            submitted().file(own, "1", LAST_DAY, vec![]).unwrap_err(),
            PlanError::OwnPlan
        );
        let returned = submitted().return_with(own, "意见", LAST_DAY);
        assert_eq!(returned.unwrap_err(), PlanError::OwnPlan);
    }
}

#[test]
fn a_whole_plan_has_no_problems() {
    assert_eq!(check(&content()), []);
}

#[test]
fn missing_contents_stop_the_filing() {
    let problems = check(&PlanContent::default());
    assert_eq!(problems.len(), 6);
    assert!(problems.iter().all(PlanProblem::stops));
    assert_eq!(problems[0], PlanProblem::NoTheme);
    assert_eq!(
        problems[4],
        PlanProblem::BranchMissing { branch: branch(1) }
    );
}

#[test]
fn another_theme_or_a_late_day_only_warns() {
    let mut plan = content();
    plan.theme = "学习".into();
    plan.meetings[0].starts = Some(date(2015, 10, 8).at(9, 0, 0, 0));
    let problems = check(&plan);
    assert_eq!(problems[0], PlanProblem::ThemeDiffers);
    assert_eq!(problems[1].branch(), Some(branch(1)));
    assert_eq!(
        problems[1].message(),
        "计划 2015-10-08 召开，晚于通知规定的 2015-09-30。请提前，或说明原因。"
    );
    assert!(!problems.iter().any(PlanProblem::stops));
}

#[test]
fn quotation_marks_do_not_make_another_theme() {
    let plan = PlanContent {
        theme: " 践行‘三严三实’， 争做\"两为\"干部".into(),
        ..content()
    };
    assert_eq!(check(&plan), []);
}

#[test]
fn rows_without_time_or_place_doubled_or_foreign_are_named() {
    let mut plan = content();
    plan.meetings[1].starts = None;
    plan.meetings[1].place = " ".into();
    plan.meetings.push(planned(1, 22));
    plan.meetings.push(planned(7, 22));
    let (one, two, seven) = (branch(1), branch(2), branch(7));
    let expected = [
        PlanProblem::BranchTwice { branch: one },
        PlanProblem::NoTime { branch: two },
        PlanProblem::NoPlace { branch: two },
        PlanProblem::ForeignBranch { branch: seven },
    ];
    assert_eq!(check(&plan), expected);
    for problem in expected {
        assert!(problem.message().ends_with('。'));
    }
}

#[test]
fn contents_survive_storage() {
    let json = serde_json::to_string(&content()).unwrap();
    assert_eq!(
        serde_json::from_str::<PlanContent>(&json).unwrap(),
        content()
    );
}

#[test]
fn nothing_is_asked_of_an_excluded_branch_whatever_was_entered_before() {
    let notice = Notice::parse(NOTICE).unwrap();
    let branches = [branch(1), branch(2)];
    let mut plan = content();
    plan.meetings.retain(|m| m.branch != branch(2));
    assert_eq!(
        plan.check(&notice, &branches, &[]),
        [PlanProblem::BranchMissing { branch: branch(2) }]
    );
    assert_eq!(plan.check(&notice, &branches, &[branch(2)]), []);
    plan.meetings.push(PlannedMeeting {
        branch: branch(2),
        starts: Some(date(2015, 12, 1).at(9, 0, 0, 0)),
        place: String::new(),
    });
    assert_eq!(plan.check(&notice, &branches, &[branch(2)]), []);
}
