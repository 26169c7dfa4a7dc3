//! `/c/{campaign}/plans`: all units' plans by what is to be done; who waits longest is first.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::Org;
use pingyi_domain::plan::{PlanState, is_late};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::plan::{self, Plan, PlanVersion};
use pingyi_storage::{Tx, org};

use super::dossier::amends;
use crate::campaign::{none, scope};
use crate::kernel::campaign::Campaign;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "plan/queue.html")]
struct QueuePage {
    frame: Frame,
    home: String,
    path: String,
    deadline: String,
    /// The last day is over.
    over: bool,
    queue: Queue,
}

/// Units by what is to be done.
pub struct Queue {
    /// With the 组织科; earliest first.
    pub waiting: Vec<Entry>,
    /// Sent back; longest ago first.
    pub returned: Vec<Entry>,
    /// Not handed in; roster order.
    pub missing: Vec<Entry>,
    /// Filed; in the order of filing.
    pub filed: Vec<Entry>,
}

/// One unit.
pub struct Entry {
    /// Its name.
    pub unit: String,
    /// Address of its plan.
    pub path: String,
    /// 备案号 in force.
    pub number: String,
    /// A draft is begun.
    pub is_begun: bool,
    /// Changes a filed plan, or is being changed.
    pub amends: bool,
    /// Newest version.
    pub version: u32,
    /// First handing in.
    pub submitted: Option<UnixTime>,
    /// The version in question was sent after the last day.
    pub late: bool,
    /// Who sent it last.
    pub by: String,
    /// When the 组织科 decided last.
    pub decided: Option<UnixTime>,
    /// Who decided.
    pub reviewer: String,
    /// The last opinion.
    pub opinion: String,
    /// 第一责任人, where the plan is not handed in.
    pub secretary: String,
    org: OrgId,
    at: i64,
}

/// `/plans`.
pub async fn current(ctx: Ctx) -> Answer {
    none::lead(&ctx, "/plans", "方案审核").await
}

/// The page.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = scope::issued(&ctx.app, &mut tx, id).await?;
    let queue = load(&mut tx, &campaign).await?;
    let frame = ctx.frame(&mut tx, "方案审核").await?;
    let deadline = campaign.notice.deadlines.plan;
    page(&QueuePage {
        frame,
        home: campaign.path(""),
        path: campaign.path("/plans"),
        deadline: chinese_date(deadline),
        over: is_late(ctx.now, deadline),
        queue,
    })
}

/// Sorts all units.
pub async fn load(tx: &mut Tx, campaign: &Campaign) -> Result<Queue, PageError> {
    let plans = plan::list(tx, campaign.id).await?;
    let mut plans: HashMap<OrgId, Plan> = plans.into_iter().map(|p| (p.org_id, p)).collect();
    let mut queue = Queue {
        waiting: vec![],
        returned: vec![],
        missing: vec![],
        filed: vec![],
    };
    for unit in org::tree(tx).await?.units() {
        let path = campaign.path(&format!("/o/{}/plan", unit.id));
        let Some(plan) = plans.remove(&unit.id) else {
            queue.missing.push(entry(unit, path, None, &[]));
            continue;
        };
        let versions = plan::list_versions(tx, plan.id).await?;
        let entry = entry(unit, path, Some(&plan), &versions);
        let list = match plan.state {
            PlanState::Submitted => &mut queue.waiting,
            PlanState::Returned => &mut queue.returned,
            PlanState::Draft if plan.filed_version.is_none() => &mut queue.missing,
            PlanState::Draft | PlanState::Filed => &mut queue.filed,
        };
        list.push(entry);
    }
    for entry in &mut queue.missing {
        entry.secretary = scope::secretary(tx, entry.org).await?;
    }
    for list in [&mut queue.waiting, &mut queue.returned, &mut queue.filed] {
        list.sort_by_key(|entry| entry.at);
    }
    Ok(queue)
}

fn entry(unit: &Org, path: String, plan: Option<&Plan>, versions: &[PlanVersion]) -> Entry {
    let is_draft = plan.is_some_and(|p| p.state == PlanState::Draft);
    // A draft has no history of its own yet: the version before it tells.
    let told = versions
        .iter()
        .find(|v| !is_draft || v.submitted_at.is_some());
    let decided = versions.iter().find(|v| v.decided_at.is_some());
    let is_waiting = plan.is_some_and(|p| p.state == PlanState::Submitted);
    let filed_first = versions
        .iter()
        .rev()
        .find(|v| v.decision == Some(PlanState::Filed));
    let at = if is_waiting {
        told.and_then(|v| v.submitted_at)
    } else {
        filed_first.or(decided).and_then(|v| v.decided_at)
    };
    let text = |words: Option<&String>| words.cloned().unwrap_or_default();
    Entry {
        unit: unit.name.clone(),
        org: unit.id,
        secretary: String::new(),
        path,
        number: text(plan.and_then(|p| p.number.as_ref())),
        is_begun: plan.is_some(),
        amends: versions.first().is_some_and(|v| amends(versions, v)),
        version: plan.map_or(0, |p| p.version),
        submitted: versions.iter().rev().find_map(|v| v.submitted_at),
        late: told.is_some_and(|v| v.late && !amends(versions, v)),
        by: text(told.and_then(|v| v.submitted_by_name.as_ref())),
        decided: decided.and_then(|v| v.decided_at),
        reviewer: text(decided.and_then(|v| v.reviewer_name.as_ref())),
        opinion: text(decided.and_then(|v| v.opinion.as_ref())),
        at: at.map_or(0, |at| at.0),
    }
}

impl Entry {
    /// When it was handed in first.
    pub fn submitted_text(&self) -> String {
        self.submitted
            .map_or_else(String::new, UnixTime::minute_text)
    }

    /// Day of the last decision.
    pub fn decided_text(&self) -> String {
        self.decided
            .map_or_else(String::new, |at| at.date().to_string())
    }
}
