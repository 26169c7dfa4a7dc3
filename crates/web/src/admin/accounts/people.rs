//! Post-holders of the roster with their accounts, if they have one.

use std::collections::HashMap;

use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::member::PostKind;
use pingyi_domain::org::OrgTree;
use pingyi_storage::account::{Account, AccountStatus};
use pingyi_storage::{Tx, account, member, org, post};

use crate::kernel::error::PageError;
use crate::kernel::session::post_words;

/// Somebody whose post lets them in.
#[derive(Debug, Clone)]
pub struct Holder {
    pub member: MemberId,
    pub name: String,
    /// Posts in words: `市水利局第一党支部书记`.
    pub posts: String,
    /// The unit of their first post.
    pub unit: OrgId,
    /// Highest post, for the order of lists.
    pub rank: PostKind,
    pub account: Option<Account>,
}

/// All holders in the order of the tree, and the tree.
pub async fn holders(tx: &mut Tx) -> Result<(OrgTree, Vec<Holder>), PageError> {
    let tree = org::tree(tx).await?;
    let names: HashMap<MemberId, String> = member::list_all(tx)
        .await?
        .into_iter()
        .map(|m| (m.id, m.name))
        .collect();
    let mut accounts: HashMap<MemberId, Account> = HashMap::new();
    for owner in account::list(tx).await? {
        if let Some(member) = owner.member_id {
            accounts.insert(member, owner);
        }
    }
    let mut found: HashMap<MemberId, Holder> = HashMap::new();
    for held in post::list_all(tx).await? {
        let (Some(name), Some(at)) = (names.get(&held.member), tree.get(held.org)) else {
            continue;
        };
        let Some(unit) = tree.unit_of(held.org) else {
            continue;
        };
        let words = post_words(&at.name, &held.title);
        let holder = found.entry(held.member).or_insert_with(|| Holder {
            member: held.member,
            name: name.clone(),
            posts: String::new(),
            unit: unit.id,
            rank: held.kind,
            account: accounts.get(&held.member).cloned(),
        });
        if !holder.posts.is_empty() {
            holder.posts.push('、');
        }
        holder.posts.push_str(&words);
        holder.rank = holder.rank.min(held.kind);
    }
    let mut holders: Vec<Holder> = found.into_values().collect();
    holders.sort_by_key(|holder| (holder.unit, holder.rank, holder.member));
    Ok((tree, holders))
}

/// As lists name the state of an account: class of the chip, words.
pub fn state(owner: &Account, now: pingyi_domain::time::UnixTime) -> (&'static str, &'static str) {
    if owner.locked_until.is_some_and(|until| until > now) {
        return ("late", "已锁定");
    }
    match owner.status {
        AccountStatus::Active => ("ok", "已启用"),
        AccountStatus::Invited => ("wait", "待启用"),
        AccountStatus::Disabled => ("", "已停用"),
    }
}
