//! Whole tables read and compared.

mod compare;
mod interpret;
mod properties;

use jiff::civil::{Date, date};

use super::{Cell, Reading, Row, Severity, Table, interpret};

/// The day of every import here.
const TODAY: Date = date(2015, 8, 31);

/// `|` separates cells, `#` in front makes a number; an empty line leaves a row out.
fn table(text: &str) -> Table {
    let cell = |typed: &str| match typed.trim().strip_prefix('#') {
        Some(number) => Cell::Number(number.parse().unwrap()),
        None if typed.trim().is_empty() => Cell::Empty,
        None => Cell::Text(typed.to_owned()),
    };
    let rows = (1..).zip(text.trim_start_matches('\n').lines());
    Table {
        rows: rows
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(number, line)| Row {
                number,
                cells: line.trim_start().split('|').map(cell).collect(),
            })
            .collect(),
    }
}

fn read(text: &str) -> Reading {
    interpret(&[("名册".into(), table(text))], TODAY)
}

fn lines(reading: &Reading, severity: Severity) -> Vec<String> {
    let of = reading.problems.iter().filter(|p| p.severity == severity);
    of.map(ToString::to_string).collect()
}

/// What stops the import.
fn refusals(text: &str) -> Vec<String> {
    lines(&read(text), Severity::Refuse)
}

/// What only asks for a look; fails when something stops the import.
fn warnings(text: &str) -> Vec<String> {
    let reading = read(text);
    assert_eq!(lines(&reading, Severity::Refuse), Vec::<String>::new());
    lines(&reading, Severity::Warn)
}
