//! A box beside which some voters take paper sheets: the sheets by number, and the opened sums kept
//! until the sheets are counted too. No row here is a sheet or a ballot.

use pingyi_domain::ballot_box::BoxState;

use super::{BoxId, state};
use crate::arg::args;
use crate::{Result, StorageError, Tx};

/// How many sheets were handed out; said when voting begins.
pub async fn set_paper(tx: &mut Tx, id: BoxId, issued: u32) -> Result<()> {
    must_be(tx, id, &[BoxState::Open]).await?;
    tx.run_one(
        "UPDATE ballot_box SET paper = $2 WHERE id = $1 AND paper IS NULL",
        args![id, issued],
    )
    .await
}

/// How many came back; counted after voting, and corrected until somebody types their marks.
pub async fn set_paper_collected(tx: &mut Tx, id: BoxId, collected: u32) -> Result<()> {
    must_be(tx, id, &[BoxState::Closed, BoxState::Counted]).await?;
    tx.run_one(
        "UPDATE ballot_box SET paper_collected = $2 WHERE id = $1 AND paper IS NOT NULL",
        args![id, collected],
    )
    .await
}

/// The opened sums, once.
pub async fn set_sums(tx: &mut Tx, id: BoxId, sums: &str) -> Result<()> {
    must_be(tx, id, &[BoxState::Counted]).await?;
    tx.run_one(
        "UPDATE ballot_box SET sums = $2 WHERE id = $1 AND sums IS NULL",
        args![id, sums],
    )
    .await
}

async fn must_be(tx: &mut Tx, id: BoxId, wanted: &[BoxState]) -> Result<()> {
    match state(tx, id).await? {
        Some(now) if wanted.contains(&now) => Ok(()),
        _ => Err(StorageError::Stale),
    }
}
