//! One account: its duties, and what the security administrator may do with it.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{AccountId, OrgId};
use pingyi_storage::account::{self, Account, AccountStatus};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, grant, org, session};

use super::people::{holders, state};
use super::slips;
use crate::kernel::access::Role;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    frame: Frame,
    form: FormState,
    owner: Account,
    chip: &'static str,
    state: &'static str,
    created: String,
    posts: String,
    grants: Vec<Given>,
    roles: Vec<Role>,
    units: Vec<(OrgId, String)>,
    is_self: bool,
    locked: bool,
    disabled: bool,
}

struct Given {
    role: Role,
    org: Option<OrgId>,
    place: String,
}

/// The account.
pub async fn show(ctx: Ctx, Path(id): Path<AccountId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    detail(&ctx, &mut tx, id, FormState::default()).await
}

/// The page of an account, also with a refusal on it.
pub async fn detail(ctx: &Ctx, tx: &mut Tx, id: AccountId, form: FormState) -> Answer {
    let owner = account::get(tx, id).await?.ok_or(PageError::NotFound)?;
    let (tree, holders) = holders(tx).await?;
    let posts = holders
        .into_iter()
        .find(|h| Some(h.member) == owner.member_id);
    let posts = posts.map(|holder| holder.posts).unwrap_or_default();
    let place = |org: Option<OrgId>| {
        org.and_then(|id| tree.get(id))
            .map_or_else(String::new, |org| org.name.clone())
    };
    let grants: Vec<Given> = grant::list(tx, id)
        .await?
        .into_iter()
        .filter_map(|g| {
            Some(Given {
                role: Role::parse(&g.role)?,
                org: g.org_id,
                place: place(g.org_id),
            })
        })
        .collect();
    let held: Vec<Role> = grants.iter().map(|g| g.role).collect();
    let (chip, state) = state(&owner, ctx.now);
    let frame = ctx.frame(tx, &owner.display_name).await?;
    page(&AccountPage {
        roles: super::grants::possible(&held, !posts.is_empty()),
        units: tree
            .units()
            .map(|unit| (unit.id, unit.name.clone()))
            .collect(),
        is_self: ctx.user()?.account == id,
        locked: owner.locked_until.is_some_and(|until| until > ctx.now),
        disabled: owner.status == AccountStatus::Disabled,
        created: owner.created_at.minute_text(),
        frame,
        form,
        chip,
        state,
        posts,
        grants,
        owner,
    })
}

/// A new code, for somebody who lost the old one or the password.
pub async fn issue(ctx: Ctx, Path(id): Path<AccountId>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let mut owner = account::get(&mut tx, id)
        .await?
        .ok_or(PageError::NotFound)?;
    let user = crate::kernel::session::load_user(&mut tx, owner.clone(), String::new()).await?;
    let slip = slips::issue(&ctx, &mut tx, &mut owner, &user.post).await?;
    tx.commit().await?;
    let mut tx = ctx.app.db.read().await?;
    slips::answer(&ctx, &mut tx, vec![slip], format!("/admin/accounts/a/{id}")).await
}

/// Ends a lock before its time.
pub async fn unlock(ctx: Ctx, Path(id): Path<AccountId>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let mut owner = account::get(&mut tx, id)
        .await?
        .ok_or(PageError::NotFound)?;
    owner.locked_until = None;
    owner.failed_count = 0;
    account::update(&mut tx, &owner).await?;
    let object = Object::Account(id);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::AccountUnlocked,
        object,
        serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    redirect_done(&format!("/admin/accounts/a/{id}"), "unlocked")
}

/// Ends an account's use; the log keeps naming it.
pub async fn disable(ctx: Ctx, Path(id): Path<AccountId>, _fields: Fields) -> Answer {
    if ctx.user()?.account == id {
        return Err(PageError::refused(
            "不能停用自己的账号。请由另一位安全管理员办理。",
        ));
    }
    let mut tx = ctx.app.db.begin().await?;
    let mut owner = account::get(&mut tx, id)
        .await?
        .ok_or(PageError::NotFound)?;
    owner.status = AccountStatus::Disabled;
    account::update(&mut tx, &owner).await?;
    session::delete_of_account(&mut tx, id).await?;
    let detail = serde_json::json!({ "login": owner.login, "name": owner.display_name });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::AccountDisabled,
        Object::Account(id),
        detail,
    )
    .await?;
    tx.commit().await?;
    redirect_done(&format!("/admin/accounts/a/{id}"), "disabled")
}

/// The committee, over which clerks and leaders stand.
pub async fn root(tx: &mut Tx) -> Result<OrgId, PageError> {
    let tree = org::tree(tx).await?;
    let none = || PageError::refused("还没有建立工委，请先完成准备工作。");
    tree.root().map(|root| root.id).ok_or_else(none)
}
