//! A member's own result: read, acknowledge, object. Acts on the signed-in member's row alone.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::results::{Acknowledged, Feedback};
use pingyi_storage::Tx;
use pingyi_storage::audit::Event;

use super::enter;
use super::load::{Results, Told, results};
use super::one::keep;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "results/mine.html")]
struct MinePage<'a> {
    frame: Frame,
    results: &'a Results,
    /// Told already; before that a member reads nothing here.
    told: Option<(&'a Told, &'a Feedback)>,
    form: &'a FormState,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    render(&ctx, &mut tx, &found, &FormState::default()).await
}

/// 本人确认.
pub async fn acknowledge(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, _: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let (member, told) = own(&ctx, &found)?;
    let next = told
        .clone()
        .acknowledge(Acknowledged::Own, ctx.now.date())
        .map_err(PageError::refused)?;
    let step = (Event::FeedbackAcknowledged, next, "feedback-confirmed");
    keep(&ctx, tx, &found, member, step, "/mine").await
}

/// 提出异议.
pub async fn object(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let (member, told) = own(&ctx, &found)?;
    let mut form = FormState::of(&fields);
    let text = enter::text(&mut form, "objection", "您的意见");
    let next = text.and_then(|text| {
        let next = told.clone().object(text, ctx.now.date());
        next.map_err(|why| form.fail("objection", why.to_string()))
            .ok()
    });
    let Some(next) = next else {
        let answer = render(&ctx, &mut tx, &found, &form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let step = (Event::ObjectionRaised, next, "objection-raised");
    keep(&ctx, tx, &found, member, step, "/mine").await
}

/// The row of whoever is signed in.
fn own<'a>(ctx: &Ctx, found: &'a Results) -> Result<(&'a Told, &'a Feedback), PageError> {
    find(ctx, found)?.ok_or_else(|| {
        PageError::refused("支部还没有向您反馈评议结果。反馈以后可以在这里确认或提出意见。")
    })
}

fn find<'a>(ctx: &Ctx, found: &'a Results) -> Result<Option<(&'a Told, &'a Feedback)>, PageError> {
    let me = ctx.user()?.member;
    let row = found.members.iter().find(|m| Some(m.member) == me);
    Ok(row.and_then(|m| Some((m, &m.feedback.as_ref()?.feedback))))
}

async fn render(ctx: &Ctx, tx: &mut Tx, results: &Results, form: &FormState) -> Answer {
    page(&MinePage {
        frame: ctx.frame(tx, "我的评议结果").await?,
        told: find(ctx, results)?,
        results,
        form,
    })
}
