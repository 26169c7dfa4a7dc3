//! All accounts, with a search and a pager.

use askama::Template;
use axum::extract::Query;
use pingyi_domain::ids::AccountId;
use pingyi_storage::account::{self, AccountStatus};
use pingyi_storage::{Tx, grant};
use serde::Deserialize;

use super::people::{holders, state};
use crate::kernel::access::Role;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page, query_escape};

const PER_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "admin/accounts.html")]
struct ListPage {
    frame: Frame,
    query: String,
    rows: Vec<Row>,
    total: usize,
    active: usize,
    waiting: usize,
    locked: usize,
    without: usize,
    earlier: Option<String>,
    later: Option<String>,
}

struct Row {
    id: AccountId,
    name: String,
    login: String,
    duties: String,
    chip: &'static str,
    state: &'static str,
}

/// Search and page.
#[derive(Deserialize, Default)]
pub struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
}

/// The list.
pub async fn show(ctx: Ctx, Query(search): Query<Search>) -> Answer {
    let query = search.q.trim().to_owned();
    let mut tx = ctx.app.db.read().await?;
    let (all, without) = rows(&ctx, &mut tx).await?;
    let frame = ctx.frame(&mut tx, "账号").await?;
    let count = |state: &str| all.iter().filter(|row| row.state == state).count();
    let (active, waiting, locked) = (count("已启用"), count("待启用"), count("已锁定"));
    let total = all.len();
    let hit = |row: &Row| {
        [&row.name, &row.login, &row.duties]
            .iter()
            .any(|text| text.contains(&query))
    };
    let found: Vec<Row> = all
        .into_iter()
        .filter(|row| query.is_empty() || hit(row))
        .collect();
    let link = |to: usize| format!("/admin/accounts?q={}&page={to}", query_escape(&query));
    let start = search.page.saturating_mul(PER_PAGE);
    let more = found.len() > start.saturating_add(PER_PAGE);
    page(&ListPage {
        frame,
        rows: found.into_iter().skip(start).take(PER_PAGE).collect(),
        total,
        active,
        waiting,
        locked,
        without,
        earlier: search.page.checked_sub(1).map(link),
        later: more.then(|| link(search.page + 1)),
        query,
    })
}

/// Every account, and how many post-holders have none.
async fn rows(ctx: &Ctx, tx: &mut Tx) -> Result<(Vec<Row>, usize), PageError> {
    let (_, holders) = holders(tx).await?;
    let without = holders
        .iter()
        .filter(|holder| holder.account.is_none())
        .count();
    let grants = grant::list_all(tx).await?;
    let mut rows = Vec::new();
    for owner in account::list(tx).await? {
        let given = grants.iter().filter(|g| g.account_id == owner.id);
        let mut duties: Vec<String> = given
            .filter_map(|g| Some(Role::parse(&g.role)?.label().to_owned()))
            .collect();
        let posts = holders
            .iter()
            .find(|holder| Some(holder.member) == owner.member_id);
        duties.extend(posts.map(|holder| holder.posts.clone()));
        let (chip, state) = state(&owner, ctx.now);
        rows.push(Row {
            id: owner.id,
            name: owner.display_name,
            login: owner.login,
            duties: duties.join("、"),
            chip,
            state: if owner.status == AccountStatus::Disabled {
                "已停用"
            } else {
                state
            },
        });
    }
    Ok((rows, without))
}
