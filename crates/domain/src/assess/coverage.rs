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
    /// Branches that held the meeting.
    pub held: u32,
    /// Members on the rosters.
    pub members: u32,
    /// Members with an opinion after a signed count.
    pub appraised: u32,
    /// Members excluded from appraisal, each with a recorded reason.
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

    /// Branches still to meet.
    pub fn missing_branches(self) -> u32 {
        self.branches.saturating_sub(self.held)
    }

    /// Adds one branch.
    pub fn add(&mut self, branch: &BranchFacts) {
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
