//! The sum of two roll-ups: a unit from its branches, the committee from its units
//! (docs/DOMAIN.md §2.5 invariant 5).

use super::Rollup;

impl Rollup {
    /// Adds another roll-up of the same notice. Grades one of them lacks count as zero.
    pub fn merge(&mut self, other: &Self) {
        self.branches += other.branches;
        self.issued += other.issued;
        self.collected += other.collected;
        self.invalid += other.invalid;
        self.abstain += other.abstain;
        self.void += other.void;
        self.ungraded += other.ungraded;
        add(&mut self.marks, &other.marks);
        add(&mut self.members, &other.members);
    }

    /// The sum of roll-ups of a notice with `grades` grades.
    pub fn sum<'a>(grades: usize, parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::new(grades);
        parts.into_iter().for_each(|part| sum.merge(part));
        sum
    }
}

fn add(into: &mut Vec<u64>, from: &[u64]) {
    if into.len() < from.len() {
        into.resize(from.len(), 0);
    }
    for (sum, &part) in into.iter_mut().zip(from) {
        *sum += part;
    }
}

#[cfg(test)]
mod tests {
    use crate::appraisal::Opinion;
    use crate::count::{BranchResult, Count, MemberMarks, Rollup};

    fn branch(good: u32, fair: u32) -> (Count, Vec<Opinion>) {
        let row = MemberMarks {
            marks: vec![good, fair, 0],
            abstain: 0,
            void: 0,
        };
        let count = Count {
            issued: good + fair,
            collected: good + fair,
            invalid: 0,
            rows: vec![row],
            group: None,
        };
        (count, vec![Opinion::Graded { grade: 0 }])
    }

    #[test]
    fn summing_units_equals_summing_their_branches() {
        let branches = [branch(5, 1), branch(3, 3), branch(9, 0)];
        let results = || {
            branches
                .iter()
                .map(|(count, opinions)| BranchResult { count, opinions })
        };
        let parts: Vec<Rollup> = results().map(|one| Rollup::of(3, [one])).collect();
        assert_eq!(Rollup::sum(3, &parts), Rollup::of(3, results()));
    }

    #[test]
    fn a_wider_part_widens_the_sum() {
        let mut sum = Rollup::new(1);
        let mut wide = Rollup::new(3);
        wide.members = vec![1, 2, 3];
        sum.merge(&wide);
        assert_eq!(sum.members, [1, 2, 3]);
    }
}
