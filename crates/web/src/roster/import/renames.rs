//! Organisations that changed their name: the same people, elsewhere called otherwise.
//!
//! Without this a renamed branch would stand in the tree twice, once without members, and what it
//! has filed would hang on the empty one.

use std::collections::{HashMap, HashSet};

use pingyi_domain::ids::MemberId;
use pingyi_domain::org::{Org, OrgKind, OrgTree};
use pingyi_domain::roster::{Comparison, IncomingPerson, StoredPerson};

/// An organisation under its new name.
#[derive(Debug, Clone)]
pub struct Rename {
    /// As it will be stored.
    pub org: Org,
    /// Its name so far.
    pub old: String,
}

/// Unit and branch.
type Place<'a> = (&'a str, &'a str);

struct Search<'a> {
    stored: &'a [StoredPerson],
    /// Where each stored member will be; left out when nowhere.
    goes: HashMap<MemberId, Place<'a>>,
    filled: HashSet<Place<'a>>,
}

/// The tree with its new names, and what was renamed.
pub(super) fn find(
    stored: &[StoredPerson],
    tree: &OrgTree,
    comparison: &Comparison,
    people: &[IncomingPerson],
) -> (OrgTree, Vec<Rename>) {
    let place = |at: usize| {
        (
            people[at].person.unit.as_str(),
            people[at].person.branch.as_str(),
        )
    };
    let changed = comparison.changed.iter().map(|c| (c.id, place(c.incoming)));
    let unchanged = comparison
        .unchanged
        .iter()
        .map(|u| (u.id, place(u.incoming)));
    let moved = comparison.moved.iter().map(|m| (m.id, place(m.incoming)));
    let mut goes: HashMap<MemberId, Place<'_>> = changed.chain(unchanged).chain(moved).collect();
    let left: HashSet<MemberId> = comparison.left.iter().copied().collect();
    for old in stored.iter().filter(|old| !left.contains(&old.id)) {
        // Whom this list does not speak of stays.
        goes.entry(old.id).or_insert((&old.unit, &old.branch));
    }
    let filled = (0..people.len()).map(place).collect();
    let search = Search {
        stored,
        goes,
        filled,
    };
    let units = search.units(tree);
    let tree = renamed(tree, &units);
    let branches = search.branches(&tree, &units);
    let tree = renamed(&tree, &branches);
    (tree, units.into_iter().chain(branches).collect())
}

fn renamed(tree: &OrgTree, renames: &[Rename]) -> OrgTree {
    let name = |org: &Org| {
        renames
            .iter()
            .find(|r| r.org.id == org.id)
            .map_or_else(|| org.clone(), |r| r.org.clone())
    };
    OrgTree::new(tree.all().iter().map(name).collect())
}

impl<'a> Search<'a> {
    fn units(&self, tree: &OrgTree) -> Vec<Rename> {
        let is_filled = |unit: &str| self.filled.iter().any(|(filled, _)| *filled == unit);
        let gone = tree.units().filter(|unit| !is_filled(&unit.name));
        let rename = |unit: &Org| {
            let (to, branches) = self.heirs(|old| old.unit == unit.name, |(unit, _)| unit)?;
            let is_one_branch = branches.iter().all(|(unit, branch)| unit == branch);
            let fits = (unit.kind == OrgKind::Branch) == is_one_branch;
            let is_new = !tree.units().any(|org| org.name == to);
            (fits && is_new).then(|| Rename {
                org: Org {
                    name: to.to_owned(),
                    ..unit.clone()
                },
                old: unit.name.clone(),
            })
        };
        distinct(&gone.filter_map(rename).collect::<Vec<_>>())
    }

    /// Branches of units that keep their name, or have their new one already.
    fn branches(&self, tree: &OrgTree, units: &[Rename]) -> Vec<Rename> {
        let mut found = Vec::new();
        for unit in tree.units().filter(|unit| unit.kind != OrgKind::Branch) {
            let before = units
                .iter()
                .find(|r| r.org.id == unit.id)
                .map_or(&unit.name, |r| &r.old);
            let branches = tree.branches_of(unit.id);
            let gone = branches.iter().filter(|branch| {
                !self
                    .filled
                    .contains(&(unit.name.as_str(), branch.name.as_str()))
            });
            for branch in gone {
                let here = |old: &StoredPerson| old.unit == *before && old.branch == branch.name;
                let Some(((to_unit, to), _)) = self.heirs(here, |place| place) else {
                    continue;
                };
                let is_new = !branches.iter().any(|org| org.name == to);
                if to_unit == unit.name && is_new {
                    let org = Org {
                        name: to.to_owned(),
                        ..(*branch).clone()
                    };
                    found.push(Rename {
                        org,
                        old: branch.name.clone(),
                    });
                }
            }
        }
        distinct(&found)
    }

    /// The one key under which all who stay are found again, if most of them stay at all.
    fn heirs<K: PartialEq + Copy>(
        &self,
        is_here: impl Fn(&StoredPerson) -> bool,
        key: impl Fn(Place<'a>) -> K,
    ) -> Option<(K, Vec<Place<'a>>)> {
        let here: Vec<&StoredPerson> = self.stored.iter().filter(|old| is_here(old)).collect();
        let places: Vec<Place<'a>> = here
            .iter()
            .filter_map(|old| self.goes.get(&old.id).copied())
            .collect();
        let first = key(*places.first()?);
        let together = places.iter().all(|place| key(*place) == first);
        (together && places.len() * 2 >= here.len()).then_some((first, places))
    }
}

/// Two that became one are a merger, not a renaming.
fn distinct(all: &[Rename]) -> Vec<Rename> {
    let count = |one: &Rename| {
        let same = |r: &&Rename| (&r.org.name, r.org.parent) == (&one.org.name, one.org.parent);
        all.iter().filter(same).count()
    };
    all.iter().filter(|one| count(one) == 1).cloned().collect()
}
