//! 到会情况: who was due, who came, who sat in. Everybody is present unless changed.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::meeting::{Attendance, ExclusionReason, MeetingState};
use pingyi_domain::notice::Rule;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::observer::Observer;
use pingyi_storage::{Tx, attendance, observer, round};

use super::line::Line;
use super::load::{self, Quote, Scene, roster, scene};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page, redirect_done};

/// Empty lines offered for 列席.
const SPARE: usize = 2;

#[derive(Template)]
#[template(path = "meeting/attendance.html")]
struct AttendancePage<'a> {
    frame: Frame,
    scene: &'a Scene,
    lines: &'a [Line],
    observers: Vec<Observer>,
    reasons: &'static [ExclusionReason],
    leaders: Option<Quote>,
}

impl AttendancePage<'_> {
    fn wrong(&self) -> usize {
        self.lines.iter().filter(|l| l.error.is_some()).count()
    }
}

/// The form.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let held = open_for_changes(&mut tx, &scene).await?;
    let room = load::room(&mut tx, &held).await?;
    let people = roster(&mut tx, scene.branch.id).await?;
    let stored = |id| room.lines.iter().find(|l| l.member == id);
    let lines: Vec<Line> = people
        .iter()
        .map(|p| Line::stored(p, stored(p.member.id)))
        .collect();
    render(&ctx, &mut tx, &scene, &lines, room.observers.clone()).await
}

/// Saves the whole list, or nothing.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let held = open_for_changes(&mut tx, &scene).await?;
    let people = roster(&mut tx, scene.branch.id).await?;
    let mut lines: Vec<Line> = people.iter().map(|p| Line::typed(p, &fields)).collect();
    let observers = observers(&fields);
    let mut list: Vec<Attendance> = Vec::with_capacity(lines.len());
    for line in &mut lines {
        match line.attendance() {
            Ok(read) => list.push(read),
            Err(words) => line.error = Some(words),
        }
    }
    if list.len() < lines.len() {
        let answer = render(&ctx, &mut tx, &scene, &lines, observers).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    attendance::set(&mut tx, held.id, &list).await?;
    observer::set(&mut tx, held.id, &observers).await?;
    let sum = pingyi_domain::meeting::figures(&list);
    let detail = serde_json::json!({
        "branch": scene.branch.name, "due": sum.due, "present": sum.present,
        "absent": sum.absent, "excluded": sum.excluded, "observers": observers.len(),
    });
    let object = Object::Meeting(held.id);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::AttendanceRecorded,
        object,
        detail,
    )
    .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/meeting"), "attendance")
}

/// The meeting, while its attendance may change: once ballots are out, their number rests on it.
async fn open_for_changes(tx: &mut Tx, scene: &Scene) -> Result<Meeting, PageError> {
    let held = load::find(tx, scene).await?;
    let held = held
        .filter(|m| m.state != MeetingState::Planned)
        .ok_or_else(|| {
            PageError::refused("会议还没有开始，不能登记到会情况。请先在会议页面宣布开会。")
        })?;
    let current = round::find_current(tx, held.id).await?.map(|r| r.state);
    if fixed(current) {
        return Err(PageError::refused(
            "测评票已经发出，发出票数以到会人数为准，到会情况不再改动。确需更正的，先在测评页面作废本轮。",
        ));
    }
    Ok(held)
}

/// Whether the current round has ballots out already.
pub(super) fn fixed(round: Option<RoundState>) -> bool {
    !matches!(
        round,
        None | Some(RoundState::Prepared | RoundState::Voided)
    )
}

fn observers(fields: &Fields) -> Vec<Observer> {
    let names = fields.all("observer_name");
    let lines = names.zip(fields.all("observer_capacity"));
    lines
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, capacity)| Observer {
            name: name.to_owned(),
            capacity: capacity.to_owned(),
        })
        .collect()
}

async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    scene: &Scene,
    lines: &[Line],
    mut observers: Vec<Observer>,
) -> Answer {
    let blank = || Observer {
        name: String::new(),
        capacity: String::new(),
    };
    observers.extend(std::iter::repeat_with(blank).take(SPARE));
    let frame = ctx.frame(tx, "登记到会情况").await?;
    let leaders = scene
        .words(Rule::LeadersAsOrdinary)
        .filter(|_| lines.iter().any(|l| l.leader));
    let reasons = ExclusionReason::ALL;
    page(&AttendancePage {
        frame,
        scene,
        lines,
        observers,
        reasons,
        leaders,
    })
}
