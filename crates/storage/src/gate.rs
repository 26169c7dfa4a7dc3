//! 四个不放过: turns at the four gates of a branch. // 通知 四、3

use pingyi_domain::gates::GateState;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// One turn: a decision of the unit, or what the branch made up for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Whose gate.
    pub branch_id: OrgId,
    /// The notice's key of the gate.
    pub gate: String,
    /// From 1, within the gate.
    pub seq: u32,
    /// Where the gate stands since.
    pub state: GateState,
    /// Reason, or what was made up for.
    pub words: String,
    /// The member a return concerns, if it is one.
    pub member_id: Option<MemberId>,
    /// By name.
    pub by_name: String,
    /// When.
    pub at: UnixTime,
}

record!(Turn {
    campaign_id,
    branch_id,
    gate,
    seq,
    state,
    words,
    member_id,
    by_name,
    at
});

/// A branch's turns, gate by gate, oldest first.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Turn>> {
    tx.all(
        "SELECT campaign_id, branch_id, gate, seq, state, words, member_id, by_name, at \
         FROM gate_turn WHERE campaign_id = $1 AND branch_id = $2 ORDER BY gate, seq",
        args![campaign, branch],
    )
    .await
}

/// The newest turn of every gate of a campaign.
pub async fn list_newest(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Turn>> {
    tx.many(
        "SELECT t.campaign_id, t.branch_id, t.gate, t.seq, t.state, t.words, t.member_id, \
         t.by_name, t.at FROM gate_turn t WHERE t.campaign_id = $1 AND t.seq = \
         (SELECT MAX(n.seq) FROM gate_turn n WHERE n.campaign_id = t.campaign_id \
         AND n.branch_id = t.branch_id AND n.gate = t.gate) ORDER BY t.branch_id, t.gate",
        args![campaign],
    )
    .await
}

/// Adds a turn; two at once with the same number are a duplicate.
pub async fn insert(tx: &mut Tx, turn: &Turn) -> Result<()> {
    let t = turn;
    tx.run(
        "INSERT INTO gate_turn (campaign_id, branch_id, gate, seq, state, words, member_id, \
         by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            t.campaign_id,
            t.branch_id,
            t.gate,
            t.seq,
            t.state,
            t.words,
            t.member_id,
            t.by_name,
            t.at
        ],
    )
    .await
    .map(drop)
}
