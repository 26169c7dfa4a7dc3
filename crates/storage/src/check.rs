//! What `pingyi doctor` asks of the database.

use crate::audit::{self, Chain};
use crate::ballot_check::{self, BoxFinding};
use crate::db::Engine;
use crate::{Db, Result, StorageError, known_version};

/// What was found. Healthy: both versions equal, all lists empty, the chain unbroken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Version of the schema in the database.
    pub schema_version: i64,
    /// Version this program knows.
    pub known_version: i64,
    /// The engine's complaints about the file; `None` where the engine has its own tools
    /// (`PostgreSQL`: `pg_amcheck`).
    pub damage: Option<Vec<String>>,
    /// Rows that refer to missing rows, as `table → parent`; `None` where the engine never lets
    /// that happen.
    pub dangling: Option<Vec<String>>,
    /// What cannot be in a ballot box.
    pub boxes: Vec<BoxFinding>,
    /// The audit chain, recomputed.
    pub chain: Chain,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn healthy(&self) -> bool {
        self.schema_version == self.known_version
            && self.damage.iter().flatten().next().is_none()
            && self.dangling.iter().flatten().next().is_none()
            && self.boxes.is_empty()
            && self.chain.broken.is_none()
    }
}

/// Checks everything; reads the whole database.
pub async fn check(db: &Db) -> Result<Report> {
    let (damage, dangling) = match &db.engine {
        Engine::Sqlite(pool) => {
            let damage = complaints(pool, "PRAGMA integrity_check").await?;
            let dangling = complaints(
                pool,
                "SELECT \"table\" || ' → ' || parent FROM pragma_foreign_key_check",
            )
            .await?;
            (Some(damage), Some(dangling))
        }
        Engine::Pg(_) => (None, None),
    };
    let mut tx = db.read().await?;
    Ok(Report {
        schema_version: tx
            .number("SELECT MAX(version) AS n FROM _sqlx_migrations", [])
            .await?,
        known_version: known_version(),
        damage,
        dangling,
        boxes: ballot_check::find(&mut tx).await?,
        chain: audit::verify(&mut tx).await?,
    })
}

async fn complaints(pool: &sqlx::SqlitePool, sql: &'static str) -> Result<Vec<String>> {
    let found: Vec<String> = sqlx::query_scalar(sql)
        .fetch_all(pool)
        .await
        .map_err(StorageError::from_engine)?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}
