//! 签到表 and 会议记录, made from what is stored at the moment of download.

use axum::extract::Path;
use pingyi_documents::forms::{Absence, EnvoyComment, MeetingRecord, SignInRow, SignInSheet};
use pingyi_documents::paper::Origin;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::meeting::{Due, Presence};
use pingyi_storage::Tx;
use pingyi_storage::audit;
use pingyi_storage::meeting::Meeting;

use super::load::{self, Person, Planning, Room, Scene, roster, scene};
use super::minutes::{Minutes, PARTS};
use super::when;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};

/// Where the ledger stands, for the foot of a paper.
pub(crate) async fn origin(ctx: &Ctx, tx: &mut Tx) -> Result<Option<Origin>, PageError> {
    let chain_head = audit::head(tx).await?.short();
    Ok(Some(Origin {
        chain_head,
        date: ctx.now.date(),
    }))
}

/// 签到表: before the meeting with everybody, after attendance with those due.
pub async fn sign_in(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let held = load::find(&mut tx, &scene).await?;
    let room = match &held {
        Some(held) => load::room(&mut tx, held).await?,
        None => Room::default(),
    };
    let planning = load::planning(&mut tx, &scene).await?;
    let people = roster(&mut tx, scene.branch.id).await?;
    let (time, place) = time_and_place(held.as_ref(), &planning);
    let sheet = SignInSheet {
        title: "专题组织生活会签到表".into(),
        organisation: scene.branch.name.clone(),
        time,
        place,
        members: people
            .iter()
            .filter(|p| expected(&room, p))
            .map(sign_in_row)
            .collect(),
        observers: room
            .observers
            .iter()
            .map(|o| row(&o.name, "", &o.capacity))
            .collect(),
        envoys: vec![envoy_row(held.as_ref())],
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    answer(
        &ctx.app,
        sheet.paper(),
        format,
        &format!("签到表-{}", scene.branch.name),
    )
    .await
}

fn time_and_place(held: Option<&Meeting>, planning: &Planning) -> (String, String) {
    let line = planning.line.as_ref();
    match held {
        Some(held) => (
            held.started_at.map(when::chinese).unwrap_or_default(),
            held.place.clone(),
        ),
        None => (
            line.and_then(|l| l.starts)
                .map(when::chinese)
                .unwrap_or_default(),
            line.map(|l| l.place.clone()).unwrap_or_default(),
        ),
    }
}

/// Everybody, less those who were not due and did not come.
fn expected(room: &Room, person: &Person) -> bool {
    let line = room.lines.iter().find(|l| l.member == person.member.id);
    line.is_none_or(|l| l.due == Due::Yes || !matches!(l.presence, Presence::Absent { .. }))
}

/// Unit leaders stand among the others, without a mark. // 通知 四、2: 以普通党员的身份
fn sign_in_row(person: &Person) -> SignInRow {
    row(
        &person.member.name,
        person.member.standing.label(),
        &person.post,
    )
}

fn row(name: &str, standing: &str, post: &str) -> SignInRow {
    SignInRow {
        name: name.to_owned(),
        standing: standing.to_owned(),
        post: post.to_owned(),
        remark: String::new(),
    }
}

/// The envoy, or a line for whoever comes. // 通知 四、2
fn envoy_row(held: Option<&Meeting>) -> SignInRow {
    let envoy = held.and_then(|m| m.envoy.as_ref().map(|e| (e, m.envoy_org_name.as_deref())));
    match envoy {
        Some((envoy, from)) => row(&envoy.name, from.unwrap_or_default(), ""),
        None => row("", "", ""),
    }
}

/// 会议记录.
pub async fn record(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let held = load::find(&mut tx, &scene).await?.ok_or_else(|| {
        PageError::refused("会议还没有开始，没有记录可以下载。请先在会议页面宣布开会。")
    })?;
    let room = load::room(&mut tx, &held).await?;
    let planning = load::planning(&mut tx, &scene).await?;
    let mut record = paper_of(&scene, &held, &room, &planning);
    record.origin = origin(&ctx, &mut tx).await?;
    drop(tx);
    answer(
        &ctx.app,
        record.paper(),
        format,
        &format!("会议记录-{}", scene.branch.name),
    )
    .await
}

fn paper_of(scene: &Scene, held: &Meeting, room: &Room, planning: &Planning) -> MeetingRecord {
    let sum = room.figures();
    let minutes = Minutes::of(held);
    let began = held.started_at.map(when::chinese).unwrap_or_default();
    let until = if minutes.ended.is_empty() {
        String::new()
    } else {
        format!("至{}", minutes.ended)
    };
    let theme = Some(&planning.theme).filter(|t| !t.is_empty());
    let envoy = held.envoy.as_ref().map(|e| EnvoyComment {
        name: e.name.clone(),
        organisation: held.envoy_org_name.clone().unwrap_or_default(),
        comment: if e.commented() {
            e.comment.clone()
        } else {
            "（未记录）".into()
        },
    });
    MeetingRecord {
        title: "专题组织生活会记录".into(),
        organisation: scene.branch.name.clone(),
        theme: theme.unwrap_or(&scene.campaign.notice.theme.title).clone(),
        time: format!("{began}{until}"),
        place: held.place.clone(),
        host: held.host.clone(),
        recorder: held.recorder.clone(),
        due: sum.due,
        present: sum.present,
        absences: absences(room),
        observers: room
            .observers
            .iter()
            .map(|o| named(&o.name, &o.capacity))
            .collect(),
        envoys: envoy.into_iter().collect(),
        minutes: paragraphs(held, &minutes),
        origin: None,
    }
}

fn named(name: &str, capacity: &str) -> String {
    if capacity.is_empty() {
        name.to_owned()
    } else {
        format!("{name}（{capacity}）")
    }
}

fn absences(room: &Room) -> Vec<Absence> {
    room.absences()
        .into_iter()
        .map(|(name, reason)| Absence { name, reason })
        .collect()
}

/// The parts that were written, each line a paragraph, its part's name before the first.
fn paragraphs(held: &Meeting, minutes: &Minutes) -> Vec<String> {
    let mut out = Vec::new();
    for ((_, title), text) in PARTS.iter().zip(minutes.texts()) {
        let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        if let Some(first) = lines.next() {
            out.push(format!("{title}：{first}"));
        }
        out.extend(lines.map(str::to_owned));
    }
    if let Some(name) = &held.first_speaker_name {
        out.insert(0, format!("{name}第一个作自我批评。"));
    }
    // A record made afterwards says so.
    if held.held_on.is_some_and(|on| held.entered_at.date() > on) {
        let day = pingyi_domain::time::chinese_date(held.entered_at.date());
        out.push(format!("（本记录于{day}补录。）"));
    }
    out
}
