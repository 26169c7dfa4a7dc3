//! One member's feedback as the branch keeps it: paper receipt, objection, answer. // 通知 三、3

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Grade;
use pingyi_domain::results::{Acknowledged, Feedback, FeedbackError, Handling, Outcome};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::determination::Determination;
use pingyi_storage::feedback::{self, StoredFeedback};

use super::enter;
use super::load::{Results, Told, results};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::reading::log_reading;

type Place = Path<(CampaignId, OrgId, u32)>;

#[derive(Template)]
#[template(path = "results/one.html")]
struct OnePage<'a> {
    frame: Frame,
    results: &'a Results,
    member: &'a Told,
    form: &'a FormState,
    grades: &'a [Grade],
    outcomes: &'static [Outcome],
}

/// The page. Reading an objection is logged like reading any paper of a person.
pub async fn show(ctx: Ctx, Path((campaign, org, seq)): Place) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, (campaign, org)).await?;
    let member = found.member(seq)?;
    let objected = member
        .feedback
        .as_ref()
        .is_some_and(|f| f.feedback.objection.is_some());
    if objected {
        log_reading(&ctx, &mut tx, member.member, "评议反馈异议").await?;
    }
    let today = ctx.now.date().to_string();
    let form = FormState::default()
        .with("on", today)
        .with("by", ctx.user()?.name.clone())
        .with("outcome", Outcome::Upheld.as_str());
    let answer = render(&ctx, &mut tx, &found, member, &form).await?;
    tx.commit().await?;
    Ok(answer)
}

/// 纸质签收, noted by the branch.
pub async fn acknowledge(ctx: Ctx, Path((campaign, org, seq)): Place, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, (campaign, org)).await?;
    let (member, told) = told(&found, seq)?;
    let mut form = FormState::of(&fields);
    let on = enter::past(&mut form, "on", "签收日期", ctx.now.date());
    let next = on.map(|on| told.acknowledge(Acknowledged::Paper, on));
    let next = allowed(&mut form, next);
    let Some(next) = next else {
        return refused(&ctx, &mut tx, &found, member, &form).await;
    };
    let step = (Event::FeedbackAcknowledged, next, "feedback-signed");
    keep(&ctx, tx, &found, member, step, &format!("/member/{seq}")).await
}

/// An objection the member made on paper or aloud.
pub async fn object(ctx: Ctx, Path((campaign, org, seq)): Place, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, (campaign, org)).await?;
    let (member, told) = told(&found, seq)?;
    let mut form = FormState::of(&fields);
    let on = enter::past(&mut form, "on", "提出日期", ctx.now.date());
    let text = enter::text(&mut form, "objection", "异议内容");
    let next = on.zip(text).map(|(on, text)| told.object(text, on));
    let next = allowed(&mut form, next);
    let Some(next) = next else {
        return refused(&ctx, &mut tx, &found, member, &form).await;
    };
    let step = (Event::ObjectionRaised, next, "objection-noted");
    keep(&ctx, tx, &found, member, step, &format!("/member/{seq}")).await
}

/// The branch's answer; where it changes the opinion, the new one is given here too.
pub async fn handle(ctx: Ctx, Path((campaign, org, seq)): Place, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, (campaign, org)).await?;
    let (member, told) = told(&found, seq)?;
    let mut form = FormState::of(&fields);
    let answer = handling(&mut form, &ctx);
    let changed = answer
        .as_ref()
        .and_then(|a| opinion(&mut form, &found, member, a));
    let next = allowed(&mut form, answer.map(|a| told.handle(a)));
    let Some(next) = next.filter(|_| form.is_ok()) else {
        return refused(&ctx, &mut tx, &found, member, &form).await;
    };
    if let Some(given) = changed {
        change(&ctx, &mut tx, &found, &given).await?;
    }
    let step = (Event::ObjectionHandled, next, "objection-answered");
    keep(&ctx, tx, &found, member, step, &format!("/member/{seq}")).await
}

/// The next state of a feedback; what the rule refuses is marked at the day.
fn allowed(
    form: &mut FormState,
    step: Option<Result<Feedback, FeedbackError>>,
) -> Option<Feedback> {
    step?.map_err(|why| form.fail("on", why.to_string())).ok()
}

fn told(found: &Results, seq: u32) -> Result<(&Told, Feedback), PageError> {
    let member = found.member(seq)?;
    let told = member.feedback.as_ref().map(|f| f.feedback.clone());
    let told = told.ok_or_else(|| PageError::refused("还没有向这名党员反馈。请先登记反馈。"))?;
    Ok((member, told))
}

fn handling(form: &mut FormState, ctx: &Ctx) -> Option<Handling> {
    let on = enter::past(form, "on", "答复日期", ctx.now.date());
    let text = enter::text(form, "handling", "答复内容");
    let by = enter::line(form, "by", "答复人");
    let outcome = Outcome::parse(form.value("outcome"));
    if outcome.is_none() {
        form.fail("outcome", "复核结果：请选择维持或调整。");
    }
    Some(Handling {
        text: text?,
        by: by?,
        on: on?,
        outcome: outcome?,
    })
}

/// The changed opinion, given again by the branch committee. // 通知 三、3
fn opinion(
    form: &mut FormState,
    found: &Results,
    member: &Told,
    answer: &Handling,
) -> Option<Determination> {
    if answer.outcome == Outcome::Upheld {
        return None;
    }
    let key = form.value("grade").to_owned();
    let known = found.scene.campaign.notice.grade_at(&key).is_some();
    if !known || member.given.grade.as_deref() == Some(key.as_str()) {
        form.fail("grade", "调整后的评定意见：请选择一个与原来不同的等次。");
        return None;
    }
    Some(Determination {
        grade: Some(key),
        ungraded_reason: None,
        decided_on: answer.on,
        ..member.given.clone()
    })
}

async fn change(
    ctx: &Ctx,
    tx: &mut Tx,
    found: &Results,
    given: &Determination,
) -> Result<(), PageError> {
    let round = found.determined()?;
    feedback::change_opinion(tx, round, given).await?;
    let detail = serde_json::json!({ "branch": found.scene.branch.name, "seq": given.seq });
    let (event, object) = (Event::OpinionChanged, Object::Round(round));
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    Ok(())
}

/// The last step of what changes a feedback: the row and its line in the log, which holds no text
/// of anybody, then the page `to` with the words of what was done.
pub(super) async fn keep(
    ctx: &Ctx,
    mut tx: Tx,
    found: &Results,
    member: &Told,
    (event, next, done): (Event, Feedback, &str),
    to: &str,
) -> Answer {
    let round = found.determined()?;
    let entered_at = member.feedback.as_ref().map_or(ctx.now, |f| f.entered_at);
    let row = StoredFeedback {
        seq: member.seq,
        feedback: next,
        entered_at,
    };
    feedback::update(&mut tx, round, &row).await?;
    let detail = serde_json::json!({ "branch": found.scene.branch.name, "seq": member.seq });
    let object = Object::Round(round);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&found.path(to), done)
}

async fn refused(
    ctx: &Ctx,
    tx: &mut Tx,
    found: &Results,
    member: &Told,
    form: &FormState,
) -> Answer {
    let answer = render(ctx, tx, found, member, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    results: &Results,
    member: &Told,
    form: &FormState,
) -> Answer {
    page(&OnePage {
        frame: ctx.frame(tx, "党员本人的反馈").await?,
        results,
        member,
        form,
        grades: &results.scene.campaign.notice.grades,
        outcomes: Outcome::ALL,
    })
}

impl OnePage<'_> {
    #[expect(clippy::unused_self, reason = "templates call methods of their page")]
    fn late(&self, told: &StoredFeedback) -> Option<String> {
        pingyi_domain::day::late_entry(told.feedback.told_on, told.entered_at)
    }
}
