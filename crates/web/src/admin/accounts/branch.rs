//! All members of one branch, post or not: tick them, and their codes come out as slips, so that
//! each can write his own list. // 通知 二、3: 自己动手

use std::collections::HashMap;

use axum::extract::Path;
use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::member::PostKind;
use pingyi_domain::org::{Org, OrgKind};
use pingyi_storage::account::Account;
use pingyi_storage::{Tx, account, member, org};

use super::people::{Holder, holders};
use super::unit::{UnitPage, give, row};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page};

/// The branch.
pub async fn show(ctx: Ctx, Path(at): Path<OrgId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let (branch, people) = people(&mut tx, at).await?;
    let rows = people.iter().map(|h| row(&ctx, h)).collect();
    let frame = ctx.frame(&mut tx, &branch.name).await?;
    page(&UnitPage {
        frame,
        path: format!("/admin/accounts/branches/{at}"),
        unit: branch.name,
        rows,
        branches: Vec::new(),
        all: true,
    })
}

/// Slips for those ticked.
pub async fn submit(ctx: Ctx, Path(at): Path<OrgId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let (_, people) = people(&mut tx, at).await?;
    let path = format!("/admin/accounts/branches/{at}");
    give(&ctx, tx, people, &fields, path).await
}

/// The branch's active members; post-holders with their posts in words.
async fn people(tx: &mut Tx, at: OrgId) -> Result<(Org, Vec<Holder>), PageError> {
    let branch = org::get(tx, at).await?.ok_or(PageError::NotFound)?;
    if branch.kind != OrgKind::Branch {
        return Err(PageError::NotFound);
    }
    let (tree, known) = holders(tx).await?;
    let unit = tree.unit_of(at).ok_or(PageError::NotFound)?.id;
    let mut accounts: HashMap<MemberId, Account> = HashMap::new();
    for owner in account::list(tx).await? {
        if let Some(member) = owner.member_id {
            accounts.insert(member, owner);
        }
    }
    let members = member::list(tx, at).await?.into_iter();
    let people = members.map(|m| {
        let posts = known.iter().find(|h| h.member == m.id);
        Holder {
            member: m.id,
            posts: posts.map_or_else(|| format!("{}党员", branch.name), |h| h.posts.clone()),
            name: m.name,
            unit,
            rank: PostKind::CommitteeMember,
            account: accounts.remove(&m.id),
        }
    });
    let people = people.collect();
    Ok((branch, people))
}
