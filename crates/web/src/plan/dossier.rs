//! A unit's plan with all its versions, and the rows turned into the rules' own types.

use pingyi_domain::ids::{AccountId, CampaignId, OrgId, PlanId};
use pingyi_domain::org::Org;
use pingyi_domain::plan::{
    Draft, Filed, InForce, PlanContent, PlanError, PlanHead, PlanProblem, PlanState, PlanStep,
    PlannedMeeting, Returned, Submitted,
};
use pingyi_storage::Tx;
use pingyi_storage::exclusion::{self, BranchExclusion};
use pingyi_storage::plan::{self, Plan, PlanVersion};

use crate::campaign::scope::{self, Scope};
use crate::kernel::app::App;
use crate::kernel::error::PageError;

/// Everything stored about a unit's plan.
#[derive(Debug)]
pub struct Dossier {
    /// Campaign, unit, branches.
    pub scope: Scope,
    /// The plan, once begun.
    pub plan: Option<Plan>,
    /// Its versions, newest first.
    pub versions: Vec<PlanVersion>,
    /// Branches of the unit that are not due to meet. // 通知 四、3
    pub excluded: Vec<BranchExclusion>,
}

/// Loads it.
pub async fn load(
    app: &App,
    tx: &mut Tx,
    campaign: CampaignId,
    unit: OrgId,
) -> Result<Dossier, PageError> {
    let scope = scope::load(app, tx, campaign, unit).await?;
    let plan = plan::find(tx, campaign, unit).await?;
    let versions = match &plan {
        Some(found) => plan::list_versions(tx, found.id).await?,
        None => Vec::new(),
    };
    let mut excluded = exclusion::branches(tx, campaign).await?;
    excluded.retain(|e| scope.branches.iter().any(|b| b.id == e.branch_id));
    Ok(Dossier {
        scope,
        plan,
        versions,
        excluded,
    })
}

impl Dossier {
    /// The newest version.
    pub fn newest(&self) -> Option<&PlanVersion> {
        self.versions.first()
    }

    /// One version; without a number the newest.
    pub fn version(&self, number: Option<u32>) -> Option<&PlanVersion> {
        match number {
            None => self.newest(),
            Some(number) => self.versions.iter().find(|v| v.version == number),
        }
    }

    /// What is wrong with a content. // 通知 二、4
    pub fn problems(&self, content: &PlanContent) -> Vec<PlanProblem> {
        let branches: Vec<_> = self.scope.branches.iter().map(|b| b.id).collect();
        let excluded: Vec<_> = self.excluded.iter().map(|e| e.branch_id).collect();
        content.check(&self.scope.campaign.notice, &branches, &excluded)
    }

    /// Why a branch is not due to meet, if it is not.
    pub fn excluded(&self, branch: OrgId) -> Option<&BranchExclusion> {
        self.excluded.iter().find(|e| e.branch_id == branch)
    }

    /// The branches that are asked when and where they meet.
    pub fn due(&self) -> impl Iterator<Item = &Org> {
        let branches = self.scope.branches.iter();
        branches.filter(|b| self.excluded(b.id).is_none())
    }

    /// What is planned for the branches that are due.
    pub fn due_meetings<'a>(
        &'a self,
        content: &'a PlanContent,
    ) -> impl Iterator<Item = &'a PlannedMeeting> {
        let meetings = content.meetings.iter();
        meetings.filter(|m| self.excluded(m.branch).is_none())
    }

    /// What was planned for the branches that are not: it stays on record.
    pub fn kept(&self) -> Vec<PlannedMeeting> {
        let before = self.newest().map(|v| v.content.meetings.as_slice());
        let before = before.unwrap_or_default().iter();
        let kept = before.filter(|m| self.excluded(m.branch).is_some());
        kept.cloned().collect()
    }

    /// Whether an earlier version than this was filed: then this one changes a filed plan.
    pub fn amends(&self, version: &PlanVersion) -> bool {
        amends(&self.versions, version)
    }

    /// The name of a branch of the unit.
    pub fn branch_name(&self, branch: OrgId) -> &str {
        let found = self.scope.branches.iter().find(|org| org.id == branch);
        found.map_or("（已不是本单位的支部）", |org| org.name.as_str())
    }
}

/// As [`Dossier::amends`], for lists.
pub fn amends(versions: &[PlanVersion], version: &PlanVersion) -> bool {
    let mut earlier = versions.iter().filter(|v| v.version < version.version);
    earlier.any(|v| v.decision == Some(PlanState::Filed))
}

fn head(plan: &Plan, version: &PlanVersion) -> PlanHead {
    let number = plan.number.clone();
    PlanHead {
        id: plan.id,
        version: version.version,
        drafter: version.drafted_by,
        content: version.content.clone(),
        in_force: plan
            .filed_version
            .zip(number)
            .map(|(version, number)| InForce { version, number }),
    }
}

/// The newest version as a draft; refused when it is not one.
pub fn as_draft(plan: &Plan, version: &PlanVersion) -> Result<Draft, PlanError> {
    plan.state.advance(PlanStep::Submit)?;
    Ok(Draft {
        head: head(plan, version),
    })
}

/// The newest version as one sent up; refused when it is not.
pub fn as_submitted(plan: &Plan, version: &PlanVersion) -> Result<Submitted, PlanError> {
    plan.state.advance(PlanStep::File)?;
    Ok(Submitted {
        head: head(plan, version),
        by: version.submitted_by.unwrap_or(version.drafted_by),
        at: version.submitted_at.unwrap_or(version.drafted_at),
        late: version.late,
    })
}

/// A draft that follows the newest version, which was returned or filed.
pub fn next_draft(
    plan: &Plan,
    version: &PlanVersion,
    drafter: AccountId,
) -> Result<Draft, PlanError> {
    let head = head(plan, version);
    let reviewer = version.reviewer.unwrap_or(version.drafted_by);
    let at = version.decided_at.unwrap_or(version.drafted_at);
    if plan.state == PlanState::Filed {
        let number = plan.number.clone().unwrap_or_default();
        return Filed {
            head,
            reviewer,
            number,
            at,
            late: version.late,
        }
        .amend(drafter);
    }
    plan.state.advance(PlanStep::Revise)?;
    let opinion = version.opinion.clone().unwrap_or_default();
    Returned {
        head,
        reviewer,
        opinion,
        at,
    }
    .revise(drafter)
}

/// A version as first written.
pub fn row(
    plan: PlanId,
    draft: &Draft,
    name: &str,
    at: pingyi_domain::time::UnixTime,
) -> PlanVersion {
    PlanVersion {
        plan_id: plan,
        version: draft.head.version,
        content: draft.head.content.clone(),
        drafted_by: draft.head.drafter,
        drafted_by_name: name.to_owned(),
        drafted_at: at,
        submitted_by: None,
        submitted_by_name: None,
        submitted_at: None,
        late: false,
        decision: None,
        opinion: None,
        reviewer: None,
        reviewer_name: None,
        decided_at: None,
    }
}
