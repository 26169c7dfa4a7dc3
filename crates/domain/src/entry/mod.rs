//! Double entry of a paper count: two different people type it, neither sees the other's numbers.
//!
//! While the entries differ, only the names of the differing fields are known to anybody, and
//! each person reads and retypes only their own entry. Whether the agreed numbers add up is the
//! count's business (`count`), not this module's.

mod field;
mod state;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::appraisal::machine::IllegalStep;
use crate::count::Count;
use crate::ids::AccountId;
pub use field::{Field, Shape, differences};
pub use state::{EntryState, EntryStep};

/// Why an entry was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EntryError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// The second entry comes from the first person.
    #[error("第一遍是您录入的，第二遍须由另一人录入。请换一位计票人登录后录入。")]
    SamePerson,
    /// Neither of the two people who typed.
    #[error("本轮计票不是您录入的，不能修改。请由录入人本人修改。")]
    NotYours,
    /// The field is equal in both entries, or not on the sheet.
    #[error("“{}”两次录入一致，不需要改。请只改标出的项目。", .0.label())]
    NotDiffering(Field),
    /// There are not two entries that differ.
    #[error("没有标出不一致的项目，不需要改。录错的请写明原因重新录入。")]
    NothingDiffers,
    /// Another number of rows or grades than the ballot.
    #[error("录入的行数或等次数与票面不符：应为 {} 行、每行 {} 个等次。请刷新页面后重新录入。", .0.rows, .0.grades)]
    WrongShape(Shape),
    /// Starting over without saying why.
    #[error("重新录入要写明原因。请填写原因后再确认。")]
    NoReason,
}

/// One person's typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Who typed.
    pub by: AccountId,
    /// What they typed.
    pub count: Count,
}

/// Both entries, in whatever state. The counts inside are private: see [`DoubleEntry::own`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoubleEntry {
    /// Nobody has typed.
    Empty(Shape),
    /// One person has typed.
    First(First),
    /// Both have typed and some fields differ.
    Differing(Differing),
    /// Both have typed the same count.
    Agreed(Count),
}

/// One entry, waiting for the other.
#[derive(Clone, PartialEq, Eq)]
pub struct First {
    shape: Shape,
    first: Entry,
}

/// Two entries that differ.
#[derive(Clone, PartialEq, Eq)]
pub struct Differing {
    shape: Shape,
    first: Entry,
    second: Entry,
    fields: Vec<Field>,
}

// Neither prints its numbers: a log line must not undo the blindness.
impl fmt::Debug for First {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("First").finish_non_exhaustive()
    }
}

impl fmt::Debug for Differing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Differing");
        shown.field("fields", &self.fields).finish_non_exhaustive()
    }
}

impl Differing {
    /// Which fields differ, and nothing about their values.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }
}

impl DoubleEntry {
    /// A blank double entry for a ballot with so many rows and grades.
    pub fn new(rows: usize, grades: usize) -> Self {
        Self::Empty(Shape {
            rows,
            grades,
            group: false,
        })
    }

    /// The state as storage kept it: none, one or two entries.
    pub fn restore(
        shape: Shape,
        first: Option<Entry>,
        second: Option<Entry>,
    ) -> Result<Self, EntryError> {
        let mut entry = Self::Empty(shape);
        for each in [first, second].into_iter().flatten() {
            entry = entry.enter(each)?;
        }
        Ok(entry)
    }

    /// The flat state.
    pub fn state(&self) -> EntryState {
        match self {
            Self::Empty(_) => EntryState::Empty,
            Self::First(_) => EntryState::First,
            Self::Differing(_) => EntryState::Differing,
            Self::Agreed(_) => EntryState::Agreed,
        }
    }

    /// Takes the first or the second person's whole sheet.
    pub fn enter(self, entry: Entry) -> Result<Self, EntryError> {
        match self {
            Self::Empty(shape) => {
                EntryState::Empty.advance(EntryStep::Begin)?;
                shape.fits(&entry.count)?;
                Ok(Self::First(First {
                    shape,
                    first: entry,
                }))
            }
            Self::First(First { first, .. }) if first.by == entry.by => Err(EntryError::SamePerson),
            Self::First(First { shape, first }) => {
                shape.fits(&entry.count)?;
                Self::compare(EntryState::First, shape, first, entry)
            }
            other => {
                other.state().advance(EntryStep::Begin)?;
                Ok(other)
            }
        }
    }

    /// One of the two retypes one differing field of their own entry.
    pub fn retype(self, by: AccountId, field: Field, value: u32) -> Result<Self, EntryError> {
        let Self::Differing(mut both) = self else {
            return Err(EntryError::NothingDiffers);
        };
        if !both.fields.contains(&field) {
            return Err(EntryError::NotDiffering(field));
        }
        let own = [&mut both.first, &mut both.second];
        let own = own.into_iter().find(|e| e.by == by);
        let own = own.ok_or(EntryError::NotYours)?;
        field.set(&mut own.count, value);
        Self::compare(EntryState::Differing, both.shape, both.first, both.second)
    }

    /// Throws both entries away. The reason goes to the audit log. Whether the round still waits
    /// for a count is the round's table to say.
    pub fn start_over(self, shape: Shape, reason: &str) -> Result<Self, EntryError> {
        self.state().advance(EntryStep::StartOver)?;
        if reason.trim().is_empty() {
            return Err(EntryError::NoReason);
        }
        Ok(Self::Empty(shape))
    }

    /// What `by` typed themselves; the other person's numbers are never given.
    pub fn own(&self, by: AccountId) -> Option<&Count> {
        match self {
            Self::Empty(_) => None,
            Self::First(one) => Some(&one.first).filter(|e| e.by == by).map(|e| &e.count),
            Self::Differing(both) => {
                let entries = [&both.first, &both.second];
                entries.into_iter().find(|e| e.by == by).map(|e| &e.count)
            }
            Self::Agreed(count) => Some(count),
        }
    }

    fn compare(
        from: EntryState,
        shape: Shape,
        first: Entry,
        second: Entry,
    ) -> Result<Self, EntryError> {
        let fields = differences(&first.count, &second.count);
        if fields.is_empty() {
            from.advance(EntryStep::Agree)?;
            return Ok(Self::Agreed(first.count));
        }
        from.advance(EntryStep::Differ)?;
        Ok(Self::Differing(Differing {
            shape,
            first,
            second,
            fields,
        }))
    }
}

#[cfg(test)]
mod tests;
