//! The database: which engine, and how transactions begin.

use std::sync::Arc;
use std::time::Duration;

use sqlx::{PgPool, SqlitePool};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::tx::{Conn, Tx};
use crate::{Result, StorageError, migrate, open};

/// How long a writer waits for its turn; the same for both engines' own locks.
pub(crate) const LOCK_WAIT: Duration = Duration::from_secs(20);

/// An open database with its schema up to date. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pub(crate) engine: Engine,
    /// Writers of this process queue here, fairly, instead of each holding a connection.
    turn: Arc<Mutex<()>>,
}

/// Which engine.
#[derive(Debug, Clone)]
pub(crate) enum Engine {
    Sqlite(SqlitePool),
    Pg(PgPool),
}

impl Db {
    /// Opens `sqlite:PATH`, `sqlite::memory:` or `postgres:…`, creating the file if need be,
    /// and brings the schema up to date.
    pub async fn open(url: &str) -> Result<Self> {
        let engine = if let Some(path) = url.strip_prefix("sqlite:") {
            Engine::Sqlite(open::sqlite(path).await?)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Engine::Pg(open::postgres(url).await?)
        } else {
            return Err(StorageError::BadUrl(url.to_owned()));
        };
        migrate::run(&engine).await?;
        let turn = Arc::new(Mutex::new(()));
        Ok(Self { engine, turn })
    }

    /// A transaction that may write. Only one is open at a time on either engine: what it reads
    /// stays true until it commits, and the audit chain cannot fork.
    pub async fn begin(&self) -> Result<Tx> {
        let turn = self.take_turn().await?;
        let conn = match &self.engine {
            Engine::Sqlite(pool) => pool.begin_with("BEGIN IMMEDIATE").await.map(Conn::Sqlite),
            Engine::Pg(pool) => begin_pg(pool).await.map(Conn::Pg),
        };
        Ok(Tx::writing(conn.map_err(StorageError::from_engine)?, turn))
    }

    /// A transaction for reading one consistent state; writing in it is refused.
    pub async fn read(&self) -> Result<Tx> {
        let conn = match &self.engine {
            Engine::Sqlite(pool) => pool.begin().await.map(Conn::Sqlite),
            Engine::Pg(pool) => pool
                .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .await
                .map(Conn::Pg),
        };
        conn.map(Tx::reading).map_err(StorageError::from_engine)
    }

    /// Closes all connections; `SQLite` then folds its write-ahead log into the file.
    pub async fn close(self) {
        match self.engine {
            Engine::Sqlite(pool) => pool.close().await,
            Engine::Pg(pool) => pool.close().await,
        }
    }

    async fn take_turn(&self) -> Result<OwnedMutexGuard<()>> {
        tokio::time::timeout(LOCK_WAIT, Arc::clone(&self.turn).lock_owned())
            .await
            .map_err(|_| StorageError::Busy)
    }
}

/// The head of the chain is the writers' lock between processes, as `BEGIN IMMEDIATE` is for
/// `SQLite`. Taking it first leaves no order in which two writers could block each other.
async fn begin_pg(pool: &PgPool) -> sqlx::Result<sqlx::Transaction<'static, sqlx::Postgres>> {
    let mut tx = pool.begin().await?;
    sqlx::query("SELECT seq FROM audit_head WHERE id = 1 FOR UPDATE")
        .execute(&mut *tx)
        .await?;
    Ok(tx)
}
