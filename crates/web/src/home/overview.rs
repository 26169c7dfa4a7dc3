//! The committee's page of a campaign: both coverages, what is missing, every unit.

use askama::Template;
use axum::extract::{Path, Query};
use jiff::civil::Date;
use pingyi_domain::assess::{Coverage, Finding, Status, assess, coverage};
use pingyi_domain::facts::Ledger;
use pingyi_domain::filing::FilingState;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::plan::PlanState;
use pingyi_domain::time::chinese_date;
use serde::Deserialize;

use super::line::{UnitLine, unit_line};
use super::todo::days_left;
use crate::kernel::access::CLERK;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "home/overview.html")]
struct OverviewPage {
    frame: Frame,
    base: String,
    title: String,
    number: String,
    days: Vec<(&'static str, String, String, bool)>,
    coverage: Coverage,
    units: Vec<UnitLine>,
    all_units: usize,
    asked: Vec<Asked>,
    untracked: Vec<(String, String)>,
    plans_waiting: usize,
    filings_waiting: usize,
    receipts_missing: usize,
    clerk: bool,
    /// The 工委 itself, whose own pages are linked.
    root: Option<pingyi_domain::ids::OrgId>,
    filter: Filter,
}

/// One requirement over the whole committee.
struct Asked {
    id: String,
    clause: String,
    title: String,
    words: String,
    owes: &'static str,
    due: Option<String>,
    met: u32,
    open: u32,
    late: u32,
}

/// Which units to list.
#[derive(Deserialize, Default)]
pub struct Filter {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
}

/// Shows it.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>, Query(filter): Query<Filter>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let ledger = ctx.app.facts.load(&mut tx, id).await?;
    let today = ctx.now.date();
    let findings = assess(&campaign.notice, &ledger, today);
    let frame = ctx.frame(&mut tx, "总览").await?;
    let units = unit_lines(&ledger, &findings, &filter);
    page(&OverviewPage {
        frame,
        base: campaign.path(""),
        title: campaign.notice.title.clone(),
        number: campaign.notice.number.clone(),
        days: days(&campaign, today),
        coverage: coverage(&ledger),
        all_units: ledger.units.len(),
        units,
        asked: asked(&campaign, &findings),
        untracked: untracked(&campaign, &findings),
        plans_waiting: plans_waiting(&ledger),
        filings_waiting: filings_waiting(&ledger),
        receipts_missing: ledger
            .units
            .iter()
            .filter(|u| u.acknowledged_on.is_none())
            .count(),
        clerk: ctx.user()?.holds(CLERK),
        root: ledger.committee.org,
        filter,
    })
}

fn plans_waiting(ledger: &Ledger) -> usize {
    let waits = |s: PlanState| s == PlanState::Submitted;
    ledger
        .units
        .iter()
        .filter(|u| u.plan.as_ref().is_some_and(|p| waits(p.state)))
        .count()
}

fn filings_waiting(ledger: &Ledger) -> usize {
    let waits = |s: FilingState| s == FilingState::Submitted;
    ledger
        .units
        .iter()
        .filter(|u| u.filing.as_ref().is_some_and(|f| waits(f.state)))
        .count()
}

fn days(campaign: &Campaign, today: Date) -> Vec<(&'static str, String, String, bool)> {
    let set = campaign.notice.deadlines;
    [
        ("方案备案截止", set.plan),
        ("组织生活会截止", set.meeting),
        ("汇总材料截止", set.summary),
    ]
    .into_iter()
    .map(|(what, day)| {
        (
            what,
            chinese_date(day),
            days_left(today, day).replace("逾期", "过"),
            today > day,
        )
    })
    .collect()
}

/// Units in the roster's order, whatever they did: no table here ranks anybody.
fn unit_lines(ledger: &Ledger, findings: &[Finding], filter: &Filter) -> Vec<UnitLine> {
    let mut rest = findings;
    let mut lines = Vec::with_capacity(ledger.units.len());
    for unit in &ledger.units {
        // `assess` answers unit by unit, in the ledger's order.
        let own = rest.iter().take_while(|f| f.unit == unit.org).count();
        let (here, after) = rest.split_at(own);
        rest = after;
        lines.push(unit_line(unit, here));
    }
    lines.retain(|line| filter.q.trim().is_empty() || line.name.contains(filter.q.trim()));
    match filter.show.as_str() {
        "late" => lines.retain(|line| line.late > 0),
        "open" => lines.retain(|line| line.open > 0),
        "done" => lines.retain(|line| line.open == 0),
        _ => {}
    }
    lines
}

fn asked(campaign: &Campaign, findings: &[Finding]) -> Vec<Asked> {
    let mut all: Vec<Option<Asked>> = campaign.notice.requirements.iter().map(|_| None).collect();
    for finding in findings {
        if matches!(finding.status, Status::Untracked) {
            continue;
        }
        let line =
            all[finding.requirement].get_or_insert_with(|| blank(campaign, finding.requirement));
        match finding.status {
            Status::Met { .. } => line.met += 1,
            Status::Open { late, .. } => {
                line.open += 1;
                line.late += u32::from(late);
            }
            Status::NotYet | Status::Untracked => {}
        }
    }
    all.into_iter()
        .flatten()
        .filter(|line| line.met + line.open > 0)
        .collect()
}

fn blank(campaign: &Campaign, at: usize) -> Asked {
    let asked = &campaign.notice.requirements[at];
    Asked {
        id: asked.id.clone(),
        clause: asked.clause.paragraph().as_str().to_owned(),
        title: asked.title.clone(),
        words: asked.words.clone(),
        owes: asked.owes.label(),
        due: campaign.notice.due(asked.by).map(chinese_date),
        met: 0,
        open: 0,
        late: 0,
    }
}

/// What the notice asks and this program keeps no record of: said openly, never shown as done.
fn untracked(campaign: &Campaign, findings: &[Finding]) -> Vec<(String, String)> {
    let mut known: Vec<bool> = vec![false; campaign.notice.requirements.len()];
    for finding in findings {
        known[finding.requirement] |= !matches!(finding.status, Status::Untracked);
    }
    let asked = campaign.notice.requirements.iter().zip(known);
    asked
        .filter(|(_, known)| !known)
        .map(|(r, _)| (r.clause.paragraph().as_str().to_owned(), r.title.clone()))
        .collect()
}
