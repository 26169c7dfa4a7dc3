//! What the two shipped notices ask, and what changes it.

use super::*;
use crate::notice::Rule;

const XIANNING: &str = include_str!("../../../../notices/xianning-2015-14.toml");
const NATIONAL: &str = include_str!("../../../../notices/national-2019.toml");
const TABLE: &str = include_str!("../../../../notices/burden.toml");

fn notice(text: &str) -> Notice {
    Notice::parse(text).unwrap()
}

fn only(notice: &Notice, rules: &[Rule]) -> Notice {
    let mut notice = notice.clone();
    notice.requirements.retain(|r| rules.contains(&r.rule));
    notice
}

fn of(notice: &Notice, who: Owes) -> Load {
    burden(notice, Table::shipped()).of(who)
}

#[test]
fn the_shipped_table_has_a_line_and_a_reason_for_every_rule() {
    let table = Table::parse(TABLE).unwrap();
    assert_eq!(&table, Table::shipped());
    assert_eq!((table.size().members, table.size().branches), (20, 3));
}

#[test]
fn a_table_without_a_line_for_a_rule_is_refused() {
    let gap = TABLE.replacen("\"quorum-met\"", "\"meeting-held\"", 1);
    let refused = Table::parse(&gap).unwrap_err();
    assert_eq!(refused, BurdenError::Missing(Rule::QuorumMet));
    assert!(refused.to_string().contains("quorum-met"));
    let mute = TABLE.replacen("reason = \"由到会情况得出\"", "reason = \" \"", 1);
    assert_eq!(
        Table::parse(&mute).unwrap_err(),
        BurdenError::NoReason(Rule::QuorumMet)
    );
}

#[test]
fn every_requirement_of_a_notice_has_its_lines() {
    for text in [XIANNING, NATIONAL] {
        let notice = notice(text);
        let found = burden(&notice, Table::shipped());
        for nth in 0..notice.requirements.len() {
            assert!(found.lines.iter().any(|line| line.requirement == nth));
        }
    }
}

#[test]
fn entries_that_serve_several_requirements_are_counted_once() {
    let all = notice(XIANNING);
    let plan = [
        Rule::PlanHasFiveContents,
        Rule::PlanCoversBranches,
        Rule::PlanFiled,
    ];
    let (one, three) = (only(&all, &plan[..1]), only(&all, &plan));
    assert_eq!(of(&one, Owes::Unit), of(&three, Owes::Unit));
    let lines = burden(&three, Table::shipped()).lines;
    let shared: Vec<_> = lines.iter().map(|line| line.shared).collect();
    assert_eq!(shared, [None, Some(0), Some(0)]);
}

#[test]
fn what_is_derived_asks_nobody() {
    let derived = only(
        &notice(XIANNING),
        &[Rule::QuorumMet, Rule::SecretaryCriticises],
    );
    let load = of(&derived, Owes::Branch);
    assert_eq!((load.entries, load.minutes(), load.known), (0, 0, 3));
}

#[test]
fn members_pay_by_category_and_branches_by_grade() {
    let mut asked = only(&notice(XIANNING), &[Rule::ProblemListPerMember]);
    let five = of(&asked, Owes::Member);
    assert_eq!(five.entries, 1 + 5 * 4);
    asked.categories.truncate(2);
    assert_eq!(of(&asked, Owes::Member).entries, 1 + 2 * 4);
    let mut asked = only(&notice(XIANNING), &[Rule::AppraisalCounted]);
    let three = of(&asked, Owes::Branch).entries;
    asked.grades = notice(NATIONAL).grades;
    // one more box for each of twenty members, typed by two people
    assert_eq!(of(&asked, Owes::Branch).entries, three + 40);
}

#[test]
fn minutes_follow_the_pace_and_round_up() {
    let asked = only(&notice(XIANNING), &[Rule::SuperiorCommented]);
    // one page, one entry, forty characters: 3 + 2.4 + 40 seconds
    let load = of(&asked, Owes::Branch);
    assert_eq!((load.tenths, load.minutes()), (454, 1));
    let once = cost(&asked, Table::shipped(), Rule::SuperiorCommented);
    assert!(once.tenths > load.tenths, "the unit's part is in it");
}

#[test]
fn a_notice_over_its_own_limit_warns_for_whom() {
    let mut asked = notice(XIANNING);
    let found = burden(&asked, Table::shipped());
    assert_eq!(found.too_much(&asked), []);
    asked.settings.burden.member_minutes = found.of(Owes::Member).minutes() - 1;
    assert_eq!(found.too_much(&asked), [Owes::Member]);
    asked.settings.burden.branch_minutes = 0;
    assert_eq!(found.too_much(&asked), [Owes::Branch, Owes::Member]);
}
