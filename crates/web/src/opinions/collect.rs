//! The unsigned collection as the branch runs it: open it, hand out its code, close it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::ids::{ActivityId, CampaignId, OrgId};
use pingyi_domain::opinion::{ActivityForm, CollectionStep, Mode, Source};
use pingyi_domain::time::chinese_date;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::opinion::{self, Activity};
use pingyi_storage::{Tx, opinion_collection, settle};

use super::activity::source;
use super::load::{self, CollectionView};
use super::{envelope, token};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Scene, roster, scene, secretary};
use crate::meeting::when;
use crate::room::Invite;
use crate::study::{held_day, line};

/// Longest time a collection runs, in days.
const LONGEST: i32 = 60;

#[derive(Template)]
#[template(path = "opinions/collect.html")]
struct CollectPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    form: FormState,
    sources: Vec<Source>,
}

#[derive(Template)]
#[template(path = "opinions/print.html")]
struct PrintPage {
    frame: Frame,
    scene: Scene,
    view: CollectionView,
    invite: Invite,
    topics: Vec<String>,
}

async fn form_page(ctx: &Ctx, tx: &mut Tx, scene: &Scene, form: FormState) -> Answer {
    let outside = Source::ALL.iter().copied().filter(|s| s.outside());
    page(&CollectPage {
        frame: ctx.frame(tx, "发起不记名征求意见").await?,
        scene,
        form,
        sources: outside.collect(),
    })
}

/// Opinions are heard before the meeting. // 通知 二、2
async fn before_meeting(tx: &mut Tx, scene: &Scene) -> Result<(), PageError> {
    match held_day(tx, scene).await? {
        None => Ok(()),
        Some(held) => Err(PageError::Refused(format!(
            "组织生活会已于{}召开，会前征求意见不能再发起。",
            chinese_date(held)
        ))),
    }
}

/// The form, with what is known.
pub async fn blank(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    before_meeting(&mut tx, &scene).await?;
    let people = roster(&mut tx, at.1).await?;
    let lead = secretary(&people).map(|p| p.member.name.clone());
    let week = jiff::Span::new().days(7);
    let last = ctx.now.date().saturating_add(week);
    let form = FormState::default()
        .with("last_day", last.to_string())
        .with("convenor", lead.unwrap_or_default());
    form_page(&ctx, &mut tx, &scene, form).await
}

/// Opens a collection: an activity with an address of its own.
pub async fn create(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    before_meeting(&mut tx, &scene).await?;
    let mut form = FormState::of(&fields);
    let source = source(&mut form);
    let last_day = last_day(&mut form, ctx.now.date());
    let convenor = line(&mut form, "convenor", "召集人");
    let (Some(source), Some(last_day), Some(convenor)) = (source, last_day, convenor) else {
        let answer = form_page(&ctx, &mut tx, &scene, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let activity = activity(&ctx, &scene, source, convenor);
    opinion::insert_activity(&mut tx, &activity).await?;
    let hash = token::hash(&ctx.app.key, activity.id);
    opinion_collection::insert(&mut tx, activity.id, &hash, last_day).await?;
    let detail = serde_json::json!({
        "branch": scene.branch.name, "activity": activity.id, "last_day": last_day,
    });
    let object = Object::Org(scene.branch.id);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::OpinionsCollected,
        object,
        detail,
    )
    .await?;
    tx.commit().await?;
    let next = format!("/opinions/activity/{}", activity.id);
    redirect_done(&scene.path(&next), "opinions-open")
}

fn activity(ctx: &Ctx, scene: &Scene, source: Source, convenor: String) -> Activity {
    Activity {
        id: ctx.app.new_id(),
        campaign_id: scene.campaign.id,
        branch_id: scene.branch.id,
        form: ActivityForm::Sheet,
        mode: Mode::BackToBack,
        source,
        held_on: ctx.now.date(),
        place: "网上不记名填写".to_owned(),
        convenor,
        heard: None,
        entered_at: ctx.now,
    }
}

fn last_day(form: &mut FormState, today: Date) -> Option<Date> {
    let Some(day) = when::day(form.value("last_day")) else {
        form.fail("last_day", "请填写截止日期，例如 2015-09-08。");
        return None;
    };
    let most = today.saturating_add(jiff::Span::new().days(LONGEST));
    if day < today {
        form.fail("last_day", "截止日期已经过了。请选今天或以后的日期。");
        return None;
    }
    if day > most {
        let words = format!("截止日期太远，最长 {LONGEST} 天。请选近一些的日期。");
        form.fail("last_day", words);
        return None;
    }
    Some(day)
}

/// Closes it: from now on nobody writes, and the branch reads.
pub async fn close(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
    _fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let activity = load::activity(&mut tx, (campaign, org), &id).await?;
    let found = opinion_collection::get(&mut tx, activity.id).await?;
    let found = found.ok_or(PageError::NotFound)?;
    let step = found.state.advance(CollectionStep::Close);
    step.map_err(PageError::refused)?;
    let opened = envelope::unseal(&ctx.app.key, activity.id, &found.envelope)?;
    opinion_collection::close(&mut tx, activity.id, ctx.now.date(), &opened).await?;
    let detail = serde_json::json!({
        "branch": scene.branch.name, "activity": activity.id, "received": opened.len(),
    });
    let object = Object::Org(scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::OpinionsClosed, object, detail)
        .await?;
    tx.commit().await?;
    // Closing stands; what is left over is sealed, and clearing it is tried again next time.
    if let Err(error) = settle::collections(&ctx.app.db).await {
        tracing::warn!(%error, "earlier envelopes of a closed collection were not cleared away");
    }
    redirect_done(&scene.path("/opinions"), "opinions-closed")
}

/// A page to print and put up: the code, and what to do with it.
pub async fn print(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let activity = load::activity(&mut tx, (campaign, org), &id).await?;
    let found = opinion_collection::get(&mut tx, activity.id).await?;
    let found = found.ok_or(PageError::NotFound)?;
    page(&PrintPage {
        frame: ctx.frame(&mut tx, "征求意见").await?,
        view: CollectionView::of(&found, ctx.now),
        invite: token::invite(&ctx.app, activity.id)?,
        topics: topics(&scene),
        scene,
    })
}

/// What opinions are asked about, in the notice's words. // 通知 二、2 and 二、3
pub(super) fn topics(scene: &Scene) -> Vec<String> {
    let all = scene.campaign.notice.categories.iter();
    all.map(|category| category.label.clone()).collect()
}

/// A collection with its code, for the activity's page.
pub(super) async fn with_code(
    ctx: &Ctx,
    tx: &mut Tx,
    id: ActivityId,
) -> Result<Option<(CollectionView, Invite)>, PageError> {
    let Some(found) = opinion_collection::get(tx, id).await? else {
        return Ok(None);
    };
    let view = CollectionView::of(&found, ctx.now);
    Ok(Some((view, token::invite(&ctx.app, id)?)))
}
