//! 支部评定意见: given by the branch committee from marks *and* daily conduct. // 通知 三、3
//!
//! Nothing is preselected; the hints fill the form only when asked to, and stay editable.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::{Round, RoundState, RoundStep, Signed, Treatment};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Grade;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::determination::Determination;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, determination, round};

use super::load::{ResultRow, RoundResult, result};
use super::officials;
use super::opinion_form::{Given, blank, cap, fill, noted, opinions, read};
use super::sitting::{Sitting, refuse, sitting};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::Quote;

#[derive(Template)]
#[template(path = "appraisal/opinions.html")]
struct OpinionsPage<'a> {
    frame: Frame,
    sitting: &'a Sitting,
    grades: &'a [Grade],
    result: &'a RoundResult,
    form: &'a FormState,
    basis: Option<Quote>,
}

/// The form.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let found = signed(&mut tx, &sitting).await?;
    let form = blank(&found).with("decided_on", ctx.now.date().to_string());
    render(&ctx, &mut tx, &sitting, &found, &form).await
}

/// Fills the hints in, or saves all opinions.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let found = signed(&mut tx, &sitting).await?;
    let mut form = FormState::of(&fields);
    if fields.has("fill") {
        let form = fill(form, &found, &sitting);
        return render(&ctx, &mut tx, &sitting, &found, &form).await;
    }
    let given = read(&mut form, &found, &sitting, ctx.now.date());
    cap(&mut form, &found, &given, &sitting);
    if form.is_ok()
        && let Err(why) = stage(&sitting, &found)?.determine(opinions(&given))
    {
        form.fail("", why.to_string());
    }
    if !form.is_ok() {
        let answer = render(&ctx, &mut tx, &sitting, &found, &form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    store(&ctx, tx, &sitting, &given, form.value("cap_reason")).await?;
    redirect_done(&sitting.path(""), "determined")
}

async fn signed(tx: &mut Tx, sitting: &Sitting) -> Result<RoundResult, PageError> {
    sitting
        .round()?
        .round
        .state
        .advance(RoundStep::Determine)
        .map_err(refuse)?;
    let found = result(tx, &sitting.scene.campaign, sitting.scene.branch.id).await?;
    found.ok_or(PageError::NotFound)
}

/// The round as signed, for the rule.
fn stage(sitting: &Sitting, found: &RoundResult) -> Result<Round<Signed>, PageError> {
    let now = sitting.round()?;
    let stage = Signed {
        count: found.count.clone(),
        officials: officials::check(&now.officials).map_err(PageError::refused)?,
        on: found.round.signed_on.unwrap_or_default(),
    };
    Ok(Round {
        head: sitting.head(now),
        stage,
    })
}

async fn store(
    ctx: &Ctx,
    mut tx: Tx,
    sitting: &Sitting,
    given: &[Given],
    cap_reason: &str,
) -> Result<(), PageError> {
    let now = sitting.round()?;
    let list: Vec<Determination> = given.iter().map(|g| noted(g, cap_reason)).collect();
    determination::set(&mut tx, now.round.id, &list).await?;
    let row = StoredRound {
        state: RoundState::Determined,
        ..now.round.clone()
    };
    round::update(&mut tx, &row).await?;
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name, "round": now.round.no,
        "members": list.len(), "cap_reason": cap_reason,
    });
    let object = Object::Round(now.round.id);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::OpinionsDetermined,
        object,
        detail,
    )
    .await?;
    Ok(tx.commit().await?)
}

async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    sitting: &Sitting,
    found: &RoundResult,
    form: &FormState,
) -> Answer {
    page(&OpinionsPage {
        frame: ctx.frame(tx, "支部评定意见").await?,
        grades: &sitting.scene.campaign.notice.grades,
        basis: sitting
            .scene
            .words(pingyi_domain::notice::Rule::AppraisalCounted),
        sitting,
        result: found,
        form,
    })
}

impl OpinionsPage<'_> {
    fn cell(&self, row: &ResultRow, key: &str) -> (String, String, Option<&str>) {
        let name = format!("{key}_{}", row.seq);
        let value = self.form.value(&name).to_owned();
        let error = self.form.error(&name);
        (name, value, error)
    }

    fn hint(&self, row: &ResultRow) -> Option<&str> {
        row.hint
            .and_then(|at| self.grades.get(at))
            .map(|g| g.label.as_str())
    }

    fn marks(&self, row: &ResultRow) -> String {
        let Some(marks) = &row.marks else {
            return String::new();
        };
        let named = self.grades.iter().zip(&marks.marks);
        named
            .map(|(g, n)| format!("{} {n}", g.label))
            .collect::<Vec<_>>()
            .join("　")
    }
}
