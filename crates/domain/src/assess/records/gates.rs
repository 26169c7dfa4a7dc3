//! Rules about the four gates a branch passes. // 通知 四、3

use crate::assess::unit::missing_of;
use crate::assess::{Action, Actor, Gap, Status};
use crate::facts::{BranchFacts, UnitFacts};
use crate::meeting::MeetingState;
use crate::notice::Notice;

/// The unit decides; a directly attached branch is its own unit, so the 组织科 decides there.
/// Only a warning: a summary is filed whether or not the gates are passed.
pub(in crate::assess) fn status(notice: &Notice, unit: &UnitFacts, branch: &BranchFacts) -> Status {
    let gates = &branch.records.gates;
    let all = notice.gates.len();
    let decider = if unit.org == branch.org {
        Actor::Section
    } else {
        Actor::Unit
    };
    let met = branch
        .meeting
        .as_ref()
        .is_some_and(|m| m.state != MeetingState::Planned);
    let begun = gates.passed + gates.returned + gates.reworked > 0;
    let passed = (gates.passed as usize).min(all);
    if passed == all {
        Status::met()
    } else if gates.returned > 0 {
        Status::open(Gap::Returned, Actor::Branch, Action::Gates)
    } else if gates.reworked > 0 {
        Status::open(Gap::Waiting, decider, Action::Gates)
    } else if met || begun {
        Status::open(missing_of(all - passed, all), decider, Action::Gates)
    } else {
        Status::NotYet
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::tests::{finished_branch, finished_unit};
    use crate::facts::GateFacts;

    fn of(gates: GateFacts, change: impl FnOnce(&mut UnitFacts, &mut BranchFacts)) -> Status {
        let text = include_str!("../../../../../notices/xianning-2015-14.toml");
        let notice = Notice::parse(text).unwrap();
        let (mut unit, mut branch) = (finished_unit(), finished_branch(1));
        branch.records.gates = gates;
        change(&mut unit, &mut branch);
        status(&notice, &unit, &branch)
    }

    fn gates(passed: u32, returned: u32, reworked: u32) -> GateFacts {
        GateFacts {
            passed,
            returned,
            reworked,
        }
    }

    #[test]
    fn four_passes_are_needed() {
        assert_eq!(of(gates(4, 0, 0), |_, _| {}), Status::met());
        let three = Gap::Missing { count: 1, of: 4 };
        assert_eq!(
            of(gates(3, 0, 0), |_, _| {}),
            Status::open(three, Actor::Unit, Action::Gates)
        );
    }

    #[test]
    fn a_returned_gate_is_the_branchs_turn_and_a_reworked_one_the_units() {
        assert_eq!(
            of(gates(2, 1, 1), |_, _| {}),
            Status::open(Gap::Returned, Actor::Branch, Action::Gates)
        );
        assert_eq!(
            of(gates(3, 0, 1), |_, _| {}),
            Status::open(Gap::Waiting, Actor::Unit, Action::Gates)
        );
    }

    #[test]
    fn the_section_decides_for_a_directly_attached_branch() {
        let attached = |unit: &mut UnitFacts, branch: &mut BranchFacts| unit.org = branch.org;
        let Status::Open { actor, .. } = of(gates(0, 0, 0), attached) else {
            panic!("open")
        };
        assert_eq!(actor, Actor::Section);
    }

    #[test]
    fn before_the_meeting_nobody_is_asked() {
        let no_meeting = |_: &mut UnitFacts, branch: &mut BranchFacts| branch.meeting = None;
        assert_eq!(of(gates(0, 0, 0), no_meeting), Status::NotYet);
    }
}
