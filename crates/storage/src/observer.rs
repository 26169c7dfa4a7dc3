//! People at a meeting who are not of the branch: 列席.

use pingyi_domain::ids::MeetingId;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// Somebody attending without a vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observer {
    /// Name.
    pub name: String,
    /// In what capacity: 入党积极分子, 群众代表 …
    pub capacity: String,
}

record!(Observer { name, capacity });

/// A meeting's observers, as entered.
pub async fn list(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Observer>> {
    tx.all(
        "SELECT name, capacity FROM observer WHERE meeting_id = $1 ORDER BY seq",
        args![meeting],
    )
    .await
}

/// Writes the whole list anew.
pub async fn set(tx: &mut Tx, meeting: MeetingId, list: &[Observer]) -> Result<()> {
    tx.run("DELETE FROM observer WHERE meeting_id = $1", args![meeting])
        .await?;
    for (seq, observer) in (1_u32..).zip(list) {
        tx.run(
            "INSERT INTO observer (meeting_id, seq, name, capacity) VALUES ($1, $2, $3, $4)",
            args![meeting, seq, observer.name, observer.capacity],
        )
        .await?;
    }
    Ok(())
}
