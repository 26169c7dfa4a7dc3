//! `/o/{org}/tokens`: the tokens of a unit or of the 工委, and making one. It is shown once.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::api_token::{self as rule, TokenState};
use pingyi_domain::ids::{ApiTokenId, OrgId};
use pingyi_domain::org::Org;
use pingyi_domain::prose::{self, LINE};
use pingyi_domain::time::chinese_date;
use pingyi_storage::api_token::{self, ApiToken};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, org};

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page};
use crate::kernel::random::token;
use crate::kernel::secret::token_hash;

/// Days the form proposes: a campaign's length.
const DAYS: i64 = 92;

#[derive(Template)]
#[template(path = "api/tokens.html")]
struct TokensPage {
    frame: Frame,
    here: String,
    name: String,
    /// The whole committee.
    whole: bool,
    address: String,
    /// Just made: for which system, and the token, never shown again.
    made: Option<(String, String)>,
    tokens: Vec<Line>,
    form: FormState,
}

struct Line {
    id: ApiTokenId,
    name: String,
    made: String,
    last_day: String,
    state: TokenState,
    class: &'static str,
    revoked: String,
}

impl Line {
    fn active(&self) -> bool {
        self.state == TokenState::Active
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(id): Path<OrgId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let place = place(&mut tx, id).await?;
    let last = ctx.now.0 + DAYS * 86_400;
    let last = pingyi_domain::time::UnixTime(last).date();
    let form = FormState::default().with("last_day", last.to_string());
    answer(&ctx, tx, place, None, form).await
}

/// A unit or the 工委: a branch within a unit has no interface of its own.
pub(super) async fn place(tx: &mut Tx, id: OrgId) -> Result<Org, PageError> {
    let here = org::get(tx, id).await?.ok_or(PageError::NotFound)?;
    let Some(parent) = here.parent else {
        return Ok(here);
    };
    let above = org::get(tx, parent).await?.ok_or(PageError::NotFound)?;
    if above.parent.is_some() {
        return Err(PageError::NotFound);
    }
    Ok(here)
}

async fn answer(
    ctx: &Ctx,
    mut tx: Tx,
    place: Org,
    made: Option<(String, String)>,
    form: FormState,
) -> Answer {
    let status = form.status();
    let today = ctx.now.date();
    let tokens = api_token::list(&mut tx, place.id).await?;
    let frame = ctx.frame(&mut tx, "数据接口").await?;
    let body = page(&TokensPage {
        frame,
        here: format!("/o/{}/tokens", place.id),
        whole: place.parent.is_none(),
        name: place.name,
        address: format!("{}/api/v1", ctx.app.options.address),
        made,
        tokens: tokens.iter().map(|token| line(token, today)).collect(),
        form,
    })?;
    Ok((status, body).into_response())
}

fn line(token: &ApiToken, today: Date) -> Line {
    let state = TokenState::of(token.last_day, token.revoked_at, today);
    let revoked = token.revoked_at.map(|at| {
        let by = token.revoked_by.as_deref().unwrap_or_default();
        format!("{} {by}", chinese_date(at.date()))
    });
    Line {
        id: token.id,
        name: token.name.clone(),
        made: format!("{} {}", chinese_date(token.made_at.date()), token.made_by),
        last_day: chinese_date(token.last_day),
        state,
        class: match state {
            TokenState::Active => "ok",
            TokenState::Expired => "",
            TokenState::Revoked => "late",
        },
        revoked: revoked.unwrap_or_default(),
    }
}

/// Makes one, and shows it this once.
pub async fn create(ctx: Ctx, Path(id): Path<OrgId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let place = place(&mut tx, id).await?;
    let mut form = FormState::of(&fields);
    let (Some(name), Some(last_day)) = (system(&mut form), last_day(&ctx, &mut form)) else {
        return answer(&ctx, tx, place, None, form).await;
    };
    let secret = token(ctx.app.random.as_ref());
    let row = ApiToken {
        id: ctx.app.new_id(),
        org_id: place.id,
        name: name.clone(),
        token_hash: token_hash(&secret),
        made_by: ctx.actor().name,
        made_at: ctx.now,
        last_day,
        revoked_by: None,
        revoked_at: None,
    };
    api_token::insert(&mut tx, &row).await?;
    let detail = serde_json::json!({
        "token": row.id, "system": name, "org": place.name, "last_day": last_day,
    });
    let what = (Event::ApiTokenMade, Object::Org(place.id));
    tx.audit(&ctx.actor(), ctx.now, what.0, what.1, detail)
        .await?;
    tx.commit().await?;
    let tx = ctx.app.db.read().await?;
    let form = FormState::default().with("last_day", last_day.to_string());
    answer(&ctx, tx, place, Some((name, secret)), form).await
}

fn system(form: &mut FormState) -> Option<String> {
    match prose::line(form.value("name"), LINE) {
        Ok(name) => Some(name),
        Err(why) => {
            form.fail("name", format!("系统名称{why}"));
            None
        }
    }
}

fn last_day(ctx: &Ctx, form: &mut FormState) -> Option<Date> {
    let Ok(day) = form.value("last_day").parse() else {
        form.fail("last_day", "请填写有效期，例如 2015-12-31。");
        return None;
    };
    match rule::last_day(day, ctx.now.date()) {
        Ok(day) => Some(day),
        Err(why) => {
            form.fail("last_day", why.to_string());
            None
        }
    }
}
