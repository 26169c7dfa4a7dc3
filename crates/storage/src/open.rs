//! Opening a database file or server, with the settings the ledger needs.

use std::io::ErrorKind;
use std::path::Path;
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, PgPool, SqlitePool};

use crate::db::LOCK_WAIT;
use crate::{Result, StorageError};

/// Readers beside the one writer; more than cores, because some wait for the disk.
const CONNECTIONS: u32 = 8;
/// More than the number of different queries in this crate.
const STATEMENTS: usize = 256;

pub(crate) async fn sqlite(path: &str) -> Result<SqlitePool> {
    let path = path.trim_start_matches("//");
    if path == ":memory:" {
        return memory().await;
    }
    create(Path::new(path)).map_err(|error| from_io(path, &error))?;
    let options = settings(SqliteConnectOptions::new().filename(path))
        .journal_mode(SqliteJournalMode::Wal)
        // A saved entry survives a power cut.
        .synchronous(SqliteSynchronous::Full);
    SqlitePoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(LOCK_WAIT)
        .connect_with(options)
        .await
        .map_err(StorageError::from_engine)
}

/// One connection that is never closed: an in-memory database lives and dies with it.
async fn memory() -> Result<SqlitePool> {
    SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(LOCK_WAIT)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(settings(SqliteConnectOptions::new().in_memory(true)))
        .await
        .map_err(StorageError::from_engine)
}

fn settings(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .foreign_keys(true)
        .busy_timeout(LOCK_WAIT)
        .statement_cache_capacity(STATEMENTS)
        // What is deleted is gone from the file, not only from its lists.
        .pragma("secure_delete", "on")
        // A campaign of the design size fits: its pages are not read from the file again.
        .pragma("cache_size", "-32768")
        // The text of a cast's statement in a log would tell when it came.
        .disable_statement_logging()
}

pub(crate) async fn postgres(url: &str) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StorageError::BadUrl(without_password(url)))?
        .statement_cache_capacity(STATEMENTS)
        .options([("lock_timeout", "20s")])
        .disable_statement_logging();
    // A pool would try a silent server again until its time is up: ask once, answer at once.
    let connection = options.connect().await.map_err(StorageError::from_engine)?;
    connection
        .close()
        .await
        .map_err(StorageError::from_engine)?;
    Ok(PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(LOCK_WAIT)
        .connect_lazy_with(options))
}

/// Addresses may carry a password, which must not reach a message.
fn without_password(url: &str) -> String {
    url.rsplit_once('@').map_or_else(
        || url.to_owned(),
        |(_, host)| format!("postgres://…@{host}"),
    )
}

/// Creates folder and file so that only their owner may read them; `SQLite` gives its
/// side files the same mode.
pub(crate) fn create(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        private_folder().create(folder)?;
    }
    private_file().open(path).map(drop)
}

fn private_folder() -> std::fs::DirBuilder {
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder
}

fn private_file() -> std::fs::OpenOptions {
    let mut file = std::fs::OpenOptions::new();
    file.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file
}

pub(crate) fn from_io(path: &str, error: &std::io::Error) -> StorageError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            StorageError::ReadOnly(path.to_owned())
        }
        ErrorKind::StorageFull => StorageError::DiskFull,
        _ => StorageError::CannotConnect(format!("{path}: {error}")),
    }
}
