//! 责任表: 第一责任人 and 直接责任人 from the roster's posts, envoys, leaders' attendance.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use pingyi_domain::facts::UnitFacts;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::org::OrgKind;
use pingyi_domain::time::chinese_date;
use pingyi_storage::leaders_seat::{self, Seat};
use pingyi_storage::{Tx, envoy_plan, facts, org};

use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::kernel::route::{line_of, unit_in};

#[derive(Template)]
#[template(path = "responsibility/show.html")]
struct ResponsibilityPage {
    frame: Frame,
    back: String,
    here: String,
    name: String,
    words: Option<(String, String)>,
    vacancies: usize,
    rows: Vec<Row>,
    seats: Vec<SeatLine>,
}

impl ResponsibilityPage {
    fn papers(&self) -> String {
        format!("{}/responsibility", self.here)
    }
}

/// A unit's or a branch's line.
pub(super) struct Row {
    pub org: String,
    pub branch: String,
    /// 第一责任人 or 直接责任人.
    pub role: &'static str,
    pub person: Option<String>,
    pub planned: String,
    pub envoy: String,
    pub note: &'static str,
}

struct SeatLine {
    name: String,
    branch: String,
    on: String,
    word: String,
    class: &'static str,
}

/// What the table is made from.
pub(super) struct Table {
    pub campaign: Campaign,
    pub name: String,
    pub whole: bool,
    pub rows: Vec<Row>,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let table = load(&ctx, &mut tx, at).await?;
    let seats = leaders_seat::list(&mut tx, at.0, at.1).await?;
    let frame = ctx.frame(&mut tx, "责任表").await?;
    let asked = table.campaign.notice.requirement(Rule::ResponsibleNamed);
    let here = format!("/o/{}", at.1);
    page(&ResponsibilityPage {
        frame,
        back: table.campaign.path(&here),
        here: table.campaign.path(&here),
        words: asked.map(|r| {
            let clause = r.clause.paragraph().as_str().to_owned();
            (clause, r.words.clone())
        }),
        vacancies: table.rows.iter().filter(|r| r.person.is_none()).count(),
        name: table.name,
        rows: table.rows,
        seats: seats.into_iter().map(seat_line).collect(),
    })
}

/// A unit with its branches; for the 工委 every unit.
pub(super) async fn load(
    ctx: &Ctx,
    tx: &mut Tx,
    (id, here): (CampaignId, OrgId),
) -> Result<Table, PageError> {
    let campaign = campaign::load(&ctx.app, tx, id).await?;
    let at = org::get(tx, here).await?.ok_or(PageError::NotFound)?;
    let whole = at.parent.is_none();
    // The table is a unit's or the 工委's; a branch below a unit stands in its unit's.
    if !whole && unit_in(&line_of(tx, here).await?) != Some(here) {
        return Err(PageError::NotFound);
    }
    let envoys: HashMap<OrgId, String> = envoy_plan::list(tx, id)
        .await?
        .into_iter()
        .map(|p| (p.branch_id, p.name))
        .collect();
    let rows = if whole {
        let ledger = ctx.app.facts.load(tx, id).await?;
        let units = ledger.units.iter();
        units.flat_map(|unit| rows(unit, &envoys)).collect()
    } else {
        let unit = facts::load_unit(tx, id, here)
            .await?
            .ok_or(PageError::NotFound)?;
        rows(&unit, &envoys)
    };
    Ok(Table {
        campaign,
        name: at.name,
        whole,
        rows,
    })
}

/// The unit's own line, then its branches'. A directly attached branch is one line: the same
/// person is both, because the tree makes it so. // docs/DOMAIN.md §1.1
fn rows(unit: &UnitFacts, envoys: &HashMap<OrgId, String>) -> Vec<Row> {
    let attached = unit.kind == OrgKind::Branch;
    let first = Row {
        org: unit.name.clone(),
        branch: String::new(),
        role: if attached {
            "第一责任人、直接责任人"
        } else {
            "第一责任人"
        },
        person: unit.secretary.clone(),
        planned: planned(unit.branches.first().filter(|_| attached)),
        envoy: envoys.get(&unit.org).cloned().unwrap_or_default(),
        note: if attached {
            "直属支部，由一人承担"
        } else {
            ""
        },
    };
    let below = unit.branches.iter().filter(|_| !attached).map(|b| Row {
        org: unit.name.clone(),
        branch: b.name.clone(),
        role: "直接责任人",
        person: b.secretary.clone(),
        planned: planned(Some(b)),
        envoy: envoys.get(&b.org).cloned().unwrap_or_default(),
        note: "",
    });
    std::iter::once(first).chain(below).collect()
}

fn planned(branch: Option<&pingyi_domain::facts::BranchFacts>) -> String {
    branch
        .and_then(|b| b.planned_on)
        .map(chinese_date)
        .unwrap_or_default()
}

fn seat_line(seat: Seat) -> SeatLine {
    let (word, class) = match (seat.presence.as_str(), seat.reason) {
        ("absent", Some(reason)) if !reason.trim().is_empty() => {
            (format!("缺席：{reason}"), "wait")
        }
        ("absent", _) => ("缺席，没有写原因".to_owned(), "late"),
        _ => ("已参加".to_owned(), "ok"),
    };
    SeatLine {
        name: seat.name,
        branch: seat.branch,
        on: seat.held_on.map(chinese_date).unwrap_or_default(),
        word,
        class,
    }
}
