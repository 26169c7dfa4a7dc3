//! Appraisal rounds of a meeting, voided ones included. // 通知 三、3

use jiff::civil::Date;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ids::{MeetingId, RoundId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A round as stored; its list, count, officials and opinions have their own modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRound {
    /// Id.
    pub id: RoundId,
    /// At which meeting.
    pub meeting_id: MeetingId,
    /// Its number there, from 1.
    pub no: u32,
    /// How far it is.
    pub state: RoundState,
    /// Why it was given up.
    pub void_reason: Option<String>,
    /// When.
    pub voided_at: Option<UnixTime>,
    /// Voters in the room when the ballots went out.
    pub present: Option<u32>,
    /// 发出票.
    pub issued: Option<u32>,
    /// 收回票.
    pub collected: Option<u32>,
    /// 无效票.
    pub invalid: Option<u32>,
    /// JSON: the notice's settings as they were for this round.
    pub settings: String,
    /// When the ballots went out; of the round, never of a ballot.
    pub opened_at: Option<UnixTime>,
    /// When they were in.
    pub closed_at: Option<UnixTime>,
    /// Day the counting sheet was signed.
    pub signed_on: Option<Date>,
}

record!(StoredRound {
    id,
    meeting_id,
    no,
    state,
    void_reason,
    voided_at,
    present,
    issued,
    collected,
    invalid,
    settings,
    opened_at,
    closed_at,
    signed_on,
});

/// One round.
pub async fn get(tx: &mut Tx, id: RoundId) -> Result<Option<StoredRound>> {
    tx.maybe(
        "SELECT id, meeting_id, no, state, void_reason, voided_at, present, issued, collected, \
         invalid, settings, opened_at, closed_at, signed_on FROM round WHERE id = $1",
        args![id],
    )
    .await
}

/// The round that counts: the newest that is not void, else the newest.
pub async fn find_current(tx: &mut Tx, meeting: MeetingId) -> Result<Option<StoredRound>> {
    tx.maybe(
        "SELECT id, meeting_id, no, state, void_reason, voided_at, present, issued, collected, \
         invalid, settings, opened_at, closed_at, signed_on FROM round WHERE meeting_id = $1 \
         ORDER BY CASE state WHEN 'voided' THEN 1 ELSE 0 END, no DESC LIMIT 1",
        args![meeting],
    )
    .await
}

/// All rounds of a meeting by number.
pub async fn list(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<StoredRound>> {
    tx.all(
        "SELECT id, meeting_id, no, state, void_reason, voided_at, present, issued, collected, \
         invalid, settings, opened_at, closed_at, signed_on FROM round WHERE meeting_id = $1 \
         ORDER BY no",
        args![meeting],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, round: &StoredRound) -> Result<()> {
    let r = round;
    tx.run(
        "INSERT INTO round (id, meeting_id, no, state, void_reason, voided_at, present, issued, \
         collected, invalid, settings, opened_at, closed_at, signed_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        args![
            r.id,
            r.meeting_id,
            r.no,
            r.state,
            r.void_reason,
            r.voided_at,
            r.present,
            r.issued,
            r.collected,
            r.invalid,
            r.settings,
            r.opened_at,
            r.closed_at,
            r.signed_on
        ],
    )
    .await
    .map(drop)
}

/// Writes everything but id, meeting and number.
pub async fn update(tx: &mut Tx, round: &StoredRound) -> Result<()> {
    let r = round;
    tx.run_one(
        "UPDATE round SET state = $2, void_reason = $3, voided_at = $4, present = $5, \
         issued = $6, collected = $7, invalid = $8, settings = $9, opened_at = $10, \
         closed_at = $11, signed_on = $12 WHERE id = $1",
        args![
            r.id,
            r.state,
            r.void_reason,
            r.voided_at,
            r.present,
            r.issued,
            r.collected,
            r.invalid,
            r.settings,
            r.opened_at,
            r.closed_at,
            r.signed_on
        ],
    )
    .await
}
