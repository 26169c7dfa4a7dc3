//! A unit's or a branch's page: where it stands and 「还差什么」.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::assess::{
    Coverage, Finding, Step, StepState, assess_branch, assess_unit, steps,
};
use pingyi_domain::facts::{BranchFacts, UnitFacts};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::OrgKind;
use pingyi_domain::time::chinese_date;
use pingyi_storage::facts;

use super::doors::{self, Door};
use super::line::{BranchLine, branch_line};
use super::todo::{May, Todo, sort};
use crate::api::GIVES;
use crate::kernel::access::{COMMITTEE, UNIT_READ};
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::kernel::route::{line_of, unit_in};

#[derive(Template)]
#[template(path = "home/unit.html")]
struct UnitPage {
    frame: Frame,
    base: String,
    here: String,
    overview: Option<String>,
    name: String,
    secretary: Option<String>,
    coverage: Coverage,
    todo: Todo,
    branches: Vec<BranchLine>,
    org: OrgId,
    /// May hand out tokens of the interface.
    gives: bool,
}

#[derive(Template)]
#[template(path = "home/branch.html")]
struct BranchPage {
    frame: Frame,
    here: String,
    overview: Option<String>,
    unit: Option<(String, String)>,
    name: String,
    attached: bool,
    /// Not due by a decision; nothing is asked. // 通知 四、3
    excluded: bool,
    org: OrgId,
    /// May hand out tokens of the interface.
    gives: bool,
    secretary: Option<String>,
    members: u32,
    probationary: u32,
    when: Option<String>,
    superior: String,
    steps: [(Step, StepState); 7],
    todo: Todo,
    doors: [(&'static str, &'static [Door]); 3],
}

/// Shows it.
pub async fn show(ctx: Ctx, Path((id, org)): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let line = line_of(&mut tx, org).await?;
    let Some(unit_id) = unit_in(&line) else {
        return Ok(axum::response::IntoResponse::into_response(
            axum::response::Redirect::to(&campaign.path("")),
        ));
    };
    let unit = facts::load_unit(&mut tx, id, unit_id)
        .await?
        .ok_or(PageError::NotFound)?;
    let may = May::of(ctx.user()?, &line);
    let branch = unit.branches.iter().find(|b| b.org == org);
    match branch {
        Some(branch) => {
            let parent = line.get(1).copied();
            let superior = superior(&mut tx, parent).await?;
            let frame = ctx.frame(&mut tx, &branch.name).await?;
            branch_page(&ctx, &campaign, &unit, branch, may, superior, frame)
        }
        None if unit.org == org => {
            let frame = ctx.frame(&mut tx, &unit.name).await?;
            unit_page(&ctx, &campaign, &unit, may, frame)
        }
        None => Err(PageError::NotFound),
    }
}

async fn superior(tx: &mut pingyi_storage::Tx, parent: Option<OrgId>) -> Result<String, PageError> {
    let Some(id) = parent else {
        return Ok(String::new());
    };
    Ok(pingyi_storage::org::get(tx, id)
        .await?
        .map_or_else(String::new, |o| o.name))
}

fn overview(ctx: &Ctx, campaign: &Campaign) -> Option<String> {
    let user = ctx.user.as_ref()?;
    user.holds(COMMITTEE).then(|| campaign.path(""))
}

fn unit_page(ctx: &Ctx, campaign: &Campaign, unit: &UnitFacts, may: May, frame: Frame) -> Answer {
    let today = ctx.now.date();
    let findings = assess_unit(&campaign.notice, unit, today);
    let own: Vec<Finding> = findings
        .iter()
        .filter(|f| f.branch.is_none())
        .cloned()
        .collect();
    let branches: Vec<BranchLine> = unit
        .branches
        .iter()
        .map(|b| branch_line(b, &findings))
        .collect();
    page(&UnitPage {
        frame,
        base: campaign.path(""),
        here: campaign.path(&format!("/o/{}", unit.org)),
        overview: overview(ctx, campaign),
        name: unit.name.clone(),
        secretary: unit.secretary.clone(),
        coverage: Coverage::of_unit(unit),
        todo: sort(campaign, &own, today, may),
        branches,
        org: unit.org,
        gives: ctx.user()?.holds(GIVES),
    })
}

fn branch_page(
    ctx: &Ctx,
    campaign: &Campaign,
    unit: &UnitFacts,
    branch: &BranchFacts,
    may: May,
    superior: String,
    frame: Frame,
) -> Answer {
    let today = ctx.now.date();
    let attached = unit.kind == OrgKind::Branch;
    // A directly attached branch is its own unit: both lists on one page.
    let findings = if attached {
        assess_unit(&campaign.notice, unit, today)
    } else {
        assess_branch(&campaign.notice, unit, branch, today)
    };
    let above = ctx.user()?.holds(UNIT_READ) && !attached;
    let held = branch.meeting.as_ref().and_then(|m| m.held_on);
    page(&BranchPage {
        frame,
        here: campaign.path(&format!("/o/{}", branch.org)),
        overview: overview(ctx, campaign),
        unit: above.then(|| {
            (
                unit.name.clone(),
                campaign.path(&format!("/o/{}", unit.org)),
            )
        }),
        name: branch.name.clone(),
        attached,
        excluded: branch.excluded,
        org: branch.org,
        gives: ctx.user()?.holds(GIVES),
        secretary: branch.secretary.clone(),
        members: branch.members,
        probationary: branch.probationary,
        when: held.or(branch.planned_on).map(chinese_date),
        superior,
        steps: steps(unit, branch),
        todo: sort(campaign, &findings, today, may),
        doors: [
            ("会前", doors::BEFORE),
            ("会上", doors::MEETING),
            ("会后", doors::AFTER),
        ],
    })
}
