//! Dues of a branch's members. // 通知 四、4

use std::collections::HashMap;

use pingyi_domain::dues::Month;
use pingyi_domain::facts::{DuesFacts, OwingSpan};
use pingyi_domain::ids::OrgId;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// `$1` is named although dues belong to no campaign: every query here takes the same values.
const OWING: Scoped = scoped!(
    "SELECT m.branch_id AS org, a.from_month, a.until_month, COUNT(*) AS members \
     FROM dues_assessment a JOIN member m ON m.id = a.member_id \
     WHERE m.status = 'active' AND a.amount > 0 AND a.until_month > a.from_month AND $1 <> ''",
    "m.branch_id",
    "GROUP BY m.branch_id, a.from_month, a.until_month \
     ORDER BY m.branch_id, a.from_month, a.until_month"
);

/// Whose newest assessment is in force, exempt members included.
const ASSESSED: Scoped = scoped!(
    "SELECT m.branch_id AS org, COUNT(*) AS members \
     FROM dues_assessment a JOIN member m ON m.id = a.member_id \
     WHERE m.status = 'active' AND a.until_month = '9999-12' AND $1 <> ''",
    "m.branch_id",
    "GROUP BY m.branch_id"
);

/// Only the year before the notice and later: the rule asks for months since the notice, and
/// the book grows for ever. `$1` is here the first month.
const SETTLED: Scoped = scoped!(
    "SELECT m.branch_id AS org, s.month, COUNT(*) AS members \
     FROM (SELECT member_id, month, SUM(amount) AS paid FROM dues_month \
     WHERE month >= $1 GROUP BY member_id, month) s \
     JOIN member m ON m.id = s.member_id \
     JOIN dues_assessment a ON a.member_id = s.member_id AND a.from_month <= s.month \
     AND a.until_month > s.month \
     WHERE m.status = 'active' AND a.amount > 0 AND s.paid >= a.amount",
    "m.branch_id",
    "GROUP BY m.branch_id, s.month ORDER BY m.branch_id, s.month"
);

struct OwingRow {
    org: OrgId,
    from_month: Month,
    until_month: Month,
    members: u32,
}

record!(OwingRow {
    org,
    from_month,
    until_month,
    members
});

struct AssessedRow {
    org: OrgId,
    members: u32,
}

record!(AssessedRow { org, members });

struct SettledRow {
    org: OrgId,
    month: Month,
    members: u32,
}

record!(SettledRow {
    org,
    month,
    members
});

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<HashMap<OrgId, DuesFacts>> {
    let mut all: HashMap<OrgId, DuesFacts> = HashMap::new();
    for row in scope.rows::<AssessedRow>(tx, &ASSESSED).await? {
        all.entry(row.org).or_default().assessed = row.members;
    }
    if all.is_empty() {
        return Ok(all);
    }
    for row in scope.rows::<OwingRow>(tx, &OWING).await? {
        all.entry(row.org).or_default().owing.push(OwingSpan {
            from: row.from_month,
            until: row.until_month,
            members: row.members,
        });
    }
    let since = since(tx, scope).await?;
    for row in scope.rows_of::<SettledRow>(tx, &SETTLED, &since).await? {
        let settled = &mut all.entry(row.org).or_default().settled;
        settled.push((row.month, row.members));
    }
    Ok(all)
}

/// The month a year before the campaign was issued here.
async fn since(tx: &mut Tx, scope: Scope) -> Result<Month> {
    let issued = crate::campaign::get(tx, scope.campaign()).await?;
    let issued = issued
        .and_then(|c| c.issued_at)
        .map(pingyi_domain::time::UnixTime::date);
    Ok(issued.map_or(Month::new(2008, 4), |day| Month::of(day).plus(-12)))
}
