//! The branch's page: how many lists are in, and to its officers whose. // 通知 二、3

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use pingyi_domain::facts::ListFacts;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::lists::ListState;
use pingyi_domain::notice::Rule;
use pingyi_domain::time::chinese_date;
use pingyi_storage::measure::Measure;
use pingyi_storage::problem_list::{ListVersion, ProblemList};
use pingyi_storage::{Tx, facts, measure, problem_list};

use super::load::{author_of, reviewer};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{Person, Quote, Scene, roster, scene};

#[derive(Template)]
#[template(path = "lists/branch.html")]
struct BranchPage {
    frame: Frame,
    scene: Scene,
    writes: bool,
    due: u32,
    lists: ListFacts,
    after: u32,
    counts: Vec<(String, usize, usize)>,
    rows: Vec<Row>,
    left: Vec<Left>,
    words: Option<Quote>,
}

/// A member, to the officers.
struct Row {
    id: MemberId,
    name: String,
    post: String,
    chip: (&'static str, String),
    day: String,
    /// Something to read.
    read: bool,
    /// May be typed for.
    proxy: bool,
    own: bool,
}

/// What an earlier campaign left open.
struct Left {
    name: String,
    words: String,
    due: String,
    state: &'static str,
    /// Where that campaign's measures are reported.
    href: String,
}

/// Counts for everybody who reads the branch; names and ways for its officers.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let people = roster(&mut tx, scene.branch.id).await?;
    let (campaign, branch) = (scene.campaign.id, scene.branch.id);
    let standing = problem_list::list_standing(&mut tx, campaign, branch).await?;
    let unit = facts::load_branch(&mut tx, campaign, scene.unit().id, branch).await?;
    let facts = unit.and_then(|mut u| u.branches.pop());
    let facts = facts.ok_or(PageError::NotFound)?;
    let excluded = facts.meeting.as_ref().map_or(0, |m| m.excluded);
    let user = ctx.user()?;
    let asks = reviewer(user, &scene, &people);
    let officer = scene.writes(user) || (asks.unit && officers(&people) < 2);
    let (mut rows, mut left) = (Vec::new(), Vec::new());
    if officer {
        let lists = problem_list::list(&mut tx, campaign, branch).await?;
        rows = people
            .iter()
            .map(|p| row(p, &lists, &standing, asks, &people))
            .collect();
        left = left_over(&mut tx, &scene, &people).await?;
    }
    page(&BranchPage {
        frame: ctx.frame(&mut tx, "问题清单").await?,
        writes: scene.writes(user),
        due: facts.members.saturating_sub(excluded),
        lists: facts.records.lists,
        after: facts.records.measures.members,
        counts: counts(&scene, &standing),
        rows,
        left,
        words: scene.words(Rule::ProblemListPerMember),
        scene,
    })
}

fn officers(people: &[Person]) -> usize {
    people.iter().filter(|p| p.kind.is_some()).count()
}

/// Per category: problems listed, and lists that found none.
fn counts(scene: &Scene, standing: &[ListVersion]) -> Vec<(String, usize, usize)> {
    let categories = scene.campaign.notice.categories.iter();
    categories
        .map(|category| {
            let items = standing.iter().flat_map(|v| &v.content.items);
            let found = items.filter(|i| i.category == category.key).count();
            let none = standing
                .iter()
                .filter(|v| v.content.reason(&category.key).is_some());
            (category.label.clone(), found, none.count())
        })
        .collect()
}

fn row(
    person: &Person,
    lists: &[ProblemList],
    standing: &[ListVersion],
    asks: pingyi_domain::lists::Reviewer,
    people: &[Person],
) -> Row {
    let list = lists.iter().find(|l| l.member_id == person.member.id);
    let version = list.and_then(|l| standing.iter().find(|v| v.list_id == l.id));
    let may = asks.may_read(author_of(people, person)).is_ok();
    let own_draft = list.is_some_and(|l| l.state == ListState::Draft) && version.is_none();
    Row {
        id: person.member.id,
        name: person.member.name.clone(),
        post: person.post.clone(),
        chip: chip(list, version),
        day: version.map_or_else(String::new, |v| super::view::day(v.handed_at)),
        read: may && version.is_some(),
        proxy: may && asks.post.is_some() && !own_draft,
        own: asks.member == Some(person.member.id),
    }
}

fn chip(list: Option<&ProblemList>, version: Option<&ListVersion>) -> (&'static str, String) {
    match (list.map(|l| l.state), version) {
        (None, _) => ("", "未交".into()),
        (Some(ListState::Returned), _) => ("late", "已退回，待修改".into()),
        (Some(_), Some(v)) if v.confirmed => ("ok", "会后确认沿用".into()),
        (Some(_), Some(v)) => ("ok", format!("已提交（{}）", v.stage.label())),
        (Some(_), None) => ("wait", "起草中".into()),
    }
}

async fn left_over(tx: &mut Tx, scene: &Scene, people: &[Person]) -> Result<Vec<Left>, PageError> {
    let names: HashMap<MemberId, &str> = people
        .iter()
        .map(|p| (p.member.id, p.member.name.as_str()))
        .collect();
    let found = measure::list_left_over(tx, scene.campaign.id, scene.branch.id).await?;
    let left = |m: Measure| Left {
        name: names
            .get(&m.member_id)
            .copied()
            .unwrap_or("已转出")
            .to_owned(),
        state: m.state.label(),
        href: format!("/c/{}/o/{}/measures", m.campaign_id, m.branch_id),
        words: m.words,
        due: chinese_date(m.due_on),
    };
    Ok(found.into_iter().map(left).collect())
}
