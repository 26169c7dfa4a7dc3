//! 反馈 for many at once: one day, one teller, one manner, and who was told. // 通知 三、3

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::results::{Feedback, Manner};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::feedback::{self, StoredFeedback};

use super::enter;
use super::load::{Results, Told, results};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "results/feedback.html")]
struct FeedbackPage<'a> {
    frame: Frame,
    results: &'a Results,
    form: &'a FormState,
    manners: &'static [Manner],
}

/// The form: everybody not told yet is ticked.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    found.determined()?;
    let user = ctx.user()?;
    let teller = match user.post.as_str() {
        "" => user.name.clone(),
        post => format!("{}（{post}）", user.name),
    };
    let form = found
        .untold()
        .fold(FormState::default(), |form, m| form.with(&tick(m), "1"));
    let form = form
        .with("told_on", ctx.now.date().to_string())
        .with("teller", teller)
        .with("manner", Manner::InPerson.as_str());
    render(&ctx, &mut tx, &found, &form).await
}

/// Saves it for all who are ticked.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    found.determined()?;
    let mut form = FormState::of(&fields);
    let Some((feedback, told)) = read(&mut form, &found, &ctx) else {
        let answer = render(&ctx, &mut tx, &found, &form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    store(&ctx, tx, &found, &feedback, &told).await?;
    redirect_done(&found.path(""), "fed-back")
}

fn tick(member: &Told) -> String {
    format!("m_{}", member.seq)
}

fn read(form: &mut FormState, found: &Results, ctx: &Ctx) -> Option<(Feedback, Vec<u32>)> {
    let on = enter::past(form, "told_on", "反馈日期", ctx.now.date());
    let teller = enter::line(form, "teller", "反馈人");
    let manner = Manner::parse(form.value("manner"));
    if manner.is_none() {
        form.fail("manner", "反馈方式：请选择当面、书面或电话。");
    }
    let ticked: Vec<&Told> = found.untold().filter(|m| form.is(&tick(m), "1")).collect();
    if ticked.is_empty() {
        form.fail("", "没有选择党员。请勾选这一次反馈了谁。");
    }
    let early = ticked
        .iter()
        .find(|m| on.is_some_and(|on| on < m.given.decided_on));
    if let Some(member) = early {
        form.fail(
            "told_on",
            format!("反馈日期：早于{}的评定日期，请核对。", member.name),
        );
    }
    if !form.is_ok() {
        return None;
    }
    let seqs = ticked.iter().map(|m| m.seq).collect();
    Some((Feedback::told(on?, teller?, manner?), seqs))
}

async fn store(
    ctx: &Ctx,
    mut tx: Tx,
    found: &Results,
    told: &Feedback,
    seqs: &[u32],
) -> Result<(), PageError> {
    let round = found.determined()?;
    for &seq in seqs {
        let row = StoredFeedback {
            seq,
            feedback: told.clone(),
            entered_at: ctx.now,
        };
        feedback::insert(&mut tx, round, &row).await?;
    }
    let detail = serde_json::json!({
        "branch": found.scene.branch.name, "members": seqs.len(),
        "on": told.told_on.to_string(), "manner": told.manner.as_str(),
    });
    let (event, object) = (Event::FeedbackGiven, Object::Round(round));
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    Ok(tx.commit().await?)
}

async fn render(ctx: &Ctx, tx: &mut Tx, results: &Results, form: &FormState) -> Answer {
    page(&FeedbackPage {
        frame: ctx.frame(tx, "登记反馈").await?,
        results,
        form,
        manners: Manner::ALL,
    })
}
