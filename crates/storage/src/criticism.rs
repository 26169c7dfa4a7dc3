//! Criticism of one another at a meeting. // 通知 三、2

use pingyi_domain::ids::{MeetingId, MemberId};

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx, batch};

/// What one member said to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criticism {
    /// Who.
    pub from: MemberId,
    /// To whom.
    pub to: MemberId,
    /// The gist.
    pub words: String,
    /// What the other answered.
    pub answer: Option<String>,
}

record!(Criticism {
    from,
    to,
    words,
    answer
});

/// A meeting's criticisms, as entered.
pub async fn list(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Criticism>> {
    tx.all(
        "SELECT from_id AS \"from\", to_id AS \"to\", words, answer FROM criticism \
         WHERE meeting_id = $1 ORDER BY seq",
        args![meeting],
    )
    .await
}

/// What was said to one member at a meeting, as entered.
pub async fn list_to(tx: &mut Tx, meeting: MeetingId, to: MemberId) -> Result<Vec<Criticism>> {
    tx.all(
        "SELECT from_id AS \"from\", to_id AS \"to\", words, answer FROM criticism \
         WHERE meeting_id = $1 AND to_id = $2 ORDER BY seq",
        args![meeting, to],
    )
    .await
}

/// Writes all of a meeting's criticisms anew.
pub async fn set(tx: &mut Tx, meeting: MeetingId, list: &[Criticism]) -> Result<()> {
    tx.run(
        "DELETE FROM criticism WHERE meeting_id = $1",
        args![meeting],
    )
    .await?;
    let rows = (1_u32..).zip(list);
    let rows = rows.map(|(seq, c)| args![meeting, seq, c.from, c.to, c.words, c.answer]);
    let head = "INSERT INTO criticism (meeting_id, seq, from_id, to_id, words, answer)";
    batch::insert(tx, head, rows.collect()).await
}
