//! Lists: what stops, what warns, every edge, and the hint.

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::ListProblem as P;
use super::*;
use crate::ids::MeasureId;
use crate::member::PostKind;

const AT: UnixTime = UnixTime(1_442_282_400);

fn notice() -> Notice {
    Notice::parse(include_str!("../../../../notices/xianning-2015-14.toml")).unwrap()
}

pub(crate) fn item(n: u128, category: &str, fact: &str) -> Item {
    Item {
        id: MeasureId(Uuid::from_u128(n)),
        category: category.into(),
        aspects: ["thinking", "work", "life", "style"]
            .map(String::from)
            .into(),
        benchmarks: ["party-rules", "provisions", "models"]
            .map(String::from)
            .into(),
        fact: fact.into(),
        cause: "学习不深".into(),
        measure: "每周下窗口一天".into(),
        due: Some(date(2015, 12, 31)),
    }
}

/// One problem, and a reason for each of the other categories.
fn full() -> ListContent {
    let none = notice().categories.into_iter().skip(1).map(|c| NoneFound {
        category: c.key,
        reason: "本人不在窗口岗位".into(),
    });
    ListContent {
        items: vec![item(1, "discipline", "学习党章不够")],
        none: none.collect(),
    }
}

fn handed_in() -> HandedIn {
    let (id, author) = (ListId(Uuid::nil()), MemberId(Uuid::from_u128(1)));
    Draft::new(id, author, full())
        .hand_in(&notice(), AT)
        .unwrap()
}

fn stops(change: impl FnOnce(&mut ListContent)) -> Vec<ListProblem> {
    let mut content = full();
    change(&mut content);
    let found = content.check(&notice()).into_iter();
    found.filter(ListProblem::stops).collect()
}

#[test]
fn a_complete_list_is_handed_in() {
    assert_eq!(handed_in().head.stage, Stage::Before);
    let all = Touched {
        categories: true,
        benchmarks: true,
        aspects: true,
    };
    assert_eq!(full().touched(&notice()), all);
}

#[test]
fn a_list_without_any_problem_is_refused_even_with_reasons() {
    let empty = stops(|list| {
        list.items.clear();
        list.none.push(NoneFound {
            category: "discipline".into(),
            reason: "没有".into(),
        });
    });
    assert_eq!(empty, [ListProblem::AllEmpty]);
}

#[test]
fn everything_that_stops_is_told_at_once() {
    let found = stops(|list| {
        list.none.pop();
        let item = &mut list.items[0];
        item.fact.clear();
        item.cause.clear();
        item.measure.clear();
        item.due = None;
    });
    let expected = [
        P::Unanswered("service".into()),
        P::NoFact(0),
        P::NoCause(0),
        P::NoMeasure(0),
        P::NoDue(0),
    ];
    assert_eq!(found, expected);
    assert!(found.iter().all(|p| !p.message(&notice()).is_empty()));
}

#[test]
fn a_problem_and_a_reason_for_none_contradict_each_other() {
    let found = stops(|list| list.items.push(item(2, "service", "没有参加志愿服务")));
    assert_eq!(found, [ListProblem::Contradicts("service".into())]);
}

#[test]
fn a_day_before_the_notice_or_years_away_is_refused() {
    for day in [date(2015, 8, 16), date(2051, 10, 1)] {
        let found = stops(|list| list.items[0].due = Some(day));
        assert_eq!(found, [ListProblem::OddDue(0, day)]);
    }
}

#[test]
fn untouched_benchmarks_and_aspects_only_warn() {
    let mut content = full();
    content.items[0].benchmarks = vec!["party-rules".into()];
    content.items[0].aspects.clear();
    let found = content.check(&notice());
    assert_eq!(found.len(), 2 + 4);
    assert!(found.iter().all(|p| !p.stops()));
    let touched = content.touched(&notice());
    assert!(touched.categories && !touched.benchmarks && !touched.aspects);
}

fn secretary(n: u128) -> Reviewer {
    Reviewer {
        member: Some(MemberId(Uuid::from_u128(n))),
        post: Some(PostKind::Secretary),
        unit: false,
    }
}

fn author(post: Option<PostKind>) -> Author {
    Author {
        member: MemberId(Uuid::from_u128(1)),
        post,
        others: true,
    }
}

#[test]
fn a_returned_list_becomes_the_next_version_of_the_same_stage() {
    let back = handed_in()
        .return_with(secretary(2), author(None), "原因写深一点", AT)
        .unwrap();
    assert_eq!(back.comment, "原因写深一点");
    let draft = back.revise().unwrap();
    assert_eq!((draft.head.version, draft.head.stage), (2, Stage::Before));
}

#[test]
fn nobody_returns_his_own_and_none_without_a_word() {
    let own = handed_in().return_with(secretary(1), author(Some(PostKind::Secretary)), "好", AT);
    assert_eq!(own, Err(ListError::Review(ReviewError::Own)));
    let silent = handed_in().return_with(secretary(2), author(None), "  ", AT);
    assert_eq!(silent, Err(ListError::NoComment));
}

#[test]
fn a_committee_member_reads_the_secretarys_list_and_not_everybodys() {
    let committee = Reviewer {
        post: Some(PostKind::CommitteeMember),
        ..secretary(3)
    };
    assert_eq!(
        committee.may_read(author(Some(PostKind::Secretary))),
        Ok(())
    );
    assert_eq!(committee.may_read(author(None)), Err(ReviewError::NotYours));
    let nobody = Reviewer {
        post: None,
        ..secretary(3)
    };
    assert_eq!(nobody.may_read(author(None)), Err(ReviewError::NotYours));
}

#[test]
fn after_the_criticism_the_next_version_is_the_one_after_the_meeting() {
    assert_eq!(handed_in().amend(false).unwrap().head.stage, Stage::Before);
    let after = handed_in().amend(true).unwrap();
    assert_eq!((after.head.version, after.head.stage), (2, Stage::After));
    let confirmed = handed_in().confirm(&notice(), true, AT).unwrap();
    assert_eq!(
        (confirmed.head.version, confirmed.head.stage),
        (2, Stage::After)
    );
    assert_eq!(
        handed_in().confirm(&notice(), false, AT),
        Err(ListError::TooEarly)
    );
}

fn gist(texts: &[&str]) -> Gist {
    let items = texts.iter().map(|fact| Item {
        measure: String::new(),
        ..item(1, "service", fact)
    });
    Gist::of(&ListContent {
        items: items.collect(),
        none: Vec::new(),
    })
}

#[test]
fn a_copied_list_is_near_and_two_honest_ones_are_not() {
    let own = gist(&[
        "学习党章党规不够深入系统，有时以干代学，满足于完成任务",
        "下基层调研蹲点少，对服务对象的困难了解不细",
    ]);
    let copied = gist(&[
        "学习党章党规不够深入系统，有时以干代学，满足于完成工作任务。",
        "下基层调研蹲点少，对服务对象困难了解不细",
    ]);
    let other = gist(&[
        "窗口值班时接电话语气生硬，让两名办事群众跑了第二趟",
        "结对帮扶的困难户今年只去过一次，没有解决实际问题",
    ]);
    assert!(own.near(&copied), "{}", own.similarity(&copied));
    assert!(own.similarity(&other) < 200);
}

#[test]
fn a_few_words_agree_by_chance_and_say_nothing() {
    assert_eq!(gist(&["学习不够"]).similarity(&gist(&["学习不够"])), 0);
}

proptest! {
    #[test]
    fn similarity_is_symmetric_and_full_only_with_the_same(a in "[一-鿿。， ]{0,80}", b in "[一-鿿。， ]{0,80}") {
        let (one, two) = (gist(&[&a]), gist(&[&b]));
        prop_assert_eq!(one.similarity(&two), two.similarity(&one));
        prop_assert!(one.similarity(&two) <= 1000);
        let own = one.similarity(&one);
        prop_assert!(own == 1000 || own == 0);
    }

    #[test]
    fn spaces_and_punctuation_change_nothing(a in "[一-鿿]{20,60}") {
        let spaced: String = a.chars().flat_map(|c| [c, '，', ' ']).collect();
        let (one, two) = (gist(&[&a]), gist(&[&spaced]));
        prop_assert_eq!(one.similarity(&two), one.similarity(&one));
    }
}
