//! Recomputing the whole chain.

use super::{AuditRow, GENESIS, Head, head, row_hash};
use crate::arg::args;
use crate::{Result, Tx};

/// Rows held in memory at a time.
const STEP: i64 = 1000;

/// What recomputing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Rows that were good, from the first.
    pub good: i64,
    /// The end of the chain as stored.
    pub head: Head,
    /// Where it breaks first, if anywhere.
    pub broken: Option<Break>,
}

/// The first row that does not fit, by its expected position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// This row is missing (or stands elsewhere).
    Missing(i64),
    /// This row does not point at the row before.
    Unlinked(i64),
    /// This row was altered.
    Altered(i64),
    /// The last row is not the one the head names: rows were cut off or added behind its back.
    Head(i64),
}

/// Recomputes every row, in steps, in one consistent reading.
pub async fn verify(tx: &mut Tx) -> Result<Chain> {
    let head = head(tx).await?;
    let mut walk = Walk {
        good: 0,
        hash: GENESIS.to_owned(),
    };
    let mut broken = None;
    while broken.is_none() {
        let rows = step(tx, walk.good).await?;
        if rows.is_empty() {
            break;
        }
        broken = rows.iter().find_map(|row| walk.next(row).err());
    }
    let broken = broken.or_else(|| walk.compare(&head));
    Ok(Chain {
        good: walk.good,
        head,
        broken,
    })
}

async fn step(tx: &mut Tx, after: i64) -> Result<Vec<AuditRow>> {
    tx.many(
        "SELECT seq, at, account_id, actor_name, actor_post, event, object_kind, object_id, \
         detail, prev_hash, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2",
        args![after, STEP],
    )
    .await
}

struct Walk {
    good: i64,
    hash: String,
}

impl Walk {
    fn next(&mut self, row: &AuditRow) -> std::result::Result<(), Break> {
        let expected = self.good + 1;
        if row.seq != expected {
            return Err(Break::Missing(expected));
        }
        if row.prev_hash != self.hash {
            return Err(Break::Unlinked(expected));
        }
        if row_hash(row) != row.hash {
            return Err(Break::Altered(expected));
        }
        self.good = row.seq;
        self.hash.clone_from(&row.hash);
        Ok(())
    }

    fn compare(&self, head: &Head) -> Option<Break> {
        let same = head.seq == self.good && head.hash == self.hash;
        (!same).then_some(Break::Head(self.good + 1))
    }
}
