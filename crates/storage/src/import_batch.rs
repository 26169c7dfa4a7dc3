//! Imports of rosters: which file, when, by whom, with what effect.

use pingyi_domain::time::UnixTime;
use uuid::Uuid;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// An import as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportBatch {
    /// Id.
    pub id: Uuid,
    /// The file's name.
    pub file_name: String,
    /// Hash of its bytes: the same file twice shows.
    pub content_hash: String,
    /// When.
    pub at: UnixTime,
    /// By whom, by name.
    pub by_name: String,
    /// JSON: how many were added, changed, moved, left.
    pub counts: String,
}

record!(ImportBatch {
    id,
    file_name,
    content_hash,
    at,
    by_name,
    counts
});

/// All imports, newest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<ImportBatch>> {
    tx.all(
        "SELECT id, file_name, content_hash, at, by_name, counts FROM import_batch \
         ORDER BY at DESC, id DESC",
        [],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, batch: &ImportBatch) -> Result<()> {
    let b = batch;
    tx.run(
        "INSERT INTO import_batch (id, file_name, content_hash, at, by_name, counts) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![b.id, b.file_name, b.content_hash, b.at, b.by_name, b.counts],
    )
    .await
    .map(drop)
}
