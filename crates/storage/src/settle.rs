//! Clears away what the engine still remembers of the order in which ballots came.
//!
//! `SQLite`: the write-ahead log, and the list of its pages in the `-shm` file. `PostgreSQL`: old row
//! versions, and the numbers of out-of-line values, which grow with time.
//! Not reached from here: a file system's or a disk's own remains, and on `PostgreSQL` its
//! write-ahead log (`pg_wal`, archived segments, replicas) until the server recycles it.

use sqlx::{Row as _, SqlitePool};

use crate::arg::{Arg, args};
use crate::ballot_box::BoxId;
use crate::db::Engine;
use crate::row::{Record, Row};
use crate::{Db, Result, StorageError, meta};

/// The key of the filler that pushes old page numbers out; gone when this is done.
const FILLER: &str = "settle";
/// Bytes of a block of `SQLite`'s wal-index, and pages it lists (<https://sqlite.org/walformat.html>).
const BLOCK: u64 = 32 * 1024;
const PAGES_OF_BLOCK: u64 = 4096;
/// Longest overflow page; smaller pages only make the filler longer than needed.
const PAGE: u64 = 4096;

/// Run it when a box has closed or is void and that is committed. It waits for open transactions
/// ([`StorageError::Busy`] after a while: run it again). Harmless at any time, and for other boxes.
/// On `PostgreSQL` old versions stay as long as a transaction begun before still runs: it clears
/// them the next time.
pub async fn settle(db: &Db, id: BoxId) -> Result<()> {
    match &db.engine {
        Engine::Sqlite(pool) => {
            checkpoint(pool).await?;
            forget_pages(db, pool).await?;
            checkpoint(pool).await
        }
        Engine::Pg(pool) => {
            rewrite(db, id).await?;
            let clear = if is_voting(db).await? {
                "VACUUM ballot"
            } else {
                // A new file in the order of credentials. It locks the table, so only when no room
                // is voting; the last one to close does it for all.
                "CLUSTER ballot USING ballot_pkey"
            };
            let done = sqlx::raw_sql(clear).execute(pool).await;
            done.map(drop).map_err(StorageError::from_engine)
        }
    }
}

/// Run it when a collection of opinions has closed and that is committed: clears away earlier
/// envelopes, so that not even the holder of the key file can lay them side by side.
pub async fn collections(db: &Db) -> Result<()> {
    match &db.engine {
        Engine::Sqlite(pool) => {
            checkpoint(pool).await?;
            forget_pages(db, pool).await?;
            checkpoint(pool).await
        }
        Engine::Pg(pool) => {
            let done = sqlx::raw_sql("VACUUM opinion_collection").execute(pool);
            done.await.map(drop).map_err(StorageError::from_engine)
        }
    }
}

/// Run it when texts were destroyed ([`crate::destruction::erase`]) and that is committed: the log
/// beside the file still holds the pages as they were, and `PostgreSQL` the rows.
pub async fn texts(db: &Db) -> Result<()> {
    match &db.engine {
        Engine::Sqlite(pool) => checkpoint(pool).await,
        Engine::Pg(pool) => {
            // New files without the old rows; rare, and the tables are small.
            let done = sqlx::raw_sql(
                "VACUUM FULL talk, opinion, problem_list_version, measure, speech, speech_view, \
                 criticism, feedback, publicity_objection, help_plan, help_note",
            );
            let done = done.execute(pool).await;
            done.map(drop).map_err(StorageError::from_engine)
        }
    }
}

/// Folds the log into the file and cuts it to nothing.
async fn checkpoint(pool: &SqlitePool) -> Result<()> {
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(pool)
        .await
        .map_err(StorageError::from_engine)?;
    match row
        .try_get::<i64, _>(0)
        .map_err(StorageError::from_engine)?
    {
        0 => Ok(()),
        _ => Err(StorageError::Busy),
    }
}

/// The wal-index keeps the page numbers of a log that has been cut, in the order of writing. Each
/// block is cleared when the next log reaches it: writes a log that reaches the last block.
async fn forget_pages(db: &Db, pool: &SqlitePool) -> Result<()> {
    let blocks = index_blocks(pool).await?;
    let filler = blocks.saturating_sub(1) * PAGES_OF_BLOCK * PAGE;
    let size = usize::try_from(filler).map_err(|_| StorageError::Busy)?;
    let mut tx = db.begin().await?;
    meta::set(&mut tx, FILLER, &"0".repeat(size + 1)).await?;
    tx.commit().await?;
    let mut tx = db.begin().await?;
    tx.run("DELETE FROM meta WHERE key = $1", args![FILLER])
        .await?;
    tx.commit().await
}

/// How many blocks the wal-index has; none for a database in memory.
async fn index_blocks(pool: &SqlitePool) -> Result<u64> {
    let path: String = sqlx::query_scalar("SELECT file FROM pragma_database_list WHERE seq = 0")
        .fetch_one(pool)
        .await
        .map_err(StorageError::from_engine)?;
    let found = std::fs::metadata(format!("{path}-shm"));
    Ok(found.map_or(0, |found| found.len() / BLOCK))
}

async fn is_voting(db: &Db) -> Result<bool> {
    let mut tx = db.read().await?;
    let open = tx
        .number(
            "SELECT COUNT(*) AS n FROM ballot_box WHERE state IN ('open', 'last_call')",
            [],
        )
        .await?;
    Ok(open > 0)
}

/// A row as it lies there, filling included.
struct Stored {
    credential: String,
    rest: [Arg; 4],
}

impl Record for Stored {
    fn read(row: &Row<'_>) -> Result<Self> {
        let (is_cast, content): (bool, Vec<u8>) = (row.get("is_cast")?, row.get("content")?);
        let (code, tracker): (String, String) = (row.get("code")?, row.get("tracker")?);
        Ok(Self {
            credential: row.get("credential")?,
            rest: args![is_cast, code, tracker, content],
        })
    }
}

/// Puts the rows in anew, in the order of their credentials, in one transaction. Freezing,
/// clustering or a full vacuum alone would keep every row's xmin and the numbers of its values.
async fn rewrite(db: &Db, id: BoxId) -> Result<()> {
    let mut tx = db.begin().await?;
    let mut rows: Vec<Stored> = tx
        .all(
            "SELECT credential, is_cast, code, tracker, content FROM ballot WHERE box_id = $1",
            args![id],
        )
        .await?;
    rows.sort_unstable_by(|a, b| a.credential.cmp(&b.credential));
    tx.run("DELETE FROM ballot WHERE box_id = $1", args![id])
        .await?;
    for row in rows {
        let key = args![id, row.credential];
        tx.run(
            "INSERT INTO ballot (box_id, credential, is_cast, code, tracker, content) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            key.into_iter().chain(row.rest),
        )
        .await?;
    }
    tx.commit().await
}
