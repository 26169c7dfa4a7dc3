//! Self-criticism, a page of members at a time, each page saved whole. // 通知 三、1
//!
//! Who speaks in writing follows from the attendance list; who spoke first follows from the order.
//! Until a page is saved, it starts from what the members wrote in their problem lists.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::meeting::{FirstToSpeak, MeetingError};
use pingyi_domain::notice::Rule;
use pingyi_domain::prose;
use pingyi_domain::speech::{POINT, SPEECH, SpeechError, first_to_speak, from_list, order};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::speech::Speech;
use pingyi_storage::{Tx, meeting, problem_list, speech};
use serde::Deserialize;

use super::floor::{Floor, Speaker, log};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Quote, Scene};

#[derive(Template)]
#[template(path = "speeches/self.html")]
struct SelfPage {
    frame: Frame,
    scene: Scene,
    words: Option<Quote>,
    views_words: Option<Quote>,
    rows: Vec<Row>,
    readers: Vec<Speaker>,
    form: FormState,
    /// This page, how many there are, how many members in all.
    sheet: usize,
    sheets: usize,
    /// Numbers of the pages, and whether it is this one.
    pages: Vec<(usize, bool)>,
    members: usize,
    /// Filled in from the problem lists, not saved yet.
    prefilled: bool,
}

/// Members on a page: all their fields at their longest stay below a form's limit.
const SHEET: usize = 30;

/// Which page, from 1.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    page: String,
}

/// Members of one page, in an order that saving does not change.
struct Sheet {
    at: usize,
    all: usize,
    who: Vec<MemberId>,
}

impl Sheet {
    fn of(floor: &Floor, asked: &str) -> Self {
        let all = floor.expected.len().div_ceil(SHEET).max(1);
        let at = asked.parse::<usize>().unwrap_or(1).clamp(1, all);
        let who = floor.expected.iter().skip((at - 1) * SHEET).take(SHEET);
        Self {
            at,
            all,
            who: who.map(|s| s.id).collect(),
        }
    }

    fn has(&self, member: MemberId) -> bool {
        self.who.contains(&member)
    }

    /// Somebody on it has spoken: it was saved before.
    fn saved(&self, floor: &Floor) -> bool {
        floor.speeches.iter().any(|s| self.has(s.member))
    }
}

/// One member's line.
struct Row {
    id: MemberId,
    name: String,
    post: String,
    present: bool,
    views: Vec<View>,
}

/// One view's field.
struct View {
    field: String,
    label: String,
}

/// The form.
pub async fn show(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let floor = Floor::with_list(&ctx.app, &mut tx, at).await?;
    let sheet = Sheet::of(&floor, &asked.page);
    let mut form = stored(&floor);
    let prefilled = !sheet.saved(&floor) && prefill(&mut tx, &floor, &sheet, &mut form).await?;
    if prefilled || !floor.speeches.is_empty() {
        log(&ctx, &mut tx, &floor, "自我批评发言").await?;
    }
    let answer = render(&ctx, &mut tx, &floor, (&sheet, prefilled), form).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Members in the room start from their own lists; whether any had one. // 通知 二、3 and 三、1
async fn prefill(
    tx: &mut Tx,
    floor: &Floor,
    sheet: &Sheet,
    form: &mut FormState,
) -> Result<bool, PageError> {
    let (campaign, branch) = (floor.scene.campaign.id, floor.scene.branch.id);
    let owners = problem_list::list(tx, campaign, branch).await?;
    let mut any = false;
    for version in problem_list::list_standing(tx, campaign, branch).await? {
        let owner = owners.iter().find(|l| l.id == version.list_id);
        let there = |l: &&problem_list::ProblemList| floor.present().any(|s| s.id == l.member_id);
        let Some(owner) = owner.filter(there).filter(|l| sheet.has(l.member_id)) else {
            continue;
        };
        let words = from_list(&version.content);
        if !words.is_empty() {
            any = true;
            *form = std::mem::take(form).with(&format!("t_{}", owner.member_id), words);
        }
    }
    Ok(any)
}

/// Saves all lines, or nothing.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let mut floor = Floor::with_list(&ctx.app, &mut tx, at).await?;
    let sheet = Sheet::of(&floor, fields.get("page"));
    let mut form = FormState::of(&fields);
    let read = read(&mut form, &floor, &sheet);
    let first = read
        .as_ref()
        .and_then(|list| first(&mut form, &floor, list));
    let Some(list) = read.filter(|_| form.is_ok()) else {
        let answer = render(&ctx, &mut tx, &floor, (&sheet, false), form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    speech::set(&mut tx, floor.held.id, &list).await?;
    if let Some((first, name)) = first {
        floor.held.first = Some(first);
        floor.held.first_speaker_name = Some(name);
        meeting::update(&mut tx, &floor.held).await?;
    }
    let detail = serde_json::json!({
        "branch": floor.scene.branch.name, "speeches": list.len(),
        "written": list.iter().filter(|s| s.written).count(),
        "first_speaker": floor.held.first_speaker_name,
    });
    let object = Object::Meeting(floor.held.id);
    tx.audit(&ctx.actor(), ctx.now, Event::SpeechesSaved, object, detail)
        .await?;
    tx.commit().await?;
    let next = match sheet.at {
        at if at < sheet.all => format!("/speeches/self?page={}", at + 1),
        _ => "/speeches".to_owned(),
    };
    redirect_done(&floor.scene.path(&next), "speeches")
}

/// This page's lines with words beside what other pages hold, in the order of speaking; `None`
/// when something is wrong.
fn read(form: &mut FormState, floor: &Floor, sheet: &Sheet) -> Option<Vec<Speech>> {
    let mut list = Vec::new();
    let mut places = Vec::new();
    for (speech, seq) in floor.speeches.iter().zip(1..) {
        if !sheet.has(speech.member) {
            places.push((speech.member, Some(seq)));
            list.push(speech.clone());
        }
    }
    for speaker in floor.expected.iter().filter(|s| sheet.has(s.id)) {
        let Some(speech) = read_line(form, floor, speaker) else {
            continue;
        };
        places.push((speaker.id, place(form, speaker)));
        list.push(speech);
    }
    match order(&places) {
        Ok(sorted) => {
            let at = |s: &Speech| sorted.iter().position(|id| *id == s.member);
            list.sort_by_key(at);
        }
        Err(why) => form.fail("", why.to_string()),
    }
    form.is_ok().then_some(list)
}

fn place(form: &mut FormState, speaker: &Speaker) -> Option<u32> {
    let field = format!("n_{}", speaker.id);
    let typed = form.value(&field).to_owned();
    let place = typed.parse::<u32>().ok().filter(|n| (1..=999).contains(n));
    if place.is_none() && !typed.is_empty() {
        let words = format!("{}：发言顺序请写数字，例如 3，或者留空。", speaker.name);
        form.fail(&field, words);
    }
    place
}

fn read_line(form: &mut FormState, floor: &Floor, speaker: &Speaker) -> Option<Speech> {
    let id = speaker.id;
    let mut text = |field: String, label: &str, most: usize| {
        let typed = form.value(&field).to_owned();
        prose::optional(&typed, most).unwrap_or_else(|why| {
            form.fail(&field, format!("{}的{label}{why}", speaker.name));
            None
        })
    };
    let words = text(format!("t_{id}"), "自我批评", SPEECH);
    let views: Vec<(String, String)> = floor
        .scene
        .campaign
        .notice
        .views
        .iter()
        .filter_map(|v| {
            Some((
                v.key.clone(),
                text(format!("v_{}_{id}", v.key), &v.label, POINT)?,
            ))
        })
        .collect();
    let Some(words) = words else {
        if !views.is_empty() {
            let ask = format!("{}写了思想根源，没有写自我批评要点。请补充。", speaker.name);
            form.fail(&format!("t_{id}"), ask);
        }
        return None;
    };
    Some(Speech {
        member: id,
        words,
        views,
        written: !speaker.present,
        reader: reader(form, floor, speaker),
    })
}

/// Somebody in the room reads out what an absent member wrote.
fn reader(form: &mut FormState, floor: &Floor, speaker: &Speaker) -> Option<MemberId> {
    let field = format!("r_{}", speaker.id);
    let typed = form.value(&field).to_owned();
    if speaker.present || typed.is_empty() {
        return None;
    }
    let found = typed.parse().ok();
    let found = found.filter(|id: &MemberId| floor.present().any(|p| p.id == *id));
    if found.is_none() {
        form.fail(&field, format!("{}：{}", speaker.name, SpeechError::Reader));
    }
    found
}

/// Who spoke first, once the order tells it: the secretary's words are there, or the secretary was
/// not. Until then what the meeting's page says stands. // 通知 三、1
fn first(form: &mut FormState, floor: &Floor, list: &[Speech]) -> Option<(FirstToSpeak, String)> {
    let lead = floor.secretary;
    let spoke = list.iter().any(|s| Some(s.member) == lead);
    let there = floor.present().any(|s| Some(s.id) == lead);
    if there && !spoke {
        return None;
    }
    let order: Vec<MemberId> = list.iter().map(|s| s.member).collect();
    let first = first_to_speak(&order, lead, form.value("first_reason"))?;
    if matches!(&first, FirstToSpeak::Other { reason, .. } if reason.is_empty()) {
        form.fail("first_reason", MeetingError::NotSecretaryFirst.to_string());
    }
    Some((first, floor.name(order[0]).to_owned()))
}

/// What is stored; without an order the secretary stands first, then those with a post.
fn stored(floor: &Floor) -> FormState {
    let mut form = FormState::default();
    for (at, speaker) in in_order(floor).into_iter().enumerate() {
        form = form.with(&format!("n_{}", speaker.id), (at + 1).to_string());
    }
    for s in &floor.speeches {
        form = form.with(&format!("t_{}", s.member), &*s.words);
        for (key, words) in &s.views {
            form = form.with(&format!("v_{key}_{}", s.member), &**words);
        }
        if let Some(reader) = s.reader {
            form = form.with(&format!("r_{}", s.member), reader.to_string());
        }
    }
    if let Some(FirstToSpeak::Other { reason, .. }) = &floor.held.first {
        form = form.with("first_reason", &**reason);
    }
    form
}

fn in_order(floor: &Floor) -> Vec<&Speaker> {
    let spoken = |s: &&Speaker| floor.speeches.iter().position(|o| o.member == s.id);
    let mut all: Vec<&Speaker> = floor.expected.iter().collect();
    all.sort_by_key(|s| {
        (
            spoken(s).unwrap_or(usize::MAX),
            !s.present,
            s.kind.is_none(),
            s.kind,
        )
    });
    all
}

async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    floor: &Floor,
    (sheet, prefilled): (&Sheet, bool),
    form: FormState,
) -> Answer {
    let frame = ctx.frame(tx, "登记自我批评").await?;
    let views = &floor.scene.campaign.notice.views;
    let row = |s: &Speaker| Row {
        id: s.id,
        name: s.name.clone(),
        post: s.post.clone(),
        present: s.present,
        views: views
            .iter()
            .map(|v| View {
                field: format!("v_{}_{}", v.key, s.id),
                label: v.label.clone(),
            })
            .collect(),
    };
    page(&SelfPage {
        frame,
        words: floor.scene.words(Rule::SelfCriticismEach),
        views_words: floor.scene.words(Rule::ViewsExamined),
        rows: in_order(floor)
            .into_iter()
            .filter(|s| sheet.has(s.id))
            .map(row)
            .collect(),
        sheet: sheet.at,
        sheets: sheet.all,
        pages: (1..=sheet.all).map(|n| (n, n == sheet.at)).collect(),
        members: floor.expected.len(),
        prefilled,
        readers: floor.present().cloned().collect(),
        form,
        scene: floor.scene.clone(),
    })
}
