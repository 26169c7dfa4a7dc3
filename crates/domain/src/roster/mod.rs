//! Rosters as people really keep them, read into members and posts.
//!
//! A file becomes [`Table`]s elsewhere; [`interpret`] says what they mean and names every
//! problem by row, column and reason. [`org_plan`] and [`compare`] prepare the import.
//! Nothing here stores, hashes or opens anything; an import is all or nothing.

mod checks;
mod column;
mod compare;
mod dates;
mod fields;
mod heading;
mod id_number;
mod name;
mod numbering;
mod orgs;
mod person;
mod place;
mod posts;
mod problem;
mod reading;
mod rows;
mod table;
mod text;

#[cfg(test)]
mod tests;

pub use column::{Column, ColumnSet, MatchedColumn};
pub use compare::{
    Change, Changed, Comparison, IncomingPerson, Moved, StoredPerson, Unchanged, compare,
};
pub use id_number::{IdFault, IdNumber};
pub use orgs::{OrgPath, org_plan};
pub use person::{Person, PostLevel, PostText};
pub use problem::{Problem, Severity, SkipReason, Skipped};
pub use reading::{Reading, interpret};
pub use table::{Cell, Row, Table};
