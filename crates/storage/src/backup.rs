//! A copy of the database while it is in use.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::db::Engine;
use crate::{Db, Result, StorageError, open};

/// Copies an SQLite database to a new file that only its owner may read, and checks the copy.
/// `PostgreSQL` has its own tool: [`StorageError::UsePgDump`].
pub async fn to_file(db: &Db, path: &Path) -> Result<()> {
    let Engine::Sqlite(pool) = &db.engine else {
        return Err(StorageError::UsePgDump);
    };
    let name = path.display().to_string();
    if path.exists() {
        return Err(StorageError::TargetExists(name));
    }
    // VACUUM INTO accepts an empty file, so the copy never has a wider mode.
    open::create(path).map_err(|error| open::from_io(&name, &error))?;
    let copied = copy(pool, path, &name).await;
    if copied.is_err() {
        // The first error is the one worth telling.
        drop(std::fs::remove_file(path));
    }
    copied
}

async fn copy(pool: &sqlx::SqlitePool, path: &Path, name: &str) -> Result<()> {
    sqlx::query("VACUUM INTO $1")
        .bind(name)
        .execute(pool)
        .await
        .map_err(StorageError::from_engine)?;
    let found = integrity(path).await.map_err(StorageError::from_engine)?;
    if found != ["ok"] {
        return Err(StorageError::BadCopy(found.join("; ")));
    }
    let synced = std::fs::File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| open::from_io(name, &error))
}

async fn integrity(path: &Path) -> sqlx::Result<Vec<String>> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = options.connect().await?;
    let found = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    Ok(found)
}
