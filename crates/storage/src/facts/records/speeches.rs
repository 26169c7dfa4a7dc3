//! Criticism and self-criticism at a branch's meeting. // 通知 三、1 and 三、2

use std::collections::HashMap;

use pingyi_domain::facts::SpeechFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// Counted are those whom the attendance list expects: due, or there all the same.
const SPOKEN: Scoped = scoped!(
    "SELECT h.branch_id AS org, COUNT(*) AS spoken, \
     CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM speech_view v WHERE v.meeting_id = s.meeting_id \
     AND v.member_id = s.member_id) THEN 1 ELSE 0 END) AS BIGINT) AS examined \
     FROM meeting h JOIN speech s ON s.meeting_id = h.id \
     JOIN attendance a ON a.meeting_id = h.id AND a.member_id = s.member_id \
     WHERE h.campaign_id = $1 AND a.role = 'member' AND (a.due = 1 OR a.presence <> 'absent')",
    "h.branch_id",
    "GROUP BY h.branch_id"
);

// 要在会前进行充分沟通: a talk of the two up to the day of the meeting. // 通知 三、2
const CRITICISED: Scoped = scoped!(
    "SELECT h.branch_id AS org, COUNT(DISTINCT c.to_id) AS criticised, \
     COUNT(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM talk_party p JOIN talk t ON t.id = p.talk_id \
     WHERE p.member_id = c.from_id AND p.other_id = c.to_id AND t.campaign_id = h.campaign_id \
     AND t.held_on <= COALESCE(h.held_on, t.held_on)) THEN c.to_id END) AS exchanged, \
     COUNT(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM post q WHERE q.org_id = h.branch_id \
     AND q.member_id = c.from_id AND q.kind = 'secretary') THEN c.to_id END) AS by_secretary \
     FROM meeting h JOIN criticism c ON c.meeting_id = h.id \
     JOIN attendance a ON a.meeting_id = h.id AND a.member_id = c.to_id \
     WHERE h.campaign_id = $1 AND a.role = 'member' AND a.presence <> 'absent'",
    "h.branch_id",
    "GROUP BY h.branch_id"
);

struct SpokenRow {
    org: OrgId,
    spoken: u32,
    examined: u32,
}

record!(SpokenRow {
    org,
    spoken,
    examined
});

struct CriticisedRow {
    org: OrgId,
    criticised: u32,
    exchanged: u32,
    by_secretary: u32,
}

record!(CriticisedRow {
    org,
    criticised,
    exchanged,
    by_secretary
});

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<HashMap<OrgId, SpeechFacts>> {
    let mut by_branch: HashMap<OrgId, SpeechFacts> = HashMap::new();
    let spoken: Vec<SpokenRow> = scope.rows(tx, &SPOKEN).await?;
    for row in spoken {
        let of = by_branch.entry(row.org).or_default();
        (of.spoken, of.examined) = (row.spoken, row.examined);
    }
    let criticised: Vec<CriticisedRow> = scope.rows(tx, &CRITICISED).await?;
    for row in criticised {
        let of = by_branch.entry(row.org).or_default();
        of.criticised = row.criticised;
        (of.exchanged, of.by_secretary) = (row.exchanged, row.by_secretary);
    }
    Ok(by_branch)
}
