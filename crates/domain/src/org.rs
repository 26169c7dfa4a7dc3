//! The tree of Party organisations: 工委 → unit organisation → 总支 (where there is one) → 支部.
//!
//! A unit with one directly attached branch has no middle level: the branch is the unit
//! organisation itself and its superior is the 工委. // 通知 四、2

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::OrgId;

/// What an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgKind {
    /// 市直机关工委, the root.
    WorkCommittee,
    /// 机关党委.
    PrimaryCommittee,
    /// 党总支, as unit organisation or below a 机关党委.
    GeneralBranch,
    /// 党支部.
    Branch,
}

impl OrgKind {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WorkCommittee => "work_committee",
            Self::PrimaryCommittee => "primary_committee",
            Self::GeneralBranch => "general_branch",
            Self::Branch => "branch",
        }
    }

    /// Reads what [`OrgKind::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::WorkCommittee,
            Self::PrimaryCommittee,
            Self::GeneralBranch,
            Self::Branch,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == text)
    }

    /// The kind that an organisation's full name says: rosters give names, not kinds.
    pub fn from_name(name: &str) -> Self {
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        // 总支部 first: it ends like a 支部.
        if ends(&["总支", "总支部", "总支委员会", "总支部委员会"]) {
            Self::GeneralBranch
        } else if ends(&["支部", "支部委员会"]) {
            Self::Branch
        } else {
            Self::PrimaryCommittee
        }
    }
}

impl fmt::Display for OrgKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WorkCommittee => "工委",
            Self::PrimaryCommittee => "机关党委",
            Self::GeneralBranch => "党总支",
            Self::Branch => "党支部",
        })
    }
}

/// One organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Its superior; `None` only for the 工委.
    pub parent: Option<OrgId>,
    /// What it is.
    pub kind: OrgKind,
    /// Full name as on its seal.
    pub name: String,
}

/// All organisations, parents before children, with look-ups.
#[derive(Debug, Clone, Default)]
pub struct OrgTree {
    orgs: Vec<Org>,
    index: std::collections::HashMap<OrgId, usize>,
}

impl OrgTree {
    /// Builds the tree. `orgs` may come in any order; siblings keep theirs.
    pub fn new(orgs: Vec<Org>) -> Self {
        let index = orgs
            .iter()
            .enumerate()
            .map(|(at, org)| (org.id, at))
            .collect();
        Self { orgs, index }
    }

    /// One organisation.
    pub fn get(&self, id: OrgId) -> Option<&Org> {
        self.index.get(&id).map(|&at| &self.orgs[at])
    }

    /// The 工委.
    pub fn root(&self) -> Option<&Org> {
        self.orgs.iter().find(|org| org.parent.is_none())
    }

    /// Every organisation.
    pub fn all(&self) -> &[Org] {
        &self.orgs
    }

    /// Direct subordinates.
    pub fn children(&self, id: OrgId) -> impl Iterator<Item = &Org> {
        self.orgs.iter().filter(move |org| org.parent == Some(id))
    }

    /// The unit organisations: those directly below the 工委.
    pub fn units(&self) -> impl Iterator<Item = &Org> {
        let root = self.root().map(|org| org.id);
        self.orgs
            .iter()
            .filter(move |org| root.is_some() && org.parent == root)
    }

    /// The unit an organisation belongs to (itself, when it is one); `None` for the 工委.
    pub fn unit_of(&self, id: OrgId) -> Option<&Org> {
        let root = self.root()?.id;
        let mut org = self.get(id)?;
        // The tree has at most four levels; the bound keeps a corrupt table from looping.
        for _ in 0..8 {
            if org.parent == Some(root) {
                return Some(org);
            }
            org = self.get(org.parent?)?;
        }
        None
    }

    /// All branches of a unit, itself included when it is one.
    pub fn branches_of(&self, unit: OrgId) -> Vec<&Org> {
        self.orgs
            .iter()
            .filter(|org| org.kind == OrgKind::Branch)
            .filter(|org| self.covers(unit, org.id))
            .collect()
    }

    /// Whether `above` is `below` or one of its superiors: the scope rule of every permission.
    pub fn covers(&self, above: OrgId, below: OrgId) -> bool {
        let mut at = Some(below);
        for _ in 0..8 {
            match at {
                Some(id) if id == above => return true,
                Some(id) => at = self.get(id).and_then(|org| org.parent),
                None => return false,
            }
        }
        false
    }

    /// Who sends an envoy to a branch's meeting: its direct superior. // 通知 四、2
    pub fn superior_of(&self, id: OrgId) -> Option<&Org> {
        self.get(self.get(id)?.parent?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> OrgId {
        OrgId(Uuid::from_u128(n))
    }

    fn org(n: u128, parent: Option<u128>, kind: OrgKind, name: &str) -> Org {
        Org {
            id: id(n),
            parent: parent.map(id),
            kind,
            name: name.into(),
        }
    }

    fn tree() -> OrgTree {
        OrgTree::new(vec![
            org(1, None, OrgKind::WorkCommittee, "市直机关工委"),
            org(2, Some(1), OrgKind::PrimaryCommittee, "市水利局机关党委"),
            org(3, Some(2), OrgKind::GeneralBranch, "市水利局二级单位党总支"),
            org(4, Some(3), OrgKind::Branch, "堤防处党支部"),
            org(5, Some(1), OrgKind::Branch, "市委办公室党支部"),
        ])
    }

    #[test]
    fn kinds_follow_from_full_names() {
        assert_eq!(OrgKind::from_name("市委办公室党支部"), OrgKind::Branch);
        assert_eq!(
            OrgKind::from_name("市政府办公室党总支"),
            OrgKind::GeneralBranch
        );
        assert_eq!(
            OrgKind::from_name("市水利局党总支部"),
            OrgKind::GeneralBranch
        );
        assert_eq!(OrgKind::from_name("水政科支部委员会"), OrgKind::Branch);
        assert_eq!(
            OrgKind::from_name("市水利局机关党委"),
            OrgKind::PrimaryCommittee
        );
        assert_eq!(
            OrgKind::parse("general_branch"),
            Some(OrgKind::GeneralBranch)
        );
    }

    #[test]
    fn a_unit_covers_branches_below_a_general_branch() {
        let tree = tree();
        assert!(tree.covers(id(2), id(4)));
        assert!(!tree.covers(id(2), id(5)));
        assert_eq!(tree.unit_of(id(4)).map(|o| o.id), Some(id(2)));
        assert_eq!(tree.branches_of(id(2)).len(), 1);
    }

    #[test]
    fn a_directly_attached_branch_is_its_own_unit_under_the_committee() {
        let tree = tree();
        assert_eq!(tree.unit_of(id(5)).map(|o| o.id), Some(id(5)));
        assert_eq!(tree.superior_of(id(5)).map(|o| o.id), Some(id(1)));
        assert_eq!(tree.branches_of(id(5)).len(), 1);
        assert_eq!(tree.units().count(), 2);
    }
}
