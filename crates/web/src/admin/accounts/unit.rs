//! One unit's post-holders: tick them, and their codes come out as slips.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{AccountId, MemberId, OrgId};
use pingyi_storage::Tx;
use pingyi_storage::account::{self, Account, AccountStatus};
use pingyi_storage::audit::{Event, Object};

use super::people::{Holder, holders, state};
use super::slips;
use crate::admin::logins;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "admin/unit.html")]
pub(super) struct UnitPage {
    pub frame: Frame,
    /// Of this page.
    pub path: String,
    pub unit: String,
    pub rows: Vec<Row>,
    /// Branches whose members may be let in too; none on a branch's own page.
    pub branches: Vec<(OrgId, String)>,
    /// A branch's page: all its members.
    pub all: bool,
}

pub(super) struct Row {
    pub member: MemberId,
    name: String,
    posts: String,
    account: Option<(AccountId, String)>,
    chip: &'static str,
    state: &'static str,
    /// Ticked from the start: has never been in.
    due: bool,
}

/// The unit.
pub async fn show(ctx: Ctx, Path(org): Path<OrgId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let (tree, holders) = holders(&mut tx).await?;
    let unit = tree
        .units()
        .find(|unit| unit.id == org)
        .ok_or(PageError::NotFound)?;
    let rows = holders
        .iter()
        .filter(|h| h.unit == org)
        .map(|h| row(&ctx, h))
        .collect();
    let branches = tree.branches_of(org).into_iter();
    let frame = ctx.frame(&mut tx, &unit.name).await?;
    page(&UnitPage {
        frame,
        path: format!("/admin/accounts/units/{org}"),
        unit: unit.name.clone(),
        rows,
        branches: branches.map(|b| (b.id, b.name.clone())).collect(),
        all: false,
    })
}

pub(super) fn row(ctx: &Ctx, holder: &Holder) -> Row {
    let shown = holder.account.as_ref().map(|owner| state(owner, ctx.now));
    let (chip, state) = shown.unwrap_or(("wait", "没有账号"));
    Row {
        member: holder.member,
        name: holder.name.clone(),
        posts: holder.posts.clone(),
        account: holder
            .account
            .as_ref()
            .map(|owner| (owner.id, owner.login.clone())),
        chip,
        state,
        due: holder
            .account
            .as_ref()
            .is_none_or(|owner| owner.status == AccountStatus::Invited),
    }
}

/// Makes missing accounts and issues the codes of those ticked.
pub async fn submit(ctx: Ctx, Path(org): Path<OrgId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let (_, holders) = holders(&mut tx).await?;
    let of_unit = holders.into_iter().filter(|h| h.unit == org).collect();
    let path = format!("/admin/accounts/units/{org}");
    give(&ctx, tx, of_unit, &fields, path).await
}

/// Makes missing accounts and codes for those ticked among `people`, and shows the slips.
pub(super) async fn give(
    ctx: &Ctx,
    mut tx: Tx,
    people: Vec<Holder>,
    fields: &Fields,
    path: String,
) -> Answer {
    let ticked: Vec<&str> = fields.all("member").collect();
    let chosen = people
        .into_iter()
        .filter(|h| ticked.contains(&h.member.to_string().as_str()));
    let mut made = Vec::new();
    for holder in chosen {
        let mut owner = match holder.account.clone() {
            Some(owner) => owner,
            None => create(ctx, &mut tx, &holder).await?,
        };
        made.push(slips::issue(ctx, &mut tx, &mut owner, &holder.posts).await?);
    }
    if made.is_empty() {
        return Err(PageError::refused("没有勾选任何人，没有生成启用码。"));
    }
    tx.commit().await?;
    let mut tx = ctx.app.db.read().await?;
    slips::answer(ctx, &mut tx, made, path).await
}

async fn create(ctx: &Ctx, tx: &mut Tx, holder: &Holder) -> Result<Account, PageError> {
    let owner = Account {
        id: ctx.app.new_id(),
        login: logins::fresh(&ctx.app, tx).await?,
        display_name: holder.name.clone(),
        member_id: Some(holder.member),
        password_hash: None,
        password_changed_at: None,
        failed_count: 0,
        locked_until: None,
        status: AccountStatus::Invited,
        created_at: ctx.now,
    };
    account::insert(tx, &owner).await?;
    let object = Object::Account(owner.id);
    let detail = serde_json::json!({ "login": owner.login, "name": owner.display_name });
    tx.audit(&ctx.actor(), ctx.now, Event::AccountCreated, object, detail)
        .await?;
    Ok(owner)
}
