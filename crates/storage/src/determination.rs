//! 评定意见: the branch's opinion on each member of a round.

use jiff::civil::Date;
use pingyi_domain::ids::RoundId;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx, batch};

/// The opinion on one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Determination {
    /// The member's position in the round's list.
    pub seq: u32,
    /// The notice's grade key; `None` is 不定等次.
    pub grade: Option<String>,
    /// Why not graded.
    pub ungraded_reason: Option<String>,
    /// 备注.
    pub note: String,
    /// On which day.
    pub decided_on: Date,
}

record!(Determination {
    seq,
    grade,
    ungraded_reason,
    note,
    decided_on
});

/// A round's opinions in the list's order.
pub async fn list(tx: &mut Tx, round: RoundId) -> Result<Vec<Determination>> {
    tx.all(
        "SELECT seq, grade, ungraded_reason, note, decided_on FROM determination \
         WHERE round_id = $1 ORDER BY seq",
        args![round],
    )
    .await
}

/// Writes all opinions anew.
pub async fn set(tx: &mut Tx, round: RoundId, list: &[Determination]) -> Result<()> {
    tx.run(
        "DELETE FROM determination WHERE round_id = $1",
        args![round],
    )
    .await?;
    let rows = list.iter().map(|d| {
        args![
            round,
            d.seq,
            d.grade,
            d.ungraded_reason,
            d.note,
            d.decided_on
        ]
    });
    let head =
        "INSERT INTO determination (round_id, seq, grade, ungraded_reason, note, decided_on)";
    batch::insert(tx, head, rows.collect()).await
}
