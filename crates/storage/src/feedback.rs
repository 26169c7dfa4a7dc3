//! 反馈: what each member of a round was told, and what they said to it. // 通知 三、3

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId, RoundId};
use pingyi_domain::results::{Acknowledged, Feedback, Handling, Manner, Objection, Outcome};
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::column::{bad_value, states};
use crate::row::{Record, Row, record};
use crate::{Result, Tx, batch};

states!(Manner, Acknowledged, Outcome);

/// Stands for a text that was destroyed after its term.
pub const DESTROYED: &str = "（保管期满已销毁）";

/// What one member was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFeedback {
    /// The member's position in the round's list.
    pub seq: u32,
    /// What was told and said.
    pub feedback: Feedback,
    /// When it was entered: late entry shows.
    pub entered_at: UnixTime,
}

impl Record for StoredFeedback {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            feedback: Feedback {
                told_on: row.get("told_on")?,
                teller: row.get("teller")?,
                manner: row.get("manner")?,
                acknowledged: both(row.get("ack_way")?, row.get("ack_on")?),
                objection: objection(row)?,
            },
            entered_at: row.get("entered_at")?,
        })
    }
}

fn both<A, B>(a: Option<A>, b: Option<B>) -> Option<(A, B)> {
    a.zip(b)
}

fn objection(row: &Row<'_>) -> Result<Option<Objection>> {
    let raised: Option<Date> = row.get("objected_on")?;
    let Some(raised_on) = raised else {
        return Ok(None);
    };
    let kept = |text: Option<String>| text.unwrap_or_else(|| DESTROYED.to_owned());
    let handling = match row.get::<Option<Date>>("handled_on")? {
        None => None,
        Some(on) => Some(Handling {
            text: kept(row.get("handling")?),
            by: row.get("handled_by")?,
            on,
            outcome: row.get("outcome")?,
        }),
    };
    Ok(Some(Objection {
        text: kept(row.get("objection")?),
        raised_on,
        handling,
    }))
}

/// Everything told in a round, in the list's order.
pub async fn list(tx: &mut Tx, round: RoundId) -> Result<Vec<StoredFeedback>> {
    tx.all(
        "SELECT seq, told_on, teller, manner, entered_at, ack_way, ack_on, objection, \
         objected_on, handling, handled_by, handled_on, outcome FROM feedback \
         WHERE round_id = $1 ORDER BY seq",
        args![round],
    )
    .await
}

/// What one member was told.
pub async fn get(tx: &mut Tx, round: RoundId, seq: u32) -> Result<Option<StoredFeedback>> {
    let all = list(tx, round).await?;
    Ok(all.into_iter().find(|f| f.seq == seq))
}

/// Adds what one member was told; twice is a duplicate.
pub async fn insert(tx: &mut Tx, round: RoundId, stored: &StoredFeedback) -> Result<()> {
    insert_all(tx, round, std::slice::from_ref(stored)).await
}

/// Adds what several members were told.
pub async fn insert_all(tx: &mut Tx, round: RoundId, list: &[StoredFeedback]) -> Result<()> {
    let head = "INSERT INTO feedback (round_id, seq, told_on, teller, manner, entered_at, ack_way, \
                ack_on, objection, objected_on, handling, handled_by, handled_on, outcome)";
    batch::insert(
        tx,
        head,
        list.iter().map(|one| columns(round, one)).collect(),
    )
    .await
}

/// Writes everything of one row anew.
pub async fn update(tx: &mut Tx, round: RoundId, stored: &StoredFeedback) -> Result<()> {
    tx.run_one(
        "UPDATE feedback SET told_on = $3, teller = $4, manner = $5, entered_at = $6, \
         ack_way = $7, ack_on = $8, objection = $9, objected_on = $10, handling = $11, \
         handled_by = $12, handled_on = $13, outcome = $14 WHERE round_id = $1 AND seq = $2",
        columns(round, stored),
    )
    .await
}

fn columns(round: RoundId, stored: &StoredFeedback) -> [Arg; 14] {
    let told = &stored.feedback;
    let (way, on) = told.acknowledged.unzip();
    let objection = told.objection.as_ref();
    let handling = objection.and_then(|o| o.handling.as_ref());
    args![
        round,
        stored.seq,
        told.told_on,
        told.teller,
        told.manner,
        stored.entered_at,
        way,
        on,
        objection.map(|o| o.text.clone()),
        objection.map(|o| o.raised_on),
        handling.map(|h| h.text.clone()),
        handling.map(|h| h.by.clone()),
        handling.map(|h| h.on),
        handling.map(|h| h.outcome)
    ]
}

/// What one member's own page says about their result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The round.
    pub round_id: RoundId,
    /// The member's position in its list.
    pub seq: u32,
    /// The notice's grade key; `None` is 不定等次.
    pub grade: Option<String>,
    /// Why not graded.
    pub ungraded_reason: Option<String>,
    /// Day of the opinion.
    pub decided_on: Date,
    /// What the member was told; `None` before that.
    pub feedback: Option<StoredFeedback>,
}

struct OwnRow {
    round_id: RoundId,
    seq: u32,
    grade: Option<String>,
    ungraded_reason: Option<String>,
    decided_on: Date,
}

record!(OwnRow {
    round_id,
    seq,
    grade,
    ungraded_reason,
    decided_on
});

/// The opinion on a member in a branch's determined round, and whether they were told; `None`
/// before the branch committee gave it.
pub async fn of_member(
    tx: &mut Tx,
    (campaign, branch): (CampaignId, OrgId),
    member: MemberId,
) -> Result<Option<Own>> {
    let found: Option<OwnRow> = tx
        .maybe(
            "SELECT d.round_id, d.seq, d.grade, d.ungraded_reason, d.decided_on FROM meeting m \
             JOIN round r ON r.meeting_id = m.id AND r.state = 'determined' \
             JOIN round_member l ON l.round_id = r.id AND l.member_id = $3 \
             JOIN determination d ON d.round_id = l.round_id AND d.seq = l.seq \
             WHERE m.campaign_id = $1 AND m.branch_id = $2 ORDER BY r.no DESC",
            args![campaign, branch, member],
        )
        .await?;
    let Some(row) = found else {
        return Ok(None);
    };
    let feedback = get(tx, row.round_id, row.seq).await?;
    Ok(Some(Own {
        round_id: row.round_id,
        seq: row.seq,
        grade: row.grade,
        ungraded_reason: row.ungraded_reason,
        decided_on: row.decided_on,
        feedback,
    }))
}

/// A changed opinion after an objection: one row of the round, the others stay. // 通知 三、3
pub async fn change_opinion(
    tx: &mut Tx,
    round: RoundId,
    d: &crate::determination::Determination,
) -> Result<()> {
    if d.grade.is_none() && d.ungraded_reason.is_none() {
        return Err(bad_value("ungraded_reason", "NULL"));
    }
    tx.run_one(
        "UPDATE determination SET grade = $3, ungraded_reason = $4, note = $5, decided_on = $6 \
         WHERE round_id = $1 AND seq = $2",
        args![
            round,
            d.seq,
            d.grade,
            d.ungraded_reason,
            d.note,
            d.decided_on
        ],
    )
    .await
}
