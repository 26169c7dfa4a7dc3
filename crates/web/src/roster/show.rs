//! One branch: its members, their posts, and what is vacant.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::member::{Member, Post, PostKind};
use pingyi_domain::org::OrgKind;
use pingyi_storage::{member, org, post};

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "roster/branch.html")]
struct BranchPage {
    frame: Frame,
    unit: String,
    branch: String,
    members: Vec<Row>,
    full: usize,
    probationary: usize,
    has_secretary: bool,
}

struct Row {
    name: String,
    sex: &'static str,
    standing: &'static str,
    posts: String,
    joined: String,
    last4: String,
    marks: Vec<&'static str>,
}

/// The branch.
pub async fn show(ctx: Ctx, Path(id): Path<OrgId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let tree = org::tree(&mut tx).await?;
    let branch = tree.get(id).filter(|org| org.kind == OrgKind::Branch);
    let branch = branch.ok_or(PageError::NotFound)?;
    let members = member::list(&mut tx, id).await?;
    let mut posts: HashMap<MemberId, Vec<Post>> = HashMap::new();
    for held in post::list_all(&mut tx).await? {
        posts.entry(held.member).or_default().push(held);
    }
    let leads = |p: &Post| p.org == id && p.kind == PostKind::Secretary;
    let has_secretary = members
        .iter()
        .any(|m| posts.get(&m.id).is_some_and(|p| p.iter().any(leads)));
    let rows: Vec<Row> = members
        .iter()
        .map(|m| row(m, posts.get(&m.id).map_or(&[][..], Vec::as_slice)))
        .collect();
    let frame = ctx.frame(&mut tx, &branch.name).await?;
    let full = rows.iter().filter(|row| row.standing == "正式").count();
    page(&BranchPage {
        frame,
        unit: tree
            .unit_of(id)
            .map_or_else(String::new, |unit| unit.name.clone()),
        branch: branch.name.clone(),
        full,
        probationary: rows.len() - full,
        members: rows,
        has_secretary,
    })
}

fn row(m: &Member, posts: &[Post]) -> Row {
    let titles: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
    let marks = [(m.retired, "离退休"), (m.unit_leader, "班子成员")];
    Row {
        name: m.name.clone(),
        sex: m.sex.map_or("", pingyi_domain::member::Sex::as_str),
        standing: m.standing.label(),
        posts: titles.join("、"),
        joined: m.joined.map(|day| day.to_string()).unwrap_or_default(),
        last4: m.id_last4.clone().unwrap_or_default(),
        marks: marks
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, mark)| mark)
            .collect(),
    }
}
