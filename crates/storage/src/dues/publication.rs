//! That a year's collection was made known to the branch, and what was taken back.

use pingyi_domain::dues::PublicationState;
use pingyi_domain::ids::OrgId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A publication as stored; none is ever deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// To which branch.
    pub branch_id: OrgId,
    /// Of which year.
    pub year: u32,
    /// Which one of that year, from 1.
    pub no: u32,
    /// In force or taken back.
    pub state: PublicationState,
    /// By whom.
    pub published_by: String,
    /// When.
    pub published_at: UnixTime,
    /// Who took it back.
    pub withdrawn_by: Option<String>,
    /// When.
    pub withdrawn_at: Option<UnixTime>,
    /// Why.
    pub reason: Option<String>,
    /// The table as members saw it last, as JSON; kept when it is taken back.
    pub shown: Option<String>,
}

record!(Publication {
    branch_id,
    year,
    no,
    state,
    published_by,
    published_at,
    withdrawn_by,
    withdrawn_at,
    reason,
    shown
});

/// All of a branch, newest first.
pub async fn list(tx: &mut Tx, branch: OrgId) -> Result<Vec<Publication>> {
    tx.all(
        "SELECT branch_id, year, no, state, published_by, published_at, withdrawn_by, \
         withdrawn_at, reason, shown FROM dues_posting WHERE branch_id = $1 \
         ORDER BY year DESC, no DESC",
        args![branch],
    )
    .await
}

/// Adds one; a number is given once.
pub async fn insert(tx: &mut Tx, publication: &Publication) -> Result<()> {
    let p = publication;
    tx.run(
        "INSERT INTO dues_posting (branch_id, year, no, state, published_by, published_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            p.branch_id,
            p.year,
            p.no,
            p.state,
            p.published_by,
            p.published_at
        ],
    )
    .await
    .map(drop)
}

/// Writes that it was taken back, by whom, when, why, and what members had seen.
pub async fn withdraw(tx: &mut Tx, publication: &Publication) -> Result<()> {
    let p = publication;
    tx.run_one(
        "UPDATE dues_posting SET state = $4, withdrawn_by = $5, withdrawn_at = $6, reason = $7, \
         shown = $8 WHERE branch_id = $1 AND year = $2 AND no = $3 AND withdrawn_at IS NULL",
        args![
            p.branch_id,
            p.year,
            p.no,
            p.state,
            p.withdrawn_by,
            p.withdrawn_at,
            p.reason,
            p.shown
        ],
    )
    .await
}
