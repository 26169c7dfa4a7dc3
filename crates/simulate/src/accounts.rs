//! Accounts of everybody who acts: three administrators, the 组织科, and post-holders.
//!
//! All share one password, which a demonstration prints on the screen, and so one hash of it:
//! a salt for each would protect nothing and take minutes for a thousand branches.

use std::collections::HashMap;

use pingyi_domain::ids::{AccountId, MemberId, OrgId};
use pingyi_domain::time::UnixTime;
use pingyi_storage::account::{Account, AccountStatus};
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::grant::Grant;
use pingyi_storage::{Tx, account, grant};
use pingyi_web::kernel::access::Role;
use serde_json::json;

use crate::dice::Dice;
use crate::error::Result;
use crate::town::{Person, Roster};

/// Opens accounts.
pub(crate) struct Opener<'a> {
    /// Ids.
    pub dice: &'a mut Dice,
    /// Hash of the shared password.
    pub password_hash: &'a str,
    /// When all of them are opened.
    pub at: UnixTime,
    /// Who opens them; nobody before there is a security administrator.
    pub by: Actor,
}

impl Opener<'_> {
    /// One account, in use.
    pub async fn open(
        &mut self,
        tx: &mut Tx,
        login: &str,
        name: &str,
        member: Option<MemberId>,
    ) -> Result<AccountId> {
        let id: AccountId = self.dice.id(self.at);
        let row = Account {
            id,
            login: login.to_owned(),
            display_name: name.to_owned(),
            member_id: member,
            password_hash: Some(self.password_hash.to_owned()),
            password_changed_at: Some(self.at),
            failed_count: 0,
            locked_until: None,
            status: AccountStatus::Active,
            created_at: self.at,
        };
        account::insert(tx, &row).await?;
        let detail = json!({ "login": login, "name": name });
        let object = Object::Account(id);
        tx.audit(&self.by, self.at, Event::AccountCreated, object, detail)
            .await?;
        Ok(id)
    }

    /// A role beyond what posts give.
    pub async fn give(
        &mut self,
        tx: &mut Tx,
        to: AccountId,
        role: Role,
        org: Option<OrgId>,
    ) -> Result<()> {
        let row = Grant {
            account_id: to,
            role: role.as_str().to_owned(),
            org_id: org,
            given_at: self.at,
        };
        grant::insert(tx, &row).await?;
        let detail = json!({ "role": role.as_str(), "org": org });
        let object = Object::Account(to);
        tx.audit(&self.by, self.at, Event::GrantGiven, object, detail)
            .await?;
        Ok(())
    }

    /// An account with one role of its own.
    pub async fn open_as(
        &mut self,
        tx: &mut Tx,
        (login, name): (&str, &str),
        role: Role,
        org: Option<OrgId>,
    ) -> Result<Person> {
        let account = self.open(tx, login, name, None).await?;
        self.give(tx, account, role, org).await?;
        Ok(Person {
            account,
            name: name.to_owned(),
            post: role.label().to_owned(),
        })
    }

    /// Accounts of all post-holders who act, by member. `named`: logins that are printed.
    pub async fn open_posts(
        &mut self,
        tx: &mut Tx,
        roster: &Roster,
        named: &HashMap<MemberId, &'static str>,
    ) -> Result<HashMap<MemberId, Person>> {
        let mut people = HashMap::new();
        let mut wanted = wanted(roster);
        // Ordinary members have accounts only where one is to be shown.
        for (&member, &login) in named {
            match wanted.iter_mut().find(|(m, _)| *m == member) {
                Some(known) => login.clone_into(&mut known.1),
                None => wanted.push((member, login.to_owned())),
            }
        }
        for (member, login) in wanted {
            let name = roster.names.get(&member).cloned().unwrap_or_default();
            let account = self.open(tx, &login, &name, Some(member)).await?;
            let post = posts_in_words(roster, member);
            let person = Person {
                account,
                name,
                post,
            };
            people.insert(member, person);
        }
        self.give_helpers(tx, roster, &mut people).await?;
        Ok(people)
    }

    /// In a branch that has only a secretary, an ordinary member helps to count.
    async fn give_helpers(
        &mut self,
        tx: &mut Tx,
        roster: &Roster,
        people: &mut HashMap<MemberId, Person>,
    ) -> Result<()> {
        for branch in branches(roster) {
            let holders = roster.holders(branch);
            for helper in roster.tellers(branch).into_iter().flatten() {
                if holders.iter().any(|(m, _)| *m == helper) {
                    continue;
                }
                let Some(person) = people.get_mut(&helper) else {
                    continue;
                };
                Role::BranchCommittee.label().clone_into(&mut person.post);
                let account = person.account;
                self.give(tx, account, Role::BranchCommittee, Some(branch))
                    .await?;
            }
        }
        Ok(())
    }
}

fn branches(roster: &Roster) -> Vec<OrgId> {
    let units = roster.tree.units();
    units
        .flat_map(|unit| roster.tree.branches_of(unit.id))
        .map(|branch| branch.id)
        .collect()
}

/// Everybody who acts, with a login by place: `dw012` leads the twelfth unit, `zb003` the third
/// branch, `zb003-2` counts there.
fn wanted(roster: &Roster) -> Vec<(MemberId, String)> {
    let mut wanted: Vec<(MemberId, String)> = Vec::new();
    let mut want = |member: MemberId, login: String| {
        if wanted.iter().all(|(m, _)| *m != member) {
            wanted.push((member, login));
        }
    };
    for (at, unit) in roster.tree.units().enumerate() {
        for (nth, (member, _)) in roster.holders(unit.id).into_iter().take(2).enumerate() {
            want(member, login("dw", at, nth));
        }
    }
    for (at, branch) in branches(roster).into_iter().enumerate() {
        let tellers = roster.tellers(branch).into_iter().flatten();
        let all = roster.secretary(branch).into_iter().chain(tellers);
        for (nth, member) in all.enumerate() {
            want(member, login("zb", at, nth));
        }
    }
    wanted
}

fn login(kind: &str, at: usize, nth: usize) -> String {
    match nth {
        0 => format!("{kind}{:03}", at + 1),
        _ => format!("{kind}{:03}-{}", at + 1, nth + 1),
    }
}

/// As the session says it: organisation and title of each post.
fn posts_in_words(roster: &Roster, member: MemberId) -> String {
    let mut held: Vec<_> = roster
        .posts
        .values()
        .flatten()
        .filter(|p| p.member == member)
        .collect();
    held.sort_by_key(|p| (p.org, &p.title));
    let words = held.iter().filter_map(|p| {
        let org = roster.tree.get(p.org)?;
        Some(format!("{}{}", org.name, p.title))
    });
    words.collect::<Vec<_>>().join("、")
}
