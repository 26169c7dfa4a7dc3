//! Appraisal rounds: the one that counts, how many were voided before, and its opinions.

use std::collections::HashMap;

use jiff::civil::Date;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::facts::AppraisalFacts;
use pingyi_domain::ids::{OrgId, RoundId};
use pingyi_domain::time::UnixTime;

use super::scope::{Scope, Scoped, scoped};
use crate::row::record;
use crate::{Result, Tx};

// Counting in sub-queries walks the index (round_id, treatment) and sorts nothing.
const ROUNDS: Scoped = scoped!(
    "SELECT r.id, m.branch_id AS org, r.no, r.state, r.opened_at, r.signed_on, \
     (SELECT COUNT(*) FROM round_member s WHERE s.round_id = r.id) AS listed, \
     (SELECT COUNT(*) FROM round_member s WHERE s.round_id = r.id \
     AND s.treatment = 'not_appraised') AS excluded, \
     (SELECT COUNT(*) FROM round_group_mark g WHERE g.round_id = r.id) AS group_lines \
     FROM meeting m JOIN round r ON r.meeting_id = m.id WHERE m.campaign_id = $1",
    "m.branch_id",
    "ORDER BY m.branch_id, r.no"
);

const GRADES: Scoped = scoped!(
    "SELECT d.round_id AS round, COALESCE(d.grade, '') AS grade, COUNT(*) AS n \
     FROM meeting m JOIN round r ON r.meeting_id = m.id JOIN determination d ON d.round_id = r.id \
     WHERE m.campaign_id = $1",
    "m.branch_id",
    "GROUP BY d.round_id, d.grade"
);

struct RoundRow {
    id: RoundId,
    org: OrgId,
    no: u32,
    state: RoundState,
    opened_at: Option<UnixTime>,
    signed_on: Option<Date>,
    listed: u32,
    excluded: u32,
    group_lines: u32,
}

record!(RoundRow {
    id,
    org,
    no,
    state,
    opened_at,
    signed_on,
    listed,
    excluded,
    group_lines
});

struct GradeRow {
    round: RoundId,
    grade: String,
    n: u32,
}

record!(GradeRow { round, grade, n });

pub(super) struct Rounds {
    by_branch: HashMap<OrgId, AppraisalFacts>,
}

impl Rounds {
    pub async fn read(tx: &mut Tx, scope: Scope) -> Result<Self> {
        let rounds: Vec<RoundRow> = scope.rows(tx, &ROUNDS).await?;
        let grades: Vec<GradeRow> = scope.rows(tx, &GRADES).await?;
        let mut opinions: HashMap<RoundId, Vec<(String, u32)>> = HashMap::new();
        for row in grades {
            opinions
                .entry(row.round)
                .or_default()
                .push((row.grade, row.n));
        }
        let by_branch = rounds
            .chunk_by(|a, b| a.org == b.org)
            .filter_map(|of_branch| current(of_branch, &mut opinions))
            .collect();
        Ok(Self { by_branch })
    }

    pub fn take(&mut self, branch: OrgId) -> Option<AppraisalFacts> {
        self.by_branch.remove(&branch)
    }
}

/// The newest round that is not void, else the newest; `rounds` are by number.
fn current(
    rounds: &[RoundRow],
    opinions: &mut HashMap<RoundId, Vec<(String, u32)>>,
) -> Option<(OrgId, AppraisalFacts)> {
    let standing = |row: &&RoundRow| row.state != RoundState::Voided;
    let round = rounds.iter().rev().find(standing).or(rounds.last())?;
    let voided = rounds
        .iter()
        .filter(|row| row.no < round.no && !standing(row))
        .count();
    let mut grades = opinions.remove(&round.id).unwrap_or_default();
    // The engines need not agree on an order.
    grades.sort();
    let facts = AppraisalFacts {
        id: round.id,
        number: round.no,
        state: round.state,
        voided: u32::try_from(voided).unwrap_or(u32::MAX),
        opened_on: round.opened_at.map(UnixTime::date),
        signed_on: round.signed_on,
        group: round.group_lines > 0,
        appraised: round.listed.saturating_sub(round.excluded),
        excluded: round.excluded,
        determined: grades.iter().map(|(_, n)| n).sum(),
        grades,
    };
    Some((round.org, facts))
}
