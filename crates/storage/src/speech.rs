//! Self-criticism at a meeting, in the order of speaking. // 通知 三、1

use std::collections::HashMap;

use pingyi_domain::ids::{MeetingId, MemberId};

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx, batch};

/// What one member said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speech {
    /// Who.
    pub member: MemberId,
    /// The gist.
    pub words: String,
    /// Root causes: key of the notice's view, and words.
    pub views: Vec<(String, String)>,
    /// Handed in in writing.
    pub written: bool,
    /// Who read it out, where known.
    pub reader: Option<MemberId>,
}

struct SpeechRow {
    member: MemberId,
    words: String,
    written: bool,
    reader: Option<MemberId>,
}

record!(SpeechRow {
    member,
    words,
    written,
    reader
});

struct ViewRow {
    member: MemberId,
    view: String,
    words: String,
}

record!(ViewRow {
    member,
    view,
    words
});

/// A meeting's speeches in the order of speaking.
pub async fn list(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Speech>> {
    let speeches: Vec<SpeechRow> = tx
        .all(
            "SELECT member_id AS member, words, written, reader_id AS reader FROM speech \
             WHERE meeting_id = $1 ORDER BY seq",
            args![meeting],
        )
        .await?;
    let views: Vec<ViewRow> = tx
        .all(
            "SELECT member_id AS member, view_key AS view, words FROM speech_view \
             WHERE meeting_id = $1 ORDER BY member_id, view_key",
            args![meeting],
        )
        .await?;
    let mut by_member: HashMap<MemberId, Vec<(String, String)>> = HashMap::new();
    for row in views {
        let of = by_member.entry(row.member).or_default();
        of.push((row.view, row.words));
    }
    let with_views = |row: SpeechRow| Speech {
        member: row.member,
        words: row.words,
        views: by_member.remove(&row.member).unwrap_or_default(),
        written: row.written,
        reader: row.reader,
    };
    Ok(speeches.into_iter().map(with_views).collect())
}

/// Writes all of a meeting's speeches anew; their order is that of the list.
pub async fn set(tx: &mut Tx, meeting: MeetingId, list: &[Speech]) -> Result<()> {
    for sql in [
        "DELETE FROM speech_view WHERE meeting_id = $1",
        "DELETE FROM speech WHERE meeting_id = $1",
    ] {
        tx.run(sql, args![meeting]).await?;
    }
    let rows = (1_u32..).zip(list);
    let rows = rows.map(|(seq, s)| args![meeting, s.member, seq, s.words, s.written, s.reader]);
    let head = "INSERT INTO speech (meeting_id, member_id, seq, words, written, reader_id)";
    batch::insert(tx, head, rows.collect()).await?;
    let views = list
        .iter()
        .flat_map(|s| s.views.iter().map(move |view| (s.member, view)));
    let rows = views.map(|(member, (view, words))| args![meeting, member, view, words]);
    let head = "INSERT INTO speech_view (meeting_id, member_id, view_key, words)";
    batch::insert(tx, head, rows.collect()).await
}
