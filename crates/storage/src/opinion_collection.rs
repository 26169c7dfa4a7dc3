//! Unsigned collections: opinions in one sealed envelope until the collection closes.
//!
//! Why an envelope and no rows is told in migrations/0006_study_and_opinions.sql. Sealing is the
//! caller's: this file sees only bytes. Giving writes no row of the audit log: it would be timed.

use jiff::civil::Date;
use pingyi_domain::ids::{ActivityId, CampaignId, OrgId};
use pingyi_domain::opinion::{CollectionState, Given};

use crate::arg::args;
use crate::column::states;
use crate::row::record;
use crate::{Result, Tx, opinion};

states!(CollectionState);

/// A collection as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The activity it belongs to.
    pub activity_id: ActivityId,
    /// Where it is.
    pub state: CollectionState,
    /// Hash of the token in its address.
    pub token_hash: String,
    /// Last day on which opinions are taken.
    pub last_day: Date,
    /// Day it was closed.
    pub closed_on: Option<Date>,
    /// How many opinions came in.
    pub received: u32,
    /// All of them, sealed; empty before the first and after closing.
    pub envelope: Vec<u8>,
}

record!(Collection {
    activity_id,
    state,
    token_hash,
    last_day,
    closed_on,
    received,
    envelope
});

/// One collection.
pub async fn get(tx: &mut Tx, activity: ActivityId) -> Result<Option<Collection>> {
    tx.maybe(
        "SELECT * FROM opinion_collection WHERE activity_id = $1",
        args![activity],
    )
    .await
}

/// The collection of an address.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<Collection>> {
    tx.maybe(
        "SELECT * FROM opinion_collection WHERE token_hash = $1",
        args![token_hash],
    )
    .await
}

/// A branch's collections.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Collection>> {
    tx.all(
        "SELECT c.* FROM opinion_activity a JOIN opinion_collection c ON c.activity_id = a.id \
         WHERE a.campaign_id = $1 AND a.branch_id = $2 ORDER BY a.held_on, a.id",
        args![campaign, branch],
    )
    .await
}

/// Opens one.
pub async fn insert(
    tx: &mut Tx,
    activity: ActivityId,
    token_hash: &str,
    last_day: Date,
) -> Result<()> {
    tx.run(
        "INSERT INTO opinion_collection (activity_id, state, token_hash, last_day, closed_on, \
         received, envelope) VALUES ($1, 'collecting', $2, $3, NULL, 0, $4)",
        args![activity, token_hash, last_day, Vec::<u8>::new()],
    )
    .await
    .map(drop)
}

/// Puts the envelope with one more opinion in the place of the one before. Writers take turns
/// ([`crate::Db::begin`]), so the envelope read in `tx` is still the one there.
pub async fn receive(
    tx: &mut Tx,
    activity: ActivityId,
    envelope: Vec<u8>,
    received: u32,
) -> Result<()> {
    tx.run_one(
        "UPDATE opinion_collection SET envelope = $2, received = $3 \
         WHERE activity_id = $1 AND state = 'collecting' AND received = $4",
        args![activity, envelope, received, received.saturating_sub(1)],
    )
    .await
}

/// Closes it for good: the envelope is emptied into rows, in the order of their random ids.
pub async fn close(tx: &mut Tx, activity: ActivityId, today: Date, opened: &[Given]) -> Result<()> {
    tx.run_one(
        "UPDATE opinion_collection SET state = 'closed', closed_on = $2, envelope = $3 \
         WHERE activity_id = $1 AND state = 'collecting'",
        args![activity, today, Vec::<u8>::new()],
    )
    .await?;
    opinion::insert(tx, activity, opened).await
}
