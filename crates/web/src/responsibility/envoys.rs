//! Whom the superior sends to which branch's meeting: all branches in one form. // 通知 四、2

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::DateTime;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::org::{Org, OrgKind};
use pingyi_domain::supervision::{Going, clashes};
use pingyi_storage::envoy_plan::EnvoyPlan;
use pingyi_storage::{Tx, envoy_plan, member, org, plan, post};

use crate::kernel::access::{CLERK, UNIT};
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::kernel::route::line_of;
use crate::meeting::when;

#[derive(Template)]
#[template(path = "responsibility/envoys.html")]
struct EnvoysPage {
    frame: Frame,
    back: String,
    here: String,
    name: String,
    words: Option<(String, String)>,
    lines: Vec<Line>,
    people: Vec<Person>,
    clashes: Vec<String>,
    sends: bool,
    form: FormState,
}

/// A branch of the form.
pub(super) struct Line {
    pub branch: OrgId,
    pub name: String,
    pub starts: Option<DateTime>,
    pub when: String,
    pub place: String,
    pub plan: Option<EnvoyPlan>,
}

impl Line {
    /// Name of the branch's field.
    pub fn field(&self) -> String {
        format!("e_{}", self.branch)
    }
}

/// Somebody who may be sent: a post-holder of the superior.
#[derive(Clone)]
pub(super) struct Person {
    pub member: MemberId,
    pub name: String,
    pub post: String,
}

/// Who sends, to which branches, from whom.
pub(super) struct Desk {
    pub campaign: Campaign,
    pub sender: Org,
    pub lines: Vec<Line>,
    pub people: Vec<Person>,
}

/// What the form stands on; of a directly attached branch, its superior's desk is another page.
pub(super) async fn load(
    ctx: &Ctx,
    tx: &mut Tx,
    (id, here): (CampaignId, OrgId),
) -> Result<Desk, PageError> {
    let campaign = campaign::load(&ctx.app, tx, id).await?;
    let sender = org::get(tx, here).await?.ok_or(PageError::NotFound)?;
    let root = sender.parent.is_none();
    let mut sessions: HashMap<OrgId, plan::Session> = plan::sessions(tx, id)
        .await?
        .into_iter()
        .map(|s| (s.branch, s))
        .collect();
    let mut plans: HashMap<OrgId, EnvoyPlan> = envoy_plan::list(tx, id)
        .await?
        .into_iter()
        .map(|p| (p.branch_id, p))
        .collect();
    let under = org::list_under(tx, here).await?;
    let lines = under
        .iter()
        .filter(|o| o.kind == OrgKind::Branch && o.id != here)
        .filter(|o| !root || o.parent == Some(here))
        .map(|o| {
            let session = sessions.remove(&o.id);
            let starts = session.as_ref().and_then(|s| s.starts);
            Line {
                branch: o.id,
                name: o.name.clone(),
                starts,
                when: starts.map(when::chinese).unwrap_or_default(),
                place: session.map(|s| s.place).unwrap_or_default(),
                plan: plans.remove(&o.id),
            }
        })
        .collect();
    let people = people(tx, &sender).await?;
    Ok(Desk {
        campaign,
        sender,
        lines,
        people,
    })
}

/// The superior's post-holders, each once with all posts.
async fn people(tx: &mut Tx, sender: &Org) -> Result<Vec<Person>, PageError> {
    let mut found: Vec<Person> = Vec::new();
    for held in post::list(tx, sender.id).await? {
        if let Some(known) = found.iter_mut().find(|p| p.member == held.member) {
            known.post = format!("{}、{}", known.post, held.title);
        } else if let Some(one) = member::get(tx, held.member).await? {
            found.push(Person {
                member: held.member,
                name: one.name,
                post: held.title,
            });
        }
    }
    Ok(found)
}

/// Whether this person sends for this organisation.
pub(super) async fn sends(ctx: &Ctx, tx: &mut Tx, sender: &Org) -> Result<bool, PageError> {
    let line = line_of(tx, sender.id).await?;
    let roles = if sender.parent.is_none() { CLERK } else { UNIT };
    Ok(ctx.user()?.holds_over(roles, &line))
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = load(&ctx, &mut tx, at).await?;
    if desk.sender.kind == OrgKind::Branch {
        let to = desk.campaign.path(&format!("/o/{}/meeting", at.1));
        return Ok(Redirect::to(&to).into_response());
    }
    let form = desk.lines.iter().fold(FormState::default(), |form, line| {
        let name = line.plan.as_ref().map_or("", |p| p.name.as_str());
        form.with(&line.field(), name)
    });
    answer(&ctx, tx, desk, form).await
}

/// The page with the form as typed.
pub(super) async fn answer(ctx: &Ctx, mut tx: Tx, desk: Desk, form: FormState) -> Answer {
    let status = form.status();
    let frame = ctx.frame(&mut tx, "上级派员").await?;
    let sends = sends(ctx, &mut tx, &desk.sender).await?;
    let asked = desk.campaign.notice.requirement(Rule::SuperiorCommented);
    let words = asked.map(|r| {
        let clause = r.clause.paragraph().as_str().to_owned();
        (clause, r.words.clone())
    });
    let here = format!("/o/{}", desk.sender.id);
    let body = page(&EnvoysPage {
        frame,
        back: desk.campaign.path(&here),
        here: desk.campaign.path(&format!("{here}/envoys")),
        name: desk.sender.name.clone(),
        words,
        clashes: warnings(&desk.lines, &form),
        lines: desk.lines,
        people: desk.people,
        sends,
        form,
    })?;
    Ok((status, body).into_response())
}

/// One person at two meetings within two hours, in words.
fn warnings(lines: &[Line], form: &FormState) -> Vec<String> {
    let going: Vec<Going> = lines
        .iter()
        .map(|line| Going {
            who: form.value(&line.field()).trim().to_owned(),
            branch: line.name.clone(),
            starts: line.starts,
        })
        .collect();
    clashes(&going)
        .iter()
        .map(|c| {
            let (one, other) = (&lines[c.first], &lines[c.second]);
            format!(
                "{}：{}（{}）和{}（{}）相隔不到两小时，请换人或调整时间。",
                going[c.first].who, one.name, one.when, other.name, other.when
            )
        })
        .collect()
}
