//! An activity of hearing opinions: 座谈, 个别访谈, 征求意见表; recorded and put right.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::ids::{ActivityId, CampaignId, OrgId};
use pingyi_domain::opinion::{ActivityForm, Mode, Source};
use pingyi_domain::study::changeable;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::opinion::{self, Activity};
use pingyi_storage::{Tx, opinion_collection};

use super::load;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Scene, roster, scene, secretary};
use crate::study::{day_before, held_day, line};

/// Most people one activity hears.
const MOST_HEARD: u32 = 100_000;

#[derive(Template)]
#[template(path = "opinions/activity.html")]
struct ActivityPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    form: FormState,
    id: Option<ActivityId>,
    forms: &'static [ActivityForm],
    modes: &'static [Mode],
    sources: &'static [Source],
}

/// What the form is about.
struct Desk {
    scene: Scene,
    held: Option<Date>,
    stored: Option<Activity>,
}

impl Desk {
    async fn load(
        ctx: &Ctx,
        tx: &mut Tx,
        at: (CampaignId, OrgId),
        id: Option<&str>,
    ) -> Result<Self, PageError> {
        let scene = scene(&ctx.app, tx, at).await?;
        let held = held_day(tx, &scene).await?;
        let mut stored = None;
        if let Some(id) = id {
            let found = load::activity(tx, at, id).await?;
            if opinion_collection::get(tx, found.id).await?.is_some() {
                return Err(PageError::refused(
                    "这次是不记名征集，日期和对象随征集确定，不再改动。",
                ));
            }
            if !changeable(found.entered_at, held) {
                return Err(PageError::refused(
                    "组织生活会已经召开，会前的征求意见记录不再改动。漏记的可以另行补录。",
                ));
            }
            stored = Some(found);
        }
        Ok(Self {
            scene,
            held,
            stored,
        })
    }

    async fn answer(&self, ctx: &Ctx, tx: &mut Tx, form: FormState) -> Answer {
        page(&ActivityPage {
            frame: ctx.frame(tx, "记录征求意见活动").await?,
            scene: &self.scene,
            form,
            id: self.stored.as_ref().map(|a| a.id),
            forms: ActivityForm::ALL,
            modes: Mode::ALL,
            sources: Source::ALL,
        })
    }
}

/// The empty form, with what is known.
pub async fn blank(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = Desk::load(&ctx, &mut tx, at, None).await?;
    let people = roster(&mut tx, at.1).await?;
    let lead = secretary(&people).map(|p| p.member.name.clone());
    let day = desk.held.unwrap_or(ctx.now.date()).min(ctx.now.date());
    let form = FormState::default()
        .with("held_on", day.to_string())
        .with("convenor", lead.unwrap_or_default())
        .with("form", ActivityForm::Forum.as_str())
        .with("mode", Mode::FaceToFace.as_str());
    desk.answer(&ctx, &mut tx, form).await
}

/// The form of an activity that is there.
pub async fn edit(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = Desk::load(&ctx, &mut tx, (campaign, org), Some(&id)).await?;
    let a = desk.stored.as_ref().ok_or(PageError::NotFound)?;
    let form = FormState::default()
        .with("held_on", a.held_on.to_string())
        .with("place", &*a.place)
        .with("convenor", &*a.convenor)
        .with("form", a.form.as_str())
        .with("mode", a.mode.as_str())
        .with("source", a.source.as_str())
        .with("heard", a.heard.map(|n| n.to_string()).unwrap_or_default());
    desk.answer(&ctx, &mut tx, form).await
}

/// Adds an activity.
pub async fn create(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    save(ctx, at, None, fields).await
}

/// Changes one.
pub async fn change(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
    fields: Fields,
) -> Answer {
    save(ctx, (campaign, org), Some(&id), fields).await
}

async fn save(ctx: Ctx, at: (CampaignId, OrgId), id: Option<&str>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = Desk::load(&ctx, &mut tx, at, id).await?;
    let mut form = FormState::of(&fields);
    let Some(activity) = read(&ctx, &desk, &mut form) else {
        let answer = desk.answer(&ctx, &mut tx, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    match desk.stored {
        Some(_) => opinion::update_activity(&mut tx, &activity).await?,
        None => opinion::insert_activity(&mut tx, &activity).await?,
    }
    let detail = serde_json::json!({
        "branch": desk.scene.branch.name, "activity": activity.id,
        "held_on": activity.held_on, "changed": desk.stored.is_some(),
    });
    let object = Object::Org(desk.scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::OpinionsHeard, object, detail)
        .await?;
    tx.commit().await?;
    let next = format!("/opinions/activity/{}", activity.id);
    redirect_done(&desk.scene.path(&next), "opinions-heard")
}

fn read(ctx: &Ctx, desk: &Desk, form: &mut FormState) -> Option<Activity> {
    let held_on = day_before(form, "held_on", ctx.now, desk.held);
    let place = line(form, "place", "地点");
    let convenor = line(form, "convenor", "召集人");
    let heard = heard(form);
    let kind = ActivityForm::parse(form.value("form"));
    let mode = Mode::parse(form.value("mode"));
    let source = source(form);
    if kind.is_none() {
        form.fail("form", "请选择征求意见的形式。");
    }
    if mode.is_none() {
        form.fail("mode", "请选择面对面还是背靠背。");
    }
    let stored = desk.stored.as_ref();
    let new = || ctx.app.new_id();
    Some(Activity {
        id: stored.map_or_else(new, |a| a.id),
        campaign_id: desk.scene.campaign.id,
        branch_id: desk.scene.branch.id,
        form: kind?,
        mode: mode?,
        source: source?,
        held_on: held_on?,
        place: place?,
        convenor: convenor?,
        heard: heard?,
        entered_at: stored.map_or(ctx.now, |a| a.entered_at),
    })
}

/// Among whom.
pub(super) fn source(form: &mut FormState) -> Option<Source> {
    let source = Source::parse(form.value("source"));
    if source.is_none() {
        form.fail("source", "请选择征求意见的对象。");
    }
    source
}

#[expect(
    clippy::option_option,
    reason = "refused, left empty, or given: three outcomes of one field"
)]
fn heard(form: &mut FormState) -> Option<Option<u32>> {
    let typed = form.value("heard");
    if typed.is_empty() {
        return Some(None);
    }
    let read: Option<u32> = typed.parse().ok();
    let read = read.filter(|n| (1..=MOST_HEARD).contains(n));
    if read.is_none() {
        form.fail("heard", "人数请写成整数，例如 8；不清楚的留空。");
    }
    read.map(Some)
}
