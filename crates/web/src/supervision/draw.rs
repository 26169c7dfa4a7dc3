//! The draw in the browser: freeze the list, read out its hash, type the seed, see the sample.
//! docs/DRAW.md // 通知 四、4

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::draw::{DrawList, Entry, FULL_WEIGHT, Seed, Shares, sample};
use pingyi_domain::ids::{CampaignId, DrawId, OrgId};
use pingyi_domain::time::chinese_date;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::draw::{self as stored, Draw};
use pingyi_storage::{Tx, spot_check};

use super::desk::checked;
use super::places::Places;
use crate::kernel::access::CLERK;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::paper::file;

#[derive(Template)]
#[template(path = "supervision/draw.html")]
struct DrawPage {
    frame: Frame,
    base: String,
    here: String,
    clerk: bool,
    draw: Draw,
    on: String,
    drawn_on: Option<String>,
    lines: usize,
    recent: usize,
    share: String,
    over: u32,
    rows: Vec<Row>,
    form: FormState,
}

struct Row {
    branch: String,
    why: &'static str,
    href: String,
    done: bool,
}

/// Freezes the list of all branches as it is now.
pub async fn freeze(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let by_members = fields.get("weight") == "members";
    let (list, branches) = list_now(&ctx, &mut tx, &campaign, by_members).await?;
    let draw = Draw {
        id: ctx.app.new_id(),
        campaign_id: id,
        list_text: list.text(),
        list_hash: list.hash(),
        frozen_by: ctx.actor().name,
        frozen_at: ctx.now,
        seed: None,
        drawn_by: None,
        drawn_at: None,
    };
    stored::insert(&mut tx, &draw, &branches).await?;
    let detail = serde_json::json!({ "hash": draw.list_hash, "branches": branches.len() });
    let object = Object::Draw(draw.id);
    tx.audit(&ctx.actor(), ctx.now, Event::DrawFrozen, object, detail)
        .await?;
    tx.commit().await?;
    let to = campaign.path(&format!("/supervision/draw/{}", draw.id));
    redirect_done(&to, "draw-frozen")
}

/// The list, and the branch of each of its lines.
async fn list_now(
    ctx: &Ctx,
    tx: &mut Tx,
    campaign: &Campaign,
    by_members: bool,
) -> Result<(DrawList, Vec<OrgId>), PageError> {
    let places = Places::load(tx).await?;
    let recent = checked(&spot_check::list(tx, campaign.id).await?);
    let ledger = ctx.app.facts.load(tx, campaign.id).await?;
    let branches = ledger.units.iter().flat_map(|u| &u.branches);
    let members: HashMap<OrgId, u32> = branches.map(|b| (b.org, b.members)).collect();
    let mut ids: HashMap<(String, String), OrgId> = HashMap::new();
    let mut entries = Vec::new();
    for place in places.all() {
        let (unit, branch) = (spaced(&place.unit_name), spaced(&place.branch_name));
        let size = members.get(&place.branch).copied().unwrap_or_default();
        entries.push(Entry {
            unit: unit.clone(),
            branch: branch.clone(),
            weight: if by_members {
                size.clamp(1, FULL_WEIGHT)
            } else {
                1
            },
            recent: recent.contains(&place.branch),
        });
        ids.insert((unit, branch), place.branch);
    }
    let shares = Shares::from(campaign.notice.settings.spot_check);
    let list = DrawList::new(shares, entries).map_err(PageError::refused)?;
    let order = list.entries().iter();
    let order = order.filter_map(|e| ids.get(&(e.unit.clone(), e.branch.clone())).copied());
    let order = order.collect();
    Ok((list, order))
}

/// As the list writes names.
fn spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn load(tx: &mut Tx, (id, draw): (CampaignId, DrawId)) -> Result<Draw, PageError> {
    let found = stored::get(tx, draw).await?;
    found
        .filter(|d| d.campaign_id == id)
        .ok_or(PageError::NotFound)
}

fn parsed(draw: &Draw, campaign: &Campaign) -> Result<DrawList, PageError> {
    let shares = Shares::from(campaign.notice.settings.spot_check);
    DrawList::parse(&draw.list_text, shares).map_err(PageError::internal)
}

/// Types the seed and draws, once.
pub async fn hold(ctx: Ctx, Path(at): Path<(CampaignId, DrawId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, at.0).await?;
    let mut draw = load(&mut tx, at).await?;
    if draw.seed.is_some() {
        return Err(PageError::refused(
            "这份名单已经抽过，结果不能再变。需要再抽时，请重新公布名单。",
        ));
    }
    let list = parsed(&draw, &campaign)?;
    let seed = match Seed::called(fields.get("seed")) {
        Ok(seed) => seed,
        Err(why) => {
            let mut form = FormState::of(&fields);
            form.fail("seed", why.to_string());
            return answer(&ctx, tx, campaign, draw, form).await;
        }
    };
    let drawn = sample(&list, &seed);
    let picked: Vec<u32> = drawn
        .iter()
        .filter_map(|one| u32::try_from(one.at).ok())
        .collect();
    draw.seed = Some(seed.as_str().to_owned());
    draw.drawn_by = Some(ctx.actor().name);
    draw.drawn_at = Some(ctx.now);
    stored::hold(&mut tx, &draw, &picked).await?;
    let detail = serde_json::json!({
        "hash": draw.list_hash,
        "seed": draw.seed,
        "drawn": picked.len(),
    });
    let object = Object::Draw(draw.id);
    tx.audit(&ctx.actor(), ctx.now, Event::DrawHeld, object, detail)
        .await?;
    tx.commit().await?;
    let to = campaign.path(&format!("/supervision/draw/{}", draw.id));
    redirect_done(&to, "draw-held")
}

/// The draw's page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, DrawId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, at.0).await?;
    let draw = load(&mut tx, at).await?;
    answer(&ctx, tx, campaign, draw, FormState::default()).await
}

async fn answer(ctx: &Ctx, mut tx: Tx, campaign: Campaign, draw: Draw, form: FormState) -> Answer {
    let status = form.status();
    let list = parsed(&draw, &campaign)?;
    let rows = rows(&mut tx, &campaign, &draw, &list).await?;
    let frame = ctx.frame(&mut tx, "抽取督导支部").await?;
    let shares = list.shares();
    let body = page(&DrawPage {
        frame,
        base: campaign.path("/supervision"),
        here: campaign.path(&format!("/supervision/draw/{}", draw.id)),
        clerk: ctx.user()?.holds(CLERK),
        on: chinese_date(draw.frozen_at.date()),
        drawn_on: draw.drawn_at.map(|at| chinese_date(at.date())),
        lines: list.entries().len(),
        recent: list.entries().iter().filter(|e| e.recent).count(),
        share: shares.share.to_string(),
        over: shares.one_in_units_over,
        rows,
        draw,
        form,
    })?;
    Ok((status, body).into_response())
}

/// The sample is computed again from list and seed: what is shown is what anybody gets.
async fn rows(
    tx: &mut Tx,
    campaign: &Campaign,
    draw: &Draw,
    list: &DrawList,
) -> Result<Vec<Row>, PageError> {
    let Some(seed) = draw.seed.as_deref().map(Seed::called) else {
        return Ok(Vec::new());
    };
    let seed = seed.map_err(PageError::internal)?;
    let lines = stored::lines(tx, draw.id).await?;
    let done = checked(&spot_check::list(tx, campaign.id).await?);
    let places = Places::load(tx).await?;
    Ok(sample(list, &seed)
        .iter()
        .filter_map(|one| Some((one.why, lines.get(one.at)?.branch_id)))
        .map(|(why, branch)| Row {
            branch: places.label(branch),
            why: why.label(),
            href: campaign.path(&format!(
                "/supervision/checks/new?branch={branch}&draw={}",
                draw.id
            )),
            done: done.contains(&branch),
        })
        .collect())
}

/// The frozen list as a text file, so that anybody can repeat the draw.
pub async fn list(ctx: Ctx, Path(at): Path<(CampaignId, DrawId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let draw = load(&mut tx, at).await?;
    let name = format!("抽查名单-{}.txt", draw.frozen_at.date());
    let bytes = draw.list_text.into_bytes();
    Ok(file(bytes, "text/plain; charset=utf-8", &name))
}
