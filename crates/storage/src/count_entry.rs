//! What two people typed from the same counting sheet, each on their own.

use pingyi_domain::entry::Entry;
use pingyi_domain::ids::RoundId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::{Record, Row};
use crate::{Result, Tx};

/// One person's entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountEntry {
    /// 1 or 2.
    pub slot: u32,
    /// Who typed what.
    pub entry: Entry,
    /// By name.
    pub by_name: String,
    /// When it was last typed.
    pub entered_at: UnixTime,
}

impl Record for CountEntry {
    fn read(row: &Row<'_>) -> Result<Self> {
        let entry = Entry {
            by: row.get("account_id")?,
            count: row.get("content")?,
        };
        Ok(Self {
            slot: row.get("slot")?,
            entry,
            by_name: row.get("by_name")?,
            entered_at: row.get("entered_at")?,
        })
    }
}

/// A round's entries, first slot first.
pub async fn list(tx: &mut Tx, round: RoundId) -> Result<Vec<CountEntry>> {
    tx.all(
        "SELECT slot, account_id, by_name, content, entered_at FROM count_entry \
         WHERE round_id = $1 ORDER BY slot",
        args![round],
    )
    .await
}

/// Adds one; the same person in both slots is a duplicate.
pub async fn insert(tx: &mut Tx, round: RoundId, entry: &CountEntry) -> Result<()> {
    let e = entry;
    tx.run(
        "INSERT INTO count_entry (round_id, slot, account_id, by_name, content, entered_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            round,
            e.slot,
            e.entry.by,
            e.by_name,
            e.entry.count,
            e.entered_at
        ],
    )
    .await
    .map(drop)
}

/// Writes what the same person typed again.
pub async fn update(tx: &mut Tx, round: RoundId, entry: &CountEntry) -> Result<()> {
    let e = entry;
    tx.run_one(
        "UPDATE count_entry SET content = $4, entered_at = $5 \
         WHERE round_id = $1 AND slot = $2 AND account_id = $3",
        args![round, e.slot, e.entry.by, e.entry.count, e.entered_at],
    )
    .await
}

/// Throws both away, to start over.
pub async fn delete(tx: &mut Tx, round: RoundId) -> Result<()> {
    tx.run("DELETE FROM count_entry WHERE round_id = $1", args![round])
        .await
        .map(drop)
}
