//! One row of either engine, read by column name.

use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::column::Column;
use crate::{Result, StorageError};

/// A row while it is read.
pub enum Row<'r> {
    /// From `SQLite`.
    Sqlite(&'r SqliteRow),
    /// From `PostgreSQL`.
    Pg(&'r PgRow),
}

impl Row<'_> {
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>> {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Pg(row) => row.try_get(name),
        }
        .map_err(StorageError::from_engine)
    }

    pub(crate) fn int(&self, name: &str) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Pg(row) => row.try_get(name),
        }
        .map_err(StorageError::from_engine)
    }

    pub(crate) fn get<T: Column>(&self, name: &str) -> Result<T> {
        T::get(self, name)
    }
}

/// A struct that a row fills.
pub trait Record: Sized {
    /// Reads the columns.
    fn read(row: &Row<'_>) -> Result<Self>;
}

/// Reads each field from the column of the same name (rename in the SQL with `AS`).
macro_rules! record {
    ($kind:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::row::Record for $kind {
            fn read(row: &$crate::row::Row<'_>) -> $crate::Result<Self> {
                Ok(Self { $($field: row.get(stringify!($field))?),+ })
            }
        }
    };
}

pub(crate) use record;
