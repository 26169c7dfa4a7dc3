//! Feedback, 公示 and use of a branch's appraisal results. // 通知 三、3

use std::collections::HashMap;

use jiff::civil::Date;
use pingyi_domain::facts::{PublicityFacts, ResultFacts};
use pingyi_domain::ids::OrgId;
use pingyi_domain::results::PublicityState;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// Only a determined round has opinions, and it is never voided: at most one per meeting. The
// first day is read off the index (round_id, decided_on).
const DECIDED: Scoped = scoped!(
    "SELECT m.branch_id AS org, \
     (SELECT MIN(d.decided_on) FROM determination d WHERE d.round_id = r.id) AS decided_on \
     FROM meeting m JOIN round r ON r.meeting_id = m.id AND r.state = 'determined' \
     WHERE m.campaign_id = $1",
    "m.branch_id",
    ""
);

const TOLD: Scoped = scoped!(
    "SELECT m.branch_id AS org, COUNT(*) AS told, MAX(f.told_on) AS last_told_on, \
     CAST(SUM(CASE WHEN f.ack_on IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS acknowledged, \
     CAST(SUM(CASE WHEN f.objected_on IS NOT NULL AND f.handled_on IS NULL THEN 1 ELSE 0 END) \
     AS BIGINT) AS waiting \
     FROM meeting m JOIN round r ON r.meeting_id = m.id AND r.state = 'determined' \
     JOIN feedback f ON f.round_id = r.id WHERE m.campaign_id = $1",
    "m.branch_id",
    "GROUP BY m.branch_id"
);

const PUBLICITY: Scoped = scoped!(
    "SELECT branch_id AS org, state, from_on, to_on FROM publicity WHERE campaign_id = $1",
    "branch_id",
    "ORDER BY branch_id, no"
);

const HELPED: Scoped = scoped!(
    "SELECT m.branch_id AS org, d.grade, COUNT(*) AS n \
     FROM meeting m JOIN round r ON r.meeting_id = m.id AND r.state = 'determined' \
     JOIN help_plan h ON h.round_id = r.id \
     JOIN determination d ON d.round_id = h.round_id AND d.seq = h.seq \
     WHERE d.grade IS NOT NULL AND m.campaign_id = $1",
    "m.branch_id",
    "GROUP BY m.branch_id, d.grade ORDER BY m.branch_id, d.grade"
);

const PRAISED: Scoped = scoped!(
    "SELECT m.branch_id AS org, \
     (SELECT COUNT(*) FROM commendation c WHERE c.round_id = r.id) AS commended, \
     (SELECT COUNT(*) FROM commendation_declined n WHERE n.round_id = r.id) AS declined \
     FROM meeting m JOIN round r ON r.meeting_id = m.id AND r.state = 'determined' \
     WHERE m.campaign_id = $1",
    "m.branch_id",
    ""
);

struct DecidedRow {
    org: OrgId,
    decided_on: Option<Date>,
}

record!(DecidedRow { org, decided_on });

struct ToldRow {
    org: OrgId,
    told: u32,
    last_told_on: Option<Date>,
    acknowledged: u32,
    waiting: u32,
}

record!(ToldRow {
    org,
    told,
    last_told_on,
    acknowledged,
    waiting
});

struct PublicityRow {
    org: OrgId,
    state: PublicityState,
    from_on: Date,
    to_on: Date,
}

record!(PublicityRow {
    org,
    state,
    from_on,
    to_on
});

struct HelpedRow {
    org: OrgId,
    grade: String,
    n: u32,
}

record!(HelpedRow { org, grade, n });

struct PraisedRow {
    org: OrgId,
    commended: u32,
    declined: u32,
}

record!(PraisedRow {
    org,
    commended,
    declined
});

type All = HashMap<OrgId, ResultFacts>;

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<All> {
    let mut all = All::new();
    for row in scope.rows::<DecidedRow>(tx, &DECIDED).await? {
        all.entry(row.org).or_default().decided_on = row.decided_on;
    }
    for row in scope.rows::<ToldRow>(tx, &TOLD).await? {
        let facts = all.entry(row.org).or_default();
        facts.fed_back = row.told;
        facts.last_told_on = row.last_told_on;
        facts.acknowledged = row.acknowledged;
        facts.open_objections = row.waiting;
    }
    // By number: the newest comes last and stays.
    for row in scope.rows::<PublicityRow>(tx, &PUBLICITY).await? {
        all.entry(row.org).or_default().publicity = Some(PublicityFacts {
            state: row.state,
            from: row.from_on,
            to: row.to_on,
        });
    }
    use_of_results(tx, scope, &mut all).await?;
    Ok(all)
}

async fn use_of_results(tx: &mut Tx, scope: Scope, all: &mut All) -> Result<()> {
    for row in scope.rows::<HelpedRow>(tx, &HELPED).await? {
        let facts = all.entry(row.org).or_default();
        facts.helped.push((row.grade, row.n));
    }
    for row in scope.rows::<PraisedRow>(tx, &PRAISED).await? {
        let facts = all.entry(row.org).or_default();
        facts.commended = row.commended;
        facts.none_commended = row.declined > 0;
    }
    Ok(())
}
