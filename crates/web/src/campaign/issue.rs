//! `/notices/{slug}/issue` and `/drafts/{draft}/issue`: number, day of issue and last days; issuing
//! makes a campaign.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::notice::{Deadlines, Notice};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::campaign::{Campaign, CampaignStatus};
use pingyi_storage::{Tx, campaign, notice_draft, org};
use serde_json::json;

use super::{catalogue, draft};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

/// Longest 发文字号.
const NUMBER_CHARS: usize = 40;

#[derive(Template)]
#[template(path = "campaign/issue.html")]
struct IssuePage {
    frame: Frame,
    form: FormState,
    /// `/notices/{slug}` or `/drafts/{id}`.
    base: String,
    title: String,
    addressee: String,
    units: usize,
    branches: usize,
    /// The plan's last day is over already.
    past: bool,
    /// Years of number and date, when they differ; sent back once this was shown.
    years: Option<String>,
}

/// What is to be issued: a notice that comes with the program, or a draft.
struct Source {
    base: String,
    notice: Notice,
    draft: Option<CampaignId>,
}

fn shipped(slug: &str) -> Result<Source, PageError> {
    let notice = catalogue::find(slug).ok_or(PageError::NotFound)?;
    Ok(Source {
        base: format!("/notices/{slug}"),
        notice: notice.clone(),
        draft: None,
    })
}

async fn drafted(tx: &mut Tx, id: CampaignId) -> Result<Source, PageError> {
    let found = draft::load(tx, id).await?;
    Ok(Source {
        base: found.path(""),
        notice: found.notice,
        draft: Some(id),
    })
}

/// The form of a notice that comes with the program.
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    ask(&ctx, &mut tx, &shipped(&slug)?).await
}

/// The form of a draft.
pub async fn show_draft(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let source = drafted(&mut tx, id).await?;
    ask(&ctx, &mut tx, &source).await
}

/// Issues a notice that comes with the program.
pub async fn submit(ctx: Ctx, Path(slug): Path<String>, fields: Fields) -> Answer {
    let tx = ctx.app.db.begin().await?;
    issue(&ctx, tx, &shipped(&slug)?, &fields).await
}

/// Issues a draft.
pub async fn submit_draft(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let source = drafted(&mut tx, id).await?;
    issue(&ctx, tx, &source, &fields).await
}

/// The form, prefilled from the notice.
async fn ask(ctx: &Ctx, tx: &mut Tx, source: &Source) -> Answer {
    let notice = &source.notice;
    not_issued(tx, notice).await?;
    let form = FormState::default()
        .with("number", notice.number.as_str())
        .with("date", notice.date.to_string())
        .with("plan", notice.deadlines.plan.to_string())
        .with("meeting", notice.deadlines.meeting.to_string())
        .with("summary", notice.deadlines.summary.to_string());
    page(&form_page(ctx, tx, source, form).await?)
}

async fn not_issued(tx: &mut Tx, notice: &Notice) -> Result<(), PageError> {
    match campaign::find(tx, &notice.slug).await? {
        None => Ok(()),
        Some(row) => Err(PageError::Refused(format!(
            "{}已经印发过，不能重复印发。请从“通知”栏目进入已印发的通知。",
            row.number
        ))),
    }
}

async fn form_page(
    ctx: &Ctx,
    tx: &mut Tx,
    source: &Source,
    form: FormState,
) -> Result<IssuePage, PageError> {
    let tree = org::tree(tx).await?;
    let units: Vec<_> = tree.units().collect();
    let past = form
        .value("plan")
        .parse()
        .is_ok_and(|day: Date| day < ctx.now.date());
    let years = two_years(form.value("number"), form.value("date"));
    Ok(IssuePage {
        frame: ctx.frame(tx, "印发通知").await?,
        years,
        form,
        base: source.base.clone(),
        title: source.notice.title.clone(),
        addressee: source.notice.addressee.clone(),
        units: units.len(),
        branches: units
            .iter()
            .map(|unit| tree.branches_of(unit.id).len())
            .sum(),
        past,
    })
}

/// Issues it. // 通知 序
async fn issue(ctx: &Ctx, mut tx: Tx, source: &Source, fields: &Fields) -> Answer {
    not_issued(&mut tx, &source.notice).await?;
    let mut form = FormState::of(fields);
    let units = org::tree(&mut tx).await?.units().count();
    if units == 0 {
        form.fail(
            "",
            "还没有直属党组织可以主送。请先导入党员名册，再印发通知。",
        );
    } else if !fields.has("sure") {
        form.fail("sure", "请核对主送单位数量，并在下方勾选确认。");
    }
    warn_of_years(&mut form, fields);
    let Some(notice) = read(&mut form, fields, &source.notice).filter(|_| form.is_ok()) else {
        let answer = page(&form_page(ctx, &mut tx, source, form).await?)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let row = row(ctx, source, &notice)?;
    campaign::insert(&mut tx, &row).await?;
    if let Some(id) = source.draft {
        notice_draft::delete(&mut tx, id).await?;
    }
    let detail = json!({
        "number": row.number,
        "units": units,
        "plan": notice.deadlines.plan,
        "meeting": notice.deadlines.meeting,
        "summary": notice.deadlines.summary,
    });
    let object = Object::Campaign(row.id);
    tx.audit(&ctx.actor(), ctx.now, Event::CampaignIssued, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&format!("/c/{}/notice", row.id), "issued")
}

/// Says once that number and date are of different years; the next press goes on.
fn warn_of_years(form: &mut FormState, fields: &Fields) {
    let years = two_years(fields.get("number"), fields.get("date"));
    if years.is_some_and(|years| years != fields.get("years_seen")) {
        form.fail(
            "number",
            "文号年份与印发日期不一致。请改正；确认无误的，再按一次“印发”。",
        );
    }
}

/// `2015/2026` when the year in the number's brackets is not the date's.
fn two_years(number: &str, date: &str) -> Option<String> {
    let (_, rest) = number.split_once('〔')?;
    let (year, _) = rest.split_once('〕')?;
    let date: Date = date.parse().ok()?;
    (year.trim() != date.year().to_string()).then(|| format!("{year}/{}", date.year()))
}

/// The notice with what was typed; marks on the form where it cannot be.
fn read(form: &mut FormState, fields: &Fields, original: &Notice) -> Option<Notice> {
    let mut notice = original.clone();
    fields.get("number").clone_into(&mut notice.number);
    if notice.number.is_empty() {
        form.fail(
            "number",
            "没有填写发文字号。请按发文登记填写，如“咸直工通〔2015〕14号”。",
        );
    } else if notice.number.chars().count() > NUMBER_CHARS {
        form.fail("number", "发文字号太长。请只填写字号，不超过 40 个字。");
    }
    let mut day = |name: &str, label: &str| {
        let read = fields.get(name).parse::<Date>().ok();
        if read.is_none() {
            form.fail(
                name,
                format!("{label}没有填写或不是日期。请按 2015-08-31 的样子填写。"),
            );
        }
        read
    };
    let date = day("date", "成文日期");
    let plan = day("plan", "方案报送截止日期");
    let meeting = day("meeting", "会议完成截止日期");
    let summary = day("summary", "汇总报送截止日期");
    notice.date = date?;
    let days = Deadlines {
        plan: plan?,
        meeting: meeting?,
        summary: summary?,
    };
    notice
        .with_deadlines(days)
        .map_err(|problem| form.fail("plan", problem.to_string()))
        .ok()
}

fn row(ctx: &Ctx, source: &Source, notice: &Notice) -> Result<Campaign, PageError> {
    Ok(Campaign {
        id: source.draft.unwrap_or_else(|| ctx.app.new_id()),
        slug: notice.slug.clone(),
        number: notice.number.clone(),
        title: notice.title.clone(),
        notice_toml: notice.to_toml().map_err(PageError::internal)?,
        status: CampaignStatus::Issued,
        issued_at: Some(ctx.now),
        issued_by: Some(ctx.user()?.name.clone()),
    })
}
