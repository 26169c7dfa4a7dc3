//! 补学: what members missed, ticked off together when they studied it together.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::day::past;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::study::{self, Makeup};

use super::fields::{id_of, line};
use super::load::{Known, known};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Scene, scene};
use crate::meeting::when;

#[derive(Template)]
#[template(path = "study/makeup.html")]
struct MakeupPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    known: &'a Known,
    form: FormState,
    ticked: Vec<String>,
}

impl MakeupPage<'_> {
    fn on(&self, value: &str) -> bool {
        self.ticked.iter().any(|sent| sent == value)
    }
}

/// The form.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let known = known(&mut tx, &scene).await?;
    let form = FormState::default().with("done_on", ctx.now.date().to_string());
    answer(&ctx, &mut tx, (&scene, &known), form, Vec::new()).await
}

async fn answer(
    ctx: &Ctx,
    tx: &mut Tx,
    (scene, known): (&Scene, &Known),
    form: FormState,
    ticked: Vec<String>,
) -> Answer {
    page(&MakeupPage {
        frame: ctx.frame(tx, "登记补学").await?,
        scene,
        known,
        form,
        ticked,
    })
}

/// Saves what is ticked, or nothing.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let known = known(&mut tx, &scene).await?;
    let mut form = FormState::of(&fields);
    let chosen = chosen(&known, &fields);
    if chosen.is_empty() {
        form.fail("gap", "没有选补学的人和内容。请在名单里打勾。");
    }
    let done_on = day(&mut form, ctx.now.date());
    let how = line(&mut form, "how", "补学方式");
    let (Some(done_on), Some(how), true) = (done_on, how, form.is_ok()) else {
        let sent = fields.all("gap").map(str::to_owned).collect();
        let answer = answer(&ctx, &mut tx, (&scene, &known), form, sent).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    for (member, item) in &chosen {
        let makeup = Makeup {
            member: *member,
            item: item.clone(),
            done_on,
            how: how.clone(),
            entered_at: ctx.now,
        };
        study::insert_makeup(&mut tx, at.0, &makeup).await?;
    }
    let detail = serde_json::json!({
        "branch": scene.branch.name, "made_up": chosen.len(), "done_on": done_on,
    });
    let object = Object::Org(scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::StudyMadeUp, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/study"), "study-makeup")
}

/// The gaps that were ticked; what is no gap any more is passed over.
fn chosen(known: &Known, fields: &Fields) -> Vec<(MemberId, String)> {
    let sent: Vec<&str> = fields.all("gap").collect();
    let all = known
        .gaps
        .iter()
        .flat_map(|gap| gap.items.iter().map(|(key, _)| (gap.id, key.clone())));
    all.filter(|(id, key)| sent.contains(&format!("{id}/{key}").as_str()))
        .collect()
}

/// Studying afterwards may come after the meeting: it is said as it was.
fn day(form: &mut FormState, today: Date) -> Option<Date> {
    let Some(day) = when::day(form.value("done_on")) else {
        form.fail("done_on", "请填写日期，例如 2015-09-08。");
        return None;
    };
    past(day, today)
        .map_err(|e| form.fail("done_on", e.to_string()))
        .ok()
}

/// Takes back what was entered by mistake.
pub async fn remove(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let member: MemberId = id_of(fields.get("member"))?;
    let known = known(&mut tx, &scene).await?;
    let item = fields.get("item");
    // Only of this branch's members.
    let own = |m: &&super::load::MakeupLine| m.member == member && m.key == item;
    let found = known.makeups.iter().find(own);
    let found = found.ok_or(PageError::NotFound)?;
    study::delete_makeup(&mut tx, at.0, member, &found.key).await?;
    let detail = serde_json::json!({ "branch": scene.branch.name, "member": member, "item": item });
    let object = Object::Org(scene.branch.id);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::StudyMakeupRemoved,
        object,
        detail,
    )
    .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/study"), "study-makeup-removed")
}
