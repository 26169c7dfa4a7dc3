//! Changing one's own password; ends all other sessions.

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_storage::account::Account;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{account, session};

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page};
use crate::kernel::password::{hash_in_turn, verify_in_turn, weakness};
use crate::kernel::session as sessions;

#[derive(Template)]
#[template(path = "auth/password.html")]
struct PasswordPage {
    frame: Frame,
    form: FormState,
}

/// Marks what is wrong with a new password typed twice.
pub fn check_new(form: &mut FormState, fields: &Fields, login: &str) {
    if let Some(reason) = weakness(fields.get("password"), login) {
        form.fail("password", reason);
    } else if fields.get("password") != fields.get("again") {
        form.fail("again", "两次输入的密码不一样，请重新输入。");
    }
}

/// The form.
pub async fn show(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let frame = ctx.frame(&mut tx, "修改密码").await?;
    page(&PasswordPage {
        frame,
        form: FormState::default(),
    })
}

/// Sets the new password. Both slow hashes are done before a transaction is opened.
pub async fn submit(ctx: Ctx, fields: Fields) -> Answer {
    let id = ctx.user()?.account;
    let owner = {
        let mut tx = ctx.app.db.read().await?;
        account::get(&mut tx, id)
            .await?
            .ok_or(PageError::NotFound)?
    };
    let mut form = FormState::default();
    if !verify_in_turn(&ctx.app, fields.get("old"), owner.password_hash.clone()).await? {
        form.fail("old", "原密码不对。");
    }
    check_new(&mut form, &fields, &owner.login);
    if !form.is_ok() {
        let mut tx = ctx.app.db.read().await?;
        let frame = ctx.frame(&mut tx, "修改密码").await?;
        let answer = page(&PasswordPage { frame, form })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    let hash = hash_in_turn(&ctx.app, fields.get("password")).await?;
    store(&ctx, owner, hash).await
}

async fn store(ctx: &Ctx, mut owner: Account, hash: Option<String>) -> Answer {
    owner.password_hash = hash;
    owner.password_changed_at = Some(ctx.now);
    let mut tx = ctx.app.db.begin().await?;
    account::update(&mut tx, &owner).await?;
    session::delete_of_account(&mut tx, owner.id).await?;
    let cookie = sessions::open(&ctx.app, &mut tx, &owner).await?;
    let object = Object::Account(owner.id);
    let nothing = serde_json::json!({});
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::PasswordChanged,
        object,
        nothing,
    )
    .await?;
    tx.commit().await?;
    Ok((cookie, axum::response::Redirect::to("/?done=password")).into_response())
}
