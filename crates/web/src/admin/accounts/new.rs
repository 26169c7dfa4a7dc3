//! An account for somebody whose duty does not follow from a post of the roster.

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{AccountId, OrgId};
use pingyi_storage::account::{self, Account, AccountStatus};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, org};

use super::{grants, slips};
use crate::admin::logins;
use crate::kernel::access::Role;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "admin/new.html")]
struct NewPage {
    frame: Frame,
    form: FormState,
    roles: Vec<Role>,
    units: Vec<(OrgId, String)>,
}

/// The form.
pub async fn show(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    form_page(&ctx, &mut tx, FormState::default()).await
}

async fn form_page(ctx: &Ctx, tx: &mut Tx, form: FormState) -> Answer {
    let tree = org::tree(tx).await?;
    let units = tree
        .units()
        .map(|unit| (unit.id, unit.name.clone()))
        .collect();
    let frame = ctx.frame(tx, "新建账号").await?;
    page(&NewPage {
        frame,
        form,
        roles: grants::GIVEN.to_vec(),
        units,
    })
}

/// Makes the account and shows its slip.
pub async fn submit(ctx: Ctx, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let mut form = FormState::of(&fields);
    let (name, typed) = (fields.get("name"), fields.get("login"));
    if let Some(reason) = logins::name_fault(name) {
        form.fail("name", reason);
    }
    if !typed.is_empty() {
        if let Some(reason) = logins::fault(typed) {
            form.fail("login", reason);
        } else if account::find(&mut tx, typed).await?.is_some() {
            form.fail("login", "这个登录名已经用过，请换一个。");
        }
    }
    let role = Role::parse(fields.get("role")).filter(|role| grants::GIVEN.contains(role));
    let org_id = match role {
        Some(role) => grants::place(&mut tx, role, fields.get("unit")).await?,
        None => Err("请先选择职责。"),
    };
    if let Err(reason) = org_id {
        form.fail(if role.is_some() { "unit" } else { "role" }, reason);
    }
    let (Some(role), Ok(org_id), true) = (role, org_id, form.is_ok()) else {
        let answer = form_page(&ctx, &mut tx, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let login = match typed {
        "" => logins::fresh(&ctx.app, &mut tx).await?,
        typed => typed.to_owned(),
    };
    let mut owner = create(&ctx, &mut tx, name, login).await?;
    grants::insert(&ctx, &mut tx, owner.id, role, org_id).await?;
    let slip = slips::issue(&ctx, &mut tx, &mut owner, role.label()).await?;
    tx.commit().await?;
    let mut tx = ctx.app.db.read().await?;
    slips::answer(
        &ctx,
        &mut tx,
        vec![slip],
        format!("/admin/accounts/a/{}", owner.id),
    )
    .await
}

async fn create(ctx: &Ctx, tx: &mut Tx, name: &str, login: String) -> Result<Account, PageError> {
    let id: AccountId = ctx.app.new_id();
    let owner = Account {
        id,
        login,
        display_name: name.to_owned(),
        member_id: None,
        password_hash: None,
        password_changed_at: None,
        failed_count: 0,
        locked_until: None,
        status: AccountStatus::Invited,
        created_at: ctx.now,
    };
    account::insert(tx, &owner).await?;
    let detail = serde_json::json!({ "login": owner.login, "name": owner.display_name });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::AccountCreated,
        Object::Account(id),
        detail,
    )
    .await?;
    Ok(owner)
}
