//! 党费管理员: who in a branch assesses dues and sees incomes.

use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// The clerk of a branch as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuesClerk {
    /// Of which branch.
    pub branch_id: OrgId,
    /// Who.
    pub member_id: MemberId,
    /// Who named them.
    pub named_by: String,
    /// When.
    pub named_at: UnixTime,
}

record!(DuesClerk {
    branch_id,
    member_id,
    named_by,
    named_at
});

/// A branch's clerk.
pub async fn get(tx: &mut Tx, branch: OrgId) -> Result<Option<DuesClerk>> {
    tx.maybe(
        "SELECT branch_id, member_id, named_by, named_at FROM dues_clerk WHERE branch_id = $1",
        args![branch],
    )
    .await
}

/// Names one, in place of the one before.
pub async fn set(tx: &mut Tx, clerk: &DuesClerk) -> Result<()> {
    let c = clerk;
    tx.run(
        "DELETE FROM dues_clerk WHERE branch_id = $1",
        args![c.branch_id],
    )
    .await?;
    tx.run(
        "INSERT INTO dues_clerk (branch_id, member_id, named_by, named_at) \
         VALUES ($1, $2, $3, $4)",
        args![c.branch_id, c.member_id, c.named_by, c.named_at],
    )
    .await
    .map(drop)
}
