//! One person of the set-up: fields, checks, account.

use pingyi_domain::ids::{AccountId, OrgId};
use pingyi_storage::account::{self, Account, AccountStatus};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, grant};

use crate::admin::logins;
use crate::kernel::access::Role;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::password;

/// Somebody who gets an account during the set-up. Field names begin with `key`.
#[derive(Debug, Clone)]
pub struct Person {
    pub role: Role,
    pub login: String,
    pub name: String,
    password: String,
}

impl Person {
    /// Reads and checks the fields of one person.
    pub fn read(fields: &Fields, key: &str, role: Role, form: &mut FormState) -> Self {
        let field = |what: &str| format!("{key}-{what}");
        let get = |what: &str| fields.get(&field(what)).to_owned();
        let person = Self {
            role,
            login: get("login"),
            name: get("name"),
            password: get("password"),
        };
        if let Some(reason) = logins::fault(&person.login) {
            form.fail(&field("login"), format!("{}：{reason}", role.label()));
        }
        if let Some(reason) = logins::name_fault(&person.name) {
            form.fail(&field("name"), format!("{}：{reason}", role.label()));
        }
        if let Some(reason) = password::weakness(&person.password, &person.login) {
            form.fail(&field("password"), format!("{}：{reason}", role.label()));
        } else if person.password != fields.get(&field("again")) {
            let reason = format!("{}：两次输入的密码不一样，请重新输入。", role.label());
            form.fail(&field("again"), reason);
        }
        person
    }

    /// Whether two of them are evidently one.
    pub fn same_as(&self, other: &Self) -> bool {
        self.login.eq_ignore_ascii_case(&other.login) || self.password == other.password
    }

    /// The password's hash. Slow: before any transaction begins.
    pub async fn hash(&self, ctx: &Ctx) -> Result<Option<String>, PageError> {
        let (app, typed) = (
            ctx.app.clone(),
            zeroize::Zeroizing::new(self.password.clone()),
        );
        let _turn = ctx
            .app
            .password_turns
            .acquire()
            .await
            .map_err(PageError::internal)?;
        tokio::task::spawn_blocking(move || password::hash(&typed, app.random.as_ref()))
            .await
            .map_err(PageError::internal)
    }

    /// Stores the account with its role.
    pub async fn insert(
        &self,
        ctx: &Ctx,
        tx: &mut Tx,
        hash: Option<String>,
        org: Option<OrgId>,
    ) -> Result<Account, PageError> {
        let id: AccountId = ctx.app.new_id();
        let row = Account {
            id,
            login: self.login.clone(),
            display_name: self.name.clone(),
            member_id: None,
            password_hash: hash,
            password_changed_at: Some(ctx.now),
            failed_count: 0,
            locked_until: None,
            status: AccountStatus::Active,
            created_at: ctx.now,
        };
        account::insert(tx, &row).await?;
        let role = self.role.as_str();
        let given = grant::Grant {
            account_id: id,
            role: role.into(),
            org_id: org,
            given_at: ctx.now,
        };
        grant::insert(tx, &given).await?;
        let object = Object::Account(id);
        let detail = serde_json::json!({ "login": row.login, "name": row.display_name });
        tx.audit(
            &super::actor(),
            ctx.now,
            Event::AccountCreated,
            object,
            detail,
        )
        .await?;
        let detail = serde_json::json!({ "role": role });
        tx.audit(&super::actor(), ctx.now, Event::GrantGiven, object, detail)
            .await?;
        Ok(row)
    }
}
