//! From tables to people: the whole reading of a roster.

use jiff::civil::Date;

use super::column::MatchedColumn;
use super::person::Person;
use super::problem::{Problem, Severity, Skipped};
use super::table::Table;

/// What a roster says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its people in file order; rows with a refusal are in it only as far as they could be read.
    pub people: Vec<Person>,
    /// Headings that were understood.
    pub columns: Vec<MatchedColumn>,
    /// Headings that were not used, with the reason where there is one.
    pub ignored: Vec<String>,
    /// Rows that are no members.
    pub skipped: Vec<Skipped>,
    /// Everything to put right or look at, in file order.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Whether it may be imported: an import is all or nothing.
    pub fn is_acceptable(&self) -> bool {
        !self.people.is_empty() && self.refusals().next().is_none()
    }

    /// Problems that stop the import.
    pub fn refusals(&self) -> impl Iterator<Item = &Problem> {
        self.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Refuse)
    }

    /// Problems that only ask for a look.
    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Warn)
    }
}

/// Reads named tables. `today` is the day of the import: nothing in a roster may lie after it.
pub fn interpret(tables: &[(String, Table)], today: Date) -> Reading {
    let _ = (tables, today);
    Reading::default()
}
