//! Problem lists of a branch's members. // 通知 二、3

use std::collections::HashMap;

use jiff::civil::Date;
use pingyi_domain::facts::ListFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// Only of those who owe one: active members of the branch, not excluded from its meeting.
const LISTS: Scoped = scoped!(
    "SELECT l.branch_id AS org, COUNT(*) AS handed, \
     CAST(SUM(l.all_categories) AS BIGINT) AS all_categories, \
     CAST(SUM(l.all_benchmarks) AS BIGINT) AS all_benchmarks, \
     CAST(SUM(l.all_aspects) AS BIGINT) AS all_aspects, \
     MAX(l.first_handed_on) AS last_on \
     FROM problem_list l \
     JOIN member p ON p.id = l.member_id AND p.branch_id = l.branch_id AND p.status = 'active' \
     WHERE l.campaign_id = $1 AND COALESCE(l.after_version, l.before_version) IS NOT NULL \
     AND NOT EXISTS (SELECT 1 FROM attendance a JOIN meeting m ON m.id = a.meeting_id \
     WHERE m.campaign_id = l.campaign_id AND m.branch_id = l.branch_id \
     AND a.member_id = l.member_id AND a.role = 'member' AND a.due = 0 \
     AND a.presence = 'absent')",
    "l.branch_id",
    "GROUP BY l.branch_id"
);

struct Row {
    org: OrgId,
    handed: u32,
    all_categories: u32,
    all_benchmarks: u32,
    all_aspects: u32,
    last_on: Option<Date>,
}

record!(Row {
    org,
    handed,
    all_categories,
    all_benchmarks,
    all_aspects,
    last_on
});

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<HashMap<OrgId, ListFacts>> {
    let rows: Vec<Row> = scope.rows(tx, &LISTS).await?;
    let facts = rows.into_iter().map(|row| {
        let facts = ListFacts {
            handed: row.handed,
            all_categories: row.all_categories,
            all_benchmarks: row.all_benchmarks,
            all_aspects: row.all_aspects,
            last_on: row.last_on,
        };
        (row.org, facts)
    });
    Ok(facts.collect())
}
