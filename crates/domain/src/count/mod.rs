//! A count of an appraisal: what was issued and collected, and each member's marks.
//!
//! Paper and sealed slips end in the same [`Count`]. This module knows the arithmetic of the
//! count and nothing about who voted, how, or what the branch decides.

mod cap;
mod check;
mod merge;
mod percent;
mod rollup;

use serde::{Deserialize, Serialize};

use crate::notice::{Hint, Settings};
pub use cap::{CapBase, CapFinding, check_cap};
pub use check::CountProblem;
pub use percent::{Percent, percent_text};
pub use rollup::{BranchResult, Rollup};

/// The marks one member received.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MemberMarks {
    /// Marks per grade, in the notice's order, best first.
    pub marks: Vec<u32>,
    /// 弃权: valid ballots that left this row empty.
    pub abstain: u32,
    /// 行无效: valid ballots on which this row alone is void.
    pub void: u32,
}

impl MemberMarks {
    /// A row of zeros for `grades` grades.
    pub fn zero(grades: usize) -> Self {
        Self {
            marks: vec![0; grades],
            abstain: 0,
            void: 0,
        }
    }

    /// Marks that chose a grade (好+一般+差).
    pub fn marked(&self) -> u64 {
        self.marks.iter().map(|&n| u64::from(n)).sum()
    }

    /// Everything in the row: marks, abstentions and void rows.
    pub fn total(&self) -> u64 {
        self.marked() + u64::from(self.abstain) + u64::from(self.void)
    }

    /// The grade (index, best first) with strictly the most marks. A tie, or no mark at all,
    /// gives no hint: the branch committee decides. Never more than a hint.
    pub fn plurality(&self) -> Option<usize> {
        let most = *self.marks.iter().max().filter(|&&n| n > 0)?;
        let mut leaders = (0..self.marks.len()).filter(|&at| self.marks[at] == most);
        leaders.next().filter(|_| leaders.next().is_none())
    }

    /// The plurality, where the campaign shows it.
    pub fn hint(&self, settings: &Settings) -> Option<usize> {
        self.plurality()
            .filter(|_| settings.hint == Hint::Plurality)
    }
}

/// A whole count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Count {
    /// 发出票.
    pub issued: u32,
    /// 收回票.
    pub collected: u32,
    /// 无效票: ballots void as a whole.
    pub invalid: u32,
    /// One row per member on the ballot, in the ballot's order.
    pub rows: Vec<MemberMarks>,
    /// The ballot's last line, where it also asks about the branch's leading group: no member's,
    /// and in no sum over members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<MemberMarks>,
}

/// What the ballot's last line asks about, where the campaign's setting has one.
pub const LEADING_GROUP: &str = "支部班子";

impl Count {
    /// A count of zeros, the shape of a blank counting sheet.
    pub fn zero(rows: usize, grades: usize) -> Self {
        Self {
            rows: vec![MemberMarks::zero(grades); rows],
            ..Self::default()
        }
    }

    /// Every line of the ballot: the members', then the leading group's.
    pub fn lines(&self) -> impl Iterator<Item = &MemberMarks> {
        self.rows.iter().chain(&self.group)
    }

    /// One line, from 0.
    pub fn line(&self, at: usize) -> Option<&MemberMarks> {
        self.lines().nth(at)
    }

    /// One line, from 0, to be set.
    pub fn line_mut(&mut self, at: usize) -> Option<&mut MemberMarks> {
        self.rows.iter_mut().chain(&mut self.group).nth(at)
    }

    /// 有效票: collected less invalid (0 when more are invalid than collected, which
    /// [`Count::check`] reports).
    pub fn valid(&self) -> u32 {
        self.collected.saturating_sub(self.invalid)
    }

    /// Ballots issued and not returned; shown, never hidden.
    pub fn not_returned(&self) -> u32 {
        self.issued.saturating_sub(self.collected)
    }

    /// More collected than issued: the whole round is void and must be repeated
    /// (docs/DOMAIN.md §2.5 invariant 3).
    pub fn must_void(&self) -> bool {
        self.collected > self.issued
    }

    /// The sum of two counts of the same shape: sealed slips plus the paper sheets of those
    /// without a telephone. `None` when the shapes differ or a sum leaves `u32`.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        if self.rows.len() != other.rows.len() || self.group.is_some() != other.group.is_some() {
            return None;
        }
        let group = match (&self.group, &other.group) {
            (Some(a), Some(b)) => Some(add_rows(a, b)?),
            _ => None,
        };
        let rows = self.rows.iter().zip(&other.rows);
        Some(Self {
            issued: self.issued.checked_add(other.issued)?,
            collected: self.collected.checked_add(other.collected)?,
            invalid: self.invalid.checked_add(other.invalid)?,
            rows: rows
                .map(|(a, b)| add_rows(a, b))
                .collect::<Option<Vec<_>>>()?,
            group,
        })
    }
}

fn add_rows(a: &MemberMarks, b: &MemberMarks) -> Option<MemberMarks> {
    if a.marks.len() != b.marks.len() {
        return None;
    }
    let marks = a.marks.iter().zip(&b.marks);
    Some(MemberMarks {
        marks: marks
            .map(|(x, y)| x.checked_add(*y))
            .collect::<Option<Vec<_>>>()?,
        abstain: a.abstain.checked_add(b.abstain)?,
        void: a.void.checked_add(b.void)?,
    })
}

#[cfg(test)]
mod tests;
