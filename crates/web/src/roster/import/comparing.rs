//! A file beside what is stored: what would change, and whether somebody must look first.

use std::collections::HashSet;

use pingyi_domain::ids::MemberId;
use pingyi_domain::org::OrgTree;
use pingyi_domain::roster::{Column, Comparison, StoredPerson};
use pingyi_storage::{StorageError, Tx, org, roster};
use sha2::{Digest, Sha256};

use super::renames::{self, Rename};
use super::{Incoming, Summary};

/// More than this share of members leaving is more often a wrong file than a true list.
const LEAVING_PER_CENT: usize = 10;

/// Which stored members the file speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All: who is not in the file has left.
    Whole,
    /// Those of units the file names; other units stay as they are.
    NamedUnits,
}

impl Scope {
    /// The word in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::NamedUnits => "units",
        }
    }

    /// Reads what [`Scope::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Whole, Self::NamedUnits]
            .into_iter()
            .find(|scope| scope.as_str() == text)
    }
}

/// What the import would do.
#[derive(Debug)]
pub struct Preview {
    /// Members as stored.
    pub stored: Vec<StoredPerson>,
    /// Organisations as stored, under their new names where they have one.
    pub tree: OrgTree,
    /// Organisations with a new name.
    pub renames: Vec<Rename>,
    /// Member by member; `left` only holds who leaves in this scope.
    pub comparison: Comparison,
    /// The scope it was made for.
    pub scope: Scope,
    /// Stored units with members that the file does not name.
    pub unnamed_units: Vec<String>,
    /// Stored members the scope is about.
    pub concerned: usize,
    /// Hash of everything stored that the preview depends on.
    pub mark: String,
}

/// Compares a file with what is stored. Without a scope, a file that does not name every stored
/// unit speaks only of those it names.
pub async fn compare(
    tx: &mut Tx,
    incoming: &Incoming,
    scope: Option<Scope>,
) -> Result<Preview, StorageError> {
    let stored = roster::list(tx).await?;
    let tree = org::tree(tx).await?;
    let named: HashSet<&str> = incoming
        .people
        .iter()
        .map(|p| p.person.unit.as_str())
        .collect();
    let unnamed_units = unnamed(&stored, &named);
    let partial = if unnamed_units.is_empty() {
        Scope::Whole
    } else {
        Scope::NamedUnits
    };
    let scope = scope.unwrap_or(partial);
    let mut comparison = pingyi_domain::roster::compare(&stored, &incoming.people);
    let speaks_of = |p: &&StoredPerson| scope == Scope::Whole || named.contains(p.unit.as_str());
    let concerned: HashSet<MemberId> = stored.iter().filter(speaks_of).map(|p| p.id).collect();
    comparison.left.retain(|id| concerned.contains(id));
    let concerned = concerned.len();
    let mark = mark(&stored, &tree);
    let (tree, renames) = renames::find(&stored, &tree, &comparison, &incoming.people);
    Ok(Preview {
        stored,
        tree,
        renames,
        comparison,
        scope,
        unnamed_units,
        concerned,
        mark,
    })
}

fn unnamed(stored: &[StoredPerson], named: &HashSet<&str>) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for person in stored {
        if !named.contains(person.unit.as_str()) && !units.contains(&person.unit) {
            units.push(person.unit.clone());
        }
    }
    units
}

fn mark(stored: &[StoredPerson], tree: &OrgTree) -> String {
    let mut hasher = Sha256::new();
    for person in stored {
        hasher.update(format!("{person:?}\n"));
    }
    for org in tree.all() {
        hasher.update(format!("{org:?}\n"));
    }
    hex::encode(hasher.finalize())
}

impl Preview {
    /// Counts, given how many organisations are new.
    pub fn summary(&self, orgs: usize) -> Summary {
        let c = &self.comparison;
        Summary {
            orgs,
            added: c.added.len(),
            changed: c.changed.len(),
            moved: c.moved.len(),
            left: c.left.len(),
            unchanged: c.unchanged.len(),
        }
    }

    /// Whether so many would leave that somebody must say it is meant.
    pub fn many_leave(&self) -> bool {
        self.comparison.left.len() * 100 > self.concerned * LEAVING_PER_CENT
    }

    /// Stored member by id.
    pub fn stored(&self, id: MemberId) -> Option<&StoredPerson> {
        self.stored.iter().find(|person| person.id == id)
    }
}

/// Whether a sheet has 党总支: only then does a list say where a branch stands in its unit.
pub(super) fn says_general(person: &pingyi_domain::roster::Person) -> bool {
    person.given.has(Column::GeneralBranch)
}
