//! That a year's collection was made known to the branch.

use pingyi_domain::ids::OrgId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A publication as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// To which branch.
    pub branch_id: OrgId,
    /// Of which year.
    pub year: u32,
    /// By whom.
    pub published_by: String,
    /// When.
    pub published_at: UnixTime,
}

record!(Publication {
    branch_id,
    year,
    published_by,
    published_at
});

/// All of a branch, newest year first.
pub async fn list(tx: &mut Tx, branch: OrgId) -> Result<Vec<Publication>> {
    tx.all(
        "SELECT branch_id, year, published_by, published_at FROM dues_publication \
         WHERE branch_id = $1 ORDER BY year DESC",
        args![branch],
    )
    .await
}

/// Adds one; a year is published once.
pub async fn insert(tx: &mut Tx, publication: &Publication) -> Result<()> {
    let p = publication;
    tx.run(
        "INSERT INTO dues_publication (branch_id, year, published_by, published_at) \
         VALUES ($1, $2, $3, $4)",
        args![p.branch_id, p.year, p.published_by, p.published_at],
    )
    .await
    .map(drop)
}
