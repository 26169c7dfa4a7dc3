//! The steps of a box. Each asks the domain's table whether it follows; one that does not is
//! [`StorageError::Stale`], because the caller has looked before. What must hold for a step, such as
//! that all slips are accounted for, is the caller's question.

use pingyi_domain::ballot_box::BoxStep;
use pingyi_domain::time::UnixTime;

use super::{BoxId, state};
use crate::arg::args;
use crate::{Result, StorageError, Tx};

/// Fixes the ballot, once: all keys are there, and nothing of either text changes any more.
pub async fn fix_election(tx: &mut Tx, id: BoxId, election: &str, trustees: &str) -> Result<()> {
    advance(tx, id, BoxStep::FixKeys).await?;
    tx.run_one(
        "UPDATE ballot_box SET election = $2, trustees = $3 WHERE id = $1 AND election IS NULL \
         AND EXISTS (SELECT 1 FROM ballot_box_key k WHERE k.box_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM ballot_box_key k WHERE k.box_id = $1 \
         AND k.document IS NULL)",
        args![id, election, trustees],
    )
    .await
}

/// Voting begins; what a test ballot said is forgotten.
pub async fn open(tx: &mut Tx, id: BoxId, at: UnixTime) -> Result<()> {
    advance(tx, id, BoxStep::Open).await?;
    tx.run_one(
        "UPDATE ballot_box SET opened_at = $2, test = NULL WHERE id = $1",
        args![id, at],
    )
    .await
}

/// The end is announced.
pub async fn call_last(tx: &mut Tx, id: BoxId) -> Result<()> {
    advance(tx, id, BoxStep::CallLast).await
}

/// The announcement is taken back.
pub async fn resume(tx: &mut Tx, id: BoxId) -> Result<()> {
    advance(tx, id, BoxStep::Resume).await
}

/// Voting ends; a cast that has not committed by now is refused. `missing`: slips that stay out,
/// and why. Call [`crate::settle::settle`] once this is committed.
pub async fn close(
    tx: &mut Tx,
    id: BoxId,
    at: UnixTime,
    missing: Option<(u32, &str)>,
) -> Result<()> {
    advance(tx, id, BoxStep::Close).await?;
    let (count, reason) = missing.unzip();
    tx.run_one(
        "UPDATE ballot_box SET closed_at = $2, missing = $3, missing_reason = $4 WHERE id = $1",
        args![id, at, count, reason],
    )
    .await
}

/// The sums are opened; the archive that says so has been kept before.
pub async fn count(tx: &mut Tx, id: BoxId) -> Result<()> {
    advance(tx, id, BoxStep::Count).await
}

/// Gives the box up. Nothing in it is touched.
pub async fn void(tx: &mut Tx, id: BoxId, reason: &str, at: UnixTime) -> Result<()> {
    advance(tx, id, BoxStep::Void).await?;
    tx.run_one(
        "UPDATE ballot_box SET void_reason = $2, voided_at = $3 WHERE id = $1",
        args![id, reason, at],
    )
    .await
}

/// Takes a step of the domain's table. Writers take turns, so what is read here is still true
/// when it is written.
pub(crate) async fn advance(tx: &mut Tx, id: BoxId, step: BoxStep) -> Result<()> {
    let from = state(tx, id).await?.ok_or(StorageError::Stale)?;
    let to = from.advance(step).map_err(|_| StorageError::Stale)?;
    tx.run_one(
        "UPDATE ballot_box SET state = $2 WHERE id = $1 AND state = $3",
        args![id, to, from],
    )
    .await
}
