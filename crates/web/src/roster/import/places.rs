//! Where each row belongs in the tree; organisations that are not there yet are made.

use std::collections::{HashMap, HashSet};

use pingyi_domain::ids::OrgId;
use pingyi_domain::org::{Org, OrgKind, OrgTree};
use pingyi_domain::roster::{IncomingPerson, Person};

use super::COMMITTEE;
use super::comparing::says_general;
use crate::kernel::app::App;

/// The organisations above and of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub unit: OrgId,
    pub general: Option<OrgId>,
    pub branch: OrgId,
}

/// The tree while it grows.
pub(super) struct Places<'a> {
    app: &'a App,
    tree: &'a OrgTree,
    root: OrgId,
    /// Units that have other branches than themselves.
    split: HashSet<&'a str>,
    known: HashMap<(OrgId, String), Org>,
    done: HashMap<(String, Option<String>, String), Place>,
    /// New organisations, superiors first.
    pub new: Vec<Org>,
    /// Stored organisations that now stand elsewhere.
    pub placed: Vec<Org>,
}

impl<'a> Places<'a> {
    pub fn new(app: &'a App, tree: &'a OrgTree, people: &'a [IncomingPerson]) -> Self {
        let split = people
            .iter()
            .map(|p| &p.person)
            .filter(|p| p.unit != p.branch);
        let known = tree
            .all()
            .iter()
            .filter_map(|org| Some(((org.parent?, org.name.clone()), org.clone())));
        let mut places = Self {
            app,
            tree,
            root: OrgId(uuid::Uuid::nil()),
            split: split.map(|p| p.unit.as_str()).collect(),
            known: known.collect(),
            done: HashMap::new(),
            new: Vec::new(),
            placed: Vec::new(),
        };
        places.root = match tree.root() {
            Some(root) => root.id,
            None => places.make(None, OrgKind::WorkCommittee, COMMITTEE),
        };
        places
    }

    pub fn of(&mut self, person: &Person) -> Place {
        let general = person.general_branch.clone();
        let key = (person.unit.clone(), general, person.branch.clone());
        if let Some(place) = self.done.get(&key) {
            return *place;
        }
        let place = self.find(person);
        self.done.insert(key, place);
        place
    }

    fn find(&mut self, person: &Person) -> Place {
        let unit = self.unit(&person.unit);
        if unit.kind == OrgKind::Branch && person.unit == person.branch {
            return Place {
                unit: unit.id,
                general: None,
                branch: unit.id,
            };
        }
        let general = person
            .general_branch
            .as_ref()
            .map(|name| self.get_or_make(unit.id, OrgKind::GeneralBranch, name));
        let superior = general.unwrap_or(unit.id);
        let Some(stored) = self.stored_branch(unit.id, &person.branch) else {
            let branch = self.get_or_make(superior, OrgKind::Branch, &person.branch);
            return Place {
                unit: unit.id,
                general,
                branch,
            };
        };
        if says_general(person) && stored.parent != Some(superior) {
            self.placed.push(Org {
                parent: Some(superior),
                ..stored.clone()
            });
            return Place {
                unit: unit.id,
                general,
                branch: stored.id,
            };
        }
        let general = stored.parent.filter(|parent| *parent != unit.id);
        Place {
            unit: unit.id,
            general,
            branch: stored.id,
        }
    }

    /// The unit; one that is its own only branch is a branch.
    fn unit(&mut self, name: &str) -> Org {
        let kind = match (self.split.contains(name), OrgKind::from_name(name)) {
            (false, _) => OrgKind::Branch,
            (true, OrgKind::Branch) => OrgKind::GeneralBranch,
            (true, kind) => kind,
        };
        let id = self.get_or_make(self.root, kind, name);
        let key = (self.root, name.to_owned());
        self.known.get(&key).cloned().unwrap_or_else(|| Org {
            id,
            parent: Some(self.root),
            kind,
            name: name.to_owned(),
        })
    }

    /// A branch of the unit, wherever below it.
    fn stored_branch(&self, unit: OrgId, name: &str) -> Option<&'a Org> {
        let below = |org: &&Org| org.id != unit && self.tree.covers(unit, org.id);
        let branches = self
            .tree
            .all()
            .iter()
            .filter(|org| org.kind == OrgKind::Branch);
        branches.filter(|org| org.name == name).find(below)
    }

    fn get_or_make(&mut self, parent: OrgId, kind: OrgKind, name: &str) -> OrgId {
        match self.known.get(&(parent, name.to_owned())) {
            Some(org) => org.id,
            None => self.make(Some(parent), kind, name),
        }
    }

    fn make(&mut self, parent: Option<OrgId>, kind: OrgKind, name: &str) -> OrgId {
        let org = Org {
            id: self.app.new_id(),
            parent,
            kind,
            name: name.to_owned(),
        };
        if let Some(parent) = parent {
            self.known.insert((parent, name.to_owned()), org.clone());
        }
        let id = org.id;
        self.new.push(org);
        id
    }
}
