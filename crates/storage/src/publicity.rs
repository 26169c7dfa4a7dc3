//! 公示 of a branch's results and the objections that came. // 通知 三、3

use jiff::civil::Date;
use pingyi_domain::ids::{AccountId, CampaignId, OrgId, PublicityId, RoundId};
use pingyi_domain::results::PublicityState;
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::column::{ids, states};
use crate::row::record;
use crate::{Result, Tx};

ids!(PublicityId);
states!(PublicityState);

/// A public notice as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publicity {
    /// Id.
    pub id: PublicityId,
    /// For which campaign.
    pub campaign_id: CampaignId,
    /// Whose.
    pub branch_id: OrgId,
    /// Of which round.
    pub round_id: RoundId,
    /// Its number in the branch, from 1.
    pub no: u32,
    /// How far it is.
    pub state: PublicityState,
    /// Where it hangs.
    pub scope: String,
    /// Words before the list.
    pub opening: String,
    /// Where objections go.
    pub channel: String,
    /// First day.
    pub from_on: Date,
    /// Last day.
    pub to_on: Date,
    /// Who wrote or last changed it.
    pub drafted_by: AccountId,
    /// Their name.
    pub drafted_by_name: String,
    /// When.
    pub drafted_at: UnixTime,
    /// Who approved it.
    pub approved_by: Option<AccountId>,
    /// Their name.
    pub approved_by_name: Option<String>,
    /// When.
    pub approved_at: Option<UnixTime>,
    /// When its posting was entered.
    pub posted_at: Option<UnixTime>,
    /// When its end was entered.
    pub ended_at: Option<UnixTime>,
    /// When it was taken back.
    pub withdrawn_at: Option<UnixTime>,
    /// Why.
    pub withdrawn_reason: Option<String>,
    /// JSON of the notice as approved.
    pub snapshot: Option<String>,
}

record!(Publicity {
    id,
    campaign_id,
    branch_id,
    round_id,
    no,
    state,
    scope,
    opening,
    channel,
    from_on,
    to_on,
    drafted_by,
    drafted_by_name,
    drafted_at,
    approved_by,
    approved_by_name,
    approved_at,
    posted_at,
    ended_at,
    withdrawn_at,
    withdrawn_reason,
    snapshot,
});

/// A branch's notices, oldest first.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Publicity>> {
    tx.all(
        "SELECT id, campaign_id, branch_id, round_id, no, state, scope, opening, channel, \
         from_on, to_on, drafted_by, drafted_by_name, drafted_at, approved_by, approved_by_name, \
         approved_at, posted_at, ended_at, withdrawn_at, withdrawn_reason, snapshot \
         FROM publicity WHERE campaign_id = $1 AND branch_id = $2 ORDER BY no",
        args![campaign, branch],
    )
    .await
}

/// Adds one; the number is taken once.
pub async fn insert(tx: &mut Tx, p: &Publicity) -> Result<()> {
    tx.run(
        "INSERT INTO publicity (id, campaign_id, branch_id, round_id, no, state, scope, opening, \
         channel, from_on, to_on, drafted_by, drafted_by_name, drafted_at, approved_by, \
         approved_by_name, approved_at, posted_at, ended_at, withdrawn_at, withdrawn_reason, \
         snapshot) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
         $16, $17, $18, $19, $20, $21, $22)",
        columns(p),
    )
    .await
    .map(drop)
}

/// Writes everything of one anew.
pub async fn update(tx: &mut Tx, p: &Publicity) -> Result<()> {
    tx.run_one(
        "UPDATE publicity SET campaign_id = $2, branch_id = $3, round_id = $4, no = $5, \
         state = $6, scope = $7, opening = $8, channel = $9, from_on = $10, to_on = $11, \
         drafted_by = $12, drafted_by_name = $13, drafted_at = $14, approved_by = $15, \
         approved_by_name = $16, approved_at = $17, posted_at = $18, ended_at = $19, \
         withdrawn_at = $20, withdrawn_reason = $21, snapshot = $22 WHERE id = $1",
        columns(p),
    )
    .await
}

fn columns(p: &Publicity) -> [Arg; 22] {
    args![
        p.id,
        p.campaign_id,
        p.branch_id,
        p.round_id,
        p.no,
        p.state,
        p.scope,
        p.opening,
        p.channel,
        p.from_on,
        p.to_on,
        p.drafted_by,
        p.drafted_by_name,
        p.drafted_at,
        p.approved_by,
        p.approved_by_name,
        p.approved_at,
        p.posted_at,
        p.ended_at,
        p.withdrawn_at,
        p.withdrawn_reason,
        p.snapshot
    ]
}

/// An objection to a public notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicityObjection {
    /// Position, from 1.
    pub seq: u32,
    /// On which day it came.
    pub received_on: Date,
    /// What it says; `None` after its term.
    pub content: Option<String>,
    /// When it was answered.
    pub handled_on: Option<Date>,
    /// How.
    pub handling: Option<String>,
    /// By whom.
    pub handled_by: Option<String>,
}

record!(PublicityObjection {
    seq,
    received_on,
    content,
    handled_on,
    handling,
    handled_by
});

/// A notice's objections in the order they were entered.
pub async fn objections(tx: &mut Tx, id: PublicityId) -> Result<Vec<PublicityObjection>> {
    tx.all(
        "SELECT seq, received_on, content, handled_on, handling, handled_by \
         FROM publicity_objection WHERE publicity_id = $1 ORDER BY seq",
        args![id],
    )
    .await
}

struct Place {
    branch_id: OrgId,
}

record!(Place { branch_id });

/// Branches of a campaign with an objection to a notice that has no answer.
pub async fn list_unanswered(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<OrgId>> {
    let found: Vec<Place> = tx
        .all(
            "SELECT DISTINCT p.branch_id FROM publicity p \
             JOIN publicity_objection o ON o.publicity_id = p.id \
             WHERE p.campaign_id = $1 AND o.handled_on IS NULL",
            args![campaign],
        )
        .await?;
    Ok(found.into_iter().map(|row| row.branch_id).collect())
}

/// Adds one.
pub async fn add_objection(tx: &mut Tx, id: PublicityId, o: &PublicityObjection) -> Result<()> {
    tx.run(
        "INSERT INTO publicity_objection (publicity_id, seq, received_on, content, handled_on, \
         handling, handled_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            id,
            o.seq,
            o.received_on,
            o.content,
            o.handled_on,
            o.handling,
            o.handled_by
        ],
    )
    .await
    .map(drop)
}

/// Notes the answer to one that has none.
pub async fn handle_objection(
    tx: &mut Tx,
    id: PublicityId,
    seq: u32,
    (on, handling, by): (Date, &str, &str),
) -> Result<()> {
    tx.run_one(
        "UPDATE publicity_objection SET handled_on = $3, handling = $4, handled_by = $5 \
         WHERE publicity_id = $1 AND seq = $2 AND handled_on IS NULL",
        args![id, seq, on, handling, by],
    )
    .await
}
