//! 年度党费收缴情况: what each paid in a year, made known to the branch's members once a year.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use pingyi_domain::dues::{Fen, Month, months_text};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::publication::{self, Publication};
use pingyi_storage::dues::sums;

use super::register::Asked;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{self, Scene};

#[derive(Template)]
#[template(path = "dues/year.html")]
struct YearPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    year: i16,
    years: Vec<i16>,
    published: Option<(String, String)>,
    writes: bool,
    rows: Option<Vec<Row>>,
    sum: Fen,
}

/// A member's year.
pub(super) struct Row {
    pub name: String,
    pub months: String,
    pub count: usize,
    pub amount: Fen,
}

/// The table: for the committee always, for members once it is published.
pub async fn show(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = load::scene(&ctx.app, &mut tx, at).await?;
    let today = ctx.now.date();
    let year = asked.year(today)?;
    let writes = scene.writes(ctx.user()?);
    let published = find(&mut tx, scene.branch.id, year).await?;
    let rows = if writes || published.is_some() {
        Some(rows(&mut tx, scene.branch.id, year).await?)
    } else {
        None
    };
    let frame = ctx.frame(&mut tx, "年度党费收缴情况").await?;
    page(&YearPage {
        frame,
        scene: &scene,
        year,
        years: (today.year() - 2..=today.year()).rev().collect(),
        published: published.map(|p| (p.published_by, chinese_date(p.published_at.date()))),
        writes,
        sum: rows.iter().flatten().map(|r| r.amount).sum(),
        rows,
    })
}

/// Makes a year's table readable for the branch's members.
pub async fn publish(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = load::scene(&ctx.app, &mut tx, at).await?;
    let asked = Asked {
        year: fields.get("year").parse().ok(),
    };
    let year = asked.year(ctx.now.date())?;
    if find(&mut tx, scene.branch.id, year).await?.is_some() {
        return Err(PageError::refused(format!(
            "{year}年的党费收缴情况已经公布，不用重复公布。"
        )));
    }
    let row = Publication {
        branch_id: scene.branch.id,
        year: u32::try_from(year).map_err(PageError::internal)?,
        published_by: ctx.user()?.name.clone(),
        published_at: ctx.now,
    };
    publication::insert(&mut tx, &row).await?;
    let detail = serde_json::json!({ "branch": scene.branch.name, "year": year });
    let object = Object::Org(scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::DuesPublished, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(
        &scene.path(&format!("/dues/year?year={year}")),
        "dues-published",
    )
}

/// Whether, and when, a year was published.
pub(super) async fn find(
    tx: &mut Tx,
    branch: OrgId,
    year: i16,
) -> Result<Option<Publication>, PageError> {
    let all = publication::list(tx, branch).await?;
    Ok(all
        .into_iter()
        .find(|p| i64::from(p.year) == i64::from(year)))
}

/// Every active member, and whoever paid here and has left since.
pub(super) async fn rows(tx: &mut Tx, branch: OrgId, year: i16) -> Result<Vec<Row>, PageError> {
    let year = i32::from(year);
    let mut paid: BTreeMap<MemberId, (String, Vec<(Month, Fen)>)> = BTreeMap::new();
    for person in load::roster(tx, branch).await? {
        paid.insert(person.member.id, (person.member.name, Vec::new()));
    }
    for row in sums::of_branch(tx, branch, Month::new(year, 1), Month::new(year, 12)).await? {
        let entry = paid.entry(row.member_id).or_insert((row.name, Vec::new()));
        if !row.paid.is_zero() {
            entry.1.push((row.month, row.paid));
        }
    }
    let told = paid.into_values().map(|(name, months)| {
        let list: Vec<Month> = months.iter().map(|(month, _)| *month).collect();
        Row {
            name,
            count: list.len(),
            months: months_text(&list).replace(&format!("{year}年"), ""),
            amount: months.iter().map(|(_, fen)| *fen).sum(),
        }
    });
    Ok(told.collect())
}
