//! The arithmetic every count must satisfy (docs/DOMAIN.md §2.5 invariants 1 and 2).
//!
//! Problems are data; screens put them beside the field they name.

use serde::{Deserialize, Serialize};

use super::{Count, MemberMarks};

/// One sum that does not come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum CountProblem {
    /// More ballots issued than voters present.
    IssuedOverPresent {
        /// 发出票.
        issued: u32,
        /// Voters in the room.
        present: u32,
    },
    /// More ballots collected than issued: the round is void.
    CollectedOverIssued {
        /// 收回票.
        collected: u32,
        /// 发出票.
        issued: u32,
    },
    /// More ballots invalid than collected.
    InvalidOverCollected {
        /// 无效票.
        invalid: u32,
        /// 收回票.
        collected: u32,
    },
    /// A row has another number of grades than the notice.
    RowShape {
        /// Row, counted from 0.
        row: usize,
        /// Grades in the row.
        found: usize,
        /// Grades of the notice.
        grades: usize,
    },
    /// A row's marks, abstentions and void rows do not add up to the valid ballots.
    RowSum {
        /// Row, counted from 0.
        row: usize,
        /// Marks per grade.
        marks: Vec<u32>,
        /// 弃权.
        abstain: u32,
        /// 行无效.
        void: u32,
        /// 有效票.
        valid: u32,
    },
}

impl CountProblem {
    /// The row concerned, counted from 0; `None` for the ballots as a whole.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::RowShape { row, .. } | Self::RowSum { row, .. } => Some(*row),
            _ => None,
        }
    }

    /// What does not come out and what to do, in Chinese. Rows are named by number (from 1);
    /// [`CountProblem::message_for`] names the member too.
    pub fn message(&self) -> String {
        self.text("")
    }

    /// As [`CountProblem::message`], with the member's name after the row number.
    pub fn message_for(&self, name: &str) -> String {
        self.text(name)
    }

    fn text(&self, name: &str) -> String {
        match self {
            Self::IssuedOverPresent { issued, present } => {
                format!("发出票 {issued} 张，多于在场可投票的 {present} 人。请核对发票数和签到。")
            }
            Self::CollectedOverIssued { collected, issued } => format!(
                "收回票 {collected} 张，多于发出票 {issued} 张，本轮测评无效。请作废本轮，重新发票。"
            ),
            Self::InvalidOverCollected { invalid, collected } => {
                format!("无效票 {invalid} 张，多于收回票 {collected} 张。请核对收回票和无效票。")
            }
            Self::RowShape { row, found, grades } => format!(
                "第 {} 行{name}有 {found} 个等次的票数，应为 {grades} 个。请按票面重填这一行。",
                row + 1
            ),
            Self::RowSum { row, .. } => self.row_sum_text(*row, name),
        }
    }

    fn row_sum_text(&self, row: usize, name: &str) -> String {
        let Self::RowSum {
            marks,
            abstain,
            void,
            valid,
            ..
        } = self
        else {
            return String::new();
        };
        let terms: Vec<String> = marks.iter().map(u32::to_string).collect();
        let sum: u64 = marks
            .iter()
            .chain([abstain, void])
            .map(|&n| u64::from(n))
            .sum();
        format!(
            "第 {} 行{name}：{}＋弃权 {abstain}＋行无效 {void}＝{sum}，应等于有效票 {valid}。请核对这一行。",
            row + 1,
            terms.join("＋")
        )
    }
}

impl Count {
    /// Every sum that does not come out, ballots first, then rows. Empty means the count holds.
    /// `present_voters`: voters in the room when the ballots went out; `grades`: of the notice.
    pub fn check(&self, present_voters: u32, grades: usize) -> Vec<CountProblem> {
        let mut problems = self.check_ballots(present_voters);
        for (row, marks) in self.lines().enumerate() {
            problems.extend(check_row(row, marks, self.valid(), grades));
        }
        problems
    }

    /// Invariant 1: invalid ≤ collected ≤ issued ≤ voters present.
    fn check_ballots(&self, present: u32) -> Vec<CountProblem> {
        let Self {
            issued,
            collected,
            invalid,
            ..
        } = *self;
        let mut problems = Vec::new();
        if issued > present {
            problems.push(CountProblem::IssuedOverPresent { issued, present });
        }
        if self.must_void() {
            problems.push(CountProblem::CollectedOverIssued { collected, issued });
        }
        if invalid > collected {
            problems.push(CountProblem::InvalidOverCollected { invalid, collected });
        }
        problems
    }
}

/// Invariant 2: every valid ballot falls into exactly one box of every row. A voter's own row,
/// where it is left out, is one of its 弃权, so nothing is subtracted.
fn check_row(row: usize, marks: &MemberMarks, valid: u32, grades: usize) -> Option<CountProblem> {
    if marks.marks.len() != grades {
        let found = marks.marks.len();
        return Some(CountProblem::RowShape { row, found, grades });
    }
    (marks.total() != u64::from(valid)).then(|| CountProblem::RowSum {
        row,
        marks: marks.marks.clone(),
        abstain: marks.abstain,
        void: marks.void,
        valid,
    })
}
