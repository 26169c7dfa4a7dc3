//! 会后确认沿用 for members who do not sign in: their measures are read to them, and the branch
//! enters all of them at once, marked as entered for them. // 通知 三、4

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::prose;
use pingyi_storage::{Tx, problem_list};

use super::load::{author_of, desk, reviewer};
use super::write;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Quote, Scene, find, roster, scene};

#[derive(Template)]
#[template(path = "lists/keep.html")]
struct KeepPage {
    frame: Frame,
    scene: Scene,
    words: Option<Quote>,
    over: bool,
    rows: Vec<Row>,
    form: FormState,
}

/// Somebody whose measures wait for a word after the meeting.
struct Row {
    id: MemberId,
    name: String,
    on: bool,
}

/// Whose lists wait, all ticked.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let form = FormState::default().with("reason", "会后逐人宣读，本人同意沿用");
    answer(&ctx, &mut tx, at, form, None).await
}

async fn answer(
    ctx: &Ctx,
    tx: &mut Tx,
    at: (CampaignId, OrgId),
    form: FormState,
    ticked: Option<&[MemberId]>,
) -> Answer {
    let scene = scene(&ctx.app, tx, at).await?;
    let held = find(tx, &scene).await?;
    let mut rows = waiting(ctx, tx, &scene).await?;
    for row in &mut rows {
        row.on = ticked.is_none_or(|ticked| ticked.contains(&row.id));
    }
    page(&KeepPage {
        frame: ctx.frame(tx, "会后确认沿用").await?,
        words: scene.words(Rule::MeasuresPerMember),
        over: held.is_some_and(|m| m.state.criticism_over()),
        scene,
        rows,
        form,
    })
}

/// Handed in before the meeting, nothing after it, and this person may enter it.
async fn waiting(ctx: &Ctx, tx: &mut Tx, scene: &Scene) -> Result<Vec<Row>, PageError> {
    let people = roster(tx, scene.branch.id).await?;
    let lists = problem_list::list(tx, scene.campaign.id, scene.branch.id).await?;
    let asks = reviewer(ctx.user()?, scene, &people);
    let waits = |id: MemberId| lists.iter().any(|l| l.member_id == id && l.waits_after());
    let rows = people
        .iter()
        .filter(|p| waits(p.member.id) && asks.may_verify(author_of(&people, p)).is_ok());
    Ok(rows
        .map(|p| Row {
            id: p.member.id,
            name: p.member.name.clone(),
            on: true,
        })
        .collect())
}

/// Enters them together, or none.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let ticked: Vec<MemberId> = fields
        .all("member")
        .filter_map(|id| id.parse().ok())
        .collect();
    let mut form = FormState::of(&fields);
    let reason = match prose::line(fields.get("reason"), prose::LINE) {
        Ok(reason) => Some(reason),
        Err(why) => {
            form.fail("reason", format!("代为登记的原因{why}"));
            None
        }
    };
    if ticked.is_empty() {
        form.fail("member", "还没有勾选党员。");
    }
    let (true, Some(reason)) = (form.is_ok(), reason) else {
        let answer = answer(&ctx, &mut tx, at, form, Some(&ticked)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    for member in ticked {
        let desk = desk(&ctx.app, &mut tx, at, member).await?;
        let asks = reviewer(ctx.user()?, &desk.scene, &desk.people);
        asks.may_verify(author_of(&desk.people, &desk.person))
            .map_err(PageError::refused)?;
        write::confirm(&ctx, &mut tx, &desk, Some(reason.clone())).await?;
    }
    tx.commit().await?;
    let (campaign, org) = at;
    redirect_done(&ctx.org_path(campaign, org, "/lists"), "lists-kept")
}
