//! Posts as the roster's 党内职务 names them.

use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::member::Post;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

record!(Post {
    org,
    member,
    kind,
    title
});

/// Posts in an organisation, highest first.
pub async fn list(tx: &mut Tx, org: OrgId) -> Result<Vec<Post>> {
    tx.all(
        "SELECT org_id AS org, member_id AS member, kind, title FROM post WHERE org_id = $1 \
         ORDER BY CASE kind WHEN 'secretary' THEN 1 WHEN 'deputy_secretary' THEN 2 ELSE 3 END, \
         member_id, title",
        args![org],
    )
    .await
}

/// Every post.
pub async fn list_all(tx: &mut Tx) -> Result<Vec<Post>> {
    tx.many(
        "SELECT org_id AS org, member_id AS member, kind, title FROM post \
         ORDER BY org_id, member_id, title",
        [],
    )
    .await
}

/// What a member holds.
pub async fn list_of_member(tx: &mut Tx, member: MemberId) -> Result<Vec<Post>> {
    tx.all(
        "SELECT org_id AS org, member_id AS member, kind, title FROM post WHERE member_id = $1 \
         ORDER BY org_id, title",
        args![member],
    )
    .await
}

/// Gives a post.
pub async fn insert(tx: &mut Tx, post: &Post) -> Result<()> {
    tx.run(
        "INSERT INTO post (org_id, member_id, kind, title) VALUES ($1, $2, $3, $4)",
        args![post.org, post.member, post.kind, post.title],
    )
    .await
    .map(drop)
}

/// Ends a member's posts in all organisations; forms of the past keep their own copies.
pub async fn delete_of_member(tx: &mut Tx, member: MemberId) -> Result<()> {
    tx.run("DELETE FROM post WHERE member_id = $1", args![member])
        .await
        .map(drop)
}
