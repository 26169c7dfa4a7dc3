//! What an account may do beyond its member's posts. Role names are the caller's.

use pingyi_domain::ids::{AccountId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A role in an organisation, or everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// To whom.
    pub account_id: AccountId,
    /// Which role.
    pub role: String,
    /// In which organisation and below; `None` for roles without a scope.
    pub org_id: Option<OrgId>,
    /// Since when.
    pub given_at: UnixTime,
}

record!(Grant {
    account_id,
    role,
    org_id,
    given_at
});

/// An account's grants.
pub async fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<Grant>> {
    tx.all(
        "SELECT account_id, role, org_id, given_at FROM account_grant WHERE account_id = $1 \
         ORDER BY role, org_id",
        args![account],
    )
    .await
}

/// Everybody's grants.
pub async fn list_all(tx: &mut Tx) -> Result<Vec<Grant>> {
    tx.all(
        "SELECT account_id, role, org_id, given_at FROM account_grant \
         ORDER BY account_id, role, org_id",
        [],
    )
    .await
}

/// Gives one.
pub async fn insert(tx: &mut Tx, grant: &Grant) -> Result<()> {
    tx.run(
        "INSERT INTO account_grant (account_id, role, org_id, given_at) VALUES ($1, $2, $3, $4)",
        args![grant.account_id, grant.role, grant.org_id, grant.given_at],
    )
    .await
    .map(drop)
}

/// Withdraws one.
pub async fn delete(tx: &mut Tx, account: AccountId, role: &str, org: Option<OrgId>) -> Result<()> {
    tx.run_one(
        "DELETE FROM account_grant WHERE account_id = $1 AND role = $2 \
         AND (org_id = $3 OR (org_id IS NULL AND $3 IS NULL))",
        args![account, role, org],
    )
    .await
}
