//! The cap on the best grade, where a campaign sets one (docs/DOMAIN.md §2.5 invariant 6).
//!
//! A cap is "in general": exceeding it, or a cap of nobody, needs a reason and is not refused here.

use serde::{Deserialize, Serialize};

use crate::notice::{Cap, CapDenominator};

/// The numbers a cap may be a fraction of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapBase {
    /// Full members whose formal relation is here.
    pub full_members: u32,
    /// Members who took part in the meeting.
    pub participants: u32,
    /// All members, probationary included.
    pub all_members: u32,
}

/// What the cap says about a set of opinions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum CapFinding {
    /// More best grades than the cap allows.
    Over {
        /// Members given the best grade.
        chosen: u32,
        /// At most so many.
        limit: u32,
        /// Counted from so many.
        of: u32,
    },
    /// The cap comes to nobody (1/3 of 2).
    Zero {
        /// Counted from so many.
        of: u32,
    },
}

impl CapFinding {
    /// What it means and what to do, in Chinese. `best`: label of the best grade.
    pub fn message(self, best: &str) -> String {
        match self {
            Self::Over { chosen, limit, of } => format!(
                "“{best}”{chosen} 名，超过上限 {limit} 名（基数 {of} 人）。请调整，或写明理由。"
            ),
            Self::Zero { of } => {
                format!("基数 {of} 人，按比例“{best}”为 0 名。确需评定的，请写明理由。")
            }
        }
    }
}

impl Cap {
    /// The number this cap is a fraction of.
    pub fn base(&self, base: CapBase) -> u32 {
        match self.denominator {
            CapDenominator::FullMembers => base.full_members,
            CapDenominator::Participants => base.participants,
            CapDenominator::AllMembers => base.all_members,
        }
    }

    /// At most so many of `n`: rounded down.
    pub fn limit(&self, n: u32) -> u32 {
        self.fraction.floor_of(n)
    }
}

/// What a cap says about `chosen` members with the best grade; `None` when nothing.
pub fn check_cap(cap: Option<&Cap>, base: CapBase, chosen: u32) -> Option<CapFinding> {
    let cap = cap?;
    let of = cap.base(base);
    let limit = cap.limit(of);
    match (limit, chosen > limit) {
        (0, _) => Some(CapFinding::Zero { of }),
        (_, true) => Some(CapFinding::Over { chosen, limit, of }),
        _ => None,
    }
}
