//! Screen 2: the committee's name and the account of its 组织科.
//!
//! For the browser that made the administrators, or for the security administrator later.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::ids::OrgId;
use pingyi_domain::org::{Org, OrgKind};
use pingyi_storage::account::{self, Account};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, member, meta, org};

use super::admins::COOKIE;
use super::person::Person;
use super::{DONE, NEXT};
use crate::auth::visitor_token;
use crate::kernel::access::Role;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState, cookie};
use crate::kernel::html::{Answer, page};
use crate::kernel::secret::token_hash;
use crate::kernel::session::{self, set_cookie};
use crate::roster::import::COMMITTEE;

#[derive(Template)]
#[template(path = "setup/committee.html")]
struct CommitteePage {
    frame: Frame,
    form: FormState,
}

/// The form, while the committee has no clerk.
pub async fn show(mut ctx: Ctx, headers: HeaderMap) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    if let Some(elsewhere) = elsewhere(&ctx, &mut tx, &headers).await? {
        return Ok(elsewhere.into_response());
    }
    let named = meta::get(&mut tx, "committee")
        .await?
        .unwrap_or_else(|| COMMITTEE.into());
    drop(tx);
    let cookie = visitor_token(&mut ctx)?;
    let form = FormState::default().with("committee", named);
    Ok((cookie, form_page(&ctx, form).await?).into_response())
}

/// Where to go instead, when this step is done or not this visitor's.
async fn elsewhere(
    ctx: &Ctx,
    tx: &mut Tx,
    headers: &HeaderMap,
) -> Result<Option<Redirect>, PageError> {
    if account::count(tx).await? == 0 {
        return Ok(Some(Redirect::to("/setup")));
    }
    if meta::get(tx, DONE).await?.is_some() {
        return Ok(Some(Redirect::to("/")));
    }
    let next = meta::get(tx, NEXT).await?;
    let sent = cookie(headers, COOKIE).map(|secret| token_hash(&secret));
    let is_same_browser = next.is_some() && sent == next;
    let is_security = ctx
        .user
        .as_ref()
        .is_some_and(|user| user.holds(&[Role::SecurityAdmin]));
    let may = is_same_browser || is_security;
    Ok((!may).then(|| Redirect::to("/login?next=/setup/committee")))
}

async fn form_page(ctx: &Ctx, form: FormState) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let frame = ctx.frame(&mut tx, "工委和组织科").await?;
    page(&CommitteePage { frame, form })
}

/// Names the committee, makes the clerk's account and signs the clerk in.
pub async fn submit(ctx: Ctx, headers: HeaderMap, fields: Fields) -> Answer {
    let mut form = FormState::of(&fields);
    let name = fields.get("committee");
    if name.chars().count() < 2 || name.chars().count() > 60 || name.chars().any(char::is_control) {
        form.fail("committee", "请填写工委的全称，2 到 60 个字。");
    }
    let clerk = Person::read(&fields, "clerk", Role::CommitteeClerk, &mut form);
    let mut tx = ctx.app.db.read().await?;
    if let Some(elsewhere) = elsewhere(&ctx, &mut tx, &headers).await? {
        return Ok(elsewhere.into_response());
    }
    if account::find(&mut tx, &clerk.login).await?.is_some() {
        form.fail(
            "clerk-login",
            "这个登录名已经用过，请换一个；组织科不能与管理员共用账号。",
        );
    }
    drop(tx);
    if !form.is_ok() {
        let answer = form_page(&ctx, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    let hash = clerk.hash(&ctx).await?;
    let mut tx = ctx.app.db.begin().await?;
    // Somebody else may have been faster.
    if let Some(elsewhere) = elsewhere(&ctx, &mut tx, &headers).await? {
        return Ok(elsewhere.into_response());
    }
    let root = root(&ctx, &mut tx, name).await?;
    let owner = clerk.insert(&ctx, &mut tx, hash, Some(root)).await?;
    let to = finish(&ctx, &mut tx, &owner).await?;
    let mut cookies = session::open(&ctx.app, &mut tx, &owner).await?;
    tx.commit().await?;
    for (name, value) in &set_cookie(&ctx.app, COOKIE, "", Some(0))? {
        cookies.append(name, value.clone());
    }
    Ok((cookies, Redirect::to(to)).into_response())
}

/// The 工委 under its name; a roster imported before may have made it already.
async fn root(ctx: &Ctx, tx: &mut Tx, name: &str) -> Result<OrgId, PageError> {
    meta::set(tx, "committee", name).await?;
    let tree = org::tree(tx).await?;
    if let Some(root) = tree.root() {
        let renamed = Org {
            name: name.to_owned(),
            ..root.clone()
        };
        org::update(tx, &renamed).await?;
        return Ok(root.id);
    }
    let id: OrgId = ctx.app.new_id();
    let root = Org {
        id,
        parent: None,
        kind: OrgKind::WorkCommittee,
        name: name.to_owned(),
    };
    org::insert(tx, &root).await?;
    Ok(id)
}

/// Closes the set-up; screen 3 is the roster, where it is not there yet.
async fn finish(ctx: &Ctx, tx: &mut Tx, clerk: &Account) -> Result<&'static str, PageError> {
    meta::set(tx, DONE, &ctx.now.0.to_string()).await?;
    meta::set(tx, NEXT, "").await?;
    let detail = serde_json::json!({ "clerk": clerk.login });
    tx.audit(
        &super::actor(),
        ctx.now,
        Event::SetupDone,
        Object::System,
        detail,
    )
    .await?;
    let has_roster = member::count(tx).await? > 0;
    Ok(if has_roster {
        "/?done=setup"
    } else {
        "/roster/import?first=1&done=setup-next"
    })
}
