//! Rectification measures of a branch's members. // 通知 三、4

use std::collections::HashMap;

use jiff::civil::Date;
use pingyi_domain::facts::MeasureFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// Only of those who owe them: active members of the branch, not excluded from its meeting.
const MEMBERS: Scoped = scoped!(
    "SELECT l.branch_id AS org, COUNT(*) AS n FROM problem_list l \
     JOIN member p ON p.id = l.member_id AND p.branch_id = l.branch_id AND p.status = 'active' \
     WHERE l.campaign_id = $1 AND l.after_version IS NOT NULL \
     AND NOT EXISTS (SELECT 1 FROM attendance a JOIN meeting m ON m.id = a.meeting_id \
     WHERE m.campaign_id = l.campaign_id AND m.branch_id = l.branch_id \
     AND a.member_id = l.member_id AND a.role = 'member' AND a.due = 0 \
     AND a.presence = 'absent')",
    "l.branch_id",
    "GROUP BY l.branch_id"
);

// By last day, because which of them are owed depends on the day of asking.
const MEASURES: Scoped = scoped!(
    "SELECT t.branch_id AS org, t.due_on AS day, COUNT(*) AS n, \
     CAST(SUM(CASE WHEN t.state = 'verified' THEN 0 ELSE 1 END) AS BIGINT) AS left_open \
     FROM measure t \
     JOIN member p ON p.id = t.member_id AND p.branch_id = t.branch_id AND p.status = 'active' \
     WHERE t.campaign_id = $1",
    "t.branch_id",
    "GROUP BY t.branch_id, t.due_on ORDER BY t.branch_id, t.due_on"
);

// Of campaigns issued before this one; a member who left the branch took theirs along.
const EARLIER: Scoped = scoped!(
    "SELECT t.branch_id AS org, COUNT(*) AS n, \
     CAST(SUM(CASE WHEN t.state = 'open' THEN 1 ELSE 0 END) AS BIGINT) AS silent \
     FROM measure t JOIN campaign c ON c.id = t.campaign_id \
     JOIN campaign now ON now.id = $1 AND c.issued_at < now.issued_at \
     JOIN member p ON p.id = t.member_id AND p.branch_id = t.branch_id \
     WHERE p.status = 'active'",
    "t.branch_id",
    "GROUP BY t.branch_id"
);

struct Members {
    org: OrgId,
    n: u32,
}

record!(Members { org, n });

struct Days {
    org: OrgId,
    day: Date,
    n: u32,
    left_open: u32,
}

record!(Days {
    org,
    day,
    n,
    left_open
});

struct Earlier {
    org: OrgId,
    n: u32,
    silent: u32,
}

record!(Earlier { org, n, silent });

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<HashMap<OrgId, MeasureFacts>> {
    let mut facts: HashMap<OrgId, MeasureFacts> = HashMap::new();
    for row in scope.rows::<Members>(tx, &MEMBERS).await? {
        facts.entry(row.org).or_default().members = row.n;
    }
    for row in scope.rows::<Days>(tx, &MEASURES).await? {
        let of = facts.entry(row.org).or_default();
        of.by_day.push((row.day, row.n, row.left_open));
    }
    for row in scope.rows::<Earlier>(tx, &EARLIER).await? {
        let of = facts.entry(row.org).or_default();
        (of.earlier, of.earlier_silent) = (row.n, row.silent);
    }
    Ok(facts)
}
