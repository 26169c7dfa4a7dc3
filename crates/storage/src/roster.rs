//! An import of a roster, applied as a whole: organisations, members, posts, and who left.
//!
//! What to apply is decided elsewhere (`pingyi_domain::roster::compare`); this module is only fast.

use std::collections::HashMap;

use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::member::{Member, Post};
use pingyi_domain::org::{Org, OrgTree};
use pingyi_domain::roster::{PostLevel, PostText, StoredPerson};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::{Result, Tx, batch, member, org, post};

/// Everything one import changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New organisations, superiors before subordinates.
    pub orgs: Vec<Org>,
    /// New members.
    pub added: Vec<Member>,
    /// Members with their particulars as they are now.
    pub updated: Vec<Member>,
    /// Members who are no longer on the roster.
    pub left: Vec<MemberId>,
    /// Members whose posts are known anew: their earlier posts end.
    pub posts_of: Vec<MemberId>,
    /// Posts of new members and of `posts_of`.
    pub posts: Vec<Post>,
}

/// Applies an import. Nothing is left of it unless the transaction is committed.
pub async fn apply(tx: &mut Tx, changes: &Changes, at: UnixTime) -> Result<()> {
    // Those who left first: their identity numbers may come back under a new record.
    for &id in &changes.left {
        member::update_left(tx, id, at).await?;
        post::delete_of_member(tx, id).await?;
    }
    for &id in &changes.posts_of {
        post::delete_of_member(tx, id).await?;
    }
    insert_orgs(tx, &changes.orgs).await?;
    for member in &changes.updated {
        member::update(tx, member).await?;
    }
    insert_members(tx, &changes.added).await?;
    insert_posts(tx, &changes.posts).await
}

async fn insert_orgs(tx: &mut Tx, orgs: &[Org]) -> Result<()> {
    let rows = orgs
        .iter()
        .map(|org| args![org.id, org.parent, org.kind, org.name]);
    batch::insert(
        tx,
        "INSERT INTO org (id, parent_id, kind, name)",
        rows.collect(),
    )
    .await
}

async fn insert_members(tx: &mut Tx, members: &[Member]) -> Result<()> {
    let rows = members.iter().map(|m| {
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
            m.id_last4,
            "active"
        ]
    });
    let head = "INSERT INTO member (id, branch_id, name, sex, ethnicity, born, education, joined, \
                confirmed, standing, retired, unit_leader, phone, code, id_hash, id_last4, status)";
    batch::insert(tx, head, rows.collect()).await
}

async fn insert_posts(tx: &mut Tx, posts: &[Post]) -> Result<()> {
    let rows = posts
        .iter()
        .map(|post| args![post.org, post.member, post.kind, post.title]);
    let head = "INSERT INTO post (org_id, member_id, kind, title)";
    batch::insert(tx, head, rows.collect()).await
}

/// Every active member with the names of unit and branch and with posts, for comparison with an
/// incoming roster.
pub async fn list(tx: &mut Tx) -> Result<Vec<StoredPerson>> {
    let tree = org::tree(tx).await?;
    let mut posts: HashMap<MemberId, Vec<Post>> = HashMap::new();
    for post in post::list_all(tx).await? {
        posts.entry(post.member).or_default().push(post);
    }
    let members = member::list_all(tx).await?;
    let people = members.into_iter().map(|member| {
        let posts = posts.remove(&member.id).unwrap_or_default();
        stored_person(&tree, member, posts)
    });
    Ok(people.collect())
}

fn stored_person(tree: &OrgTree, m: Member, posts: Vec<Post>) -> StoredPerson {
    let name = |org: Option<&Org>| org.map(|org| org.name.clone()).unwrap_or_default();
    let unit = tree.unit_of(m.branch);
    let unit_id = unit.map(|unit| unit.id);
    StoredPerson {
        id: m.id,
        unit: name(unit),
        branch: name(tree.get(m.branch)),
        posts: posts
            .into_iter()
            .map(|post| PostText {
                level: level(post.org, m.branch, unit_id),
                kind: post.kind,
                title: post.title,
            })
            .collect(),
        name: m.name,
        sex: m.sex,
        ethnicity: m.ethnicity,
        born: m.born,
        education: m.education,
        joined: m.joined,
        confirmed: m.confirmed,
        standing: m.standing,
        phone: m.phone,
        code: m.code,
        retired: m.retired,
        unit_leader: m.unit_leader,
        id_hash: m.id_hash,
        id_last4: m.id_last4,
    }
}

fn level(org: OrgId, branch: OrgId, unit: Option<OrgId>) -> PostLevel {
    if org == branch {
        PostLevel::Branch
    } else if Some(org) == unit {
        PostLevel::Unit
    } else {
        PostLevel::GeneralBranch
    }
}
