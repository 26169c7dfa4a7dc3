//! Changing one's own password; ends all other sessions.

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{account, session};

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page};
use crate::kernel::{password, session as sessions};

#[derive(Template)]
#[template(path = "auth/password.html")]
struct PasswordPage {
    frame: Frame,
    form: FormState,
}

/// Marks what is wrong with a new password typed twice.
pub fn check_new(form: &mut FormState, fields: &Fields, login: &str) {
    if let Some(reason) = password::weakness(fields.get("password"), login) {
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

/// Sets the new password.
pub async fn submit(ctx: Ctx, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let mut owner = account::get(&mut tx, ctx.user()?.account)
        .await?
        .ok_or(PageError::NotFound)?;
    let mut form = FormState::default();
    if !password::verify(fields.get("old"), owner.password_hash.as_deref()) {
        form.fail("old", "原密码不对。");
    }
    check_new(&mut form, &fields, &owner.login);
    if !form.is_ok() {
        let frame = ctx.frame(&mut tx, "修改密码").await?;
        let answer = page(&PasswordPage { frame, form })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    owner.password_hash = password::hash(fields.get("password"), ctx.app.random.as_ref());
    owner.password_changed_at = Some(ctx.now);
    account::update(&mut tx, &owner).await?;
    session::delete_of_account(&mut tx, owner.id).await?;
    let cookie = sessions::open(&ctx.app, &mut tx, &owner).await?;
    let object = Object::Account(owner.id);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::PasswordChanged,
        object,
        serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok((cookie, axum::response::Redirect::to("/?done=password")).into_response())
}
