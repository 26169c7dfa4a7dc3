//! One study session: everybody is there unless unticked, at least one item of the notice.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId, StudyId};
use pingyi_domain::study::changeable;
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::study::{self, Session};

use super::fields::{day_before, id_of, line, optional};
use super::load::held_day;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Person, Scene, roster, scene, secretary};

/// Longest note.
const NOTE: usize = 500;

/// A tick-box.
struct Choice {
    value: String,
    label: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "study/session.html")]
struct SessionPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    form: FormState,
    items: Vec<Choice>,
    people: Vec<Choice>,
    /// Of a session that is there already.
    id: Option<StudyId>,
    held: Option<String>,
}

/// What the form is about.
struct Desk {
    scene: Scene,
    people: Vec<Person>,
    held: Option<Date>,
    /// The session as stored.
    stored: Option<Session>,
    /// Who was there, as stored.
    present: HashMap<MemberId, bool>,
    /// Its items, as stored.
    items: Vec<String>,
}

impl Desk {
    async fn load(
        ctx: &Ctx,
        tx: &mut Tx,
        at: (CampaignId, OrgId),
        id: Option<StudyId>,
    ) -> Result<Self, PageError> {
        let scene = scene(&ctx.app, tx, at).await?;
        let people = roster(tx, scene.branch.id).await?;
        let held = held_day(tx, &scene).await?;
        let mut desk = Self {
            scene,
            people,
            held,
            stored: None,
            present: HashMap::new(),
            items: Vec::new(),
        };
        if let Some(id) = id {
            let found = study::get(tx, at.0, at.1, id).await?;
            let found = found.ok_or(PageError::NotFound)?;
            if !changeable(found.entered_at, held) {
                return Err(PageError::refused(
                    "组织生活会已经召开，会前的学习记录不再改动。漏记的可以另行补录。",
                ));
            }
            desk.stored = Some(found);
            let who = study::attendance(tx, at.0, at.1).await?;
            let own = who.into_iter().filter(|row| row.session == id);
            desk.present = own.map(|row| (row.member, row.present)).collect();
            let items = study::items(tx, at.0, at.1).await?;
            let own = items.into_iter().filter(|row| row.session == id);
            desk.items = own.map(|row| row.item).collect();
        }
        Ok(desk)
    }

    fn choices(&self, item: impl Fn(&str) -> bool, there: impl Fn(MemberId) -> bool) -> Boxes {
        let items = self.scene.campaign.notice.study.iter().map(|i| Choice {
            on: item(&i.key),
            value: i.key.clone(),
            label: i.label.clone(),
        });
        let people = self.people.iter().map(|p| Choice {
            on: there(p.member.id),
            value: p.member.id.to_string(),
            label: p.member.name.clone(),
        });
        (items.collect(), people.collect())
    }

    fn stored_choices(&self) -> Boxes {
        let everybody = self.stored.is_none();
        self.choices(
            |key| self.items.iter().any(|own| own == key),
            |id| self.present.get(&id).copied().unwrap_or(everybody),
        )
    }

    fn typed_choices(&self, fields: &Fields) -> Boxes {
        self.choices(
            |key| fields.all("item").any(|sent| sent == key),
            |id| fields.all("at").any(|sent| sent == id.to_string()),
        )
    }

    async fn answer(&self, ctx: &Ctx, tx: &mut Tx, form: FormState, boxes: Boxes) -> Answer {
        let title = if self.stored.is_some() {
            "修改学习记录"
        } else {
            "记录一次学习"
        };
        page(&SessionPage {
            frame: ctx.frame(tx, title).await?,
            scene: &self.scene,
            form,
            items: boxes.0,
            people: boxes.1,
            id: self.stored.as_ref().map(|s| s.id),
            held: self.held.map(chinese_date),
        })
    }
}

type Boxes = (Vec<Choice>, Vec<Choice>);

/// The empty form, with what is known: today, the place of last time, the secretary.
pub async fn blank(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = Desk::load(&ctx, &mut tx, at, None).await?;
    let last = study::list(&mut tx, at.0, at.1).await?.pop();
    let host = secretary(&desk.people).map(|p| p.member.name.clone());
    let day = desk.held.unwrap_or(ctx.now.date()).min(ctx.now.date());
    let form = FormState::default()
        .with("held_on", day.to_string())
        .with("place", last.map(|s| s.place).unwrap_or_default())
        .with("host", host.unwrap_or_default());
    let boxes = desk.stored_choices();
    desk.answer(&ctx, &mut tx, form, boxes).await
}

/// The form of a session that is there.
pub async fn edit(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = Desk::load(&ctx, &mut tx, (campaign, org), Some(id_of(&id)?)).await?;
    let stored = desk.stored.as_ref().ok_or(PageError::NotFound)?;
    let form = FormState::default()
        .with("held_on", stored.held_on.to_string())
        .with("place", &*stored.place)
        .with("host", &*stored.host)
        .with("note", stored.note.clone().unwrap_or_default());
    let boxes = desk.stored_choices();
    desk.answer(&ctx, &mut tx, form, boxes).await
}

/// Adds a session.
pub async fn create(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    save(ctx, at, None, fields).await
}

/// Changes one.
pub async fn change(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
    fields: Fields,
) -> Answer {
    save(ctx, (campaign, org), Some(id_of(&id)?), fields).await
}

async fn save(ctx: Ctx, at: (CampaignId, OrgId), id: Option<StudyId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = Desk::load(&ctx, &mut tx, at, id).await?;
    let boxes = desk.typed_choices(&fields);
    let mut form = FormState::of(&fields);
    let Some(session) = read(&ctx, &desk, &mut form, &boxes) else {
        let answer = desk.answer(&ctx, &mut tx, form, boxes).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let items: Vec<String> = ticked(&boxes.0).map(|c| c.value.clone()).collect();
    let present = attendance(&desk, &fields);
    match desk.stored {
        Some(_) => study::update(&mut tx, &session, &items, &present).await?,
        None => study::insert(&mut tx, &session, &items, &present).await?,
    }
    let there = present.iter().filter(|(_, there)| *there).count();
    let detail = serde_json::json!({
        "branch": desk.scene.branch.name, "session": session.id, "held_on": session.held_on,
        "items": items.len(), "present": there, "absent": present.len() - there,
        "changed": desk.stored.is_some(),
    });
    let object = Object::Org(desk.scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::StudyRecorded, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/study"), "study")
}

fn ticked(boxes: &[Choice]) -> impl Iterator<Item = &Choice> {
    boxes.iter().filter(|choice| choice.on)
}

/// The roster of today as ticked, and those who left since as they were.
fn attendance(desk: &Desk, fields: &Fields) -> Vec<(MemberId, bool)> {
    let ids = desk.people.iter().map(|p| p.member.id);
    let mut list: Vec<(MemberId, bool)> = ids
        .map(|id| (id, fields.all("at").any(|sent| sent == id.to_string())))
        .collect();
    // Who joined after a stored session is not written down as absent from it.
    if desk.stored.is_some() {
        list.retain(|(id, there)| *there || desk.present.contains_key(id));
    }
    let known: Vec<MemberId> = list.iter().map(|(id, _)| *id).collect();
    let left = desk.present.iter().filter(|(id, _)| !known.contains(id));
    list.extend(left.map(|(id, there)| (*id, *there)));
    list
}

fn read(ctx: &Ctx, desk: &Desk, form: &mut FormState, boxes: &Boxes) -> Option<Session> {
    let held_on = day_before(form, "held_on", ctx.now, desk.held);
    let place = line(form, "place", "地点");
    let host = line(form, "host", "主持人");
    let note = optional(form, "note", "备注", NOTE);
    if ticked(&boxes.0).next().is_none() {
        form.fail("item", "学习内容没有选。请至少选一项通知要求的内容。");
    }
    if ticked(&boxes.1).next().is_none() {
        form.fail("at", "没有一个人参加学习。请核对参加人员。");
    }
    let (held_on, place, host, note) = (held_on?, place?, host?, note?);
    if !form.is_ok() {
        return None;
    }
    let new = || ctx.app.new_id();
    let stored = desk.stored.as_ref();
    Some(Session {
        id: stored.map_or_else(new, |s| s.id),
        campaign_id: desk.scene.campaign.id,
        branch_id: desk.scene.branch.id,
        held_on,
        place,
        host,
        note,
        entered_at: stored.map_or(ctx.now, |s| s.entered_at),
    })
}

/// Takes out what was entered by mistake.
pub async fn remove(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
    _fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let id: StudyId = id_of(&id)?;
    let desk = Desk::load(&ctx, &mut tx, (campaign, org), Some(id)).await?;
    study::delete(&mut tx, id).await?;
    let detail = serde_json::json!({ "branch": desk.scene.branch.name, "session": id });
    let object = Object::Org(desk.scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::StudyRemoved, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/study"), "study-removed")
}
