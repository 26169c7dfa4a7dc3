//! Members. One who left stays on record, because forms of the past name them.

use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::member::Member;
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::row::record;
use crate::{Result, Tx};

record!(Member {
    id,
    branch,
    name,
    sex,
    ethnicity,
    born,
    education,
    joined,
    confirmed,
    standing,
    retired,
    unit_leader,
    phone,
    code,
    id_hash,
    id_last4,
});

/// One member, active or not.
pub async fn get(tx: &mut Tx, id: MemberId) -> Result<Option<Member>> {
    tx.maybe(
        "SELECT id, branch_id AS branch, name, sex, ethnicity, born, education, joined, \
         confirmed, standing, retired, unit_leader, phone, code, id_hash, id_last4 \
         FROM member WHERE id = $1",
        args![id],
    )
    .await
}

/// The active member with this keyed hash of an identity number.
pub async fn find_by_id_hash(tx: &mut Tx, id_hash: &str) -> Result<Option<Member>> {
    tx.maybe(
        "SELECT id, branch_id AS branch, name, sex, ethnicity, born, education, joined, \
         confirmed, standing, retired, unit_leader, phone, code, id_hash, id_last4 \
         FROM member WHERE id_hash = $1 AND status = 'active'",
        args![id_hash],
    )
    .await
}

/// Active members of a branch in roster order.
pub async fn list(tx: &mut Tx, branch: OrgId) -> Result<Vec<Member>> {
    tx.all(
        "SELECT id, branch_id AS branch, name, sex, ethnicity, born, education, joined, \
         confirmed, standing, retired, unit_leader, phone, code, id_hash, id_last4 \
         FROM member WHERE status = 'active' AND branch_id = $1 ORDER BY id",
        args![branch],
    )
    .await
}

/// All active members in roster order.
pub async fn list_all(tx: &mut Tx) -> Result<Vec<Member>> {
    tx.many(
        "SELECT id, branch_id AS branch, name, sex, ethnicity, born, education, joined, \
         confirmed, standing, retired, unit_leader, phone, code, id_hash, id_last4 \
         FROM member WHERE status = 'active' ORDER BY id",
        [],
    )
    .await
}

/// How many active members there are.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    tx.number(
        "SELECT COUNT(*) AS n FROM member WHERE status = 'active'",
        [],
    )
    .await
}

/// Adds an active member.
pub async fn insert(tx: &mut Tx, member: &Member) -> Result<()> {
    tx.run(
        "INSERT INTO member (id, branch_id, name, sex, ethnicity, born, education, joined, \
         confirmed, standing, retired, unit_leader, phone, code, id_hash, id_last4, status) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'active')",
        columns(member),
    )
    .await
    .map(drop)
}

/// Replaces an active member's particulars, branch included.
pub async fn update(tx: &mut Tx, member: &Member) -> Result<()> {
    tx.run_one(
        "UPDATE member SET branch_id = $2, name = $3, sex = $4, ethnicity = $5, born = $6, \
         education = $7, joined = $8, confirmed = $9, standing = $10, retired = $11, \
         unit_leader = $12, phone = $13, code = $14, id_hash = $15, id_last4 = $16 \
         WHERE id = $1 AND status = 'active'",
        columns(member),
    )
    .await
}

/// Takes a member off the roster; the record stays.
pub async fn update_left(tx: &mut Tx, id: MemberId, at: UnixTime) -> Result<()> {
    tx.run_one(
        "UPDATE member SET status = 'left', left_at = $2 WHERE id = $1 AND status = 'active'",
        args![id, at],
    )
    .await
}

/// A member's columns in the order of the table, `$1` to `$16`.
fn columns(m: &Member) -> [Arg; 16] {
    args![
        m.id,
        m.branch,
        m.name,
        m.sex,
        m.ethnicity,
        m.born,
        m.education,
        m.joined,
        m.confirmed,
        m.standing,
        m.retired,
        m.unit_leader,
        m.phone,
        m.code,
        m.id_hash,
        m.id_last4
    ]
}
