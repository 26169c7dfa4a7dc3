//! The tree with its counts, and the search by name.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use pingyi_domain::ids::OrgId;
use pingyi_domain::member::{Member, Post, PostKind};
use pingyi_domain::org::{Org, OrgKind, OrgTree};
use pingyi_storage::{Tx, import_batch, member, org, post};
use serde::Deserialize;

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

/// People shown of a search.
const FOUND: usize = 100;

#[derive(Template)]
#[template(path = "roster/tree.html")]
struct TreePage {
    frame: Frame,
    query: String,
    units: Vec<UnitRow>,
    found: Vec<PersonRow>,
    found_more: usize,
    members: usize,
    branches: usize,
    all_units: usize,
    vacant: usize,
    last_import: Option<(String, String)>,
}

/// What is searched.
#[derive(Deserialize, Default)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// A unit with its branches.
struct UnitRow {
    name: String,
    kind: OrgKind,
    members: usize,
    secretary: Option<String>,
    branches: Vec<BranchRow>,
    open: bool,
}

impl UnitRow {
    /// A directly attached branch is its own unit.
    fn is_branch(&self) -> bool {
        self.kind == OrgKind::Branch && self.branches.len() == 1
    }
}

struct BranchRow {
    id: OrgId,
    name: String,
    general: String,
    members: usize,
    secretary: Option<String>,
}

struct PersonRow {
    name: String,
    branch: OrgId,
    place: String,
}

/// Everything the tree is made of.
struct Roster {
    tree: OrgTree,
    members: Vec<Member>,
    secretaries: HashMap<OrgId, String>,
}

/// The tree.
pub async fn show(ctx: Ctx, Query(search): Query<Search>) -> Answer {
    let query = search.q.trim().to_owned();
    let mut tx = ctx.app.db.read().await?;
    let roster = load(&mut tx).await?;
    let last_import = import_batch::list(&mut tx).await?.into_iter().next();
    let frame = ctx.frame(&mut tx, "党员名册").await?;
    let units = roster.units(&query);
    let found = roster.people(&query);
    let all_branches = roster
        .tree
        .all()
        .iter()
        .filter(|org| org.kind == OrgKind::Branch);
    let branches: Vec<OrgId> = all_branches.map(|org| org.id).collect();
    page(&TreePage {
        frame,
        found_more: found.len().saturating_sub(FOUND),
        found: found.into_iter().take(FOUND).collect(),
        query,
        members: roster.members.len(),
        vacant: branches
            .iter()
            .filter(|id| !roster.secretaries.contains_key(id))
            .count(),
        branches: branches.len(),
        all_units: roster.tree.units().count(),
        units,
        last_import: last_import.map(|batch| (batch.at.minute_text(), batch.by_name)),
    })
}

async fn load(tx: &mut Tx) -> Result<Roster, PageError> {
    let members = member::list_all(tx).await?;
    let names: HashMap<_, _> = members.iter().map(|m| (m.id, m.name.clone())).collect();
    let leads = |post: &Post| post.kind == PostKind::Secretary;
    let posts = post::list_all(tx).await?.into_iter().filter(leads);
    let secretaries = posts
        .filter_map(|post| Some((post.org, names.get(&post.member)?.clone())))
        .collect();
    Ok(Roster {
        tree: org::tree(tx).await?,
        members,
        secretaries,
    })
}

impl Roster {
    /// Units that match, with the branches that match; a unit that matches shows all of them.
    fn units(&self, query: &str) -> Vec<UnitRow> {
        let mut counts: HashMap<OrgId, usize> = HashMap::new();
        for member in &self.members {
            *counts.entry(member.branch).or_default() += 1;
        }
        let units = self
            .tree
            .units()
            .map(|unit| self.unit(unit, query, &counts));
        units.filter(|unit| query.is_empty() || unit.open).collect()
    }

    fn unit(&self, unit: &Org, query: &str, counts: &HashMap<OrgId, usize>) -> UnitRow {
        let named = unit.name.contains(query);
        let all = self.tree.branches_of(unit.id);
        let members = all.iter().filter_map(|branch| counts.get(&branch.id)).sum();
        let shown = all
            .into_iter()
            .filter(|branch| named || branch.name.contains(query));
        let branches: Vec<BranchRow> = shown
            .map(|branch| BranchRow {
                id: branch.id,
                name: branch.name.clone(),
                general: self.general(unit.id, branch),
                members: counts.get(&branch.id).copied().unwrap_or(0),
                secretary: self.secretaries.get(&branch.id).cloned(),
            })
            .collect();
        UnitRow {
            name: unit.name.clone(),
            kind: unit.kind,
            members,
            secretary: self.secretaries.get(&unit.id).cloned(),
            open: !query.is_empty() && !branches.is_empty(),
            branches,
        }
    }

    /// Name of the 党总支 between unit and branch.
    fn general(&self, unit: OrgId, branch: &Org) -> String {
        let above = branch
            .parent
            .filter(|parent| *parent != unit && branch.id != unit);
        above
            .and_then(|id| self.tree.get(id))
            .map_or_else(String::new, |org| org.name.clone())
    }

    fn people(&self, query: &str) -> Vec<PersonRow> {
        if query.is_empty() {
            return Vec::new();
        }
        let found = self
            .members
            .iter()
            .filter(|member| member.name.contains(query));
        let row = |member: &Member| PersonRow {
            name: member.name.clone(),
            branch: member.branch,
            place: self.place(member.branch),
        };
        found.map(row).collect()
    }

    fn place(&self, branch: OrgId) -> String {
        let name = |org: Option<&Org>| org.map_or("", |org| org.name.as_str()).to_owned();
        let (unit, own) = (name(self.tree.unit_of(branch)), name(self.tree.get(branch)));
        if unit == own {
            own
        } else {
            format!("{unit} {own}")
        }
    }
}
