//! Accounts. Storage keeps password hashes; it neither makes nor checks them.

use pingyi_domain::ids::{AccountId, MemberId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::column::states;
use crate::row::record;
use crate::{Result, Tx};

/// Whether somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// Waiting for its one-time code.
    Invited,
    /// In use.
    Active,
    /// No longer in use; kept because the log names it.
    Disabled,
}

impl AccountStatus {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// Reads what [`AccountStatus::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Invited, Self::Active, Self::Disabled]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

states!(AccountStatus);

/// An account as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Unique name to sign in with.
    pub login: String,
    /// Name shown and copied into the log.
    pub display_name: String,
    /// The member behind it, if any (system administrators need not be members).
    pub member_id: Option<MemberId>,
    /// `None` until activated.
    pub password_hash: Option<String>,
    /// When the password was last set.
    pub password_changed_at: Option<UnixTime>,
    /// Wrong passwords in a row.
    pub failed_count: u32,
    /// No sign-in before this time.
    pub locked_until: Option<UnixTime>,
    /// May it sign in?
    pub status: AccountStatus,
    /// When it was made.
    pub created_at: UnixTime,
}

record!(Account {
    id,
    login,
    display_name,
    member_id,
    password_hash,
    password_changed_at,
    failed_count,
    locked_until,
    status,
    created_at,
});

/// One account.
pub async fn get(tx: &mut Tx, id: AccountId) -> Result<Option<Account>> {
    tx.maybe(
        "SELECT id, login, display_name, member_id, password_hash, password_changed_at, \
         failed_count, locked_until, status, created_at FROM account WHERE id = $1",
        args![id],
    )
    .await
}

/// By login.
pub async fn find(tx: &mut Tx, login: &str) -> Result<Option<Account>> {
    tx.maybe(
        "SELECT id, login, display_name, member_id, password_hash, password_changed_at, \
         failed_count, locked_until, status, created_at FROM account WHERE login = $1",
        args![login],
    )
    .await
}

/// By member.
pub async fn find_by_member(tx: &mut Tx, member: MemberId) -> Result<Option<Account>> {
    tx.maybe(
        "SELECT id, login, display_name, member_id, password_hash, password_changed_at, \
         failed_count, locked_until, status, created_at FROM account WHERE member_id = $1",
        args![member],
    )
    .await
}

/// All accounts by login.
pub async fn list(tx: &mut Tx) -> Result<Vec<Account>> {
    tx.all(
        "SELECT id, login, display_name, member_id, password_hash, password_changed_at, \
         failed_count, locked_until, status, created_at FROM account ORDER BY login",
        [],
    )
    .await
}

/// How many there are; 0 before the first set-up.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    tx.number("SELECT COUNT(*) AS n FROM account", []).await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, account: &Account) -> Result<()> {
    let a = account;
    tx.run(
        "INSERT INTO account (id, login, display_name, member_id, password_hash, \
         password_changed_at, failed_count, locked_until, status, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            a.id,
            a.login,
            a.display_name,
            a.member_id,
            a.password_hash,
            a.password_changed_at,
            a.failed_count,
            a.locked_until,
            a.status,
            a.created_at
        ],
    )
    .await
    .map(drop)
}

/// Writes everything but id and creation time.
pub async fn update(tx: &mut Tx, account: &Account) -> Result<()> {
    let a = account;
    tx.run_one(
        "UPDATE account SET login = $2, display_name = $3, member_id = $4, password_hash = $5, \
         password_changed_at = $6, failed_count = $7, locked_until = $8, status = $9 \
         WHERE id = $1",
        args![
            a.id,
            a.login,
            a.display_name,
            a.member_id,
            a.password_hash,
            a.password_changed_at,
            a.failed_count,
            a.locked_until,
            a.status
        ],
    )
    .await
}
