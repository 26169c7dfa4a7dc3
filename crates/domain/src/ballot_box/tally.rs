//! The opened sums as a count: after this nobody needs to know which way the votes came.

use serde::{Deserialize, Serialize};

use super::{BoxError, Closing};
use crate::count::{Count, MemberMarks};
use crate::entry::Shape;

/// What the trustees opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Ballots that counted.
    pub ballots: u32,
    /// Per row of the ballot, votes per grade, best first.
    pub rows: Vec<Vec<u64>>,
}

/// The count of a closed box of this shape.
///
/// An empty row is 弃权: what a row lacks to the number of ballots. No row and no ballot can be
/// void: a sealed ballot that is not proper does not enter the box.
pub fn count_of(closing: &Closing, sums: &Sums, shape: Shape) -> Result<Count, BoxError> {
    let lines = sums.rows.len() == shape.lines();
    let fits = lines && sums.rows.iter().all(|row| row.len() == shape.grades);
    if !fits || sums.ballots != closing.collected {
        return Err(BoxError::OtherShape);
    }
    let marks = |row: &Vec<u64>| -> Option<MemberMarks> {
        let marked: u64 = row.iter().sum();
        let abstain = u64::from(sums.ballots).checked_sub(marked)?;
        let marks: Result<Vec<u32>, _> = row.iter().map(|&votes| u32::try_from(votes)).collect();
        Some(MemberMarks {
            marks: marks.ok()?,
            abstain: u32::try_from(abstain).ok()?,
            void: 0,
        })
    };
    let lines: Option<Vec<MemberMarks>> = sums.rows.iter().map(marks).collect();
    let mut rows = lines.ok_or(BoxError::OtherShape)?;
    let group = if shape.group { rows.pop() } else { None };
    Ok(Count {
        issued: closing.issued,
        collected: closing.collected,
        invalid: 0,
        rows,
        group,
    })
}
