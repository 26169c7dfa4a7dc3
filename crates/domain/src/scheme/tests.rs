//! Edges, one by one; reading a scheme; marks and sums; evidence out of findings.

use super::*;
use crate::assess::assess_unit;
use crate::assess::tests::{finished_branch, finished_unit};
use crate::notice::{Notice, Rule};
use jiff::civil::date;

fn notice() -> Notice {
    Notice::parse(include_str!("../../../../notices/xianning-2015-14.toml")).unwrap()
}

fn scheme() -> Scheme {
    Scheme::parse(TEMPLATE).unwrap()
}

fn problem(text: &str) -> (usize, SchemeProblem) {
    let error = Scheme::parse(text).unwrap_err();
    (error.line, error.problem)
}

#[test]
fn a_scheme_is_issued_and_taken_back() {
    use SchemeState::{Draft, Issued};
    assert_eq!(Draft.advance(SchemeStep::Issue), Ok(Issued));
    assert_eq!(Issued.advance(SchemeStep::Reopen), Ok(Draft));
    assert!(Draft.advance(SchemeStep::Reopen).is_err());
    assert!(Issued.advance(SchemeStep::Issue).is_err());
}

#[test]
fn a_sheet_goes_from_the_unit_to_the_check_and_back() {
    use SheetState::{Checked, HandedIn, Own};
    use SheetStep::{Check, HandIn, Reopen, Return};
    let edges = [
        (Own, HandIn, Some(HandedIn)),
        (Own, Return, None),
        (Own, Check, Some(Checked)),
        (Own, Reopen, None),
        (HandedIn, HandIn, None),
        (HandedIn, Return, Some(Own)),
        (HandedIn, Check, Some(Checked)),
        (HandedIn, Reopen, None),
        (Checked, HandIn, None),
        (Checked, Return, None),
        (Checked, Check, None),
        (Checked, Reopen, Some(HandedIn)),
    ];
    for (from, step, to) in edges {
        assert_eq!(from.advance(step).ok(), to, "{from:?} {step:?}");
    }
}

#[test]
fn the_template_invents_no_points_and_asks_only_what_the_notice_asks() {
    let scheme = scheme();
    assert_eq!(scheme.without_points().len(), scheme.items.len());
    assert_eq!(scheme.total(), None);
    let notice = notice();
    for item in &scheme.items {
        assert!(!item.evidence.is_empty(), "{}", item.key);
        for evidence in &item.evidence {
            if let Evidence::Rule(rule) = evidence {
                assert!(notice.requirement(*rule).is_some(), "{rule}");
            }
        }
    }
}

#[test]
fn a_scheme_that_contradicts_itself_is_refused_with_its_line() {
    let head = "title = \"考评\"\n";
    let item = "[[items]]\nkey = \"a\"\nproject = \"甲\"\ngoal = \"乙\"\nstandard = \"丙\"\n";
    assert_eq!(problem(head), (1, SchemeProblem::NoItems));
    let same = problem(&format!("{head}{item}{item}"));
    assert_eq!(same, (8, SchemeProblem::Duplicate("a".into())));
    let points = problem(&format!("{head}{item}points = \"两分\"\n"));
    assert!(matches!(points, (7, SchemeProblem::Points { .. })));
    let word = problem(&format!(
        "{head}{item}evidence = [\n\"plan-filed\",\n\"photos\"]\n"
    ));
    assert_eq!(word, (9, SchemeProblem::Evidence("photos".into())));
    let empty = problem(&format!("{head}{}", item.replace("丙", " ")));
    assert_eq!(empty, (6, SchemeProblem::Empty("standard")));
    let key = problem(&format!("{head}{}", item.replace("\"a\"", "\"甲项\"")));
    assert_eq!(key, (3, SchemeProblem::Key("甲项".into())));
    assert!(matches!(
        problem("title = 考评"),
        (1, SchemeProblem::Syntax(_))
    ));
    let unknown = problem(&format!("{head}{item}weight = 3\n"));
    assert!(matches!(unknown, (7, SchemeProblem::Syntax(_))));
}

#[test]
fn points_have_at_most_one_decimal() {
    let read = |text: &str| Points::parse(text);
    assert_eq!(read(" 2.5 分 "), Ok(Some(Points(25))));
    assert_eq!(read("10"), Ok(Some(Points(100))));
    assert_eq!(read(""), Ok(None));
    for wrong in ["-1", "2.55", "2.", ".5", "二", "1e3"] {
        assert_eq!(read(wrong), Err(PointsProblem::NotPoints), "{wrong}");
    }
    for big in ["1000.1", "99999999999"] {
        assert_eq!(read(big), Err(PointsProblem::TooLarge), "{big}");
    }
    assert_eq!(Points(25).to_string(), "2.5");
    assert_eq!(Points(100).to_string(), "10");
}

#[test]
fn setting_points_keeps_every_other_word_of_the_file() {
    let all: Vec<Option<Points>> = (0..11).map(|n| Some(Points(n * 5))).collect();
    let text = set_points(TEMPLATE, &all).unwrap();
    let read = Scheme::parse(&text).unwrap();
    assert_eq!(read.items[3].points, Some(Points(15)));
    assert_eq!(read.total(), Some(Points(275)));
    assert!(text.starts_with("# 机关党建目标责任制考评"));
    let bare = "title = \"考\"\n[[items]]\nkey = \"a\"\nproject = \"甲\"\ngoal = \"乙\"\nstandard = \"丙\"\n\n";
    let text = set_points(bare, &[Some(Points(20))]).unwrap();
    assert_eq!(
        Scheme::parse(&text).unwrap().items[0].points,
        Some(Points(20))
    );
    assert_eq!(
        set_points(bare, &[]),
        None,
        "not as many as there are items"
    );
}

fn worth(points: u32) -> Item {
    Item {
        points: Some(Points(points)),
        ..scheme().items[0].clone()
    }
}

#[test]
fn marks_stay_within_what_the_item_is_worth_and_deductions_say_why() {
    let item = worth(50);
    let mark = |own, deduction, reason: &str| Mark {
        own,
        deduction,
        reason: reason.into(),
        ..Mark::default()
    };
    let of = |mark: Mark, step| mark.problem(&item, step);
    assert_eq!(of(mark(None, None, ""), None), None);
    assert!(matches!(
        of(mark(None, None, ""), Some(SheetStep::HandIn)),
        Some(MarkProblem::NoOwn { .. })
    ));
    assert!(matches!(
        of(mark(Some(Points(51)), None, ""), None),
        Some(MarkProblem::OwnTooHigh { .. })
    ));
    assert!(matches!(
        of(mark(None, Some(Points(10)), ""), None),
        Some(MarkProblem::NoReason { .. })
    ));
    assert!(matches!(
        of(mark(None, Some(Points(60)), "迟报"), None),
        Some(MarkProblem::DeductionTooHigh { .. })
    ));
    let good = mark(Some(Points(50)), Some(Points(10)), "方案迟报一天");
    assert_eq!(of(good.clone(), Some(SheetStep::Check)), None);
    assert_eq!(good.score(&item), Some(Points(40)));
    assert_eq!(of(mark(None, Some(Points::ZERO), ""), None), None);
}

#[test]
fn the_foot_adds_up_within_the_sheet_and_nothing_is_added_over_a_gap() {
    let scheme = Scheme {
        title: "考评".into(),
        items: vec![worth(50), worth(25)],
    };
    let mut marks = vec![
        Mark {
            own: Some(Points(50)),
            deduction: Some(Points(5)),
            reason: "迟报".into(),
            ..Mark::default()
        },
        Mark::default(),
    ];
    let foot = sums(&scheme, &marks);
    assert_eq!(foot.own, None, "one is missing");
    assert_eq!(foot.points, Some(Points(75)));
    assert_eq!((foot.deduction, foot.score), (Points(5), Some(Points(70))));
    marks[1].own = Some(Points(20));
    assert_eq!(sums(&scheme, &marks).own, Some(Points(70)));
}

#[test]
fn evidence_is_counted_from_findings_and_nothing_unrecorded_counts_as_done() {
    let notice = notice();
    let mut unit = finished_unit();
    unit.branches = (1..=3).map(finished_branch).collect();
    unit.branches[0].meeting = None;
    let today = date(2015, 10, 8);
    let findings = assess_unit(&notice, &unit, today);
    let of = |evidence| prove(&notice, &unit, &findings, evidence);
    let held = of(Evidence::Rule(Rule::MeetingHeld));
    assert_eq!(
        held.text,
        "3 个支部，已做到 2 个，还差 1 个（其中已过期限 1 个）"
    );
    assert!(!held.met);
    assert_eq!(of(Evidence::BranchCoverage).text, "3 个支部，已召开 2 个");
    let plan = of(Evidence::Rule(Rule::PlanFiled));
    assert_eq!((plan.text.as_str(), plan.met), ("已做到", true));
    let other = of(Evidence::Rule(Rule::LeadingGroupAppraised));
    assert!(!other.met && other.text.contains("没有这项要求"));
}
