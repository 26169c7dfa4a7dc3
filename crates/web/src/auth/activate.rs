//! The first password: typed together with the printed one-time code.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_storage::account::{Account, AccountStatus};
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::{Tx, account, activation, session};
use serde::Deserialize;

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::password::hash_in_turn;
use crate::kernel::random::normal_code;
use crate::kernel::secret::token_hash;

#[derive(Template)]
#[template(path = "auth/activate.html")]
struct ActivatePage {
    frame: Frame,
    form: FormState,
}

/// The code, when it comes from the slip's QR.
#[derive(Deserialize, Default)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// The form.
pub async fn show(mut ctx: Ctx, Query(query): Query<Code>) -> Answer {
    let cookie = super::login::visitor_token(&mut ctx)?;
    let mut tx = ctx.app.db.read().await?;
    let frame = ctx.frame(&mut tx, "启用账号").await?;
    let form = FormState::default().with("code", query.code);
    Ok((cookie, page(&ActivatePage { frame, form })?).into_response())
}

/// Sets the password and uses the code up.
pub async fn submit(ctx: Ctx, fields: Fields) -> Answer {
    let hash = token_hash(&normal_code(fields.get("code")));
    let owner = {
        let mut tx = ctx.app.db.read().await?;
        owner_of(&ctx, &mut tx, &hash).await?
    };
    let mut form = FormState::default().with("code", fields.get("code"));
    if owner.is_none() {
        form.fail("code", WRONG_CODE);
    }
    let login = owner.as_ref().map_or("", |a| a.login.as_str());
    super::password::check_new(&mut form, &fields, login);
    let Some(owner) = owner.filter(|_| form.is_ok()) else {
        let mut tx = ctx.app.db.read().await?;
        let frame = ctx.frame(&mut tx, "启用账号").await?;
        let answer = page(&ActivatePage { frame, form })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let password = hash_in_turn(&ctx.app, fields.get("password")).await?;
    store(&ctx, owner, password, &hash).await
}

const WRONG_CODE: &str = "启用码不对、已用过或已过期。请核对纸条上的字母和数字；\
                          仍不行请找安全管理员重发。";

async fn store(ctx: &Ctx, mut owner: Account, password: Option<String>, code: &str) -> Answer {
    owner.password_hash = password;
    owner.password_changed_at = Some(ctx.now);
    owner.status = AccountStatus::Active;
    owner.failed_count = 0;
    owner.locked_until = None;
    let mut tx = ctx.app.db.begin().await?;
    activation::update_used(&mut tx, code, ctx.now).await?;
    account::update(&mut tx, &owner).await?;
    session::delete_of_account(&mut tx, owner.id).await?;
    let actor = Actor {
        account: Some(owner.id),
        name: owner.display_name.clone(),
        post: String::new(),
    };
    let object = Object::Account(owner.id);
    let nothing = serde_json::json!({});
    tx.audit(&actor, ctx.now, Event::AccountActivated, object, nothing)
        .await?;
    tx.commit().await?;
    redirect_done("/login", "activated")
}

async fn owner_of(ctx: &Ctx, tx: &mut Tx, hash: &str) -> Result<Option<Account>, PageError> {
    let Some(code) = activation::find(tx, hash).await? else {
        return Ok(None);
    };
    if code.used_at.is_some() || code.expires_at <= ctx.now {
        return Ok(None);
    }
    Ok(account::get(tx, code.account_id)
        .await?
        .filter(|a| a.status != AccountStatus::Disabled))
}
