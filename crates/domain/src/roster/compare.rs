//! An incoming roster beside what is stored: who is new, changed, moved or gone.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::column::Column;
use super::person::{Person, PostText};
use crate::ids::MemberId;
use crate::member::{Sex, Standing};

/// A member as stored, with the names of its organisations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPerson {
    /// Id.
    pub id: MemberId,
    /// Unit organisation; the same as `branch` for a directly attached branch.
    pub unit: String,
    /// Branch.
    pub branch: String,
    /// Name.
    pub name: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// 民族.
    pub ethnicity: Option<String>,
    /// Birth date.
    pub born: Option<Date>,
    /// 学历.
    pub education: Option<String>,
    /// 入党时间.
    pub joined: Option<Date>,
    /// 转正时间.
    pub confirmed: Option<Date>,
    /// Full or probationary.
    pub standing: Standing,
    /// Posts in the Party, in any order.
    pub posts: Vec<PostText>,
    /// Telephone.
    pub phone: Option<String>,
    /// The roster's member code.
    pub code: Option<String>,
    /// 是否离退休.
    pub retired: bool,
    /// 是否班子成员.
    pub unit_leader: bool,
    /// Keyed hash of the identity number.
    pub id_hash: Option<String>,
    /// Last four characters of the identity number.
    pub id_last4: Option<String>,
}

/// A row of the incoming roster. The caller makes the keyed hash of its identity number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingPerson {
    /// The row.
    pub person: Person,
    /// Keyed hash of the identity number, made as the stored ones were.
    pub id_hash: Option<String>,
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its column's usual heading.
    pub label: &'static str,
    /// As stored; empty when nothing is.
    pub old: String,
    /// As incoming; empty when taken away.
    pub new: String,
}

/// A member who is in both, in the same branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unchanged {
    /// The stored member.
    pub id: MemberId,
    /// Index into the incoming people.
    pub incoming: usize,
}

/// A member with differing fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The stored member.
    pub id: MemberId,
    /// Index into the incoming people.
    pub incoming: usize,
    /// What differs; never empty.
    pub changes: Vec<Change>,
}

/// A member who is now in another branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The stored member.
    pub id: MemberId,
    /// Index into the incoming people.
    pub incoming: usize,
    /// Unit and branch as stored.
    pub from: (String, String),
    /// Unit and branch now.
    pub to: (String, String),
    /// What differs besides; may be empty.
    pub changes: Vec<Change>,
}

/// What an import would do. Each stored member and each incoming row appears exactly once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Indexes of incoming people nobody stored matches.
    pub added: Vec<usize>,
    /// Same branch, other fields.
    pub changed: Vec<Changed>,
    /// Another branch.
    pub moved: Vec<Moved>,
    /// Stored members the roster no longer names.
    pub left: Vec<MemberId>,
    /// Nothing to do.
    pub unchanged: Vec<Unchanged>,
}

/// Compares by identity hash, then by code, then by unit, branch and name where only one fits.
///
/// Blank cells and columns the file lacks change nothing; an empty 党内职务 cell ends the posts.
/// Give only those stored members the file speaks about: everybody it does not name has left.
pub fn compare(stored: &[StoredPerson], incoming: &[IncomingPerson]) -> Comparison {
    let matches = match_people(stored, incoming);
    let mut comparison = Comparison::default();
    let mut seen = vec![false; stored.len()];
    for (at, (new, matched)) in incoming.iter().zip(matches).enumerate() {
        let Some(matched) = matched else {
            comparison.added.push(at);
            continue;
        };
        seen[matched] = true;
        comparison.sort_in(&stored[matched], at, new);
    }
    comparison.left = stored
        .iter()
        .zip(seen)
        .filter(|(_, seen)| !seen)
        .map(|(old, _)| old.id)
        .collect();
    comparison
}

impl Comparison {
    fn sort_in(&mut self, old: &StoredPerson, incoming: usize, new: &IncomingPerson) {
        let (id, changes) = (old.id, changes(old, new));
        if (&old.unit, &old.branch) != (&new.person.unit, &new.person.branch) {
            self.moved.push(Moved {
                id,
                incoming,
                from: (old.unit.clone(), old.branch.clone()),
                to: (new.person.unit.clone(), new.person.branch.clone()),
                changes,
            });
        } else if changes.is_empty() {
            self.unchanged.push(Unchanged { id, incoming });
        } else {
            self.changed.push(Changed {
                id,
                incoming,
                changes,
            });
        }
    }
}

/// For each incoming person the index of the stored one.
fn match_people(stored: &[StoredPerson], incoming: &[IncomingPerson]) -> Vec<Option<usize>> {
    let mut pairs = Pairs {
        stored,
        incoming,
        of_incoming: vec![None; incoming.len()],
        taken: vec![false; stored.len()],
    };
    pairs.pair(|old| old.id_hash.as_deref(), |new| new.id_hash.as_deref());
    pairs.pair(|old| old.code.as_deref(), |new| new.person.code.as_deref());
    pairs.pair(
        |old| Some((old.unit.as_str(), old.branch.as_str(), old.name.as_str())),
        |new| {
            let person = &new.person;
            Some((
                person.unit.as_str(),
                person.branch.as_str(),
                person.name.as_str(),
            ))
        },
    );
    pairs.of_incoming
}

struct Pairs<'a> {
    stored: &'a [StoredPerson],
    incoming: &'a [IncomingPerson],
    of_incoming: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<'a> Pairs<'a> {
    /// Pairs those whose key exactly one free person on each side has.
    fn pair<K: Eq + std::hash::Hash>(
        &mut self,
        old_key: impl Fn(&'a StoredPerson) -> Option<K>,
        new_key: impl Fn(&'a IncomingPerson) -> Option<K>,
    ) {
        let free_old = (0..self.stored.len()).filter(|&at| !self.taken[at]);
        let old = unique(free_old.filter_map(|at| Some((old_key(&self.stored[at])?, at))));
        let free_new = (0..self.incoming.len()).filter(|&at| self.of_incoming[at].is_none());
        let new = unique(free_new.filter_map(|at| Some((new_key(&self.incoming[at])?, at))));
        for (key, to) in new {
            let Some(&from) = old.get(&key) else { continue };
            if self.contradict(from, to) {
                continue;
            }
            self.of_incoming[to] = Some(from);
            self.taken[from] = true;
        }
    }

    /// Two identity numbers under one name are two people; under one code, a correction.
    fn contradict(&self, old: usize, new: usize) -> bool {
        let (old, new) = (&self.stored[old], &self.incoming[new]);
        let same_code = old.code.is_some() && old.code == new.person.code;
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        let same_hash = old.id_hash.is_some() && old.id_hash == new.id_hash;
        !same_code
            && !same_hash
            && (differ(&old.id_hash, &new.id_hash) || differ(&old.code, &new.person.code))
    }
}

/// Keys that occur once.
fn unique<K: Eq + std::hash::Hash>(entries: impl Iterator<Item = (K, usize)>) -> HashMap<K, usize> {
    let mut once: HashMap<K, Option<usize>> = HashMap::new();
    for (key, at) in entries {
        once.entry(key)
            .and_modify(|found| *found = None)
            .or_insert(Some(at));
    }
    once.into_iter()
        .filter_map(|(key, at)| Some((key, at?)))
        .collect()
}

fn changes(old: &StoredPerson, new: &IncomingPerson) -> Vec<Change> {
    let person = &new.person;
    let mut list = Changes(Vec::new());
    list.value(Column::Name, Some(&old.name), Some(&person.name));
    if new.id_hash.is_some() && old.id_hash != new.id_hash {
        let last4 = person.id_number.as_ref().map(|id| id.last4().to_owned());
        list.push(Column::IdNumber, old.id_last4.clone(), last4);
    }
    list.value(
        Column::Sex,
        old.sex.map(Sex::as_str),
        person.sex.map(Sex::as_str),
    );
    list.value(
        Column::Ethnicity,
        old.ethnicity.as_ref(),
        person.ethnicity.as_ref(),
    );
    list.value(Column::Born, old.born, person.born);
    list.value(
        Column::Education,
        old.education.as_ref(),
        person.education.as_ref(),
    );
    list.value(Column::Joined, old.joined, person.joined);
    list.value(Column::Confirmed, old.confirmed, person.confirmed);
    list.value(Column::Phone, old.phone.as_ref(), person.phone.as_ref());
    list.value(Column::Code, old.code.as_ref(), person.code.as_ref());
    list.states(old, person);
    list.0
}

struct Changes(Vec<Change>);

impl Changes {
    fn push(&mut self, column: Column, old: Option<String>, new: Option<String>) {
        self.0.push(Change {
            label: column.label(),
            old: old.unwrap_or_default(),
            new: new.unwrap_or_default(),
        });
    }

    /// A value that a blank cell does not take away.
    fn value<T: PartialEq + ToString>(&mut self, column: Column, old: Option<T>, new: Option<T>) {
        if new.is_some() && old != new {
            self.push(
                column,
                old.map(|v| v.to_string()),
                new.map(|v| v.to_string()),
            );
        }
    }

    /// What a present column always states, also by a blank cell.
    fn states(&mut self, old: &StoredPerson, new: &Person) {
        if new.given.has(Column::Standing) {
            let label = |standing: Standing| Some(standing.label());
            self.value(Column::Standing, label(old.standing), label(new.standing));
        }
        if new.given.has(Column::Post) && !same_posts(&old.posts, &new.posts) {
            self.push(
                Column::Post,
                Some(titles(&old.posts)),
                Some(titles(&new.posts)),
            );
        }
        let yes_no = |yes: bool| Some(if yes { "是" } else { "否" });
        if new.given.has(Column::Retired) {
            self.value(Column::Retired, yes_no(old.retired), yes_no(new.retired));
        }
        if new.given.has(Column::UnitLeader) {
            let (old, new) = (yes_no(old.unit_leader), yes_no(new.unit_leader));
            self.value(Column::UnitLeader, old, new);
        }
    }
}

fn same_posts(old: &[PostText], new: &[PostText]) -> bool {
    let old: HashSet<&PostText> = old.iter().collect();
    let new: HashSet<&PostText> = new.iter().collect();
    old == new
}

fn titles(posts: &[PostText]) -> String {
    let titles: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
    titles.join("、")
}
