//! Incoming beside stored.

use uuid::Uuid;

use super::super::{Comparison, IncomingPerson, Moved, Person, StoredPerson, Unchanged, compare};
use super::*;
use crate::ids::MemberId;

const HEADING: &str = "单位|党支部|姓名|身份证号|党员编号|手机|人员类别|党内职务|是否离退休\n";

fn incoming(rows: &str) -> Vec<IncomingPerson> {
    let reading = read(&format!("{HEADING}{rows}"));
    assert!(!reading.people.is_empty(), "{:?}", reading.problems);
    reading.people.into_iter().map(hashed).collect()
}

fn hashed(person: Person) -> IncomingPerson {
    let id_hash = person
        .id_number
        .as_ref()
        .map(|id| format!("hash of {}", id.as_str()));
    IncomingPerson { person, id_hash }
}

/// What an import stores.
fn stored(at: usize, new: &IncomingPerson) -> StoredPerson {
    let person = &new.person;
    StoredPerson {
        id: id(at),
        unit: person.unit.clone(),
        branch: person.branch.clone(),
        name: person.name.clone(),
        sex: person.sex,
        ethnicity: person.ethnicity.clone(),
        born: person.born,
        education: person.education.clone(),
        joined: person.joined,
        confirmed: person.confirmed,
        standing: person.standing,
        posts: person.posts.iter().rev().cloned().collect(),
        phone: person.phone.clone(),
        code: person.code.clone(),
        retired: person.retired,
        unit_leader: person.unit_leader,
        id_hash: new.id_hash.clone(),
        id_last4: person.id_number.as_ref().map(|id| id.last4().to_owned()),
    }
}

fn id(at: usize) -> MemberId {
    MemberId(Uuid::from_u128(at as u128))
}

fn all_stored(people: &[IncomingPerson]) -> Vec<StoredPerson> {
    people
        .iter()
        .enumerate()
        .map(|(at, new)| stored(at, new))
        .collect()
}

fn between(old: &str, new: &str) -> Comparison {
    compare(&all_stored(&incoming(old)), &incoming(new))
}

const THREE: &str = "
    甲党委|一支部|张一|421299196005044424||1990000001|正式党员|书记、组织委员|否
    甲党委|一支部|张二||07||正式党员||否
    甲党委|二支部|张三||||预备党员|书记|是";

#[test]
fn reading_the_same_file_again_changes_nothing() {
    let comparison = between(THREE, THREE);
    assert_eq!(comparison.unchanged.len(), 3);
    let rest = Comparison {
        unchanged: comparison.unchanged.clone(),
        ..Comparison::default()
    };
    assert_eq!(comparison, rest);
}

#[test]
fn changes_name_the_column_and_both_values() {
    let comparison = between(
        THREE,
        &THREE
            .replace("1990000001", "1990000009")
            .replace("预备党员", "正式党员"),
    );
    let changes: Vec<_> = comparison
        .changed
        .iter()
        .flat_map(|changed| &changed.changes)
        .map(|change| (change.label, change.old.as_str(), change.new.as_str()))
        .collect();
    assert_eq!(
        changes,
        [
            ("手机号码", "1990000001", "1990000009"),
            ("人员类别", "预备", "正式")
        ]
    );
}

#[test]
fn an_identity_number_finds_somebody_in_another_branch_under_another_name() {
    let comparison = between(
        "甲党委|一支部|张一|421299196005044424||||书记|",
        "乙党委|三支部|张依|421299196005044424||||书记|",
    );
    let Moved {
        from, to, changes, ..
    } = &comparison.moved[0];
    assert_eq!((from.1.as_str(), to.1.as_str()), ("一支部", "三支部"));
    assert_eq!((changes.len(), changes[0].label), (1, "姓名"));
    assert!(comparison.left.is_empty() && comparison.added.is_empty());
}

#[test]
fn a_code_finds_somebody_whose_number_was_put_right() {
    let comparison = between(
        "甲党委|一支部|张一|421299196005044424|07|||书记|",
        "甲党委|一支部|张一|421299197010049937|07|||书记|",
    );
    assert_eq!(comparison.changed[0].changes[0].label, "公民身份号码");
    assert_eq!(comparison.changed[0].changes[0].new, "9937");
}

#[test]
fn a_name_finds_somebody_only_where_one_fits() {
    let without = "甲党委|一支部|张一|||||书记|";
    let with = "甲党委|一支部|张一|421299196005044424||||书记|";
    assert_eq!(between(without, with).changed.len(), 1);
    // Two numbers under one name are two people.
    let other = "甲党委|一支部|张一|421299197010049937||||书记|";
    let comparison = between(with, other);
    assert_eq!((comparison.added.len(), comparison.left.len()), (1, 1));
    // Two stored namesakes and one incoming: nobody guesses.
    let twice = "甲党委|一支部|张一|421299196005044424||||书记|\n甲党委|一支部|张一|421299197010049937|||||";
    let comparison = between(twice, without);
    assert_eq!((comparison.added.len(), comparison.left.len()), (1, 2));
}

#[test]
fn people_come_and_go() {
    let comparison = between(
        "甲党委|一支部|张一|||||书记|",
        "甲党委|一支部|李一|||||书记|",
    );
    assert_eq!(comparison.added, [0]);
    assert_eq!(comparison.left, [id(0)]);
}

#[test]
fn blank_cells_and_missing_columns_take_nothing_away() {
    let old = all_stored(&incoming(THREE));
    let less = read(
        "
        单位|党支部|姓名|党员编号
        甲党委|一支部|张一|
        甲党委|一支部|张二|
        甲党委|二支部|张三|",
    );
    let less: Vec<_> = less.people.into_iter().map(hashed).collect();
    assert_eq!(compare(&old, &less).unchanged.len(), 3);
}

#[test]
fn an_empty_post_cell_ends_the_post() {
    let comparison = between("甲党委|一支部|张一|||||书记|", "甲党委|一支部|张一||||||");
    let change = &comparison.changed[0].changes[0];
    assert_eq!((change.old.as_str(), change.new.as_str()), ("书记", ""));
}

#[test]
fn everybody_appears_once_in_a_large_city() {
    let rows = |offset: usize| -> Vec<IncomingPerson> {
        let template = incoming("甲党委|一支部|张一|||||书记|").remove(0);
        let person = |n: usize| {
            let mut new = template.clone();
            new.person.name = format!("党员{n}");
            new.person.branch = format!("{}支部", n / 22);
            new.id_hash = Some(format!("{n:064}"));
            new
        };
        (offset..offset + 22_000).map(person).collect()
    };
    let comparison = compare(&all_stored(&rows(0)), &rows(1_000));
    assert_eq!(comparison.unchanged.len(), 21_000);
    assert_eq!(
        (comparison.added.len(), comparison.left.len()),
        (1_000, 1_000)
    );
    assert_eq!(
        comparison.unchanged[0],
        Unchanged {
            id: id(1_000),
            incoming: 0
        }
    );
}
