//! One transaction on either engine, and the four ways to run a query in it.

use sqlx::{AssertSqlSafe, Postgres, SqlSafeStr, Sqlite, Transaction};
use tokio::sync::OwnedMutexGuard;

use crate::arg::Arg;
use crate::row::{Record, Row};
use crate::{Result, StorageError, packed};

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
///
/// Writers take turns (see [`crate::Db::begin`]), so what a writer reads stays true until it commits.
pub struct Tx {
    // Rolled back before the turn below passes to the next writer.
    conn: Conn,
    turn: Option<OwnedMutexGuard<()>>,
}

pub(crate) enum Conn {
    Sqlite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

/// A query with its values bound, for whichever engine.
macro_rules! bound {
    ($sql:expr, $args:expr) => {
        $args
            .into_iter()
            .fold(sqlx::query($sql), |query, arg| match arg {
                Arg::Text(text) => query.bind(text),
                Arg::Int(int) => query.bind(int),
                Arg::Bytes(bytes) => query.bind(bytes),
            })
    };
}

impl Tx {
    pub(crate) fn reading(conn: Conn) -> Self {
        Self { conn, turn: None }
    }

    pub(crate) fn writing(conn: Conn, turn: OwnedMutexGuard<()>) -> Self {
        Self {
            conn,
            turn: Some(turn),
        }
    }

    /// Makes everything done in this transaction durable.
    pub async fn commit(self) -> Result<()> {
        match self.conn {
            Conn::Sqlite(tx) => tx.commit().await,
            Conn::Pg(tx) => tx.commit().await,
        }
        .map_err(StorageError::from_engine)
    }

    /// Whether this transaction was begun for writing.
    pub(crate) fn may_write(&self) -> bool {
        self.turn.is_some()
    }

    /// Whether the engine writes a changed row of equal size over the old one.
    pub(crate) fn overwrites(&self) -> bool {
        matches!(&self.conn, Conn::Sqlite(_))
    }

    /// Runs a change and returns how many rows it touched.
    pub(crate) async fn run(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<u64> {
        self.execute(sql, args).await
    }

    /// As [`Tx::run`], for SQL text put together from constants (multi-row inserts).
    pub(crate) async fn run_built(
        &mut self,
        sql: String,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<u64> {
        self.execute(AssertSqlSafe(sql), args).await
    }

    async fn execute(
        &mut self,
        sql: impl SqlSafeStr,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<u64> {
        if !self.may_write() {
            return Err(StorageError::ReadOnlyTransaction);
        }
        match &mut self.conn {
            Conn::Sqlite(tx) => {
                let done = bound!(sql, args).execute(&mut **tx).await;
                done.map(|done| done.rows_affected())
            }
            Conn::Pg(tx) => {
                let done = bound!(sql, args).execute(&mut **tx).await;
                done.map(|done| done.rows_affected())
            }
        }
        .map_err(StorageError::from_engine)
    }

    /// Runs a change that must touch exactly one row: else the caller's view of it is stale.
    pub(crate) async fn run_one(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<()> {
        match self.run(sql, args).await? {
            1 => Ok(()),
            _ => Err(StorageError::Stale),
        }
    }

    /// All rows.
    pub(crate) async fn all<T: Record>(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<Vec<T>> {
        match &mut self.conn {
            Conn::Sqlite(tx) => {
                let rows = bound!(sql, args).fetch_all(&mut **tx).await;
                let rows = rows.map_err(StorageError::from_engine)?;
                rows.iter().map(|row| T::read(&Row::Sqlite(row))).collect()
            }
            Conn::Pg(tx) => {
                let rows = bound!(sql, args).fetch_all(&mut **tx).await;
                let rows = rows.map_err(StorageError::from_engine)?;
                rows.iter().map(|row| T::read(&Row::Pg(row))).collect()
            }
        }
    }

    /// All rows of a list that may be long; `T` must name its columns.
    pub(crate) async fn many<T: Record>(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<Vec<T>> {
        let Conn::Sqlite(tx) = &mut self.conn else {
            return self.all(sql, args).await;
        };
        let packing = AssertSqlSafe(packed::packing::<T>(sql));
        let row = bound!(packing, args).fetch_one(&mut **tx).await;
        let row = row.map_err(StorageError::from_engine)?;
        packed::unpack(Row::Sqlite(&row).text("packed")?.unwrap_or("[]"))
    }

    /// The only row, if there is one.
    pub(crate) async fn maybe<T: Record>(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<Option<T>> {
        match &mut self.conn {
            Conn::Sqlite(tx) => {
                let row = bound!(sql, args).fetch_optional(&mut **tx).await;
                let row = row.map_err(StorageError::from_engine)?;
                row.map(|row| T::read(&Row::Sqlite(&row))).transpose()
            }
            Conn::Pg(tx) => {
                let row = bound!(sql, args).fetch_optional(&mut **tx).await;
                let row = row.map_err(StorageError::from_engine)?;
                row.map(|row| T::read(&Row::Pg(&row))).transpose()
            }
        }
    }

    /// The single number of a `SELECT … AS n`; 0 when there is no row.
    pub(crate) async fn number(
        &mut self,
        sql: &'static str,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<i64> {
        Ok(self
            .maybe::<Number>(sql, args)
            .await?
            .map_or(0, |row| row.n))
    }
}

struct Number {
    n: i64,
}

crate::row::record!(Number { n });
