//! The end of the criticism part, and who opened it. // 通知 三、1

use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::meeting::{CriticismDone, FirstToSpeak, MeetingState, Open, Planned};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::meeting::{self, Meeting};

use super::load::{self, Person, Scene, roster, scene, secretary};
use super::show::{self, Typed};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Ends the criticism part; from here the appraisal may begin on the spot. // 通知 三、3
pub async fn end(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let mut held = load::find(&mut tx, &scene)
        .await?
        .ok_or(PageError::NotFound)?;
    held.state
        .advance(pingyi_domain::meeting::MeetingStep::EndCriticism)
        .map_err(PageError::refused)?;
    let people = roster(&mut tx, scene.branch.id).await?;
    let (first, name) = match known_first(&held).map_or_else(|| first_speaker(&fields, &people), Ok)
    {
        Ok(found) => found,
        Err(words) => return again(&ctx, tx, scene, &fields, ("first", words)).await,
    };
    let done = open_of(&held)?.end_criticism(first, ctx.now);
    let done = match done {
        Ok(done) => done,
        Err(why) => {
            return again(&ctx, tx, scene, &fields, ("first_reason", why.to_string())).await;
        }
    };
    held.state = MeetingState::CriticismDone;
    held.first = Some(done.first);
    held.first_speaker_name = Some(name);
    held.criticism_done_at = Some(done.at);
    save(&ctx, tx, &scene, &held, Event::CriticismDone).await?;
    redirect_done(&scene.path("/meeting"), "criticism-done")
}

/// Closes the meeting.
pub async fn close(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let mut held = load::find(&mut tx, &scene)
        .await?
        .ok_or(PageError::NotFound)?;
    held.state
        .advance(pingyi_domain::meeting::MeetingStep::Close)
        .map_err(PageError::refused)?;
    let criticism = CriticismDone {
        open: open_of(&held)?,
        first: held.first.clone().unwrap_or(FirstToSpeak::Secretary),
        at: held.criticism_done_at.unwrap_or(ctx.now),
    };
    let closed = criticism.close(ctx.now).map_err(PageError::refused)?;
    held.state = MeetingState::Closed;
    held.closed_at = Some(closed.at);
    save(&ctx, tx, &scene, &held, Event::MeetingClosed).await?;
    redirect_done(&scene.path("/meeting"), "meeting-closed")
}

async fn save(
    ctx: &Ctx,
    mut tx: Tx,
    scene: &Scene,
    held: &Meeting,
    event: Event,
) -> Result<(), PageError> {
    meeting::update(&mut tx, held).await?;
    let detail = serde_json::json!({
        "branch": scene.branch.name,
        "first_speaker": held.first_speaker_name,
    });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        event,
        Object::Meeting(held.id),
        detail,
    )
    .await?;
    Ok(tx.commit().await?)
}

async fn again(
    ctx: &Ctx,
    tx: Tx,
    scene: Scene,
    fields: &Fields,
    (field, words): (&str, String),
) -> Answer {
    let mut form = FormState::of(fields);
    form.fail(field, words);
    show::answer(ctx, tx, scene, Typed::Criticism(form)).await
}

/// The opened meeting as the rules know it.
fn open_of(held: &Meeting) -> Result<Open, PageError> {
    let basis = held
        .basis
        .clone()
        .ok_or_else(|| PageError::internal("a meeting without basis"))?;
    Ok(Open {
        planned: Planned {
            id: held.id,
            branch: held.branch_id,
        },
        basis,
        at: held.opened_at.unwrap_or(held.entered_at),
    })
}

/// The form; who spoke first is asked only while the order of speaking does not tell.
pub(super) fn form(held: Option<&Meeting>) -> FormState {
    let form = FormState::default();
    match held.and_then(|m| m.first.as_ref()) {
        Some(FirstToSpeak::Other { member, reason }) => form
            .with("first", member.to_string())
            .with("first_reason", &**reason),
        _ => form.with("first", "secretary"),
    }
}

/// One fact in one place: the order of speaking tells it once it was entered. // 通知 三、1
fn known_first(held: &Meeting) -> Option<(FirstToSpeak, String)> {
    held.first.clone().zip(held.first_speaker_name.clone())
}

/// 支部书记要带头开展自我批评: the secretary, or somebody else with the reason. // 通知 三、1
fn first_speaker(fields: &Fields, people: &[Person]) -> Result<(FirstToSpeak, String), String> {
    const ASK: &str = "请选择第一个作自我批评的同志。";
    let lead = secretary(people);
    match fields.get("first") {
        "" => Err(ASK.into()),
        "secretary" => {
            let name = lead.map_or_else(|| "支部书记".to_owned(), |p| p.member.name.clone());
            Ok((FirstToSpeak::Secretary, name))
        }
        other => {
            let id: MemberId = other.parse().map_err(|_| ASK)?;
            let person = people.iter().find(|p| p.member.id == id).ok_or(ASK)?;
            let name = person.member.name.clone();
            if lead.is_some_and(|p| p.member.id == id) {
                return Ok((FirstToSpeak::Secretary, name));
            }
            let reason = fields.get("first_reason").to_owned();
            Ok((FirstToSpeak::Other { member: id, reason }, name))
        }
    }
}
