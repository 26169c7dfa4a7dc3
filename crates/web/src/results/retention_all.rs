//! What the whole committee keeps until when, and where papers are due for destruction: counts
//! only. Proposing and confirming stay with the branch's page. // docs/DOMAIN.md §3.6

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::Path;
use pingyi_domain::facts::{BranchFacts, Ledger};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::results::{DestructionState, Holding, Kind, PublicityState, held};
use pingyi_storage::destruction::{self, Standing};
use pingyi_storage::publicity;

use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "results/retention_all.html")]
struct AllPage {
    frame: Frame,
    base: String,
    kinds: Vec<KindLine>,
    units: Vec<UnitLine>,
    waiting: Vec<(String, String)>,
}

/// One kind of papers over all branches.
struct KindLine {
    kind: Kind,
    holding: String,
    sum: Sum,
}

/// A unit whose branches have something to destroy.
struct UnitLine {
    name: String,
    sum: Sum,
    branches: Vec<(String, String)>,
}

/// Branches' papers: due, proposed, destroyed.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    ripe: u32,
    proposed: u32,
    done: u32,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.ripe += other.ripe;
        self.proposed += other.proposed;
        self.done += other.done;
    }
}

/// What is known of every branch's papers.
struct Shelf<'a> {
    ctx: &'a Ctx,
    campaign: &'a Campaign,
    states: HashMap<(OrgId, Kind), DestructionState>,
    /// Branches with an objection to 公示 that has no answer.
    unanswered: HashSet<OrgId>,
}

impl Shelf<'_> {
    fn holding(&self, branch: &BranchFacts, kind: Kind) -> Holding {
        let notice = &self.campaign.notice;
        let told = &branch.records.results;
        let ended = told.publicity.map(|p| p.state) == Some(PublicityState::Ended);
        let settled = ended && told.open_objections == 0 && !self.unanswered.contains(&branch.org);
        let term = kind.term(&notice.settings.retention);
        held(term, notice.date, settled, self.ctx.now.date())
    }

    fn sum(&self, branch: &BranchFacts, kind: Kind) -> Sum {
        let mut sum = Sum::default();
        match self.states.get(&(branch.org, kind)) {
            Some(DestructionState::Done) => sum.done = 1,
            Some(_) => sum.proposed = 1,
            None if kind.destructible() && self.holding(branch, kind) == Holding::Over => {
                sum.ripe = 1;
            }
            None => {}
        }
        sum
    }

    fn kind(&self, ledger: &Ledger, kind: Kind) -> KindLine {
        let mut sum = Sum::default();
        let mut holding = None;
        for branch in ledger.units.iter().flat_map(|u| &u.branches) {
            sum.add(self.sum(branch, kind));
            let now = self.holding(branch, kind);
            // Ballots of one branch may be free while another's still are not.
            holding = match holding {
                Some(Holding::UntilPublicity) => holding,
                _ => Some(now),
            };
        }
        let holding = holding.map_or_else(String::new, Holding::label);
        KindLine { kind, holding, sum }
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let ledger = ctx.app.facts.load(&mut tx, id).await?;
    let past = destruction::list_all(&mut tx, id).await?;
    let unanswered = publicity::list_unanswered(&mut tx, id).await?;
    let shelf = Shelf {
        ctx: &ctx,
        campaign: &campaign,
        states: past
            .iter()
            .map(|d| ((d.branch_id, d.kind), d.state))
            .collect(),
        unanswered: unanswered.into_iter().collect(),
    };
    let kinds = Kind::ALL.iter().map(|kind| shelf.kind(&ledger, *kind));
    let kinds = kinds.collect();
    let units = units(&shelf, &ledger);
    let waiting = waiting(&campaign, &ledger, &past);
    page(&AllPage {
        frame: ctx.frame(&mut tx, "材料保管和销毁").await?,
        base: campaign.path(""),
        kinds,
        units,
        waiting,
    })
}

fn units(shelf: &Shelf<'_>, ledger: &Ledger) -> Vec<UnitLine> {
    let mut lines = Vec::new();
    for unit in &ledger.units {
        let mut sum = Sum::default();
        let mut branches = Vec::new();
        for branch in &unit.branches {
            let mut own = Sum::default();
            for kind in Kind::ALL {
                own.add(shelf.sum(branch, *kind));
            }
            if own.ripe > 0 {
                branches.push((branch.name.clone(), href(shelf.campaign, branch.org)));
            }
            sum.add(own);
        }
        if sum != Sum::default() {
            lines.push(UnitLine {
                name: unit.name.clone(),
                sum,
                branches,
            });
        }
    }
    lines
}

/// Proposals that wait for a second person, with the page where it is said.
fn waiting(campaign: &Campaign, ledger: &Ledger, past: &[Standing]) -> Vec<(String, String)> {
    let open = past
        .iter()
        .filter(|d| d.state == DestructionState::Proposed);
    let named = open.filter_map(|d| {
        let mut branches = ledger.units.iter().flat_map(|u| &u.branches);
        let branch = branches.find(|b| b.org == d.branch_id)?;
        let words = format!("{}：{}", branch.name, d.kind.label());
        Some((words, href(campaign, d.branch_id)))
    });
    named.collect()
}

fn href(campaign: &Campaign, branch: OrgId) -> String {
    campaign.path(&format!("/o/{branch}/retention"))
}
