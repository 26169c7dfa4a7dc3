//! Who chose nothing: not a number of the archive, but what is left of the counted ballots.

use pingyi_ballot::election::Question;
use pingyi_ballot::verify::{Checked, Report};

/// Ballots that count.
pub fn counted(report: &Report) -> Option<u64> {
    report.checked.iter().find_map(|checked| match checked {
        Checked::Ballots { counted, .. } => Some(*counted),
        Checked::Trustees { .. }
        | Checked::Credentials { .. }
        | Checked::Tally
        | Checked::Shares { .. }
        | Checked::Result => None,
    })
}

/// Ballots without a choice in this row. Known only where at most one answer is chosen, none may
/// be, that is no column of its own, and every ballot counts once.
pub fn abstained(
    question: &Question,
    row: &[u64],
    counted: Option<u64>,
    weights: bool,
) -> Option<u64> {
    let derivable = question.min == 0 && question.max == 1 && !question.has_blank() && !weights;
    let chosen: u64 = row.iter().sum();
    counted.filter(|_| derivable)?.checked_sub(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(blank: Option<bool>, min: u32, max: u32) -> Question {
        Question {
            answers: ["好", "一般", "差"].map(str::to_owned).into(),
            blank,
            min,
            max,
            question: "党员".to_owned(),
        }
    }

    #[test]
    fn what_is_left_abstained() {
        let question = question(None, 0, 1);
        assert_eq!(abstained(&question, &[5, 2, 0], Some(8), false), Some(1));
        assert_eq!(abstained(&question, &[5, 2, 1], Some(8), false), Some(0));
    }

    #[test]
    fn where_it_does_not_follow_nothing_is_said() {
        let row = [1, 1, 0];
        assert_eq!(
            abstained(&question(Some(true), 0, 1), &row, Some(9), false),
            None
        );
        assert_eq!(abstained(&question(None, 1, 1), &row, Some(9), false), None);
        assert_eq!(abstained(&question(None, 0, 2), &row, Some(9), false), None);
        assert_eq!(abstained(&question(None, 0, 1), &row, Some(9), true), None);
        assert_eq!(abstained(&question(None, 0, 1), &row, None, false), None);
        assert_eq!(abstained(&question(None, 0, 1), &row, Some(1), false), None);
    }
}
