//! A round's agreed sums. There is no table for a single sheet.

use pingyi_domain::count::{Count, MemberMarks};
use pingyi_domain::ids::RoundId;

use crate::arg::args;
use crate::column::bad_value;
use crate::row::{Record, Row, record};
use crate::{Result, Tx, batch};

struct Totals {
    issued: u32,
    collected: u32,
    invalid: u32,
}

record!(Totals {
    issued,
    collected,
    invalid
});

struct Seq {
    seq: u32,
}

record!(Seq { seq });

impl Record for MemberMarks {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            marks: row.get("marks")?,
            abstain: row.get("abstain")?,
            void: row.get("void")?,
        })
    }
}

/// The agreed count; `None` until there is one.
pub async fn get(tx: &mut Tx, round: RoundId) -> Result<Option<Count>> {
    let rows: Vec<MemberMarks> = tx
        .all(
            "SELECT marks, abstain, void FROM round_mark WHERE round_id = $1 ORDER BY seq",
            args![round],
        )
        .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let group: Option<MemberMarks> = tx
        .maybe(
            "SELECT marks, abstain, void FROM round_group_mark WHERE round_id = $1",
            args![round],
        )
        .await?;
    let totals: Option<Totals> = tx
        .maybe(
            "SELECT issued, collected, invalid FROM round WHERE id = $1",
            args![round],
        )
        .await?;
    Ok(totals.map(|totals| Count {
        issued: totals.issued,
        collected: totals.collected,
        invalid: totals.invalid,
        rows,
        group,
    }))
}

/// Writes the agreed count anew, totals included. Its rows belong to the graded members of the
/// round's list, in order; another number of rows is refused.
pub async fn set(tx: &mut Tx, round: RoundId, count: &Count) -> Result<()> {
    let graded: Vec<Seq> = tx
        .all(
            "SELECT seq FROM round_member WHERE round_id = $1 AND treatment = 'graded' \
             ORDER BY seq",
            args![round],
        )
        .await?;
    if graded.len() != count.rows.len() {
        return Err(bad_value("round_mark", count.rows.len().to_string()));
    }
    tx.run("DELETE FROM round_mark WHERE round_id = $1", args![round])
        .await?;
    let rows = graded.iter().zip(&count.rows);
    let rows = rows.map(|(line, row)| args![round, line.seq, row.marks, row.abstain, row.void]);
    let head = "INSERT INTO round_mark (round_id, seq, marks, abstain, void)";
    batch::insert(tx, head, rows.collect()).await?;
    set_group(tx, round, count.group.as_ref()).await?;
    tx.run_one(
        "UPDATE round SET issued = $2, collected = $3, invalid = $4 WHERE id = $1",
        args![round, count.issued, count.collected, count.invalid],
    )
    .await
}

/// The leading group's line, or none.
async fn set_group(tx: &mut Tx, round: RoundId, line: Option<&MemberMarks>) -> Result<()> {
    tx.run(
        "DELETE FROM round_group_mark WHERE round_id = $1",
        args![round],
    )
    .await?;
    let Some(line) = line else {
        return Ok(());
    };
    tx.run(
        "INSERT INTO round_group_mark (round_id, marks, abstain, void) VALUES ($1, $2, $3, $4)",
        args![round, line.marks, line.abstain, line.void],
    )
    .await
    .map(drop)
}
