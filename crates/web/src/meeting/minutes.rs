//! 会议记录: when, where, who chaired, and what was said, in a few named parts.

use axum::extract::Path;
use jiff::civil::DateTime;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::meeting::{self, Meeting};
use serde::{Deserialize, Serialize};

use super::load::{self, scene};
use super::show::{self, Typed};
use super::when;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// The parts, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Minutes {
    /// End of the meeting, `17:10`.
    pub ended: String,
    /// 会议议程.
    pub agenda: String,
    /// 自我批评要点. // 通知 三、1
    pub self_criticism: String,
    /// 相互批评要点. // 通知 三、2
    pub mutual_criticism: String,
    /// 表态发言.
    pub pledge: String,
}

/// Names of the text parts' fields and how papers head them.
pub(crate) const PARTS: [(&str, &str); 4] = [
    ("agenda", "会议议程"),
    ("self_criticism", "自我批评要点"),
    ("mutual_criticism", "相互批评要点"),
    ("pledge", "表态发言"),
];

impl Minutes {
    /// What is stored with a meeting.
    pub fn of(held: &Meeting) -> Self {
        let stored = held.minutes.as_deref().unwrap_or("{}");
        serde_json::from_str(stored).unwrap_or_default()
    }

    /// The text parts in order, beside [`PARTS`].
    pub fn texts(&self) -> [&str; 4] {
        [
            &self.agenda,
            &self.self_criticism,
            &self.mutual_criticism,
            &self.pledge,
        ]
    }

    /// Whether anything was written down.
    pub fn written(&self) -> bool {
        self.texts().iter().any(|text| !text.trim().is_empty())
    }
}

/// The form of a meeting's record.
pub(super) fn form(held: &Meeting) -> FormState {
    let minutes = Minutes::of(held);
    let day = held.held_on.map(|d| d.to_string()).unwrap_or_default();
    let began = held
        .started_at
        .map(|t| t.strftime("%H:%M").to_string())
        .unwrap_or_default();
    let mut form = FormState::default()
        .with("held_on", day)
        .with("began", began)
        .with("ended", &*minutes.ended)
        .with("place", &*held.place)
        .with("host", &*held.host)
        .with("recorder", &*held.recorder);
    for ((name, _), text) in PARTS.iter().zip(minutes.texts()) {
        form = form.with(name, text);
    }
    form
}

/// Saves the record; it stays open for corrections, each of them in the log.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let held = load::find(&mut tx, &scene)
        .await?
        .ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&fields);
    let Some(held) = read(&mut form, held, &ctx) else {
        return show::answer(&ctx, tx, scene, Typed::Minutes(form)).await;
    };
    meeting::update(&mut tx, &held).await?;
    let detail =
        serde_json::json!({ "branch": scene.branch.name, "written": held.minutes.is_some() });
    let object = Object::Meeting(held.id);
    tx.audit(&ctx.actor(), ctx.now, Event::MinutesSaved, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/meeting"), "minutes")
}

fn read(form: &mut FormState, held: Meeting, ctx: &Ctx) -> Option<Meeting> {
    let began = when::past(form, ("held_on", "began"), ctx.now);
    check_end(form, began);
    if form.value("place").is_empty() {
        form.fail("place", "请填写会议地点。");
    }
    if form.value("host").is_empty() {
        form.fail("host", "请填写主持人。");
    }
    let began = began.filter(|_| form.is_ok())?;
    let text = |name: &str| form.value(name).trim().to_owned();
    let minutes = Minutes {
        ended: text("ended"),
        agenda: text("agenda"),
        self_criticism: text("self_criticism"),
        mutual_criticism: text("mutual_criticism"),
        pledge: text("pledge"),
    };
    // Only words make a record: times and places are facts of their own.
    let keep = minutes.written() || !minutes.ended.is_empty();
    Some(Meeting {
        held_on: Some(began.date()),
        started_at: Some(began),
        place: text("place"),
        host: text("host"),
        recorder: text("recorder"),
        minutes: keep.then(|| serde_json::to_string(&minutes).unwrap_or_default()),
        ..held
    })
}

fn check_end(form: &mut FormState, began: Option<DateTime>) {
    let typed = form.value("ended").to_owned();
    if typed.is_empty() {
        return;
    }
    match when::clock(&typed) {
        None => form.fail("ended", "结束时间请写成 17:10 的样子，或者留空。"),
        Some(end) if began.is_some_and(|b| b.time() >= end) => {
            form.fail("ended", "结束时间早于开始时间。请核对。");
        }
        Some(_) => {}
    }
}
