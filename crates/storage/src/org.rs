//! Organisations.

use pingyi_domain::ids::OrgId;
use pingyi_domain::org::{Org, OrgTree};

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

record!(Org {
    id,
    parent,
    kind,
    name
});

/// One organisation.
pub async fn get(tx: &mut Tx, id: OrgId) -> Result<Option<Org>> {
    tx.maybe(
        "SELECT id, parent_id AS parent, kind, name FROM org WHERE id = $1",
        args![id],
    )
    .await
}

/// By full name under its superior.
pub async fn find(tx: &mut Tx, parent: Option<OrgId>, name: &str) -> Result<Option<Org>> {
    tx.maybe(
        "SELECT id, parent_id AS parent, kind, name FROM org \
         WHERE name = $1 AND (parent_id = $2 OR (parent_id IS NULL AND $2 IS NULL))",
        args![name, parent],
    )
    .await
}

/// All organisations in the order they were entered (ids are time-ordered).
pub async fn list(tx: &mut Tx) -> Result<Vec<Org>> {
    tx.many(
        "SELECT id, parent_id AS parent, kind, name FROM org ORDER BY id",
        [],
    )
    .await
}

/// An organisation with everything below it, in the order entered.
pub async fn list_under(tx: &mut Tx, org: OrgId) -> Result<Vec<Org>> {
    tx.all(
        // The tree is at most 工委 → unit → 总支 → 支部 deep.
        "SELECT id, parent_id AS parent, kind, name FROM org WHERE id = $1 OR parent_id = $1 \
         OR parent_id IN (SELECT id FROM org WHERE parent_id = $1) ORDER BY id",
        args![org],
    )
    .await
}

/// The whole tree.
pub async fn tree(tx: &mut Tx) -> Result<OrgTree> {
    list(tx).await.map(OrgTree::new)
}

/// How many there are; 0 before the first set-up.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    tx.number("SELECT COUNT(*) AS n FROM org", []).await
}

/// Adds one; its superior must be there already.
pub async fn insert(tx: &mut Tx, org: &Org) -> Result<()> {
    tx.run(
        "INSERT INTO org (id, parent_id, kind, name) VALUES ($1, $2, $3, $4)",
        args![org.id, org.parent, org.kind, org.name],
    )
    .await
    .map(drop)
}

/// Renames or moves one.
pub async fn update(tx: &mut Tx, org: &Org) -> Result<()> {
    tx.run_one(
        "UPDATE org SET parent_id = $2, kind = $3, name = $4 WHERE id = $1",
        args![org.id, org.parent, org.kind, org.name],
    )
    .await
}
