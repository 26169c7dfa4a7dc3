//! 支部评定意见: given by the branch committee from marks *and* daily conduct. // 通知 三、3
//!
//! Nothing is preselected; the hints fill the form only when asked to, and stay editable.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::{Opinion, Round, RoundState, RoundStep, Signed, Treatment};
use pingyi_domain::count::{CapBase, check_cap};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::member::Standing;
use pingyi_domain::notice::Grade;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::determination::Determination;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, determination, round};

use super::load::{ResultRow, RoundResult, result};
use super::officials;
use super::sitting::{Sitting, refuse, sitting};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::Quote;

/// Value of 不定等次 in a choice.
const UNGRADED: &str = "-";

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

/// One member's opinion as read.
struct Given {
    member: MemberId,
    opinion: Opinion,
    stored: Determination,
}

fn opinions(given: &[Given]) -> Vec<(MemberId, Opinion)> {
    given
        .iter()
        .map(|g| (g.member, g.opinion.clone()))
        .collect()
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

/// Only members who get no grade by the list carry their reason; nothing else is preselected.
fn blank(found: &RoundResult) -> FormState {
    due(found).fold(FormState::default(), |form, row| match &row.treatment {
        Treatment::Ungraded { why } => form
            .with(&format!("g_{}", row.seq), UNGRADED)
            .with(&format!("r_{}", row.seq), why.label()),
        _ => form,
    })
}

/// Everybody on the list but those not appraised.
fn due(found: &RoundResult) -> impl Iterator<Item = &ResultRow> {
    found
        .rows
        .iter()
        .filter(|r| !matches!(r.treatment, Treatment::NotAppraised { .. }))
}

/// Puts the unique plurality into rows nobody has decided yet.
fn fill(form: FormState, found: &RoundResult, sitting: &Sitting) -> FormState {
    let grades = &sitting.scene.campaign.notice.grades;
    due(found).fold(form, |form, row| {
        let name = format!("g_{}", row.seq);
        match row.hint.and_then(|at| grades.get(at)) {
            Some(grade) if form.value(&name).is_empty() => form.with(&name, &*grade.key),
            _ => form,
        }
    })
}

fn read(
    form: &mut FormState,
    found: &RoundResult,
    sitting: &Sitting,
    today: jiff::civil::Date,
) -> Vec<Given> {
    let on = crate::meeting::when::day(form.value("decided_on"));
    let signed = found.round.signed_on;
    if on.is_none_or(|on| on > today || signed.is_some_and(|s| on < s)) {
        form.fail(
            "decided_on",
            "评定日期应在签字当日或以后、不晚于今天。请核对。",
        );
    }
    let mut given = Vec::new();
    for row in due(found) {
        let opinion = match opinion(form, row, sitting) {
            Ok(opinion) => opinion,
            Err((field, words)) => {
                form.fail(&field, format!("{}：{words}", row.name));
                continue;
            }
        };
        let grade = match &opinion {
            Opinion::Graded { grade } => sitting.scene.campaign.notice.grades.get(*grade),
            Opinion::Ungraded { .. } => None,
        };
        let reason = match &opinion {
            Opinion::Ungraded { reason } => Some(reason.clone()),
            Opinion::Graded { .. } => None,
        };
        let stored = Determination {
            seq: row.seq,
            grade: grade.map(|g| g.key.clone()),
            ungraded_reason: reason,
            note: form.value(&format!("n_{}", row.seq)).trim().to_owned(),
            decided_on: on.unwrap_or(today),
        };
        given.push(Given {
            member: row.member,
            opinion,
            stored,
        });
    }
    given
}

fn opinion(
    form: &FormState,
    row: &ResultRow,
    sitting: &Sitting,
) -> Result<Opinion, (String, &'static str)> {
    let field = format!("g_{}", row.seq);
    let reason = form.value(&format!("r_{}", row.seq)).trim();
    match form.value(&field) {
        "" => Err((field, "还没有评定意见，请选择。")),
        UNGRADED if reason.is_empty() => {
            Err((format!("r_{}", row.seq), "不定等次的，请写明原因。"))
        }
        UNGRADED => Ok(Opinion::Ungraded {
            reason: reason.to_owned(),
        }),
        key => match sitting.scene.campaign.notice.grade_at(key) {
            Some(grade) if row.marks.is_some() => Ok(Opinion::Graded { grade }),
            Some(_) => Err((field, "没有列入测评表，不能定等次。请选不定等次。")),
            None => Err((field, "等次不在通知规定之内，请重新选择。")),
        },
    }
}

/// The cap on the best grade, where the notice has one: over it needs a reason.
fn cap(form: &mut FormState, found: &RoundResult, given: &[Given], sitting: &Sitting) {
    let best = given
        .iter()
        .filter(|g| g.opinion == Opinion::Graded { grade: 0 })
        .count();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let full = found
        .rows
        .iter()
        .filter(|r| r.standing == Standing::Full)
        .count();
    let base = CapBase {
        full_members: number(full),
        participants: found.figures.present,
        all_members: number(found.rows.len()),
    };
    let finding = check_cap(found.settings.cap.as_ref(), base, number(best));
    let concerned = finding.filter(|_| best > 0 && form.value("cap_reason").trim().is_empty());
    if let Some(finding) = concerned {
        let label = sitting
            .scene
            .campaign
            .notice
            .grades
            .first()
            .map_or("", |g| g.label.as_str());
        form.fail("cap_reason", finding.message(label));
    }
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

/// The reason for going over the cap stands in 备注 of those it concerns.
fn noted(given: &Given, cap_reason: &str) -> Determination {
    let mut stored = given.stored.clone();
    if given.opinion == (Opinion::Graded { grade: 0 }) && stored.note.is_empty() {
        cap_reason.trim().clone_into(&mut stored.note);
    }
    stored
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
