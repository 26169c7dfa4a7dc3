//! The scrutineers of a ballot box: who, their public key, their part in opening the sums, and
//! their word on missing slips. No private key comes here.

use pingyi_domain::ballot_box::BoxState;
use pingyi_domain::ids::MemberId;

use crate::arg::args;
use crate::ballot_box::{self, BoxId};
use crate::row::record;
use crate::{Result, StorageError, Tx};

/// A scrutineer's slot as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoxKey {
    /// Of which box.
    pub box_id: BoxId,
    /// From 1.
    pub slot: u32,
    /// Name.
    pub name: String,
    /// Who; `None` for the superior's envoy.
    pub member_id: Option<MemberId>,
    /// Hash of the token that this scrutineer scans.
    pub token_hash: String,
    /// The public key with its proof.
    pub document: Option<String>,
    /// This scrutineer's part in opening the sums.
    pub share: Option<String>,
    /// Why the missing slips stay missing, if this scrutineer says so.
    pub missing_reason: Option<String>,
}

record!(BoxKey {
    box_id,
    slot,
    name,
    member_id,
    token_hash,
    document,
    share,
    missing_reason,
});

/// Who is to make a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scrutineer {
    /// Name.
    pub name: String,
    /// Who; `None` for the superior's envoy.
    pub member_id: Option<MemberId>,
    /// Hash of the token that this scrutineer scans.
    pub token_hash: String,
}

/// What became of something that is written once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Once {
    /// It is there now.
    Written,
    /// The same was there already: a safe repeat.
    Same,
    /// Another one was there already and stays.
    Other,
    /// The box is not where this is written.
    NotNow,
}

/// Writes the list of scrutineers anew, slots from 1; keys made before are gone. Only while keys
/// are being made.
pub async fn set(tx: &mut Tx, id: BoxId, list: &[Scrutineer]) -> Result<()> {
    if ballot_box::state(tx, id).await? != Some(BoxState::Keys) {
        return Err(StorageError::Stale);
    }
    tx.run("DELETE FROM ballot_box_key WHERE box_id = $1", args![id])
        .await?;
    for (slot, one) in (1_i64..).zip(list) {
        tx.run(
            "INSERT INTO ballot_box_key (box_id, slot, name, member_id, token_hash) \
             VALUES ($1, $2, $3, $4, $5)",
            args![id, slot, one.name, one.member_id, one.token_hash],
        )
        .await?;
    }
    Ok(())
}

/// All slots in order.
pub async fn list(tx: &mut Tx, id: BoxId) -> Result<Vec<BoxKey>> {
    tx.all(
        "SELECT box_id, slot, name, member_id, token_hash, document, share, missing_reason \
         FROM ballot_box_key WHERE box_id = $1 ORDER BY slot",
        args![id],
    )
    .await
}

/// The slot of a scanned token.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<BoxKey>> {
    tx.maybe(
        "SELECT box_id, slot, name, member_id, token_hash, document, share, missing_reason \
         FROM ballot_box_key WHERE token_hash = $1",
        args![token_hash],
    )
    .await
}

/// Keeps a scrutineer's public key, once.
pub async fn set_document(tx: &mut Tx, id: BoxId, slot: u32, document: &str) -> Result<Once> {
    let before = get(tx, id, slot).await?.document;
    let now = may(tx, id, BoxState::Keys).await?;
    let outcome = once(before.as_deref(), document, now);
    if outcome == Once::Written {
        tx.run_one(
            "UPDATE ballot_box_key SET document = $3 WHERE box_id = $1 AND slot = $2",
            args![id, slot, document],
        )
        .await?;
    }
    Ok(outcome)
}

/// Keeps a scrutineer's part in opening the sums, once; only of a closed box.
pub async fn set_share(tx: &mut Tx, id: BoxId, slot: u32, share: &str) -> Result<Once> {
    let before = get(tx, id, slot).await?.share;
    let now = may(tx, id, BoxState::Closed).await?;
    let outcome = once(before.as_deref(), share, now);
    if outcome == Once::Written {
        tx.run_one(
            "UPDATE ballot_box_key SET share = $3 WHERE box_id = $1 AND slot = $2",
            args![id, slot, share],
        )
        .await?;
    }
    Ok(outcome)
}

/// A scrutineer's word that missing slips stay missing, or takes it back; only during the vote.
pub async fn set_missing(tx: &mut Tx, id: BoxId, slot: u32, reason: Option<&str>) -> Result<()> {
    let state = ballot_box::state(tx, id).await?;
    if !state.is_some_and(BoxState::takes_ballots) {
        return Err(StorageError::Stale);
    }
    tx.run_one(
        "UPDATE ballot_box_key SET missing_reason = $3 WHERE box_id = $1 AND slot = $2",
        args![id, slot, reason],
    )
    .await
}

async fn get(tx: &mut Tx, id: BoxId, slot: u32) -> Result<BoxKey> {
    let found = tx
        .maybe(
            "SELECT box_id, slot, name, member_id, token_hash, document, share, missing_reason \
             FROM ballot_box_key WHERE box_id = $1 AND slot = $2",
            args![id, slot],
        )
        .await?;
    found.ok_or(StorageError::Stale)
}

async fn may(tx: &mut Tx, id: BoxId, needed: BoxState) -> Result<bool> {
    Ok(ballot_box::state(tx, id).await? == Some(needed))
}

/// A repeat after a lost answer is told the truth even when the box has moved on.
fn once(before: Option<&str>, new: &str, now: bool) -> Once {
    match before {
        Some(before) if before == new => Once::Same,
        Some(_) => Once::Other,
        None if now => Once::Written,
        None => Once::NotNow,
    }
}
