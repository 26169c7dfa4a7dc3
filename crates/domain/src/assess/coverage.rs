//! 两个全覆盖: branches that held their meeting, members that were appraised. // 通知 四、3
//!
//! Exclusions stand beside the figures and are never taken out silently.

use crate::appraisal::RoundState;
use crate::facts::{BranchFacts, Ledger, UnitFacts};
use crate::meeting::MeetingState;

/// Both coverages of a unit or the whole campaign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Branches there are.
    pub branches: u32,
    /// Of these, not due to meet, each by a recorded decision.
    pub excluded_branches: u32,
    /// Branches that held the meeting.
    pub held: u32,
    /// Members on the rosters.
    pub members: u32,
    /// Members with an opinion after a signed count.
    pub appraised: u32,
    /// Members excluded from appraisal, each with a recorded reason, or with their branch.
    pub excluded: u32,
}

impl Coverage {
    /// Members due to be appraised.
    pub fn due(self) -> u32 {
        self.members.saturating_sub(self.excluded)
    }

    /// Members still to be appraised.
    pub fn missing_members(self) -> u32 {
        self.due().saturating_sub(self.appraised)
    }

    /// Branches due to meet.
    pub fn due_branches(self) -> u32 {
        self.branches.saturating_sub(self.excluded_branches)
    }

    /// Branches still to meet.
    pub fn missing_branches(self) -> u32 {
        self.due_branches().saturating_sub(self.held)
    }

    /// Of one branch.
    pub fn of_branch(branch: &BranchFacts) -> Self {
        let mut sum = Self::default();
        sum.add(branch);
        sum
    }

    /// Adds one branch. One that is not due counts among the exclusions with all its members,
    /// whatever it recorded before that was decided.
    pub fn add(&mut self, branch: &BranchFacts) {
        if branch.excluded {
            self.branches += 1;
            self.excluded_branches += 1;
            self.members += branch.members;
            self.excluded += branch.members;
            return;
        }
        let held = branch
            .meeting
            .as_ref()
            .is_some_and(|m| matches!(m.state, MeetingState::Closed | MeetingState::CriticismDone));
        self.branches += 1;
        self.held += u32::from(held);
        self.members += branch.members;
        if let Some(round) = branch
            .appraisal
            .as_ref()
            .filter(|a| a.state != RoundState::Voided)
        {
            self.appraised += round.determined;
            self.excluded += round.excluded;
        }
    }

    /// Of one unit.
    pub fn of_unit(unit: &UnitFacts) -> Self {
        let mut sum = Self::default();
        unit.branches.iter().for_each(|branch| sum.add(branch));
        sum
    }
}

/// Of the whole campaign.
pub fn coverage(ledger: &Ledger) -> Coverage {
    let mut sum = Coverage::default();
    ledger
        .units
        .iter()
        .flat_map(|u| &u.branches)
        .for_each(|branch| sum.add(branch));
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::{finished_branch, finished_unit};

    #[test]
    fn an_excluded_branch_stands_beside_the_figures_with_its_members() {
        let mut unit = finished_unit();
        let mut gone = finished_branch(9);
        (gone.members, gone.excluded, gone.meeting) = (3, true, None);
        let before = Coverage::of_unit(&unit);
        unit.branches.push(gone);
        let after = Coverage::of_unit(&unit);
        assert_eq!(after.branches, before.branches + 1);
        assert_eq!(after.due_branches(), before.due_branches());
        assert_eq!(after.missing_branches(), 0);
        assert_eq!(
            (after.due(), after.excluded),
            (before.due(), before.excluded + 3)
        );
        assert_eq!(after.appraised, before.appraised);
    }

    #[test]
    fn what_an_excluded_branch_held_before_does_not_count() {
        let mut branch = finished_branch(1);
        branch.excluded = true;
        let sum = Coverage::of_branch(&branch);
        assert_eq!((sum.held, sum.appraised, sum.due()), (0, 0, 0));
    }
}
