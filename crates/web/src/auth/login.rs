//! Signing in and out. Five wrong passwords lock an account for a quarter of an hour.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::time::UnixTime;
use pingyi_storage::account::{Account, AccountStatus};
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::{Tx, account, session};
use serde::Deserialize;

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState, VISITOR_COOKIE};
use crate::kernel::html::{Answer, page};
use crate::kernel::password::verify_in_turn;
use crate::kernel::random::token;
use crate::kernel::session as sessions;
use crate::kernel::session::{SESSION_COOKIE, set_cookie};

/// Wrong passwords before the lock. // GB/T 22239-2019: failed logins are limited
const FAILURES: u32 = 5;
/// Length of the lock in seconds.
const LOCK: i64 = 15 * 60;

#[derive(Template)]
#[template(path = "auth/login.html")]
struct LoginPage {
    frame: Frame,
    form: FormState,
}

/// Where to go afterwards.
#[derive(Deserialize, Default)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// A path of this site; anything else becomes the home page.
pub fn safe_path(path: &str) -> &str {
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if local && !path.contains(char::is_control) {
        path
    } else {
        "/"
    }
}

/// The form.
pub async fn show(mut ctx: Ctx, Query(next): Query<Next>) -> Answer {
    if ctx.user.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let cookie = visitor_token(&mut ctx)?;
    let mut tx = ctx.app.db.read().await?;
    if account::count(&mut tx).await? == 0 {
        return Ok(Redirect::to("/setup").into_response());
    }
    let frame = ctx.frame(&mut tx, "登录").await?;
    let form = FormState::default().with("next", safe_path(&next.next));
    Ok((cookie, page(&LoginPage { frame, form })?).into_response())
}

/// Gives a visitor a token for the forms of people not signed in.
pub fn visitor_token(ctx: &mut Ctx) -> Result<axum::http::HeaderMap, PageError> {
    if ctx.user.is_some() || ctx.visitor_token.is_some() {
        return Ok(axum::http::HeaderMap::new());
    }
    let fresh = token(ctx.app.random.as_ref());
    let headers = set_cookie(&ctx.app, VISITOR_COOKIE, &fresh, None)?;
    ctx.visitor_token = Some(fresh);
    Ok(headers)
}

/// Checks the password, then opens the session; the slow check holds no lock.
pub async fn submit(ctx: Ctx, fields: Fields) -> Answer {
    let login = fields.get("login").to_owned();
    let known = {
        let mut tx = ctx.app.db.read().await?;
        account::find(&mut tx, &login).await?
    };
    let stored = known
        .filter(|a| a.status == AccountStatus::Active)
        .and_then(|a| a.password_hash);
    let right = verify_in_turn(&ctx.app, fields.get("password"), stored).await?;
    let mut tx = ctx.app.db.begin().await?;
    let found = account::find(&mut tx, &login).await?;
    let locked = found
        .as_ref()
        .is_some_and(|a| a.locked_until.is_some_and(|t| t > ctx.now));
    match found {
        Some(owner) if right && !locked => enter(&ctx, tx, owner, fields.get("next")).await,
        found => refuse(&ctx, tx, found, &login, locked, &fields).await,
    }
}

async fn enter(ctx: &Ctx, mut tx: Tx, mut owner: Account, next: &str) -> Answer {
    owner.failed_count = 0;
    owner.locked_until = None;
    account::update(&mut tx, &owner).await?;
    session::delete_expired(&mut tx, ctx.now).await?;
    let cookie = sessions::open(&ctx.app, &mut tx, &owner).await?;
    let actor = actor_of(&mut tx, &owner).await?;
    let object = Object::Account(owner.id);
    tx.audit(
        &actor,
        ctx.now,
        Event::SignedIn,
        object,
        serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok((cookie, Redirect::to(safe_path(next))).into_response())
}

async fn actor_of(tx: &mut Tx, owner: &Account) -> Result<Actor, PageError> {
    let user = sessions::load_user(tx, owner.clone(), String::new()).await?;
    Ok(Actor {
        account: Some(user.account),
        name: user.name,
        post: user.post,
    })
}

async fn refuse(
    ctx: &Ctx,
    mut tx: Tx,
    found: Option<Account>,
    login: &str,
    locked: bool,
    fields: &Fields,
) -> Answer {
    let mut text = "登录名或密码不对。请核对后再试；忘记密码请联系安全管理员重新发启用码。";
    if locked {
        text = "密码多次输错，账号已锁定。请 15 分钟后再试，或联系安全管理员解锁。";
    } else if let Some(mut owner) = found {
        owner.failed_count += 1;
        let actor = Actor {
            account: None,
            name: login.chars().take(60).collect(),
            post: String::new(),
        };
        let object = Object::Account(owner.id);
        tx.audit(
            &actor,
            ctx.now,
            Event::SignInFailed,
            object,
            serde_json::json!({}),
        )
        .await?;
        if owner.failed_count >= FAILURES {
            owner.failed_count = 0;
            owner.locked_until = Some(UnixTime(ctx.now.0 + LOCK));
            tx.audit(
                &actor,
                ctx.now,
                Event::AccountLocked,
                object,
                serde_json::json!({}),
            )
            .await?;
        }
        account::update(&mut tx, &owner).await?;
    }
    let frame = ctx.frame(&mut tx, "登录").await?;
    tx.commit().await?;
    let mut form = FormState::default()
        .with("login", login)
        .with("next", fields.get("next"));
    form.fail("", text);
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        page(&LoginPage { frame, form })?,
    )
        .into_response())
}

/// Ends the session.
pub async fn leave(ctx: Ctx, headers: axum::http::HeaderMap, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    if let Some(secret) = crate::kernel::form::cookie(&headers, SESSION_COOKIE) {
        session::delete(&mut tx, &crate::kernel::secret::token_hash(&secret)).await?;
    }
    let object = Object::Account(ctx.user()?.account);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::SignedOut,
        object,
        serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    let gone = set_cookie(&ctx.app, SESSION_COOKIE, "", Some(0))?;
    Ok((gone, Redirect::to("/login?done=signed-out")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(safe_path("/c/1?x=2"), "/c/1?x=2");
        assert_eq!(safe_path("//elsewhere"), "/");
        assert_eq!(safe_path("https://elsewhere"), "/");
        assert_eq!(safe_path("/\\elsewhere"), "/");
        assert_eq!(safe_path(""), "/");
    }
}
