//! 年度党费收缴情况: what each paid in a year, made known to the branch's members once a year.
//!
//! A publication that was taken back is shown as members saw it last, with the reason.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::dues::{Fen, Month, PublicationState, months_text};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::Tx;
use pingyi_storage::dues::publication::{self, Publication};
use pingyi_storage::dues::sums;
use serde::{Deserialize, Serialize};

use super::register::Asked;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{self, Scene};

#[derive(Template)]
#[template(path = "dues/year.html")]
struct YearPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    year: i16,
    years: Vec<i16>,
    /// The one in force: by whom, and on which day.
    published: Option<(String, String)>,
    /// The one on screen, when it was taken back.
    taken_back: Option<Back>,
    /// All that were taken back, newest first.
    earlier: Vec<Back>,
    writes: bool,
    rows: Option<Vec<Row>>,
    sum: Fen,
    form: FormState,
}

impl YearPage<'_> {
    /// Where the paper of what is on screen is.
    fn paper(&self, format: &str) -> String {
        let old = self.taken_back.as_ref();
        let no = old.map_or_else(String::new, |old| format!("&no={}", old.no));
        let rest = format!("/dues/year/{format}?year={}{no}", self.year);
        self.scene.path(&rest)
    }
}

/// A publication that was taken back, in words.
pub(super) struct Back {
    pub no: u32,
    pub published: (String, String),
    pub withdrawn: (String, String),
    pub reason: String,
}

/// A member's year.
#[derive(Serialize, Deserialize)]
pub(super) struct Row {
    pub name: String,
    pub months: String,
    pub count: usize,
    pub amount: Fen,
}

/// `?year=2015`, and `&no=1` for one that was taken back.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    year: Option<i16>,
    pub(super) no: Option<u32>,
}

impl Wanted {
    /// As a form names the year.
    pub(super) fn sent(fields: &Fields) -> Self {
        Self {
            year: fields.get("year").parse().ok(),
            no: None,
        }
    }

    /// See [`Asked::year`].
    pub(super) fn year(&self, today: Date) -> Result<i16, PageError> {
        let asked = Asked { year: self.year };
        asked.year(today)
    }
}

/// What one person reads of a year.
pub(super) struct Told {
    pub published: Option<Publication>,
    pub taken_back: Option<Back>,
    pub earlier: Vec<Back>,
    /// `None` while nothing is published and the reader is no officer.
    pub rows: Option<Vec<Row>>,
}

/// The table: for the committee always, for members once it is published.
pub(super) async fn told(
    tx: &mut Tx,
    branch: OrgId,
    (year, no): (i16, Option<u32>),
    writes: bool,
) -> Result<Told, PageError> {
    let all = publications(tx, branch, year).await?;
    let earlier = || all.iter().filter_map(back);
    if let Some(no) = no {
        let old = all.iter().find(|p| p.no == no).ok_or(PageError::NotFound)?;
        let shown = old.shown.as_deref().ok_or(PageError::NotFound)?;
        return Ok(Told {
            published: None,
            taken_back: back(old),
            earlier: earlier().filter(|b| b.no != no).collect(),
            rows: Some(serde_json::from_str(shown).map_err(PageError::internal)?),
        });
    }
    let published = in_force(&all).cloned();
    let rows = if writes || published.is_some() {
        Some(rows(tx, branch, year).await?)
    } else {
        None
    };
    Ok(Told {
        published,
        taken_back: None,
        earlier: earlier().collect(),
        rows,
    })
}

fn back(p: &Publication) -> Option<Back> {
    let day = |at: UnixTime| chinese_date(at.date());
    Some(Back {
        no: p.no,
        published: (p.published_by.clone(), day(p.published_at)),
        withdrawn: (p.withdrawn_by.clone()?, day(p.withdrawn_at?)),
        reason: p.reason.clone()?,
    })
}

/// The page.
pub async fn show(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = load::scene(&ctx.app, &mut tx, at).await?;
    answer(&ctx, tx, scene, wanted, FormState::default()).await
}

/// The page with the form as typed.
pub(super) async fn answer(
    ctx: &Ctx,
    mut tx: Tx,
    scene: Scene,
    wanted: Wanted,
    form: FormState,
) -> Answer {
    let status = form.status();
    let today = ctx.now.date();
    let year = wanted.year(today)?;
    let writes = scene.writes(ctx.user()?);
    let told = told(&mut tx, scene.branch.id, (year, wanted.no), writes).await?;
    let body = page(&YearPage {
        frame: ctx.frame(&mut tx, "年度党费收缴情况").await?,
        scene: &scene,
        year,
        years: (today.year() - 2..=today.year()).rev().collect(),
        published: told
            .published
            .map(|p| (p.published_by, chinese_date(p.published_at.date()))),
        taken_back: told.taken_back,
        earlier: told.earlier,
        writes,
        sum: told.rows.iter().flatten().map(|r| r.amount).sum(),
        rows: told.rows,
        form,
    })?;
    Ok((status, body).into_response())
}

/// All publications of a year, newest first.
pub(super) async fn publications(
    tx: &mut Tx,
    branch: OrgId,
    year: i16,
) -> Result<Vec<Publication>, PageError> {
    let mut all = publication::list(tx, branch).await?;
    all.retain(|p| i64::from(p.year) == i64::from(year));
    Ok(all)
}

/// The one members read.
pub(super) fn in_force(all: &[Publication]) -> Option<&Publication> {
    all.iter().find(|p| p.state == PublicationState::Published)
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
