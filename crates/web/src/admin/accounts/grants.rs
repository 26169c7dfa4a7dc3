//! Duties beyond the posts of the roster, and which of them exclude each other.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{AccountId, OrgId};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, account, grant, org, session};

use super::one;
use crate::kernel::access::Role;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Duties that are given by hand; all others follow from posts.
pub const GIVEN: [Role; 6] = [
    Role::CommitteeClerk,
    Role::CommitteeLeader,
    Role::UnitClerk,
    Role::SystemAdmin,
    Role::SecurityAdmin,
    Role::AuditAdmin,
];

/// The three administrators.
pub const ADMINS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];

/// Duties an account may still be given. An administrator is nothing else.
pub fn possible(held: &[Role], has_posts: bool) -> Vec<Role> {
    let is_admin = held.iter().any(|role| ADMINS.contains(role));
    let works = has_posts || held.iter().any(|role| !ADMINS.contains(role));
    let fits = |role: &Role| {
        if ADMINS.contains(role) {
            !is_admin && !works
        } else {
            !is_admin && (*role == Role::UnitClerk || !held.contains(role))
        }
    };
    GIVEN.into_iter().filter(fits).collect()
}

/// The organisation a duty is over; `None` for administrators.
pub async fn place(
    tx: &mut Tx,
    role: Role,
    unit: &str,
) -> Result<Result<Option<OrgId>, &'static str>, PageError> {
    if ADMINS.contains(&role) {
        return Ok(Ok(None));
    }
    if role != Role::UnitClerk {
        return Ok(Ok(Some(one::root(tx).await?)));
    }
    let tree = org::tree(tx).await?;
    let id: Option<OrgId> = unit.parse().ok();
    let found = id.filter(|id| tree.units().any(|unit| unit.id == *id));
    Ok(found.map(Some).ok_or("请选择这位同志所在的直属党组织。"))
}

/// Gives a duty.
pub async fn give(ctx: Ctx, Path(id): Path<AccountId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let owner = account::get(&mut tx, id)
        .await?
        .ok_or(PageError::NotFound)?;
    let user = crate::kernel::session::load_user(&mut tx, owner, String::new()).await?;
    let held: Vec<Role> = user
        .grants
        .iter()
        .map(|g| g.role)
        .filter(|r| *r != Role::Member)
        .collect();
    let mut form = FormState::of(&fields);
    let role = Role::parse(fields.get("role")).filter(|role| possible(&held, false).contains(role));
    let Some(role) = role else {
        form.fail(
            "role",
            "不能增加这项职责：三个管理员互不兼任，也不兼任其他职责。",
        );
        return refuse(&ctx, &mut tx, id, form).await;
    };
    let org_id = match place(&mut tx, role, fields.get("unit")).await? {
        Ok(org_id) => org_id,
        Err(reason) => {
            form.fail("unit", reason);
            return refuse(&ctx, &mut tx, id, form).await;
        }
    };
    if user
        .grants
        .iter()
        .any(|g| g.role == role && g.org == org_id)
    {
        form.fail("role", "这项职责已经有了，不用再加。");
        return refuse(&ctx, &mut tx, id, form).await;
    }
    insert(&ctx, &mut tx, id, role, org_id).await?;
    tx.commit().await?;
    redirect_done(&format!("/admin/accounts/a/{id}"), "granted")
}

async fn refuse(ctx: &Ctx, tx: &mut Tx, id: AccountId, form: FormState) -> Answer {
    let answer = one::detail(ctx, tx, id, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

/// Stores a duty and its row in the log.
pub async fn insert(
    ctx: &Ctx,
    tx: &mut Tx,
    id: AccountId,
    role: Role,
    org_id: Option<OrgId>,
) -> Result<(), PageError> {
    let row = grant::Grant {
        account_id: id,
        role: role.as_str().into(),
        org_id,
        given_at: ctx.now,
    };
    grant::insert(tx, &row).await?;
    let detail = serde_json::json!({ "role": role.as_str(), "org": org_id });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::GrantGiven,
        Object::Account(id),
        detail,
    )
    .await?;
    Ok(())
}

/// Takes a duty back; open sessions end, so that it holds at once.
pub async fn withdraw(ctx: Ctx, Path(id): Path<AccountId>, fields: Fields) -> Answer {
    let role = Role::parse(fields.get("role")).ok_or(PageError::NotFound)?;
    if ctx.user()?.account == id {
        return Err(PageError::refused(
            "不能撤销自己的职责。请由另一位安全管理员办理。",
        ));
    }
    let org_id: Option<OrgId> = fields.get("org").parse().ok();
    let mut tx = ctx.app.db.begin().await?;
    grant::delete(&mut tx, id, role.as_str(), org_id).await?;
    session::delete_of_account(&mut tx, id).await?;
    let detail = serde_json::json!({ "role": role.as_str(), "org": org_id });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::GrantWithdrawn,
        Object::Account(id),
        detail,
    )
    .await?;
    tx.commit().await?;
    redirect_done(&format!("/admin/accounts/a/{id}"), "withdrawn")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_is_nothing_else() {
        for admin in ADMINS {
            assert!(possible(&[admin], false).is_empty());
            assert!(!possible(&[Role::CommitteeClerk], false).contains(&admin));
            assert!(!possible(&[], true).contains(&admin));
            assert!(possible(&[], false).contains(&admin));
        }
        assert!(!possible(&[Role::BranchSecretary], false).contains(&Role::AuditAdmin));
    }

    #[test]
    fn a_clerk_may_stand_over_several_units_but_be_committee_clerk_once() {
        let more = possible(&[Role::UnitClerk, Role::CommitteeClerk], false);
        assert!(more.contains(&Role::UnitClerk));
        assert!(!more.contains(&Role::CommitteeClerk));
    }
}
