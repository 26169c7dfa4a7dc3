//! The committee's scheme: its points, its text, issuing it. Weights are the committee's alone.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::prose;
use pingyi_domain::scheme::{Item, Points, Scheme, SchemeState, SchemeStep, TEMPLATE, set_points};
use pingyi_storage::Tx;
use pingyi_storage::assessment::{self, StoredScheme};
use pingyi_storage::audit::{Event, Object};

use super::fields::points;
use super::load::text;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

/// Longest scheme.
const MOST: usize = 30_000;

#[derive(Template)]
#[template(path = "assessment/scheme.html")]
struct SchemePage {
    frame: Frame,
    base: String,
    state: SchemeState,
    title: String,
    /// Each with the name of its field.
    items: Vec<(String, Item)>,
    total: String,
    /// Some unit has written on its sheet.
    used: bool,
    /// A text was sent that could not be read: its part of the page is open.
    open: bool,
    form: FormState,
}

impl SchemePage {
    fn issued(&self) -> bool {
        self.state == SchemeState::Issued
    }
}

/// Name of an item's field.
fn field(item: &Item) -> String {
    format!("points_{}", item.key)
}

/// What is stored, or the template nobody has saved yet.
async fn current(tx: &mut Tx, id: CampaignId) -> Result<StoredScheme, PageError> {
    let found = assessment::scheme(tx, id).await?;
    Ok(found.unwrap_or_else(|| StoredScheme {
        campaign_id: id,
        content: TEMPLATE.to_owned(),
        state: SchemeState::Draft,
        saved_by: String::new(),
        saved_at: pingyi_domain::time::UnixTime(0),
    }))
}

/// The page.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let stored = current(&mut tx, id).await?;
    let scheme = Scheme::parse(&stored.content).map_err(PageError::internal)?;
    let mut form = FormState::default().with("content", stored.content.clone());
    for item in &scheme.items {
        form = form.with(&field(item), text(item.points));
    }
    answer(&ctx, tx, &campaign, &stored, form).await
}

async fn answer(
    ctx: &Ctx,
    mut tx: Tx,
    campaign: &Campaign,
    stored: &StoredScheme,
    form: FormState,
) -> Answer {
    let status = form.status();
    let scheme = Scheme::parse(&stored.content).map_err(PageError::internal)?;
    let form = if form.value("content").is_empty() {
        form.with("content", stored.content.clone())
    } else {
        form
    };
    let body = page(&SchemePage {
        frame: ctx.frame(&mut tx, "考评方案").await?,
        base: campaign.path("/assessment"),
        state: stored.state,
        used: !assessment::list(&mut tx, campaign.id).await?.is_empty(),
        total: text(scheme.total()),
        title: scheme.title,
        items: scheme
            .items
            .into_iter()
            .map(|item| (field(&item), item))
            .collect(),
        open: form.error("content").is_some(),
        form,
    })?;
    Ok((status, body).into_response())
}

/// Saves points or text, issues, or takes back.
pub async fn submit(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let stored = current(&mut tx, id).await?;
    let mut form = FormState::of(&fields);
    let step = SchemeStep::parse(fields.get("do"));
    let state = match step {
        Some(step) => stored.state.advance(step).map_err(PageError::refused)?,
        None if stored.state == SchemeState::Issued => {
            return Err(PageError::refused(
                "方案已经下发，不能直接修改。请先收回修改；已有单位填写的不能收回。",
            ));
        }
        None => stored.state,
    };
    if step == Some(SchemeStep::Reopen) && !assessment::list(&mut tx, id).await?.is_empty() {
        return Err(PageError::refused(
            "已经有单位按这个方案填写，不能收回。个别调整请在该单位的考评表上写明。",
        ));
    }
    let content = match (step, fields.get("do")) {
        (Some(SchemeStep::Reopen), _) => Some(stored.content.clone()),
        (None, "text") => typed(&mut form),
        _ => with_points(&mut form, &stored.content, step),
    };
    let (Some(content), true) = (content, form.is_ok()) else {
        return answer(&ctx, tx, &campaign, &stored, form).await;
    };
    let row = StoredScheme {
        campaign_id: id,
        content,
        state,
        saved_by: ctx.actor().name,
        saved_at: ctx.now,
    };
    save(&ctx, tx, &campaign, &row, step).await
}

async fn save(
    ctx: &Ctx,
    mut tx: Tx,
    campaign: &Campaign,
    row: &StoredScheme,
    step: Option<SchemeStep>,
) -> Answer {
    assessment::set_scheme(&mut tx, row).await?;
    let (event, done) = match step {
        Some(SchemeStep::Issue) => (Event::SchemeIssued, "scheme-issued"),
        Some(SchemeStep::Reopen) => (Event::SchemeReopened, "scheme-reopened"),
        None => (Event::SchemeSaved, "saved"),
    };
    let detail = serde_json::json!({ "state": row.state.as_str() });
    let object = Object::Campaign(campaign.id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&campaign.path("/assessment/scheme"), done)
}

/// The text as typed, when it can be read.
fn typed(form: &mut FormState) -> Option<String> {
    let read = match prose::text(form.value("content"), MOST) {
        Ok(text) => text,
        Err(why) => {
            form.fail("content", format!("方案全文{why}"));
            return None;
        }
    };
    match Scheme::parse(&read) {
        Ok(_) => Some(read),
        Err(why) => {
            form.fail("content", why.to_string());
            None
        }
    }
}

/// The stored text with the points of the form; to be issued, every item has some.
fn with_points(form: &mut FormState, content: &str, step: Option<SchemeStep>) -> Option<String> {
    let scheme = Scheme::parse(content).ok()?;
    let mut all: Vec<Option<Points>> = Vec::new();
    for item in &scheme.items {
        let field = field(item);
        let given = points(form, &field, &format!("“{}”的标准分", item.goal));
        if given.is_none() && form.error(&field).is_none() && step == Some(SchemeStep::Issue) {
            form.fail(
                &field,
                format!(
                    "“{}”还没有标准分。标准分由工委确定，填好才能下发。",
                    item.goal
                ),
            );
        }
        all.push(given);
    }
    let content = set_points(content, &all);
    if content.is_none() && form.is_ok() {
        form.fail("content", "方案全文里的标准分写法特别，请直接在全文里改。");
    }
    content
}
