//! Heart-to-heart talks in a branch. // 通知 二、2
//!
//! The same sums as `pingyi_domain::talk::needs` and `open_needs`; a conformance test compares
//! them. A member not due at the meeting is out on both sides.

use std::collections::HashMap;

use pingyi_domain::facts::TalkFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

const PEOPLE: Scoped = scoped!(
    "SELECT m.branch_id AS org, COUNT(*) AS members, \
     CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM post p WHERE p.org_id = m.branch_id \
     AND p.member_id = m.id) THEN 1 ELSE 0 END) AS BIGINT) AS leading \
     FROM member m WHERE m.status = 'active' AND NOT EXISTS (SELECT 1 FROM meeting h \
     JOIN attendance x ON x.meeting_id = h.id AND x.member_id = m.id WHERE h.campaign_id = $1 \
     AND h.branch_id = m.branch_id AND x.due = 0 AND x.presence = 'absent')",
    "m.branch_id",
    "GROUP BY m.branch_id"
);

const HELD: Scoped = scoped!(
    "SELECT branch_id AS org, COUNT(*) AS held, COUNT(matter) AS raised, \
     CAST(SUM(CASE WHEN matter IS NOT NULL AND settled_on IS NULL THEN 1 ELSE 0 END) AS BIGINT) \
     AS unsettled FROM talk WHERE campaign_id = $1",
    "branch_id",
    "GROUP BY branch_id"
);

// Each party of a talk whose other party has a post. Pairs of two with a post come up twice.
const COVERED: Scoped = scoped!(
    "SELECT t.branch_id AS org, \
     COUNT(DISTINCT CASE WHEN mine.member_id IS NULL THEN p.member_id END) AS ordinary, \
     COUNT(DISTINCT CASE WHEN mine.member_id IS NOT NULL THEN p.member_id || p.other_id END) \
     AS leading FROM talk t JOIN talk_party p ON p.talk_id = t.id \
     JOIN post theirs ON theirs.org_id = t.branch_id AND theirs.member_id = p.other_id \
     LEFT JOIN post mine ON mine.org_id = t.branch_id AND mine.member_id = p.member_id \
     JOIN member m ON m.id = p.member_id AND m.branch_id = t.branch_id AND m.status = 'active' \
     JOIN member o ON o.id = p.other_id AND o.branch_id = t.branch_id AND o.status = 'active' \
     WHERE t.campaign_id = $1 AND NOT EXISTS (SELECT 1 FROM meeting h \
     JOIN attendance x ON x.meeting_id = h.id WHERE h.campaign_id = t.campaign_id \
     AND h.branch_id = t.branch_id AND x.member_id IN (p.member_id, p.other_id) \
     AND x.due = 0 AND x.presence = 'absent')",
    "t.branch_id",
    "GROUP BY t.branch_id"
);

struct PeopleRow {
    org: OrgId,
    members: u32,
    leading: u32,
}

record!(PeopleRow {
    org,
    members,
    leading
});

struct HeldRow {
    org: OrgId,
    held: u32,
    raised: u32,
    unsettled: u32,
}

record!(HeldRow {
    org,
    held,
    raised,
    unsettled
});

struct CoveredRow {
    org: OrgId,
    ordinary: u32,
    leading: u32,
}

record!(CoveredRow {
    org,
    ordinary,
    leading
});

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<HashMap<OrgId, TalkFacts>> {
    let mut by_branch: HashMap<OrgId, TalkFacts> = HashMap::new();
    let people: Vec<PeopleRow> = scope.rows(tx, &PEOPLE).await?;
    for row in people {
        let pairs = row.leading * row.leading.saturating_sub(1) / 2;
        let of = by_branch.entry(row.org).or_default();
        of.needed = pairs + row.members.saturating_sub(row.leading);
    }
    let held: Vec<HeldRow> = scope.rows(tx, &HELD).await?;
    for row in held {
        let of = by_branch.entry(row.org).or_default();
        (of.held, of.raised, of.unsettled) = (row.held, row.raised, row.unsettled);
    }
    let covered: Vec<CoveredRow> = scope.rows(tx, &COVERED).await?;
    for row in covered {
        by_branch.entry(row.org).or_default().covered = row.ordinary + row.leading / 2;
    }
    Ok(by_branch)
}
