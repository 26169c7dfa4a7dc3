//! The four gates a branch passes. // 通知 四、3

use std::collections::HashMap;

use pingyi_domain::facts::GateFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// A gate stands where its newest turn left it.
const GATES: Scoped = scoped!(
    "SELECT t.branch_id AS org, \
     CAST(SUM(CASE t.state WHEN 'passed' THEN 1 ELSE 0 END) AS BIGINT) AS passed, \
     CAST(SUM(CASE t.state WHEN 'returned' THEN 1 ELSE 0 END) AS BIGINT) AS returned, \
     CAST(SUM(CASE t.state WHEN 'reworked' THEN 1 ELSE 0 END) AS BIGINT) AS reworked \
     FROM gate_turn t WHERE t.campaign_id = $1 AND t.seq = \
     (SELECT MAX(n.seq) FROM gate_turn n WHERE n.campaign_id = t.campaign_id \
     AND n.branch_id = t.branch_id AND n.gate = t.gate)",
    "t.branch_id",
    "GROUP BY t.branch_id"
);

struct GateRow {
    org: OrgId,
    passed: u32,
    returned: u32,
    reworked: u32,
}

record!(GateRow {
    org,
    passed,
    returned,
    reworked
});

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<HashMap<OrgId, GateFacts>> {
    let rows: Vec<GateRow> = scope.rows(tx, &GATES).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let facts = GateFacts {
                passed: row.passed,
                returned: row.returned,
                reworked: row.reworked,
            };
            (row.org, facts)
        })
        .collect())
}
