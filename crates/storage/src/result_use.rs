//! Use of results: praise of the advanced, help for the backward. // 通知 三、3

use jiff::civil::Date;
use pingyi_domain::ids::RoundId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A commendation of one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commendation {
    /// The member's position in the round's list.
    pub seq: u32,
    /// In what manner, e.g. 支部大会表扬.
    pub manner: String,
    /// For what.
    pub reason: String,
    /// On which day.
    pub given_on: Date,
    /// When it was entered.
    pub entered_at: UnixTime,
}

record!(Commendation {
    seq,
    manner,
    reason,
    given_on,
    entered_at
});

/// A round's commendations in the list's order.
pub async fn commendations(tx: &mut Tx, round: RoundId) -> Result<Vec<Commendation>> {
    tx.all(
        "SELECT seq, manner, reason, given_on, entered_at FROM commendation \
         WHERE round_id = $1 ORDER BY seq",
        args![round],
    )
    .await
}

/// Writes one, in place of an earlier one of the same member.
pub async fn commend(tx: &mut Tx, round: RoundId, c: &Commendation) -> Result<()> {
    withdraw_commendation(tx, round, c.seq).await?;
    tx.run(
        "INSERT INTO commendation (round_id, seq, manner, reason, given_on, entered_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![round, c.seq, c.manner, c.reason, c.given_on, c.entered_at],
    )
    .await
    .map(drop)
}

/// Takes one back that was entered by mistake.
pub async fn withdraw_commendation(tx: &mut Tx, round: RoundId, seq: u32) -> Result<()> {
    tx.run(
        "DELETE FROM commendation WHERE round_id = $1 AND seq = $2",
        args![round, seq],
    )
    .await
    .map(drop)
}

/// Nobody is praised this time, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    /// Why.
    pub reason: String,
    /// On which day it was noted.
    pub noted_on: Date,
}

record!(Declined { reason, noted_on });

/// Whether a round's branch noted that.
pub async fn declined(tx: &mut Tx, round: RoundId) -> Result<Option<Declined>> {
    tx.maybe(
        "SELECT reason, noted_on FROM commendation_declined WHERE round_id = $1",
        args![round],
    )
    .await
}

/// Notes it anew, or takes it back.
pub async fn set_declined(tx: &mut Tx, round: RoundId, note: Option<&Declined>) -> Result<()> {
    tx.run(
        "DELETE FROM commendation_declined WHERE round_id = $1",
        args![round],
    )
    .await?;
    if let Some(note) = note {
        tx.run(
            "INSERT INTO commendation_declined (round_id, reason, noted_on) VALUES ($1, $2, $3)",
            args![round, note.reason, note.noted_on],
        )
        .await?;
    }
    Ok(())
}

/// Help for one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpPlan {
    /// The member's position in the round's list.
    pub seq: u32,
    /// Who helps.
    pub helper: String,
    /// How; `None` after its term.
    pub measures: Option<String>,
    /// Since which day.
    pub started_on: Date,
    /// When it was entered.
    pub entered_at: UnixTime,
}

record!(HelpPlan {
    seq,
    helper,
    measures,
    started_on,
    entered_at
});

/// A round's help plans in the list's order.
pub async fn help_plans(tx: &mut Tx, round: RoundId) -> Result<Vec<HelpPlan>> {
    tx.all(
        "SELECT seq, helper, measures, started_on, entered_at FROM help_plan \
         WHERE round_id = $1 ORDER BY seq",
        args![round],
    )
    .await
}

/// Writes one; a member's earlier plan is changed, its notes stay.
pub async fn help(tx: &mut Tx, round: RoundId, plan: &HelpPlan) -> Result<()> {
    let changed = tx
        .run(
            "UPDATE help_plan SET helper = $3, measures = $4, started_on = $5, entered_at = $6 \
             WHERE round_id = $1 AND seq = $2",
            args![
                round,
                plan.seq,
                plan.helper,
                plan.measures,
                plan.started_on,
                plan.entered_at
            ],
        )
        .await?;
    if changed > 0 {
        return Ok(());
    }
    tx.run(
        "INSERT INTO help_plan (round_id, seq, helper, measures, started_on, entered_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            round,
            plan.seq,
            plan.helper,
            plan.measures,
            plan.started_on,
            plan.entered_at
        ],
    )
    .await
    .map(drop)
}

/// What happened with a help plan afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpNote {
    /// Whose plan.
    pub seq: u32,
    /// Its number, from 1.
    pub no: u32,
    /// On which day.
    pub noted_on: Date,
    /// In words; `None` after its term.
    pub content: Option<String>,
}

record!(HelpNote {
    seq,
    no,
    noted_on,
    content
});

/// A round's notes, by member and number.
pub async fn help_notes(tx: &mut Tx, round: RoundId) -> Result<Vec<HelpNote>> {
    tx.all(
        "SELECT seq, no, noted_on, content FROM help_note WHERE round_id = $1 ORDER BY seq, no",
        args![round],
    )
    .await
}

/// Adds one to a plan.
pub async fn add_help_note(tx: &mut Tx, round: RoundId, note: &HelpNote) -> Result<()> {
    tx.run(
        "INSERT INTO help_note (round_id, seq, no, noted_on, content) VALUES ($1, $2, $3, $4, $5)",
        args![round, note.seq, note.no, note.noted_on, note.content],
    )
    .await
    .map(drop)
}
