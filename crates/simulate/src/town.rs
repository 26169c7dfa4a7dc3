//! The committee as histories need it: who leads what, and with which account.

use std::collections::HashMap;

use pingyi_domain::ids::{AccountId, MemberId, OrgId};
use pingyi_domain::member::{Member, Post, PostKind};
use pingyi_domain::org::{Org, OrgKind, OrgTree};
use pingyi_storage::audit::Actor;
use pingyi_storage::{Tx, member, org, post};

use crate::error::{Result, SimulateError};

/// Somebody who signs in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their posts in words, as the log copies them.
    pub post: String,
}

impl Person {
    /// As the log names them.
    pub fn actor(&self) -> Actor {
        Actor {
            account: Some(self.account),
            name: self.name.clone(),
            post: self.post.clone(),
        }
    }
}

/// The roster by organisation.
#[derive(Debug)]
pub(crate) struct Roster {
    /// All organisations.
    pub tree: OrgTree,
    /// Members by branch, in roster order.
    pub members: HashMap<OrgId, Vec<Member>>,
    /// Posts by organisation.
    pub posts: HashMap<OrgId, Vec<Post>>,
    /// Names.
    pub names: HashMap<MemberId, String>,
}

impl Roster {
    /// Reads it.
    pub async fn read(tx: &mut Tx) -> Result<Self> {
        let tree = org::tree(tx).await?;
        let mut members: HashMap<OrgId, Vec<Member>> = HashMap::new();
        let mut names = HashMap::new();
        for one in member::list_all(tx).await? {
            names.insert(one.id, one.name.clone());
            members.entry(one.branch).or_default().push(one);
        }
        let mut posts: HashMap<OrgId, Vec<Post>> = HashMap::new();
        for one in post::list_all(tx).await? {
            posts.entry(one.org).or_default().push(one);
        }
        Ok(Self {
            tree,
            members,
            posts,
            names,
        })
    }

    /// Members of a branch.
    pub fn members(&self, branch: OrgId) -> &[Member] {
        self.members.get(&branch).map_or(&[], Vec::as_slice)
    }

    /// The members with a post in an organisation, highest first, each once.
    pub fn holders(&self, org: OrgId) -> Vec<(MemberId, PostKind)> {
        let posts = self.posts.get(&org).map_or(&[][..], Vec::as_slice);
        let mut held: Vec<_> = posts.iter().map(|p| (p.member, p.kind)).collect();
        held.sort_by_key(|(member, kind)| (*kind, *member));
        let mut seen = Vec::new();
        held.retain(|(member, _)| {
            let fresh = !seen.contains(member);
            seen.push(*member);
            fresh
        });
        held
    }

    /// 书记 of an organisation.
    pub fn secretary(&self, org: OrgId) -> Option<MemberId> {
        let first = self.holders(org).into_iter().next();
        first
            .filter(|(_, kind)| *kind == PostKind::Secretary)
            .map(|(member, _)| member)
    }

    /// Two members who count in a branch: committee members before the secretary. In a branch
    /// that has only a secretary, an ordinary member helps.
    pub fn tellers(&self, branch: OrgId) -> Option<[MemberId; 2]> {
        let mut order: Vec<MemberId> = self.holders(branch).iter().map(|(m, _)| *m).collect();
        // The secretary counts only where nobody else can.
        if !order.is_empty() {
            order.rotate_left(1);
        }
        for one in self.members(branch) {
            if !order.contains(&one.id) {
                order.push(one.id);
            }
        }
        Some([*order.first()?, *order.get(1)?])
    }

    /// 党内职务 of a member in an organisation; empty for none.
    pub fn title(&self, org: OrgId, member: MemberId) -> String {
        let posts = self.posts.get(&org).map_or(&[][..], Vec::as_slice);
        let held = posts.iter().filter(|p| p.member == member);
        held.map(|p| p.title.as_str())
            .collect::<Vec<_>>()
            .join("、")
    }
}

/// A branch with its people.
#[derive(Debug, Clone)]
pub(crate) struct Branch {
    /// The branch.
    pub org: Org,
    /// Its direct superior.
    pub superior: Org,
    /// Its members, in roster order.
    pub members: Vec<Member>,
    /// 书记.
    pub secretary: Person,
    /// The secretary as a member.
    pub secretary_id: MemberId,
    /// Who types the count.
    pub tellers: [Person; 2],
    /// They as members.
    pub teller_ids: [MemberId; 2],
    /// 党内职务 by member.
    pub titles: HashMap<MemberId, String>,
    /// Whom the superior would send.
    pub envoy: String,
}

/// A unit with its people.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// The unit.
    pub org: Org,
    /// Who writes for it.
    pub secretary: Person,
    /// Who decides what the secretary sent as a branch's; the secretary again where there is
    /// nobody else.
    pub second: Person,
    /// Its branches.
    pub branches: Vec<Branch>,
}

impl Unit {
    /// A directly attached branch is its own unit.
    pub fn attached(&self) -> bool {
        self.org.kind == OrgKind::Branch
    }

    /// Its branches' ids.
    pub fn branch_ids(&self) -> Vec<OrgId> {
        self.branches.iter().map(|b| b.org.id).collect()
    }

    /// Members of all its branches.
    pub fn size(&self) -> usize {
        self.branches.iter().map(|b| b.members.len()).sum()
    }
}

/// The whole committee.
#[derive(Debug)]
pub(crate) struct Town {
    /// All organisations, for the rules.
    pub tree: OrgTree,
    /// Who drafts notices and reviews.
    pub clerks: [Person; 2],
    /// Units in roster order.
    pub units: Vec<Unit>,
}

impl Town {
    /// Puts it together once everybody has an account.
    pub fn new(
        roster: Roster,
        people: &HashMap<MemberId, Person>,
        clerks: [Person; 2],
    ) -> Result<Self> {
        let units: Vec<&Org> = roster.tree.units().collect();
        let units = units
            .into_iter()
            .map(|unit| build_unit(&roster, people, &clerks, unit))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            tree: roster.tree,
            clerks,
            units,
        })
    }
}

fn person(people: &HashMap<MemberId, Person>, id: Option<MemberId>, of: &Org) -> Result<Person> {
    let found = id.and_then(|id| people.get(&id)).cloned();
    found.ok_or_else(|| SimulateError::Refused(format!("{}没有负责人账号", of.name)))
}

fn build_unit(
    roster: &Roster,
    people: &HashMap<MemberId, Person>,
    clerks: &[Person; 2],
    unit: &Org,
) -> Result<Unit> {
    let holders = roster.holders(unit.id);
    let branches = roster.tree.branches_of(unit.id);
    let first_branch = branches.first().and_then(|b| roster.secretary(b.id));
    let chief = roster.secretary(unit.id).or(first_branch);
    let second = holders.iter().map(|(m, _)| *m).find(|m| Some(*m) != chief);
    let secretary = person(people, chief, unit)?;
    Ok(Unit {
        second: second
            .and_then(|m| people.get(&m).cloned())
            .unwrap_or_else(|| secretary.clone()),
        secretary,
        org: unit.clone(),
        branches: branches
            .into_iter()
            .map(|branch| build_branch(roster, people, clerks, branch))
            .collect::<Result<Vec<_>>>()?,
    })
}

fn build_branch(
    roster: &Roster,
    people: &HashMap<MemberId, Person>,
    clerks: &[Person; 2],
    branch: &Org,
) -> Result<Branch> {
    let secretary_id = roster.secretary(branch.id);
    let secretary = person(people, secretary_id, branch)?;
    let teller_ids = roster
        .tellers(branch.id)
        .ok_or_else(|| SimulateError::Refused(format!("{}不足两人", branch.name)))?;
    let [first, second] = teller_ids.map(|id| person(people, Some(id), branch));
    let superior = roster
        .tree
        .superior_of(branch.id)
        .ok_or_else(|| SimulateError::Refused(format!("{}没有上级", branch.name)))?;
    let titles = roster.members(branch.id).iter();
    Ok(Branch {
        titles: titles
            .map(|m| (m.id, roster.title(branch.id, m.id)))
            .filter(|(_, title)| !title.is_empty())
            .collect(),
        envoy: envoy(roster, superior, branch.id, clerks),
        org: branch.clone(),
        superior: superior.clone(),
        members: roster.members(branch.id).to_vec(),
        secretary_id: secretary_id.unwrap_or(teller_ids[0]),
        secretary,
        tellers: [first?, second?],
        teller_ids,
    })
}

/// Somebody of the superior organisation who is not of the branch; a clerk of the 工委 for a
/// directly attached one. // 通知 四、2
fn envoy(roster: &Roster, superior: &Org, branch: OrgId, clerks: &[Person; 2]) -> String {
    let own = roster.members(branch);
    let holders = roster.holders(superior.id).into_iter();
    let outside = holders
        .map(|(m, _)| m)
        .find(|m| own.iter().all(|one| one.id != *m));
    outside
        .and_then(|m| roster.names.get(&m).cloned())
        .unwrap_or_else(|| clerks[1].name.clone())
}
