//! Plans, planned days and filings.

use std::collections::HashMap;

use jiff::civil::{Date, DateTime};
use pingyi_domain::facts::{FilingFacts, PlanFacts};
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::{FilingId, OrgId, PlanId};
use pingyi_domain::plan::{PlanContent, PlanState};
use pingyi_domain::time::UnixTime;

use super::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// `newest` says what, `filed` when it came into force, `first` when it was first handed in.
const PLANS: Scoped = scoped!(
    "SELECT p.id, p.org_id AS org, p.state, p.version, p.filed_version, p.number, \
     newest.content, filed.decided_at AS filed_at, first.submitted_at, first.late \
     FROM plan p \
     LEFT JOIN plan_version newest ON newest.plan_id = p.id AND newest.version = p.version \
     LEFT JOIN plan_version filed ON filed.plan_id = p.id AND filed.version = p.filed_version \
     LEFT JOIN plan_version first ON first.plan_id = p.id AND first.version = \
     (SELECT MIN(v.version) FROM plan_version v \
     WHERE v.plan_id = p.id AND v.submitted_at IS NOT NULL) \
     WHERE p.campaign_id = $1",
    "p.org_id",
    ""
);

const SESSIONS: Scoped = scoped!(
    "SELECT p.org_id AS unit, s.branch_id AS branch, s.starts_at AS starts FROM plan p \
     JOIN plan_session s ON s.plan_id = p.id AND s.version = COALESCE(p.filed_version, p.version) \
     WHERE p.campaign_id = $1 AND s.starts_at IS NOT NULL",
    "p.org_id",
    ""
);

const FILINGS: Scoped = scoped!(
    "SELECT f.id, f.org_id AS org, f.kind, f.state, newest.decided_at, first.submitted_at, \
     first.late FROM filing f \
     LEFT JOIN filing_version newest ON newest.filing_id = f.id AND newest.version = f.version \
     LEFT JOIN filing_version first ON first.filing_id = f.id AND first.version = \
     (SELECT MIN(v.version) FROM filing_version v \
     WHERE v.filing_id = f.id AND v.submitted_at IS NOT NULL) \
     WHERE f.campaign_id = $1",
    "f.org_id",
    ""
);

struct PlanRow {
    id: PlanId,
    org: OrgId,
    state: PlanState,
    version: u32,
    filed_version: Option<u32>,
    number: Option<String>,
    content: Option<PlanContent>,
    filed_at: Option<UnixTime>,
    submitted_at: Option<UnixTime>,
    late: Option<bool>,
}

record!(PlanRow {
    id,
    org,
    state,
    version,
    filed_version,
    number,
    content,
    filed_at,
    submitted_at,
    late,
});

struct SessionRow {
    unit: OrgId,
    branch: OrgId,
    starts: DateTime,
}

record!(SessionRow {
    unit,
    branch,
    starts
});

struct FilingRow {
    id: FilingId,
    org: OrgId,
    kind: FilingKind,
    state: FilingState,
    submitted_at: Option<UnixTime>,
    decided_at: Option<UnixTime>,
    late: Option<bool>,
}

record!(FilingRow {
    id,
    org,
    kind,
    state,
    submitted_at,
    decided_at,
    late
});

pub(super) struct Papers {
    plans: HashMap<OrgId, PlanRow>,
    // By unit too: a plan that names a foreign branch says nothing about it.
    sessions: HashMap<(OrgId, OrgId), DateTime>,
    filings: HashMap<(OrgId, FilingKind), FilingRow>,
}

impl Papers {
    pub async fn read(tx: &mut Tx, scope: Scope) -> Result<Self> {
        let plans: Vec<PlanRow> = scope.rows(tx, &PLANS).await?;
        let sessions: Vec<SessionRow> = scope.rows(tx, &SESSIONS).await?;
        let filings: Vec<FilingRow> = scope.rows(tx, &FILINGS).await?;
        Ok(Self {
            plans: plans.into_iter().map(|row| (row.org, row)).collect(),
            sessions: sessions
                .into_iter()
                .map(|row| ((row.unit, row.branch), row.starts))
                .collect(),
            filings: filings
                .into_iter()
                .map(|row| ((row.org, row.kind), row))
                .collect(),
        })
    }

    pub fn plan(&mut self, unit: OrgId) -> Option<PlanFacts> {
        let row = self.plans.remove(&unit)?;
        Some(PlanFacts {
            id: row.id,
            state: row.state,
            version: row.version,
            theme: row.content.map(|content| content.theme).unwrap_or_default(),
            filed_version: row.filed_version,
            submitted_on: row.submitted_at.map(UnixTime::date),
            filed_on: row.filed_at.map(UnixTime::date),
            number: row.number,
            late: row.late.unwrap_or_default(),
        })
    }

    pub fn planned_on(&self, unit: OrgId, branch: OrgId) -> Option<Date> {
        self.sessions
            .get(&(unit, branch))
            .map(|starts| starts.date())
    }

    pub fn unit_filing(&mut self, unit: OrgId) -> Option<FilingFacts> {
        self.filing(unit, FilingKind::UnitSummary)
    }

    pub fn branch_filing(&mut self, branch: OrgId) -> Option<FilingFacts> {
        self.filing(branch, FilingKind::BranchSummary)
    }

    fn filing(&mut self, org: OrgId, kind: FilingKind) -> Option<FilingFacts> {
        let row = self.filings.remove(&(org, kind))?;
        Some(FilingFacts {
            id: row.id,
            state: row.state,
            submitted_on: row.submitted_at.map(UnixTime::date),
            decided_on: row.decided_at.map(UnixTime::date),
            late: row.late.unwrap_or_default(),
        })
    }
}
