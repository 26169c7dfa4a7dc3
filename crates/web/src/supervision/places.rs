//! Branches by their unit's and their own name, as lists for the committee name them.

use pingyi_domain::ids::OrgId;
use pingyi_domain::org::{Org, OrgKind, OrgTree};
use pingyi_storage::{Tx, org};

use crate::kernel::error::PageError;

/// The tree, with the names people look for.
pub(super) struct Places {
    pub tree: OrgTree,
}

/// A branch on a list.
pub(super) struct Place {
    pub branch: OrgId,
    pub unit: OrgId,
    pub unit_name: String,
    /// With the 总支 in front where there is one.
    pub branch_name: String,
}

impl Place {
    /// `市水利局机关党委　第一党支部`; a directly attached branch is named once.
    pub fn label(&self) -> String {
        if self.branch == self.unit {
            self.branch_name.clone()
        } else {
            format!("{}　{}", self.unit_name, self.branch_name)
        }
    }
}

impl Places {
    pub async fn load(tx: &mut Tx) -> Result<Self, PageError> {
        let tree = org::tree(tx).await?;
        Ok(Self { tree })
    }

    /// One branch; not found for anything else.
    pub fn place(&self, branch: OrgId) -> Result<Place, PageError> {
        let at = self.tree.get(branch);
        let at = at.filter(|org| org.kind == OrgKind::Branch);
        at.and_then(|at| self.of(at)).ok_or(PageError::NotFound)
    }

    /// The label of a branch; empty for one that is no more.
    pub fn label(&self, branch: OrgId) -> String {
        self.place(branch)
            .map_or_else(|_| String::new(), |p| p.label())
    }

    /// Every branch, unit by unit in roster order.
    pub fn all(&self) -> Vec<Place> {
        let units = self.tree.units();
        units
            .flat_map(|unit| self.tree.branches_of(unit.id))
            .filter_map(|branch| self.of(branch))
            .collect()
    }

    /// Ids and names of the units.
    pub fn units(&self) -> Vec<(String, String)> {
        let units = self.tree.units();
        units.map(|u| (u.id.to_string(), u.name.clone())).collect()
    }

    fn of(&self, branch: &Org) -> Option<Place> {
        let unit = self.tree.unit_of(branch.id)?;
        let between = branch
            .parent
            .filter(|parent| *parent != unit.id && branch.id != unit.id)
            .and_then(|parent| self.tree.get(parent));
        let branch_name = match between {
            Some(general) => format!("{} {}", general.name, branch.name),
            None => branch.name.clone(),
        };
        Some(Place {
            branch: branch.id,
            unit: unit.id,
            unit_name: unit.name.clone(),
            branch_name,
        })
    }
}
