//! Brings the schema up to date. Migrations are embedded and append-only.

use sqlx::migrate::{MigrateError, Migrator};

use crate::db::Engine;
use crate::{Result, StorageError};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Newest schema version this program knows.
pub fn known_version() -> i64 {
    MIGRATIONS
        .iter()
        .map(|step| step.version)
        .max()
        .unwrap_or(0)
}

pub(crate) async fn run(engine: &Engine) -> Result<()> {
    match engine {
        Engine::Sqlite(pool) => MIGRATIONS.run(pool).await,
        Engine::Pg(pool) => MIGRATIONS.run(pool).await,
    }
    .map_err(from_migrate)
}

fn from_migrate(error: MigrateError) -> StorageError {
    match error {
        MigrateError::VersionMissing(found) => StorageError::NewerDatabase {
            found,
            known: known_version(),
        },
        MigrateError::VersionMismatch(version) | MigrateError::Dirty(version) => {
            StorageError::ChangedMigration(version)
        }
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            StorageError::from_engine(error)
        }
        other => StorageError::Engine(sqlx::Error::Migrate(Box::new(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First eight bytes of each migration's checksum. A released migration never changes:
    /// add a new file instead.
    const CHECKSUMS: &[(i64, &str)] = &[
        (1, "349ae4b9ebb81cd5"),
        (2, "93a5a58c65489b7d"),
        (3, "7caa9235731608f9"),
        (4, "1e8b02b55dc6be58"),
        (5, "661e7f9325d1439b"),
        (6, "2c6714a0c1f3dafe"),
        (7, "c5f924d3dce2103b"),
        (8, "9cb0fa8ddfdc1e07"),
        (9, "1103f4ef0b4ea2f0"),
        (10, "558272f1f132de19"),
        (11, "31042ffe64d13631"),
        (12, "4a53d121c207a606"),
        (13, "d1522588275f07a8"),
        (14, "12dc23e1cab0648a"),
        (15, "cb541f72eadd1712"),
        (16, "a6f568cc7ff5c78a"),
        (17, "9a0044ac25506157"),
        (18, "cc2d821b775536bb"),
    ];

    #[test]
    fn released_migrations_have_not_changed() {
        let found: Vec<(i64, String)> = MIGRATIONS
            .iter()
            .map(|step| (step.version, hex::encode(&step.checksum[..8])))
            .collect();
        let pinned: Vec<(i64, String)> = CHECKSUMS
            .iter()
            .map(|(version, sum)| (*version, (*sum).to_owned()))
            .collect();
        assert_eq!(found, pinned);
    }
}
