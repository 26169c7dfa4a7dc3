//! One requirement over the whole committee: where it is still open, and the way there.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::assess::{Finding, Status, assess};
use pingyi_domain::facts::Ledger;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::time::chinese_date;

use super::todo::{address, days_left, gap_text, requirement};
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "home/missing.html")]
struct MissingPage {
    frame: Frame,
    base: String,
    title: String,
    clause: String,
    words: String,
    owes: &'static str,
    due: Option<String>,
    met: usize,
    lines: Vec<Line>,
}

struct Line {
    unit: String,
    branch: String,
    gap: String,
    actor: &'static str,
    left: String,
    late: bool,
    href: String,
}

/// Shows it.
pub async fn show(ctx: Ctx, Path((id, asked)): Path<(CampaignId, String)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let at = requirement(&campaign.notice, &asked).ok_or(PageError::NotFound)?;
    let ledger = ctx.app.facts.load(&mut tx, id).await?;
    let findings: Vec<Finding> = assess(&campaign.notice, &ledger, ctx.now.date())
        .into_iter()
        .filter(|f| f.requirement == at)
        .collect();
    let asked = &campaign.notice.requirements[at];
    let frame = ctx.frame(&mut tx, &asked.title).await?;
    page(&MissingPage {
        frame,
        base: campaign.path(""),
        title: asked.title.clone(),
        clause: asked.clause.paragraph().as_str().to_owned(),
        words: asked.words.clone(),
        owes: asked.owes.label(),
        due: campaign.notice.due(asked.by).map(chinese_date),
        met: findings
            .iter()
            .filter(|f| matches!(f.status, Status::Met { .. }))
            .count(),
        lines: lines(&ctx, &campaign, &ledger, &findings),
    })
}

fn lines(ctx: &Ctx, campaign: &Campaign, ledger: &Ledger, findings: &[Finding]) -> Vec<Line> {
    let own = |f: &Finding| Some(f.unit) == ledger.committee.org;
    let names = |f: &Finding| {
        if own(f) {
            return (campaign.notice.issuer.short.clone(), String::new());
        }
        let unit = ledger.units.iter().find(|u| u.org == f.unit);
        let branch = unit.and_then(|u| u.branches.iter().find(|b| Some(b.org) == f.branch));
        (
            unit.map_or("", |u| &u.name).to_owned(),
            branch.map_or("", |b| &b.name).to_owned(),
        )
    };
    let rule = |f: &Finding| campaign.notice.requirements[f.requirement].rule;
    findings
        .iter()
        .filter_map(|f| {
            let Status::Open {
                gap,
                actor,
                late,
                action,
            } = f.status
            else {
                return None;
            };
            let (unit, branch) = names(f);
            Some(Line {
                unit,
                branch,
                gap: gap_text(rule(f), gap),
                actor: actor.label(),
                left: f
                    .due
                    .map_or_else(String::new, |day| days_left(ctx.now.date(), day)),
                late,
                href: if own(f) {
                    address(campaign, f, action)
                } else {
                    campaign.path(&format!("/o/{}", f.branch.unwrap_or(f.unit)))
                },
            })
        })
        .collect()
}
