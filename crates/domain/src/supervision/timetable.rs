//! A timetable for the committee's leaders, proposed from the filed plans. // 通知 四、4
//!
//! A proposal only: nobody is sent anywhere by it. Each leader goes to meetings of the units they
//! are linked to, at most one in half a day, and to as many different units as there are.

use jiff::civil::{Date, DateTime};

use super::clash::close;
use crate::ids::{LeaderId, OrgId};

/// A leader with the units they are linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Who.
    pub leader: LeaderId,
    /// 所联系的会员单位.
    pub units: Vec<OrgId>,
}

/// A planned meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Whose.
    pub branch: OrgId,
    /// Of which unit.
    pub unit: OrgId,
    /// When.
    pub starts: DateTime,
}

/// A leader proposed for a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// Who.
    pub leader: LeaderId,
    /// Index in the meetings given.
    pub at: usize,
}

/// So many meetings for each leader, as far as they exist. Leaders with fewer choices choose
/// first; a branch gets a second leader only when nothing else is left for that one.
pub fn propose(visitors: &[Visitor], meetings: &[Meeting], target: usize) -> Vec<Proposal> {
    let mut order: Vec<(usize, &Visitor)> = visitors
        .iter()
        .map(|v| {
            (
                meetings
                    .iter()
                    .filter(|m| v.units.contains(&m.unit))
                    .count(),
                v,
            )
        })
        .collect();
    order.sort_by_key(|(choices, _)| *choices);
    let mut proposed: Vec<Proposal> = Vec::new();
    for _ in 0..target {
        for (_, visitor) in &order {
            let next = best(visitor, meetings, &proposed);
            proposed.extend(next.map(|at| Proposal {
                leader: visitor.leader,
                at,
            }));
        }
    }
    proposed.sort_by_key(|p| (p.leader, meetings[p.at].starts));
    proposed
}

/// The leader's best next meeting: one nobody else attends, in a unit not yet visited, earliest.
fn best(visitor: &Visitor, meetings: &[Meeting], proposed: &[Proposal]) -> Option<usize> {
    let own: Vec<&Meeting> = proposed
        .iter()
        .filter(|p| p.leader == visitor.leader)
        .map(|p| &meetings[p.at])
        .collect();
    let free = |m: &Meeting| {
        own.iter().all(|other| {
            half_day(other.starts) != half_day(m.starts)
                && !close(other.starts, m.starts)
                && other.branch != m.branch
        })
    };
    (0..meetings.len())
        .filter(|&at| visitor.units.contains(&meetings[at].unit) && free(&meetings[at]))
        .min_by_key(|&at| {
            let m = &meetings[at];
            let shared = proposed.iter().any(|p| meetings[p.at].branch == m.branch);
            let same_unit = own.iter().filter(|other| other.unit == m.unit).count();
            (shared, same_unit, m.starts, at)
        })
}

/// Morning or afternoon of a day.
fn half_day(at: DateTime) -> (Date, bool) {
    (at.date(), at.hour() >= 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn org(n: u128) -> OrgId {
        OrgId(Uuid::from_u128(n))
    }

    fn visitor(n: u128, units: &[u128]) -> Visitor {
        Visitor {
            leader: LeaderId(Uuid::from_u128(n)),
            units: units.iter().map(|&n| org(n)).collect(),
        }
    }

    fn meeting(branch: u128, unit: u128, day: i8, hour: i8) -> Meeting {
        Meeting {
            branch: org(branch),
            unit: org(unit),
            starts: date(2015, 9, day).at(hour, 0, 0, 0),
        }
    }

    fn branches(of: u128, meetings: &[Meeting], found: &[Proposal]) -> Vec<OrgId> {
        let leader = LeaderId(Uuid::from_u128(of));
        let own = found.iter().filter(|p| p.leader == leader);
        own.map(|p| meetings[p.at].branch).collect()
    }

    #[test]
    fn three_branches_of_three_units_are_preferred() {
        let meetings = [
            meeting(11, 1, 8, 9),
            meeting(12, 1, 9, 9),
            meeting(21, 2, 10, 9),
            meeting(31, 3, 11, 9),
        ];
        let found = propose(&[visitor(1, &[1, 2, 3])], &meetings, 3);
        assert_eq!(branches(1, &meetings, &found), [org(11), org(21), org(31)]);
    }

    #[test]
    fn nobody_has_two_meetings_in_half_a_day_or_two_hours() {
        let meetings = [
            meeting(11, 1, 8, 9),
            meeting(21, 2, 8, 10),
            meeting(22, 2, 8, 11),
            meeting(31, 3, 8, 12),
            meeting(32, 3, 8, 15),
        ];
        let found = propose(&[visitor(1, &[1, 2, 3])], &meetings, 3);
        assert_eq!(branches(1, &meetings, &found), [org(11), org(31)]);
        let late = [meeting(11, 1, 8, 11), meeting(21, 1, 8, 12)];
        assert_eq!(
            propose(&[visitor(1, &[1])], &late, 2).len(),
            1,
            "an hour apart"
        );
    }

    #[test]
    fn only_linked_units_are_visited_and_the_leader_with_fewer_choices_goes_first() {
        let meetings = [meeting(11, 1, 8, 9), meeting(21, 2, 8, 9)];
        let found = propose(&[visitor(1, &[1, 2]), visitor(2, &[1])], &meetings, 1);
        assert_eq!(branches(2, &meetings, &found), [org(11)]);
        assert_eq!(branches(1, &meetings, &found), [org(21)]);
        assert!(propose(&[visitor(1, &[])], &meetings, 3).is_empty());
    }
}
