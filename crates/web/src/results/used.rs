//! Use of results: praise of the best, help for the last. // 通知 三、3

use std::borrow::Borrow;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId, RoundId};
use pingyi_domain::notice::Rule;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::result_use::{self, Commendation, Declined, HelpNote, HelpPlan};

use super::enter;
use super::load::{Results, Told, results};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::Quote;

type Place = Path<(CampaignId, OrgId)>;

#[derive(Template)]
#[template(path = "results/used.html")]
struct UsedPage<'a> {
    frame: Frame,
    results: &'a Results,
    quote: Option<Quote>,
    best: Vec<&'a Told>,
    last: Vec<&'a Told>,
    last_label: String,
    commended: Vec<Commendation>,
    declined: Option<Declined>,
    plans: Vec<HelpPlan>,
    notes: Vec<HelpNote>,
    form: &'a FormState,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Place) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let form = FormState::default().with("on", ctx.now.date().to_string());
    render(&ctx, &mut tx, &found, &form).await
}

/// Somebody with the best grade is praised.
pub async fn commend(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let (mut tx, found, round) = begin(&ctx, at).await?;
    let mut form = FormState::of(&fields);
    let seq = chosen(&mut form, &found, found.ends().0);
    let manner = enter::line(&mut form, "manner", "表扬方式");
    let reason = enter::text(&mut form, "reason", "事由");
    let on = enter::past(&mut form, "on", "日期", ctx.now.date());
    let (Some(seq), Some(manner), Some(reason), Some(given_on)) = (seq, manner, reason, on) else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    let row = Commendation {
        seq,
        manner,
        reason,
        given_on,
        entered_at: ctx.now,
    };
    result_use::commend(&mut tx, round, &row).await?;
    result_use::set_declined(&mut tx, round, None).await?;
    done(&ctx, tx, &found, Event::CommendationNoted).await
}

/// 本次不表扬, with the reason.
pub async fn decline(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let (mut tx, found, round) = begin(&ctx, at).await?;
    if !result_use::commendations(&mut tx, round).await?.is_empty() {
        return Err(PageError::refused("已经记录了表扬，不能再记“本次不表扬”。"));
    }
    let mut form = FormState::of(&fields);
    let Some(reason) = enter::line(&mut form, "why_none", "不表扬的原因") else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    let note = Declined {
        reason,
        noted_on: ctx.now.date(),
    };
    result_use::set_declined(&mut tx, round, Some(&note)).await?;
    done(&ctx, tx, &found, Event::CommendationNoted).await
}

/// A plan for somebody with the last grade.
pub async fn help(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let (mut tx, found, round) = begin(&ctx, at).await?;
    let mut form = FormState::of(&fields);
    let seq = chosen(&mut form, &found, found.ends().1);
    let helper = enter::line(&mut form, "helper", "帮助人");
    let measures = enter::text(&mut form, "measures", "帮助措施");
    let on = enter::past(&mut form, "on", "日期", ctx.now.date());
    let (Some(seq), Some(helper), Some(measures), Some(started_on)) = (seq, helper, measures, on)
    else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    let plan = HelpPlan {
        seq,
        helper,
        measures: Some(measures),
        started_on,
        entered_at: ctx.now,
    };
    result_use::help(&mut tx, round, &plan).await?;
    done(&ctx, tx, &found, Event::HelpNoted).await
}

/// What came of a plan.
pub async fn note(ctx: Ctx, Path(at): Place, fields: Fields) -> Answer {
    let (mut tx, found, round) = begin(&ctx, at).await?;
    let mut form = FormState::of(&fields);
    let seq = form.value("seq").parse().unwrap_or(0);
    let plans = result_use::help_plans(&mut tx, round).await?;
    if !plans.iter().any(|p| p.seq == seq) {
        return Err(PageError::NotFound);
    }
    let content = enter::text(&mut form, "content", "进展");
    let on = enter::past(&mut form, "on", "日期", ctx.now.date());
    let Some((content, noted_on)) = content.zip(on) else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    let before = result_use::help_notes(&mut tx, round).await?;
    let no = before.iter().filter(|n| n.seq == seq).map(|n| n.no).max();
    let row = HelpNote {
        seq,
        no: no.unwrap_or(0) + 1,
        noted_on,
        content: Some(content),
    };
    result_use::add_help_note(&mut tx, round, &row).await?;
    done(&ctx, tx, &found, Event::HelpNoted).await
}

async fn begin(ctx: &Ctx, at: (CampaignId, OrgId)) -> Result<(Tx, Results, RoundId), PageError> {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let round = found.determined()?;
    Ok((tx, found, round))
}

/// The member of the form, who must have this grade.
fn chosen(form: &mut FormState, found: &Results, grade: &str) -> Option<u32> {
    let seq: u32 = form.value("seq").parse().unwrap_or(0);
    let member = found.members.iter().find(|m| m.seq == seq);
    let fits = member.filter(|m| m.given.grade.as_deref() == Some(grade));
    if fits.is_none() {
        form.fail("seq", "党员：请选择评定意见相符的党员。");
    }
    fits.map(|m| m.seq)
}

async fn done(ctx: &Ctx, mut tx: Tx, found: &Results, event: Event) -> Answer {
    let detail = serde_json::json!({ "branch": found.scene.branch.name });
    let object = Object::Round(found.determined()?);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&found.path("/use"), "saved")
}

async fn refused(ctx: &Ctx, tx: &mut Tx, found: &Results, form: &FormState) -> Answer {
    let answer = render(ctx, tx, found, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

async fn render(ctx: &Ctx, tx: &mut Tx, results: &Results, form: &FormState) -> Answer {
    let round = results.determined()?;
    let of = |grade: &str| {
        let all = results.members.iter();
        all.filter(|m| m.given.grade.as_deref() == Some(grade))
            .collect()
    };
    let (best, last) = results.ends();
    let grades = &results.scene.campaign.notice.grades;
    page(&UsedPage {
        frame: ctx.frame(tx, "评议结果运用").await?,
        quote: results.scene.words(Rule::ResultsUsed),
        best: of(best),
        last: of(last),
        last_label: super::load::label(grades, Some(last)),
        commended: result_use::commendations(tx, round).await?,
        declined: result_use::declined(tx, round).await?,
        plans: result_use::help_plans(tx, round).await?,
        notes: result_use::help_notes(tx, round).await?,
        results,
        form,
    })
}

impl UsedPage<'_> {
    fn name(&self, seq: impl Borrow<u32>) -> &str {
        let seq = *seq.borrow();
        let found = self.results.members.iter().find(|m| m.seq == seq);
        found.map_or("", |m| m.name.as_str())
    }

    fn plan(&self, seq: impl Borrow<u32>) -> Option<&HelpPlan> {
        let seq = *seq.borrow();
        self.plans.iter().find(|p| p.seq == seq)
    }

    fn notes_of(&self, seq: impl Borrow<u32>) -> Vec<&HelpNote> {
        let seq = *seq.borrow();
        self.notes.iter().filter(|n| n.seq == seq).collect()
    }
}
