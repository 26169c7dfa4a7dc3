//! Opening the meeting: on the filed plan, or on a written reason. // 通知 二、4

use axum::extract::Path;
use jiff::civil::DateTime;
use pingyi_domain::ids::{CampaignId, MeetingId, OrgId};
use pingyi_domain::meeting::{Basis, MeetingState, Planned};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::meeting::{self, Meeting};

use super::load::{self, Planning, Scene, scene};
use super::show::{self, Typed};
use super::when;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// The form, prefilled from the plan.
pub(super) fn form(planning: &Planning, secretary: &str, now: UnixTime) -> FormState {
    let line = planning.line.as_ref();
    let planned = line.and_then(|l| l.starts);
    // A planned time that has come; before it, the meeting is opened now.
    let at = planned
        .filter(|at| at.date() <= now.date())
        .unwrap_or_else(|| now.local());
    FormState::default()
        .with("held_on", at.date().to_string())
        .with("began", at.strftime("%H:%M").to_string())
        .with("place", line.map_or("", |l| l.place.as_str()))
        .with("host", secretary)
}

/// Opens it.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    if load::find(&mut tx, &scene).await?.is_some() {
        return Err(PageError::refused(
            "本支部的专题组织生活会已经开始记录，没有再建一次。",
        ));
    }
    let planning = load::planning(&mut tx, &scene).await?;
    let mut form = FormState::of(&fields);
    let Some(held) = read(&mut form, &ctx, &scene, &planning)? else {
        return show::answer(&ctx, tx, scene, Typed::Open(form)).await;
    };
    meeting::insert(&mut tx, &held).await?;
    let detail = serde_json::json!({
        "branch": scene.branch.name,
        "held_on": held.held_on,
        "without_plan": form.value("reason"),
    });
    let object = Object::Meeting(held.id);
    tx.audit(&ctx.actor(), ctx.now, Event::MeetingOpened, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/meeting"), "meeting-opened")
}

fn read(
    form: &mut FormState,
    ctx: &Ctx,
    scene: &Scene,
    planning: &Planning,
) -> Result<Option<Meeting>, PageError> {
    let began = when::past(form, ("held_on", "began"), ctx.now);
    for (name, words) in [("place", "请填写会议地点。"), ("host", "请填写主持人。")]
    {
        if form.value(name).trim().is_empty() {
            form.fail(name, words);
        }
    }
    let basis = basis(planning, form.value("reason"), ctx)?;
    let planned = Planned {
        id: ctx.app.new_id(),
        branch: scene.branch.id,
    };
    let at = began.map_or(ctx.now, when::unix);
    let opened = planned.open(basis.clone(), at);
    if let Err(why) = &opened {
        form.fail("reason", why.to_string());
    }
    Ok(match (opened, began) {
        (Ok(open), Some(began)) if form.is_ok() => {
            let id = open.planned.id;
            Some(Meeting {
                basis: Some(basis),
                ..blank(id, scene, form, began, ctx.now)
            })
        }
        _ => None,
    })
}

fn basis(planning: &Planning, reason: &str, ctx: &Ctx) -> Result<Basis, PageError> {
    let filed = planning
        .plan
        .as_ref()
        .and_then(|p| Some((p.id, p.filed_version?)));
    Ok(match filed {
        Some((plan, version)) => Basis::FiledPlan { plan, version },
        None => Basis::Override {
            by: ctx.user()?.account,
            reason: reason.trim().to_owned(),
        },
    })
}

fn blank(
    id: MeetingId,
    scene: &Scene,
    form: &FormState,
    began: DateTime,
    now: UnixTime,
) -> Meeting {
    let text = |name: &str| form.value(name).trim().to_owned();
    Meeting {
        id,
        campaign_id: scene.campaign.id,
        branch_id: scene.branch.id,
        state: MeetingState::Open,
        basis: None,
        held_on: Some(began.date()),
        started_at: Some(began),
        place: text("place"),
        host: text("host"),
        recorder: text("recorder"),
        first: None,
        first_speaker_name: None,
        envoy: None,
        envoy_org_name: None,
        minutes: None,
        opened_at: Some(when::unix(began)),
        criticism_done_at: None,
        closed_at: None,
        entered_at: now,
    }
}
