//! A unit's dues: sums by branch, no person.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use jiff::civil::Date;
use pingyi_domain::dues::{Fen, Month};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::{Org, OrgKind};
use pingyi_storage::dues::sums::{self, BranchSum};
use pingyi_storage::{Tx, org};

use super::register::Asked;
use crate::kernel::campaign;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "dues/unit.html")]
struct UnitPage {
    frame: Frame,
    unit: String,
    here: String,
    year: i16,
    years: Vec<i16>,
    rows: Vec<Row>,
    total: Row,
}

/// A branch's year.
#[derive(Default)]
pub(super) struct Row {
    pub name: String,
    pub due: Fen,
    pub received: Fen,
    pub arrears: Fen,
    pub large: Fen,
}

/// The page.
pub async fn show(
    ctx: Ctx,
    Path((id, org)): Path<(CampaignId, OrgId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let unit = org::get(&mut tx, org).await?.ok_or(PageError::NotFound)?;
    let today = ctx.now.date();
    let year = asked.year(today)?;
    let rows = rows(&mut tx, &unit, year, today).await?;
    let frame = ctx.frame(&mut tx, "党费收缴汇总").await?;
    page(&UnitPage {
        frame,
        here: campaign.path(&format!("/o/{org}")),
        unit: unit.name,
        year,
        years: (today.year() - 2..=today.year()).rev().collect(),
        total: total(&rows),
        rows,
    })
}

/// Together.
pub(super) fn total(rows: &[Row]) -> Row {
    Row {
        name: "合计".to_owned(),
        due: rows.iter().map(|r| r.due).sum(),
        received: rows.iter().map(|r| r.received).sum(),
        arrears: rows.iter().map(|r| r.arrears).sum(),
        large: rows.iter().map(|r| r.large).sum(),
    }
}

/// Branch by branch in roster order: the year's months that are over.
pub(super) async fn rows(
    tx: &mut Tx,
    unit: &Org,
    year: i16,
    today: Date,
) -> Result<Vec<Row>, PageError> {
    let first = Month::new(i32::from(year), 1);
    let last = first.plus(11).min(Month::of(today).plus(-1));
    let mut due: HashMap<OrgId, Fen> = HashMap::new();
    for span in sums::owed_under(tx, unit.id).await? {
        let months = span
            .from_month
            .max(first)
            .through(last.min(span.until_month.plus(-1)));
        let sum = months.map(|_| span.amount).sum::<Fen>();
        let all = due.entry(span.branch_id).or_default();
        *all = *all + sum;
    }
    let covered = by_branch(sums::covered_under(tx, unit.id, first, last).await?);
    let received = by_branch(sums::received_under(tx, unit.id, first, first.plus(11)).await?);
    let days = (Date::constant(year, 1, 1), Date::constant(year, 12, 31));
    let large = by_branch(sums::large_under(tx, unit.id, days.0, days.1).await?);
    let of = |sums: &HashMap<OrgId, Fen>, id| sums.get(&id).copied().unwrap_or_default();
    let orgs = org::list_under(tx, unit.id).await?;
    let branches = orgs.into_iter().filter(|o| o.kind == OrgKind::Branch);
    Ok(branches
        .map(|branch| Row {
            due: of(&due, branch.id),
            received: of(&received, branch.id),
            arrears: (of(&due, branch.id) - of(&covered, branch.id)).or_zero(),
            large: of(&large, branch.id),
            name: branch.name,
        })
        .collect())
}

fn by_branch(sums: Vec<BranchSum>) -> HashMap<OrgId, Fen> {
    sums.into_iter().map(|s| (s.branch_id, s.amount)).collect()
}
