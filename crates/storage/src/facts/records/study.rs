//! Study sessions of a branch. // 通知 二、1

use std::collections::HashMap;

use pingyi_domain::facts::StudyFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// Sessions after the meeting do not count; a meeting's day may have been put right since.
const SESSIONS: Scoped = scoped!(
    "SELECT s.branch_id AS org, COUNT(*) AS sessions FROM study_session s \
     LEFT JOIN meeting t ON t.campaign_id = s.campaign_id AND t.branch_id = s.branch_id \
     WHERE s.campaign_id = $1 AND s.held_on <= COALESCE(t.held_on, s.held_on)",
    "s.branch_id",
    "GROUP BY s.branch_id"
);

const ITEMS: Scoped = scoped!(
    "SELECT DISTINCT s.branch_id AS org, i.item FROM study_session s \
     JOIN study_item i ON i.session_id = s.id \
     LEFT JOIN meeting t ON t.campaign_id = s.campaign_id AND t.branch_id = s.branch_id \
     WHERE s.campaign_id = $1 AND s.held_on <= COALESCE(t.held_on, s.held_on)",
    "s.branch_id",
    "ORDER BY 1, 2"
);

// Member by member along the index, so that a unit's page reads its own members only. Who is not
// due at the meeting is not due here.
const STUDIED: Scoped = scoped!(
    "SELECT org, items, COUNT(*) AS members FROM (SELECT m.branch_id AS org, \
     (SELECT COUNT(*) FROM (SELECT i.item FROM study_attendance a \
     JOIN study_session s ON s.id = a.session_id JOIN study_item i ON i.session_id = s.id \
     WHERE a.member_id = m.id AND a.present = 1 AND s.campaign_id = $1 \
     UNION SELECT u.item FROM study_makeup u WHERE u.member_id = m.id AND u.campaign_id = $1) d) \
     AS items FROM member m WHERE m.status = 'active' AND NOT EXISTS (SELECT 1 FROM meeting t \
     JOIN attendance x ON x.meeting_id = t.id WHERE t.campaign_id = $1 \
     AND t.branch_id = m.branch_id AND x.member_id = m.id AND x.due = 0)",
    "m.branch_id",
    ") per GROUP BY org, items ORDER BY org, items"
);

struct SessionsRow {
    org: OrgId,
    sessions: u32,
}

record!(SessionsRow { org, sessions });

struct ItemRow {
    org: OrgId,
    item: String,
}

record!(ItemRow { org, item });

struct StudiedRow {
    org: OrgId,
    items: u32,
    members: u32,
}

record!(StudiedRow {
    org,
    items,
    members
});

pub(super) async fn read(tx: &mut Tx, scope: Scope) -> Result<HashMap<OrgId, StudyFacts>> {
    let mut found: HashMap<OrgId, StudyFacts> = HashMap::new();
    let sessions: Vec<SessionsRow> = scope.rows(tx, &SESSIONS).await?;
    for row in sessions {
        found.entry(row.org).or_default().sessions = row.sessions;
    }
    let items: Vec<ItemRow> = scope.rows(tx, &ITEMS).await?;
    for row in items {
        found.entry(row.org).or_default().covered.push(row.item);
    }
    // The most expensive question is asked only when anybody has begun.
    if found.is_empty() {
        return Ok(found);
    }
    let studied: Vec<StudiedRow> = scope.rows(tx, &STUDIED).await?;
    for row in studied {
        if let Some(facts) = found.get_mut(&row.org) {
            facts.studied.push((row.items, row.members));
        }
    }
    Ok(found)
}
