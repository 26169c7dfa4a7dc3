//! Lines to a notice and back, on both shipped notices.

use super::*;
use crate::notice::{Keyed, Level, Owes, Rule};

const XIANNING: &str = include_str!("../../../../../notices/xianning-2015-14.toml");
const NATIONAL: &str = include_str!("../../../../../notices/national-2019.toml");

fn both() -> [Notice; 2] {
    [XIANNING, NATIONAL].map(|text| Notice::parse(text).unwrap())
}

fn clauses(text: &str) -> Vec<(Level, String)> {
    let blocks = read_body(text, &[]);
    let word = |b: &crate::notice::Block| {
        let clause = b.clause.as_ref().map(ToString::to_string);
        (b.level, clause.unwrap_or_default())
    };
    blocks.iter().map(word).collect()
}

#[test]
fn the_shipped_texts_read_back_from_their_lines_as_they_were() {
    for notice in both() {
        let again = read_body(&body_lines(&notice.body), &notice.body);
        assert_eq!(again, notice.body);
        // without the old text only the way of citing a part's own paragraph may differ
        let anew = read_body(&body_lines(&notice.body), &[]);
        for (new, old) in anew.iter().zip(&notice.body) {
            let paragraph = |b: &crate::notice::Block| b.clause.as_ref().map(Clause::paragraph);
            assert_eq!((new.level, paragraph(new)), (old.level, paragraph(old)));
        }
    }
}

#[test]
fn clauses_follow_from_the_numbers() {
    let text = "开头。\n\n一、准备\n先说一句。\n1、学习。要学。\n2．谈话。\n补充一句。\n二、开会\n（一）开。\n1、步骤。\n（十二）散。";
    let found = clauses(text);
    let expected = [
        (Level::Paragraph, "序"),
        (Level::Heading, ""),
        (Level::Paragraph, "一"),
        (Level::Item, "一、1"),
        (Level::Item, "一、2"),
        (Level::Paragraph, "一、2"),
        (Level::Heading, ""),
        (Level::Item, "二、1"),
        (Level::Paragraph, "二、1"),
        (Level::Item, "二、12"),
    ];
    let expected = expected.map(|(level, clause)| (level, clause.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn a_sentence_that_begins_with_a_numeral_is_no_heading() {
    assert_eq!(clauses("一、要学习。")[0].0, Level::Paragraph);
    assert_eq!(clauses("十五日前报送")[0].0, Level::Paragraph);
}

#[test]
fn a_paragraph_that_moves_to_another_part_is_cited_anew() {
    let [_, notice] = both();
    let text = body_lines(&notice.body).replacen("四、报送", "五、报送", 1);
    let body = read_body(&text, &notice.body);
    assert_eq!(body.last().unwrap().clause.as_ref().unwrap().as_str(), "五");
}

#[test]
fn the_clause_of_a_requirement_is_where_its_words_stand() {
    for notice in both() {
        for asked in &notice.requirements {
            let again = notice.clause_of(&asked.words, Some(&asked.clause));
            assert_eq!(again.as_ref(), Some(&asked.clause), "letters are kept");
            let found = notice.clause_of(&asked.words, None).unwrap();
            assert!(
                notice
                    .paragraphs(&found)
                    .any(|b| b.text.contains(&asked.words))
            );
        }
        assert_eq!(notice.clause_of("没有写过的话", None), None);
        assert_eq!(notice.clause_of("", None), None);
    }
}

#[test]
fn items_keep_their_keys_by_their_words_and_new_ones_get_new_keys() {
    let before = [("good", "好"), ("g-1", "差")].map(|(key, label)| Keyed {
        key: key.into(),
        label: label.into(),
    });
    let read = read_labels("差\n 较好 \n\n好\n一般", &before, "g");
    let pairs: Vec<_> = read
        .iter()
        .map(|k| (k.key.as_str(), k.label.as_str()))
        .collect();
    let expected = [
        ("g-1", "差"),
        ("g-2", "较好"),
        ("good", "好"),
        ("g-3", "一般"),
    ];
    assert_eq!(pairs, expected);
}

#[test]
fn named_items_read_back_with_their_words() {
    for notice in both() {
        let list = notice.categories.iter();
        let text = named(list.map(|c| (c.label.as_str(), c.words.as_str())));
        let before: Vec<_> = notice
            .categories
            .iter()
            .map(|c| Keyed {
                key: c.key.clone(),
                label: c.label.clone(),
            })
            .collect();
        let read = read_named(&text, &before, "c");
        let same = read.iter().zip(&notice.categories);
        for ((keyed, words), old) in same {
            assert_eq!((&keyed.key, words), (&old.key, &old.words));
        }
        assert_eq!(read.len(), notice.categories.len());
    }
    let bare = read_named("服务群众", &[], "c");
    assert_eq!(
        bare[0].1, "服务群众",
        "without a colon the label is the words"
    );
}

#[test]
fn every_rule_is_offered_once_as_the_shipped_notices_have_it() {
    let mut rules: Vec<_> = offers().iter().map(|o| o.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    assert_eq!(
        (rules.len(), offers().len()),
        (Rule::ALL.len(), Rule::ALL.len())
    );
    for asked in both().iter().flat_map(|n| &n.requirements) {
        let offer = offers().iter().find(|o| o.rule == asked.rule).unwrap();
        assert_eq!(offer.owes, asked.owes, "{}", asked.rule);
        assert_eq!(offer.severity, asked.severity, "{}", asked.rule);
    }
    assert!(offers().iter().any(|o| o.owes == Owes::Committee));
}

#[test]
fn a_new_requirement_stands_behind_the_work_before_it() {
    let [_, mut notice] = both();
    let before = notice.requirements.clone();
    let mut asked = before[0].clone();
    asked.rule = Rule::QuorumMet;
    notice.add_requirement(asked.clone());
    let at = notice
        .requirements
        .iter()
        .position(|r| *r == asked)
        .unwrap();
    assert_eq!(notice.requirements[at - 1].rule, Rule::MeetingHeld);
    notice.requirements.remove(at);
    assert_eq!(notice.requirements, before, "the others stay");
    notice.requirements.clear();
    notice.add_requirement(asked);
    assert_eq!(notice.requirements.len(), 1);
}

#[test]
fn the_shipped_notices_have_no_loose_ends() {
    for notice in both() {
        assert_eq!(notice.loose_ends(), []);
    }
}

#[test]
fn loose_ends_are_named() {
    let [mut notice, _] = both();
    notice.grades[1].label = "尚可".into();
    notice.gates.clear();
    notice.settings.leading_group_ballot = true;
    let ends: Vec<_> = notice
        .loose_ends()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(ends.len(), 3, "{ends:?}");
    assert!(ends[0].contains("尚可") && ends[1].contains("把关项") && ends[2].contains("班子"));
    let [_, mut other] = both();
    other.settings.leading_group_ballot = false;
    assert_eq!(other.loose_ends(), [LooseEnd::NoGroupOnBallot]);
}
