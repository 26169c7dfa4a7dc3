//! One row of either engine, read by column name.

use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::column::{Column, bad_value};
use crate::packed::Cell;
use crate::{Result, StorageError};

/// A row while it is read.
pub enum Row<'r> {
    /// From `SQLite`.
    Sqlite(&'r SqliteRow),
    /// From `PostgreSQL`.
    Pg(&'r PgRow),
    /// From a packed list: column names and values.
    Packed(&'static [&'static str], &'r [Cell<'r>]),
}

impl Row<'_> {
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>> {
        match self {
            Self::Sqlite(row) => row.try_get(name).map_err(StorageError::from_engine),
            Self::Pg(row) => row.try_get(name).map_err(StorageError::from_engine),
            Self::Packed(columns, cells) => match cell(columns, cells, name)? {
                Cell::Null => Ok(None),
                Cell::Text(text) => Ok(Some(text)),
                Cell::Int(int) => Err(bad_value(name, int.to_string())),
            },
        }
    }

    pub(crate) fn int(&self, name: &str) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(row) => row.try_get(name).map_err(StorageError::from_engine),
            Self::Pg(row) => row.try_get(name).map_err(StorageError::from_engine),
            Self::Packed(columns, cells) => match cell(columns, cells, name)? {
                Cell::Null => Ok(None),
                Cell::Int(int) => Ok(Some(*int)),
                Cell::Text(text) => Err(bad_value(name, text.as_ref())),
            },
        }
    }

    pub(crate) fn bytes(&self, name: &str) -> Result<Option<&[u8]>> {
        match self {
            Self::Sqlite(row) => row.try_get(name).map_err(StorageError::from_engine),
            Self::Pg(row) => row.try_get(name).map_err(StorageError::from_engine),
            // JSON has no bytes: lists with such a column are read with `Tx::all`.
            Self::Packed(..) => Err(bad_value(name, "bytes in a packed list")),
        }
    }

    pub(crate) fn get<T: Column>(&self, name: &str) -> Result<T> {
        T::get(self, name)
    }
}

fn cell<'r>(columns: &[&str], cells: &'r [Cell<'r>], name: &str) -> Result<&'r Cell<'r>> {
    let at = columns.iter().position(|column| *column == name);
    at.and_then(|at| cells.get(at))
        .ok_or_else(|| bad_value(name, "no such column"))
}

/// A struct that a row fills.
pub trait Record: Sized {
    /// The columns it reads; empty where it is never read from a packed list.
    const COLUMNS: &'static [&'static str] = &[];

    /// Reads the columns.
    fn read(row: &Row<'_>) -> Result<Self>;
}

/// Reads each field from the column of the same name (rename in the SQL with `AS`).
macro_rules! record {
    ($kind:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::row::Record for $kind {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];

            fn read(row: &$crate::row::Row<'_>) -> $crate::Result<Self> {
                Ok(Self { $($field: row.get(stringify!($field))?),+ })
            }
        }
    };
}

pub(crate) use record;
