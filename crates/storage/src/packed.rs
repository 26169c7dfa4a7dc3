//! Long lists from `SQLite` in one piece.
//!
//! The driver hands rows over between threads one by one, which costs more than the query once
//! there are thousands. Here the same SQL text runs inside `json_group_array`, and the list
//! arrives as one value. `PostgreSQL` sends its rows in blocks and needs none of this.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::Result;
use crate::column::bad_value;
use crate::row::{Record, Row};

/// The query that packs the rows of `sql`. An ORDER BY inside stays in force, because the
/// engine drops it only below aggregates that ignore order.
pub(crate) fn packing<T: Record>(sql: &str) -> String {
    let columns = T::COLUMNS.join(", ");
    format!("SELECT json_group_array(json_array({columns})) AS packed FROM ({sql})")
}

/// The rows again.
pub(crate) fn unpack<T: Record>(packed: &str) -> Result<Vec<T>> {
    let rows: Vec<Vec<Cell<'_>>> =
        serde_json::from_str(packed).map_err(|error| bad_value("packed", error.to_string()))?;
    let read = |cells: &Vec<Cell<'_>>| T::read(&Row::Packed(T::COLUMNS, cells));
    rows.iter().map(read).collect()
}

/// One value: what `SQLite` stores in this schema.
#[derive(Debug, PartialEq)]
pub enum Cell<'a> {
    /// NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// TEXT; copied only where JSON had to escape it.
    Text(Cow<'a, str>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Cell<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        from.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null, a whole number or text")
    }

    fn visit_unit<E: Error>(self) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Null)
    }

    fn visit_i64<E: Error>(self, int: i64) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Int(int))
    }

    fn visit_u64<E: Error>(self, int: u64) -> std::result::Result<Cell<'de>, E> {
        i64::try_from(int).map(Cell::Int).map_err(E::custom)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Text(text.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> std::result::Result<Cell<'de>, E> {
        Ok(Cell::Text(text.to_owned().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_comes_back() {
        let text = r#"[[null,-9223372036854775808,"张\"三\n"],[1,9223372036854775807,""]]"#;
        let rows: Vec<Vec<Cell<'_>>> = serde_json::from_str(text).unwrap();
        let text = |text: &'static str| Cell::Text(text.into());
        assert_eq!(rows[0], [Cell::Null, Cell::Int(i64::MIN), text("张\"三\n")]);
        assert_eq!(rows[1], [Cell::Int(1), Cell::Int(i64::MAX), text("")]);
    }
}
