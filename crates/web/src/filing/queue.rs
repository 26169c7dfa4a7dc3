//! The 组织科's desk: what waits, what was returned, what is not in, what is received.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::facts::UnitFacts;
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::CampaignId;
use pingyi_domain::notice::{Requirement, Rule};
use pingyi_domain::time::chinese_date;
use pingyi_storage::filing::{Filing, FilingVersion};
use pingyi_storage::{Tx, filing};

use super::dossier::{Dossier, lacks};
use super::load;
use super::rollup::Line;
use crate::kernel::app::App;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

/// A unit as the 组织科 sees it.
pub(crate) struct Entry {
    /// Its ledger.
    pub facts: UnitFacts,
    /// Its filing with the newest version.
    pub filed: Option<(Filing, FilingVersion)>,
    /// Figures as handed in, when they were.
    pub dossier: Option<Dossier>,
}

impl Entry {
    /// State of the newest version.
    pub fn state(&self) -> Option<FilingState> {
        self.filed.as_ref().map(|(filing, _)| filing.state)
    }

    /// Branches whose papers are with the unit (or signed, where there is no step between).
    pub fn reported(&self) -> usize {
        let attached = self.facts.kind == pingyi_domain::org::OrgKind::Branch;
        self.facts
            .branches
            .iter()
            .filter(|b| lacks(b, attached).is_none())
            .count()
    }

    /// The unit's line in the committee's roll-up: as handed in, or absent.
    pub fn line(&self, grades: usize) -> Line {
        let with_us = matches!(
            self.state(),
            Some(FilingState::Submitted | FilingState::Received)
        );
        if let Some(dossier) = self.dossier.as_ref().filter(|_| with_us) {
            return Line {
                org: Some(self.facts.org),
                name: self.facts.name.clone(),
                held_on: dossier.facts.last_on,
                ..dossier.total.clone()
            };
        }
        let branches = &self.facts.branches;
        let members = branches.iter().map(|b| b.members).sum();
        let probationary = branches.iter().map(|b| b.probationary).sum();
        let why = match self.state() {
            Some(FilingState::Returned) => "已退回，等待重报",
            _ => "单位材料还没有报送",
        };
        Line::absent(
            self.facts.org,
            &self.facts.name,
            (members, probationary),
            grades,
            why,
        )
    }
}

/// Every unit with what it handed in, in roster order.
pub(crate) async fn entries(
    app: &App,
    tx: &mut Tx,
    campaign: &Campaign,
) -> Result<Vec<Entry>, PageError> {
    let ledger = app.facts.load(tx, campaign.id).await?;
    let filings = filing::list(tx, campaign.id, FilingKind::UnitSummary).await?;
    let mut entries = Vec::with_capacity(ledger.units.len());
    for unit in &ledger.units {
        let found = filings.iter().find(|f| f.org_id == unit.org);
        let mut filed = None;
        if let Some(found) = found {
            let version = filing::get_version(tx, found.id, found.version).await?;
            filed = version.map(|version| (found.clone(), version));
        }
        let dossier = filed
            .as_ref()
            .and_then(|(_, v)| load::snapshot(&v.snapshot));
        entries.push(Entry {
            facts: unit.clone(),
            filed,
            dossier,
        });
    }
    Ok(entries)
}

#[derive(Template)]
#[template(path = "filing/queue.html")]
struct QueuePage {
    frame: Frame,
    base: String,
    requirement: Option<Requirement>,
    deadline: String,
    grades: Vec<String>,
    groups: Vec<Group>,
    received: usize,
    units: usize,
}

struct Group {
    title: &'static str,
    empty: &'static str,
    act: &'static str,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    path: String,
    sent: String,
    late: bool,
    version: u32,
    figures: Option<(u32, u32, Vec<u64>)>,
    branches: (usize, usize),
    opinion: String,
}

/// To the current campaign's desk.
pub async fn current(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let to = campaign::current(&ctx.app, &mut tx)
        .await?
        .map_or_else(|| "/".to_owned(), |c| c.path("/filings"));
    Ok(Redirect::to(&to).into_response())
}

/// The desk.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let entries = entries(&ctx.app, &mut tx, &campaign).await?;
    let frame = ctx.frame(&mut tx, "收文").await?;
    let notice = &campaign.notice;
    let received = entries
        .iter()
        .filter(|e| e.state() == Some(FilingState::Received))
        .count();
    page(&QueuePage {
        frame,
        base: campaign.path(""),
        requirement: notice.requirement(Rule::SummaryFiled).cloned(),
        deadline: chinese_date(notice.deadlines.summary),
        grades: notice.grades.iter().map(|g| g.label.clone()).collect(),
        units: entries.len(),
        received,
        groups: groups(&campaign, &entries),
    })
}

fn groups(campaign: &Campaign, entries: &[Entry]) -> Vec<Group> {
    let rows = |wanted: &[Option<FilingState>]| -> Vec<Row> {
        entries
            .iter()
            .filter(|e| wanted.contains(&e.state()))
            .map(|e| row(campaign, e))
            .collect()
    };
    vec![
        Group {
            title: "等待核收",
            empty: "没有等待核收的材料。",
            act: "核收",
            rows: rows(&[Some(FilingState::Submitted)]),
        },
        Group {
            title: "已退回，等待重报",
            empty: "没有退回的材料。",
            act: "查看",
            rows: rows(&[Some(FilingState::Returned)]),
        },
        Group {
            title: "尚未报送",
            empty: "各单位都已报送。",
            act: "查看",
            rows: rows(&[None, Some(FilingState::Draft)]),
        },
        Group {
            title: "已接收",
            empty: "还没有接收的材料。",
            act: "查看",
            rows: rows(&[Some(FilingState::Received)]),
        },
    ]
}

fn row(campaign: &Campaign, entry: &Entry) -> Row {
    let version = entry.filed.as_ref().map(|(_, v)| v);
    let sent = version.and_then(|v| v.submitted_at.zip(v.submitted_by_name.as_ref()));
    let handed_in = !matches!(entry.state(), None | Some(FilingState::Draft));
    let page = if handed_in {
        "/unit-summary/review"
    } else {
        "/unit-summary"
    };
    Row {
        name: entry.facts.name.clone(),
        path: campaign.path(&format!("/o/{}{page}", entry.facts.org)),
        sent: sent.map_or_else(String::new, |(at, by)| format!("{by} {}", at.minute_text())),
        late: version.is_some_and(|v| v.late),
        version: version.map_or(0, |v| v.version),
        figures: entry
            .dossier
            .as_ref()
            .map(|d| (d.total.appraised, d.total.due, d.total.sums.members.clone())),
        branches: (entry.reported(), entry.facts.branches.len()),
        opinion: version.and_then(|v| v.opinion.clone()).unwrap_or_default(),
    }
}
