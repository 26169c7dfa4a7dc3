//! The roll-up of branches: sums of their rows, never an average of percentages
//! (docs/DOMAIN.md §2.5 invariant 5).

use serde::{Deserialize, Serialize};

use super::{Count, Percent};
use crate::appraisal::Opinion;

/// What one branch brings to the roll-up.
#[derive(Debug, Clone, Copy)]
pub struct BranchResult<'a> {
    /// Its count.
    pub count: &'a Count,
    /// The branch's opinion on each of its members.
    pub opinions: &'a [Opinion],
}

/// Sums over branches.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rollup {
    /// Branches summed.
    pub branches: u64,
    /// 发出票.
    pub issued: u64,
    /// 收回票.
    pub collected: u64,
    /// 无效票.
    pub invalid: u64,
    /// Marks per grade, best first.
    pub marks: Vec<u64>,
    /// 弃权.
    pub abstain: u64,
    /// 行无效.
    pub void: u64,
    /// Members per determined grade, best first.
    pub members: Vec<u64>,
    /// Members without a grade (不定等次).
    pub ungraded: u64,
}

impl Rollup {
    /// An empty roll-up for a notice with `grades` grades.
    pub fn new(grades: usize) -> Self {
        Self {
            marks: vec![0; grades],
            members: vec![0; grades],
            ..Self::default()
        }
    }

    /// The sum over branches of a notice with `grades` grades.
    pub fn of<'a>(grades: usize, branches: impl IntoIterator<Item = BranchResult<'a>>) -> Self {
        let mut sum = Self::new(grades);
        for branch in branches {
            sum.add(&branch);
        }
        sum
    }

    /// Adds one branch.
    pub fn add(&mut self, branch: &BranchResult<'_>) {
        self.branches += 1;
        self.add_count(branch.count);
        for opinion in branch.opinions {
            self.add_opinion(opinion);
        }
    }

    fn add_count(&mut self, count: &Count) {
        self.issued += u64::from(count.issued);
        self.collected += u64::from(count.collected);
        self.invalid += u64::from(count.invalid);
        for row in &count.rows {
            self.abstain += u64::from(row.abstain);
            self.void += u64::from(row.void);
            for (sum, &marks) in self.marks.iter_mut().zip(&row.marks) {
                *sum += u64::from(marks);
            }
        }
    }

    fn add_opinion(&mut self, opinion: &Opinion) {
        match opinion {
            Opinion::Graded { grade } => {
                if let Some(sum) = self.members.get_mut(*grade) {
                    *sum += 1;
                }
            }
            Opinion::Ungraded { .. } => self.ungraded += 1,
        }
    }

    /// Members with a grade.
    pub fn graded(&self) -> u64 {
        self.members.iter().sum()
    }

    /// Percentage of graded members per grade, from the sums.
    pub fn member_percents(&self, places: u8) -> Vec<Option<Percent>> {
        let whole = self.graded();
        let parts = self.members.iter();
        parts.map(|&n| Percent::new(n, whole, places)).collect()
    }
}
