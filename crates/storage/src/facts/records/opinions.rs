//! Opinions heard by a branch. // 通知 二、2

use std::collections::HashMap;

use pingyi_domain::facts::OpinionFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

const ACTIVITIES: Scoped = scoped!(
    "SELECT a.branch_id AS org, COUNT(*) AS activities, \
     COUNT(CASE WHEN a.source <> 'members' THEN 1 END) AS outside, \
     COUNT(CASE WHEN c.state = 'collecting' THEN 1 END) AS collecting \
     FROM opinion_activity a LEFT JOIN opinion_collection c ON c.activity_id = a.id \
     WHERE a.campaign_id = $1",
    "a.branch_id",
    "GROUP BY a.branch_id"
);

const OPINIONS: Scoped = scoped!(
    "SELECT a.branch_id AS org, COUNT(*) AS opinions, \
     COUNT(CASE WHEN o.handling IS NULL THEN 1 END) AS unanswered \
     FROM opinion_activity a JOIN opinion o ON o.activity_id = a.id WHERE a.campaign_id = $1",
    "a.branch_id",
    "GROUP BY a.branch_id"
);

struct ActivityRow {
    org: OrgId,
    activities: u32,
    outside: u32,
    collecting: u32,
}

record!(ActivityRow {
    org,
    activities,
    outside,
    collecting
});

struct OpinionRow {
    org: OrgId,
    opinions: u32,
    unanswered: u32,
}

record!(OpinionRow {
    org,
    opinions,
    unanswered
});

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<HashMap<OrgId, OpinionFacts>> {
    let activities: Vec<ActivityRow> = scope.rows(tx, &ACTIVITIES).await?;
    let mut found: HashMap<OrgId, OpinionFacts> = activities
        .into_iter()
        .map(|row| (row.org, row.facts()))
        .collect();
    let opinions: Vec<OpinionRow> = scope.rows(tx, &OPINIONS).await?;
    for row in opinions {
        let facts = found.entry(row.org).or_default();
        facts.opinions = row.opinions;
        facts.unanswered = row.unanswered;
    }
    Ok(found)
}

impl ActivityRow {
    fn facts(&self) -> OpinionFacts {
        OpinionFacts {
            activities: self.activities,
            outside: self.outside,
            collecting: self.collecting,
            ..OpinionFacts::default()
        }
    }
}
