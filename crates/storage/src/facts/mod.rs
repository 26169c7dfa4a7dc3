//! What the rules ask about a campaign, in a handful of grouped queries.
//!
//! [`load`] reads all units, [`load_unit`] one of them; both run the same SQL text, the second
//! with the subtree added. Nothing here is per member, let alone per vote.

mod cache;
mod committee;
mod meetings;
mod papers;
mod people;
mod records;
mod rounds;
mod scope;

use std::collections::HashMap;

use pingyi_domain::facts::{BranchFacts, Ledger, UnitFacts};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::{Org, OrgKind, OrgTree};

pub use cache::Cache;

use crate::{Result, Tx, org};
use meetings::Meetings;
use papers::Papers;
use people::People;
use records::Branches;
use rounds::Rounds;
use scope::Scope;

/// The whole campaign, units in roster order.
pub async fn load(tx: &mut Tx, campaign: CampaignId) -> Result<Ledger> {
    let scope = Scope::all(campaign);
    let tree = org::tree(tx).await?;
    let mut branches = branches_by_unit(&tree);
    let mut facts = Facts::read(tx, scope).await?;
    let units = tree
        .units()
        .map(|unit| facts.unit(unit, branches.remove(&unit.id).unwrap_or_default()))
        .collect();
    let committee = committee::read(tx, campaign, tree.root().map(|org| org.id)).await?;
    Ok(Ledger { units, committee })
}

/// One unit with its branches; `None` for an organisation that does not exist.
pub async fn load_unit(
    tx: &mut Tx,
    campaign: CampaignId,
    unit: OrgId,
) -> Result<Option<UnitFacts>> {
    let orgs = org::list_under(tx, unit).await?;
    let Some(top) = orgs.iter().find(|org| org.id == unit) else {
        return Ok(None);
    };
    let mut facts = Facts::read(tx, Scope::under(campaign, unit)).await?;
    let branches = orgs.iter().filter(|org| org.kind == OrgKind::Branch);
    Ok(Some(facts.unit(top, branches.collect())))
}

/// One branch within its unit: the unit's own papers, and this branch alone.
pub async fn load_branch(
    tx: &mut Tx,
    campaign: CampaignId,
    unit: OrgId,
    branch: OrgId,
) -> Result<Option<UnitFacts>> {
    let mut facts = load_unit(tx, campaign, unit).await?;
    if let Some(unit) = &mut facts {
        unit.branches.retain(|one| one.org == branch);
    }
    Ok(facts)
}

fn branches_by_unit(tree: &OrgTree) -> HashMap<OrgId, Vec<&Org>> {
    let mut by_unit: HashMap<OrgId, Vec<&Org>> = HashMap::new();
    for branch in tree.all().iter().filter(|org| org.kind == OrgKind::Branch) {
        if let Some(unit) = tree.unit_of(branch.id) {
            by_unit.entry(unit.id).or_default().push(branch);
        }
    }
    by_unit
}

/// Everything read, by organisation; taken out as it is used.
struct Facts {
    people: People,
    papers: Papers,
    meetings: Meetings,
    rounds: Rounds,
    records: Branches,
}

impl Facts {
    async fn read(tx: &mut Tx, scope: Scope) -> Result<Self> {
        Ok(Self {
            people: People::read(tx, scope).await?,
            papers: Papers::read(tx, scope).await?,
            meetings: Meetings::read(tx, scope).await?,
            rounds: Rounds::read(tx, scope).await?,
            records: Branches::read(tx, scope).await?,
        })
    }

    fn unit(&mut self, unit: &Org, branches: Vec<&Org>) -> UnitFacts {
        UnitFacts {
            org: unit.id,
            name: unit.name.clone(),
            kind: unit.kind,
            acknowledged_on: self.people.acknowledged_on(unit.id),
            secretary: self.people.secretary(unit.id),
            plan: self.papers.plan(unit.id),
            filing: self.papers.unit_filing(unit.id),
            branches: branches
                .into_iter()
                .map(|branch| self.branch(unit.id, branch))
                .collect(),
        }
    }

    fn branch(&mut self, unit: OrgId, branch: &Org) -> BranchFacts {
        let (members, probationary) = self.people.members(branch.id);
        BranchFacts {
            org: branch.id,
            name: branch.name.clone(),
            excluded: self.people.excluded(branch.id),
            members,
            probationary,
            secretary: self.people.secretary(branch.id),
            planned_on: self.papers.planned_on(unit, branch.id),
            meeting: self.meetings.take(branch.id),
            appraisal: self.rounds.take(branch.id),
            filing: self.papers.branch_filing(branch.id),
            records: self.records.take(branch.id),
        }
    }
}
