//! `/`: everybody to the page where their next task is.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use pingyi_domain::facts::BranchFacts;
use pingyi_domain::ids::OrgId;
use pingyi_domain::time::chinese_date;
use pingyi_storage::{Tx, account, facts, org};

use crate::kernel::access::{BRANCH, COMMITTEE, Role, UNIT, User};
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::kernel::route::{line_of, unit_in};

#[derive(Template)]
#[template(path = "home/start.html")]
struct StartPage {
    frame: Frame,
    campaign: Option<Card>,
    orgs: Vec<(String, String)>,
    branch: Option<MyBranch>,
    committee: bool,
}

struct Card {
    title: String,
    number: String,
    href: String,
}

struct MyBranch {
    name: String,
    when: Option<String>,
}

/// Sends people on, or shows them what they belong to.
pub async fn show(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let Some(user) = ctx.user.clone() else {
        let to = if account::count(&mut tx).await? == 0 {
            "/setup"
        } else {
            "/login"
        };
        return Ok(Redirect::to(to).into_response());
    };
    if let Some(to) = administrator_home(&user) {
        return Ok(Redirect::to(to).into_response());
    }
    let current = campaign::current(&ctx.app, &mut tx).await?;
    let orgs = own_orgs(&mut tx, &user, current.as_ref()).await?;
    if let Some(campaign) = &current {
        if user.holds(COMMITTEE) {
            return Ok(on(&ctx, &campaign.path("")));
        }
        if let [(_, only)] = orgs.as_slice() {
            return Ok(on(&ctx, only));
        }
    }
    // A member without a post goes to what is his own.
    if current.is_some() && orgs.is_empty() && user.holds(&[Role::Member]) {
        return Ok(on(&ctx, "/me"));
    }
    let branch = my_branch(&mut tx, &user, current.as_ref()).await?;
    let frame = ctx.frame(&mut tx, "首页").await?;
    let card = current.map(|c| Card {
        title: c.notice.title.clone(),
        number: c.notice.number.clone(),
        href: c.path("/notice"),
    });
    let committee = user.holds(COMMITTEE);
    page(&StartPage {
        frame,
        campaign: card,
        orgs,
        branch,
        committee,
    })
}

/// Keeps the sentence about what was just done.
fn on(ctx: &Ctx, path: &str) -> Response {
    let query = ctx
        .path
        .split_once('?')
        .map_or_else(String::new, |(_, q)| format!("?{q}"));
    Redirect::to(&format!("{path}{query}")).into_response()
}

fn administrator_home(user: &User) -> Option<&'static str> {
    [
        (Role::SecurityAdmin, "/admin/accounts"),
        (Role::AuditAdmin, "/admin/audit"),
        (Role::SystemAdmin, "/admin/system"),
    ]
    .into_iter()
    .find(|(role, _)| user.holds(&[*role]))
    .map(|(_, path)| path)
}

/// The organisations the person writes for. A unit covers its branches, so of a directly
/// attached branch only one line is shown.
async fn own_orgs(
    tx: &mut Tx,
    user: &User,
    current: Option<&Campaign>,
) -> Result<Vec<(String, String)>, PageError> {
    let Some(campaign) = current else {
        return Ok(Vec::new());
    };
    let mut ids: Vec<OrgId> = Vec::new();
    for grant in &user.grants {
        let acts = UNIT.contains(&grant.role) || BRANCH.contains(&grant.role);
        if let Some(id) = grant.org.filter(|id| acts && !ids.contains(id)) {
            ids.push(id);
        }
    }
    let mut found = Vec::new();
    for id in ids {
        if let Some(at) = org::get(tx, id).await? {
            found.push((at.name, campaign.path(&format!("/o/{id}"))));
        }
    }
    Ok(found)
}

async fn my_branch(
    tx: &mut Tx,
    user: &User,
    current: Option<&Campaign>,
) -> Result<Option<MyBranch>, PageError> {
    let (Some(campaign), Some(id)) = (current, user.org_as(&[Role::Member])) else {
        return Ok(None);
    };
    let Some(unit) = unit_in(&line_of(tx, id).await?) else {
        return Ok(None);
    };
    let Some(found) = facts::load_branch(tx, campaign.id, unit, id).await? else {
        return Ok(None);
    };
    Ok(found.branches.first().map(|b| MyBranch {
        name: b.name.clone(),
        when: when(b),
    }))
}

fn when(branch: &BranchFacts) -> Option<String> {
    let held = branch.meeting.as_ref().and_then(|m| m.held_on);
    held.or(branch.planned_on).map(chinese_date)
}
