//! Members counted, secretaries named, notices acknowledged.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::time::UnixTime;

use super::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// `$1` is named although members belong to no campaign: every query here takes the same values.
const MEMBERS: Scoped = scoped!(
    "SELECT branch_id AS org, COUNT(*) AS members, \
     CAST(SUM(CASE standing WHEN 'probationary' THEN 1 ELSE 0 END) AS BIGINT) AS probationary \
     FROM member WHERE status = 'active' AND $1 <> ''",
    "branch_id",
    "GROUP BY branch_id"
);

const SECRETARIES: Scoped = scoped!(
    "SELECT p.org_id AS org, p.member_id AS member, m.name FROM post p JOIN member m ON m.id = p.member_id \
     WHERE p.kind = 'secretary' AND m.status = 'active' AND $1 <> ''",
    "p.org_id",
    ""
);

const RECEIPTS: Scoped = scoped!(
    "SELECT org_id AS org, acknowledged_at AS at FROM receipt WHERE campaign_id = $1",
    "org_id",
    ""
);

const EXCLUDED: Scoped = scoped!(
    "SELECT branch_id AS org FROM branch_exclusion WHERE campaign_id = $1",
    "branch_id",
    ""
);

struct OrgRow {
    org: OrgId,
}

record!(OrgRow { org });

struct MembersRow {
    org: OrgId,
    members: u32,
    probationary: u32,
}

record!(MembersRow {
    org,
    members,
    probationary
});

struct SecretaryRow {
    org: OrgId,
    member: MemberId,
    name: String,
}

record!(SecretaryRow { org, member, name });

struct ReceiptRow {
    org: OrgId,
    at: UnixTime,
}

record!(ReceiptRow { org, at });

pub(super) struct People {
    members: HashMap<OrgId, (u32, u32)>,
    secretaries: HashMap<OrgId, String>,
    receipts: HashMap<OrgId, UnixTime>,
    excluded: HashSet<OrgId>,
}

impl People {
    pub async fn read(tx: &mut Tx, scope: Scope) -> Result<Self> {
        let members: Vec<MembersRow> = scope.rows(tx, &MEMBERS).await?;
        let mut secretaries: Vec<SecretaryRow> = scope.rows(tx, &SECRETARIES).await?;
        // Of several secretaries on a careless roster the first counts: the last one collected.
        secretaries.sort_unstable_by_key(|row| Reverse(row.member));
        let receipts: Vec<ReceiptRow> = scope.rows(tx, &RECEIPTS).await?;
        let excluded: Vec<OrgRow> = scope.rows(tx, &EXCLUDED).await?;
        Ok(Self {
            excluded: excluded.into_iter().map(|row| row.org).collect(),
            members: members
                .into_iter()
                .map(|row| (row.org, (row.members, row.probationary)))
                .collect(),
            secretaries: secretaries
                .into_iter()
                .map(|row| (row.org, row.name))
                .collect(),
            receipts: receipts.into_iter().map(|row| (row.org, row.at)).collect(),
        })
    }

    /// Not due to meet, by a recorded decision.
    pub fn excluded(&self, org: OrgId) -> bool {
        self.excluded.contains(&org)
    }

    /// All and probationary.
    pub fn members(&self, org: OrgId) -> (u32, u32) {
        self.members.get(&org).copied().unwrap_or_default()
    }

    /// Not taken out: a directly attached branch is asked twice, as unit and as branch.
    pub fn secretary(&self, org: OrgId) -> Option<String> {
        self.secretaries.get(&org).cloned()
    }

    pub fn acknowledged_on(&self, org: OrgId) -> Option<Date> {
        self.receipts.get(&org).map(|at| at.date())
    }
}
