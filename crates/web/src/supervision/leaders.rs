//! 工委领导班子成员: their linked units and the meetings they attended. // 通知 四、4

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::day;
use pingyi_domain::ids::{CampaignId, LeaderId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::prose::{self, LINE};
use pingyi_domain::time::chinese_date;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::leader::{self, Leader, Link, Visit};
use pingyi_storage::{Tx, account, grant};

use super::desk::words;
use super::places::Places;
use super::timetable::{self, Slot};
use crate::kernel::access::{CLERK, Role};
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "supervision/leaders.html")]
struct LeadersPage {
    frame: Frame,
    base: String,
    clerk: bool,
    words: Option<(String, String)>,
    min: u32,
    target: u32,
    lines: Vec<Line>,
    slots: Vec<Slot>,
    /// Accounts of leaders not on the list yet: names need not be typed.
    known: Vec<(String, String)>,
    units: Vec<(String, String)>,
    branches: Vec<(String, String)>,
    form: FormState,
}

struct Line {
    id: String,
    name: String,
    post: String,
    units: Vec<(String, String)>,
    visits: Vec<(String, String)>,
    enough: bool,
}

impl Line {
    fn linked(&self, unit: &str) -> bool {
        self.units.iter().any(|(id, _)| id == unit)
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    answer(&ctx, tx, campaign, FormState::default()).await
}

async fn answer(ctx: &Ctx, mut tx: Tx, campaign: Campaign, form: FormState) -> Answer {
    let status = form.status();
    let places = Places::load(&mut tx).await?;
    let all = leader::list(&mut tx, campaign.id).await?;
    let links = leader::links(&mut tx, campaign.id).await?;
    let visits = leader::visits(&mut tx, campaign.id).await?;
    let set = campaign.notice.settings.leader_meetings;
    let today = ctx.now.date();
    let slots = timetable::slots(&mut tx, &campaign, &places, &links, today).await?;
    let frame = ctx.frame(&mut tx, "工委领导参会").await?;
    let body = page(&LeadersPage {
        frame,
        base: campaign.path("/supervision"),
        clerk: ctx.user()?.holds(CLERK),
        words: words(&campaign, Rule::LeadersAttended),
        min: set.min,
        target: set.target,
        known: known(&mut tx, &all).await?,
        lines: all
            .iter()
            .map(|one| line(one, &places, &links, &visits, set.min))
            .collect(),
        slots: timetable::named(slots, &all),
        units: places.units(),
        branches: linked_branches(&places, &links),
        form,
    })?;
    Ok((status, body).into_response())
}

fn line(one: &Leader, places: &Places, links: &[Link], visits: &[Visit], min: u32) -> Line {
    let name = |id: OrgId| places.tree.get(id).map(|o| o.name.clone());
    let own: Vec<_> = visits.iter().filter(|v| v.leader_id == one.id).collect();
    Line {
        id: one.id.to_string(),
        name: one.name.clone(),
        post: one.post.clone(),
        units: links
            .iter()
            .filter(|l| l.leader_id == one.id)
            .filter_map(|l| Some((l.unit_id.to_string(), name(l.unit_id)?)))
            .collect(),
        enough: own.len() >= min as usize,
        visits: own
            .iter()
            .map(|v| (chinese_date(v.visited_on), places.label(v.branch_id)))
            .collect(),
    }
}

fn linked_branches(places: &Places, links: &[Link]) -> Vec<(String, String)> {
    let linked = |unit: OrgId| links.iter().any(|l| l.unit_id == unit);
    let all = places.all().into_iter().filter(|p| linked(p.unit));
    all.map(|p| (p.branch.to_string(), p.label())).collect()
}

/// Accounts that read as 工委领导, less those on the list.
async fn known(tx: &mut Tx, listed: &[Leader]) -> Result<Vec<(String, String)>, PageError> {
    let grants = grant::list_all(tx).await?;
    let mut found = Vec::new();
    for held in grants {
        if held.role != Role::CommitteeLeader.as_str() {
            continue;
        }
        if let Some(one) = account::get(tx, held.account_id).await?
            && listed.iter().all(|l| l.name != one.display_name)
        {
            found.push((one.display_name, Role::CommitteeLeader.label().to_owned()));
        }
    }
    Ok(found)
}

/// Adds a leader, or writes one's linked units anew.
pub async fn save(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let places = Places::load(&mut tx).await?;
    let all = leader::list(&mut tx, id).await?;
    let sent: Vec<&str> = fields.all("units").collect();
    let units: Vec<OrgId> = places
        .tree
        .units()
        .map(|u| u.id)
        .filter(|id| sent.contains(&id.to_string().as_str()))
        .collect();
    let old = all.iter().find(|l| l.id.to_string() == fields.get("id"));
    let one = if let Some(old) = old {
        old.clone()
    } else {
        let mut form = FormState::of(&fields);
        let Some(new) = new_leader(&ctx, id, &all, &mut form) else {
            return answer(&ctx, tx, campaign, form).await;
        };
        leader::insert(&mut tx, &new).await?;
        new
    };
    leader::set_links(&mut tx, one.id, &units).await?;
    let detail = serde_json::json!({ "leader": one.name, "units": units.len() });
    let object = Object::Campaign(id);
    tx.audit(&ctx.actor(), ctx.now, Event::LeadersChanged, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&campaign.path("/supervision/leaders"), "leaders")
}

fn new_leader(ctx: &Ctx, id: CampaignId, all: &[Leader], form: &mut FormState) -> Option<Leader> {
    let name = prose::line(form.value("name"), LINE);
    if let Err(why) = &name {
        form.fail("name", format!("姓名{why}"));
    }
    let post = form.value("post").trim().to_owned();
    if let Some(why) = prose::line(&post, LINE).err().filter(|_| !post.is_empty()) {
        form.fail("post", format!("职务{why}"));
    }
    let name = name.ok()?;
    if all.iter().any(|l| l.name == name) {
        form.fail("name", "这位同志已经在名单上，请直接改联系单位。");
    }
    form.is_ok().then(|| Leader {
        id: ctx.app.new_id(),
        campaign_id: id,
        name,
        post,
    })
}

/// Records a meeting that a leader attended.
pub async fn visit(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let mut form = FormState::of(&fields);
    let Some(visit) = read_visit(&ctx, &mut tx, id, &mut form).await? else {
        return answer(&ctx, tx, campaign, form).await;
    };
    leader::insert_visit(&mut tx, &visit).await?;
    let detail = serde_json::json!({ "on": visit.visited_on });
    let object = Object::Org(visit.branch_id);
    tx.audit(&ctx.actor(), ctx.now, Event::LeaderVisited, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&campaign.path("/supervision/leaders"), "visit")
}

async fn read_visit(
    ctx: &Ctx,
    tx: &mut Tx,
    id: CampaignId,
    form: &mut FormState,
) -> Result<Option<Visit>, PageError> {
    let who: Option<LeaderId> = form.value("leader").parse().ok();
    let all = leader::list(tx, id).await?;
    if !all.iter().any(|l| Some(l.id) == who) {
        form.fail("leader", "请选参会的领导。");
    }
    let places = Places::load(tx).await?;
    let branch = form.value("branch").parse().ok();
    let place = branch.and_then(|branch| places.place(branch).ok());
    let links = leader::links(tx, id).await?;
    match &place {
        None => form.fail("branch", "请选参加的是哪个支部的会。"),
        // 通知 四、4: 所联系机关党建学会会员单位
        Some(p)
            if !links
                .iter()
                .any(|l| Some(l.leader_id) == who && l.unit_id == p.unit) =>
        {
            form.fail(
                "branch",
                "这个支部不属于该领导联系的会员单位。联系单位有变的，请先在上面改好。",
            );
        }
        Some(_) => {}
    }
    let on = super::check_new::date(form, "visited_on", "参会日期");
    if let Some(Err(why)) = on.map(|on| day::past(on, ctx.now.date())) {
        form.fail("visited_on", why.to_string());
    }
    let visits = leader::visits(tx, id).await?;
    let again = |v: &Visit| Some(v.leader_id) == who && Some(v.branch_id) == branch;
    if visits.iter().any(again) {
        form.fail("branch", "这次参会已经登记过。");
    }
    let (Some(leader_id), Some(place), Some(on), true) = (who, place, on, form.is_ok()) else {
        return Ok(None);
    };
    Ok(Some(Visit {
        leader_id,
        branch_id: place.branch,
        visited_on: on,
        entered_by: ctx.actor().name,
        entered_at: ctx.now,
    }))
}
