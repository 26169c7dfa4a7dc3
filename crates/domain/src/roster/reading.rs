//! From tables to people: the whole reading of a roster.

use std::collections::HashMap;

use jiff::civil::Date;

use super::checks;
use super::column::{Column, MatchedColumn};
use super::fields::{RowReader, Sheet};
use super::heading::{self, Heading};
use super::person::Person;
use super::place::Places;
use super::problem::{Problem, Severity, SkipReason, Skipped};
use super::rows;
use super::table::{Row, Table};

/// What a roster says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its people in file order. Rows with a refusal are in it as far as they could be read, so
    /// nothing may be imported from a reading that is not acceptable.
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

    /// How many rows were passed over for this reason.
    pub fn skipped_rows(&self, why: SkipReason) -> u32 {
        self.skipped
            .iter()
            .filter(|skipped| skipped.why == why)
            .map(|skipped| skipped.rows)
            .sum()
    }
}

/// Reads named tables. `today` is the day of the import: nothing in a roster may lie after it.
pub fn interpret(tables: &[(String, Table)], today: Date) -> Reading {
    let mut reading = Reading::default();
    let mut sheets_read = 0_usize;
    for (name, table) in tables {
        let Some(heading) = heading::find(table) else {
            reading.skip_sheet(name, table);
            continue;
        };
        sheets_read += 1;
        let sheet = Sheet {
            name,
            heading: &heading,
            today,
        };
        reading.read_sheet(&sheet, table);
    }
    if sheets_read == 0 {
        reading.problems.push(whole_file(
            "没有找到表头；请在名单上方留一行表头，至少写上“姓名”和“党支部”",
        ));
    } else if reading.people.is_empty() && reading.problems.is_empty() {
        reading
            .problems
            .push(whole_file("表头下面没有党员；请填好名单后再上传"));
    }
    let between_rows = checks::across(&reading.people, &reading.columns);
    reading.problems.extend(between_rows);
    reading.sort_problems(tables);
    if sheets_read <= 1 {
        for problem in &mut reading.problems {
            problem.sheet = None;
        }
    }
    reading
}

fn whole_file(reason: &str) -> Problem {
    Problem {
        sheet: None,
        row: 1,
        column: "表头".into(),
        reason: reason.into(),
        severity: Severity::Refuse,
    }
}

impl Reading {
    fn read_sheet(&mut self, sheet: &Sheet<'_>, table: &Table) {
        let heading = sheet.heading;
        self.take_columns(sheet.name, heading);
        let mut titles: Vec<String> = Vec::new();
        for row in &table.rows[..heading.first] {
            titles.extend(rows::shown(row));
            let why = if row.is_blank() {
                SkipReason::Blank
            } else {
                SkipReason::Title
            };
            self.skip(sheet.name, row.number, 1, why);
        }
        let mut places = Places::default();
        let mut before = table.rows[heading.last].number;
        for row in &table.rows[heading.last + 1..] {
            self.count_left_out(sheet.name, before, row);
            before = row.number;
            if let Some(why) = rows::skip(row, heading, &titles) {
                self.skip(sheet.name, row.number, 1, why);
                continue;
            }
            let mut reader = RowReader::new(sheet, row);
            let person = reader.person(&mut places);
            self.people.extend(person);
            self.problems.append(&mut reader.problems);
        }
    }

    fn take_columns(&mut self, sheet: &str, heading: &Heading) {
        let known = heading
            .columns
            .iter()
            .filter(|f| f.column != Column::Serial);
        self.columns.extend(known.map(|found| MatchedColumn {
            sheet: sheet.to_owned(),
            column: found.column,
            heading: found.heading.clone(),
            position: found.at,
        }));
        for ignored in &heading.ignored {
            if !self.ignored.contains(ignored) {
                self.ignored.push(ignored.clone());
            }
        }
    }

    /// Blank rows that the file or its reader left out still count.
    fn count_left_out(&mut self, sheet: &str, before: u32, row: &Row) {
        let missing = row.number.saturating_sub(before).saturating_sub(1);
        if missing > 0 {
            self.skip(sheet, before + 1, missing, SkipReason::Blank);
        }
    }

    fn skip_sheet(&mut self, name: &str, table: &Table) {
        if let (Some(first), Ok(rows)) = (table.rows.first(), u32::try_from(table.rows.len())) {
            self.skip(name, first.number, rows, SkipReason::Sheet);
        }
    }

    fn skip(&mut self, sheet: &str, row: u32, rows: u32, why: SkipReason) {
        if let Some(last) = self.skipped.last_mut()
            && last.sheet == sheet
            && last.why == why
            && last.row + last.rows == row
        {
            last.rows += rows;
            return;
        }
        self.skipped.push(Skipped {
            sheet: sheet.to_owned(),
            row,
            rows,
            why,
        });
    }

    fn sort_problems(&mut self, tables: &[(String, Table)]) {
        let order: HashMap<&str, usize> = tables
            .iter()
            .enumerate()
            .map(|(at, (name, _))| (name.as_str(), at))
            .collect();
        self.problems.sort_by_key(|problem| {
            let sheet = problem.sheet.as_deref().and_then(|name| order.get(name));
            (sheet.copied(), problem.row)
        });
    }
}
