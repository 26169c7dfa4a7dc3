//! The fields of a counting sheet: which there are, how to compare and set them.

use serde::{Deserialize, Serialize};

use super::EntryError;
use crate::count::{Count, MemberMarks};

/// How many rows and grades a ballot has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Members on the ballot.
    pub rows: usize,
    /// Grades of the notice.
    pub grades: usize,
    /// Whether a last line asks about the branch's leading group.
    pub group: bool,
}

impl Shape {
    /// Lines of the sheet, the leading group's included.
    pub fn lines(self) -> usize {
        self.rows + usize::from(self.group)
    }

    /// A count of zeros of this shape.
    pub fn blank(self) -> Count {
        Count {
            group: self.group.then(|| MemberMarks::zero(self.grades)),
            ..Count::zero(self.rows, self.grades)
        }
    }

    /// Refuses a count of another shape.
    pub(super) fn fits(self, count: &Count) -> Result<(), EntryError> {
        let fits = count.rows.len() == self.rows
            && count.group.is_some() == self.group
            && count.lines().all(|row| row.marks.len() == self.grades);
        if fits {
            Ok(())
        } else {
            Err(EntryError::WrongShape(self))
        }
    }
}

/// One box of the counting sheet. Rows and grades count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum Field {
    /// 发出票.
    Issued,
    /// 收回票.
    Collected,
    /// 无效票.
    Invalid,
    /// Marks of one grade in one row.
    Mark {
        /// Row on the ballot.
        row: usize,
        /// Grade, best first.
        grade: usize,
    },
    /// 弃权 of one row.
    Abstain {
        /// Row on the ballot.
        row: usize,
    },
    /// 行无效 of one row.
    Void {
        /// Row on the ballot.
        row: usize,
    },
}

impl Field {
    /// Its place on the sheet, in Chinese; rows and grades by number (from 1).
    pub fn label(self) -> String {
        match self {
            Self::Issued => "发出票".into(),
            Self::Collected => "收回票".into(),
            Self::Invalid => "无效票".into(),
            Self::Mark { row, grade } => format!("第 {} 行第 {} 等次", row + 1, grade + 1),
            Self::Abstain { row } => format!("第 {} 行弃权", row + 1),
            Self::Void { row } => format!("第 {} 行行无效", row + 1),
        }
    }

    /// Every field of a ballot of this shape, in the sheet's order.
    pub fn all(shape: Shape) -> Vec<Self> {
        let mut fields = vec![Self::Issued, Self::Collected, Self::Invalid];
        for row in 0..shape.lines() {
            fields.extend((0..shape.grades).map(|grade| Self::Mark { row, grade }));
            fields.extend([Self::Abstain { row }, Self::Void { row }]);
        }
        fields
    }

    /// Its value; `None` when the count has no such row or grade.
    pub fn get(self, count: &Count) -> Option<u32> {
        match self {
            Self::Issued => Some(count.issued),
            Self::Collected => Some(count.collected),
            Self::Invalid => Some(count.invalid),
            Self::Mark { row, grade } => count.line(row)?.marks.get(grade).copied(),
            Self::Abstain { row } => count.line(row).map(|r| r.abstain),
            Self::Void { row } => count.line(row).map(|r| r.void),
        }
    }

    /// Sets it; does nothing when the count has no such row or grade.
    pub fn set(self, count: &mut Count, value: u32) {
        let place = match self {
            Self::Issued => Some(&mut count.issued),
            Self::Collected => Some(&mut count.collected),
            Self::Invalid => Some(&mut count.invalid),
            Self::Mark { row, grade } => count.line_mut(row).and_then(|r| r.marks.get_mut(grade)),
            Self::Abstain { row } => count.line_mut(row).map(|r| &mut r.abstain),
            Self::Void { row } => count.line_mut(row).map(|r| &mut r.void),
        };
        if let Some(place) = place {
            *place = value;
        }
    }
}

/// The fields in which two counts of the same shape differ.
pub fn differences(a: &Count, b: &Count) -> Vec<Field> {
    let shape = Shape {
        rows: a.rows.len(),
        grades: a.rows.first().map_or(0, |row| row.marks.len()),
        group: a.group.is_some(),
    };
    let fields = Field::all(shape).into_iter();
    fields.filter(|f| f.get(a) != f.get(b)).collect()
}
