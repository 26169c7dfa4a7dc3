//! Checks by the supervision team. // 通知 四、4

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, CheckId, DrawId, OrgId, SupervisorId};
use pingyi_domain::supervision::{CheckMode, CheckState};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotCheck {
    /// Id.
    pub id: CheckId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Of whom.
    pub branch_id: OrgId,
    /// How.
    pub mode: CheckMode,
    /// Where it stands.
    pub state: CheckState,
    /// When it took place.
    pub checked_on: Date,
    /// The draw that chose the branch.
    pub draw_id: Option<DrawId>,
    /// JSON array of pairs: question, answer.
    pub answers: String,
    /// What was found.
    pub finding: String,
    /// What is demanded; empty for nothing.
    pub demand: String,
    /// Last day of the demand.
    pub due_on: Option<Date>,
    /// What the unit did about it.
    pub reply: String,
    /// By name.
    pub replied_by: Option<String>,
    /// When.
    pub replied_at: Option<UnixTime>,
    /// Words at the close.
    pub closing: String,
    /// By name.
    pub closed_by: Option<String>,
    /// When.
    pub closed_at: Option<UnixTime>,
    /// Who entered it, by name.
    pub entered_by: String,
    /// When.
    pub entered_at: UnixTime,
}

record!(SpotCheck {
    id,
    campaign_id,
    branch_id,
    mode,
    state,
    checked_on,
    draw_id,
    answers,
    finding,
    demand,
    due_on,
    reply,
    replied_by,
    replied_at,
    closing,
    closed_by,
    closed_at,
    entered_by,
    entered_at
});

/// One check.
pub async fn get(tx: &mut Tx, id: CheckId) -> Result<Option<SpotCheck>> {
    tx.maybe("SELECT * FROM spot_check WHERE id = $1", args![id])
        .await
}

/// All checks of a campaign, newest first.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<SpotCheck>> {
    tx.all(
        "SELECT * FROM spot_check WHERE campaign_id = $1 ORDER BY checked_on DESC, id DESC",
        args![campaign],
    )
    .await
}

/// Names of those who checked, in the team's order.
pub async fn checkers(tx: &mut Tx, check: CheckId) -> Result<Vec<String>> {
    let rows: Vec<Name> = tx
        .all(
            "SELECT s.name FROM spot_checker c JOIN supervisor s ON s.id = c.supervisor_id \
             WHERE c.check_id = $1 ORDER BY s.id",
            args![check],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

struct Name {
    name: String,
}

record!(Name { name });

/// Adds one with those who checked.
pub async fn insert(tx: &mut Tx, check: &SpotCheck, checkers: &[SupervisorId]) -> Result<()> {
    let c = check;
    tx.run(
        "INSERT INTO spot_check (id, campaign_id, branch_id, mode, state, checked_on, draw_id, \
         answers, finding, demand, due_on, reply, replied_by, replied_at, closing, closed_by, \
         closed_at, entered_by, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
         $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        args![
            c.id,
            c.campaign_id,
            c.branch_id,
            c.mode,
            c.state,
            c.checked_on,
            c.draw_id,
            c.answers,
            c.finding,
            c.demand,
            c.due_on,
            c.reply,
            c.replied_by,
            c.replied_at,
            c.closing,
            c.closed_by,
            c.closed_at,
            c.entered_by,
            c.entered_at
        ],
    )
    .await?;
    for one in checkers {
        tx.run(
            "INSERT INTO spot_checker (check_id, supervisor_id) VALUES ($1, $2)",
            args![c.id, one],
        )
        .await?;
    }
    Ok(())
}

/// Writes demand, reply and close, if the check is still where the caller saw it.
pub async fn update(tx: &mut Tx, check: &SpotCheck, was: CheckState) -> Result<()> {
    let c = check;
    tx.run_one(
        "UPDATE spot_check SET state = $3, finding = $4, demand = $5, due_on = $6, reply = $7, \
         replied_by = $8, replied_at = $9, closing = $10, closed_by = $11, closed_at = $12 \
         WHERE id = $1 AND state = $2",
        args![
            c.id,
            was,
            c.state,
            c.finding,
            c.demand,
            c.due_on,
            c.reply,
            c.replied_by,
            c.replied_at,
            c.closing,
            c.closed_by,
            c.closed_at
        ],
    )
    .await
}
