//! 评议结果反馈单: one member's, or everybody's. The opinion alone, never a count
//! (docs/DOMAIN.md §3.5).

use axum::extract::Path;
use pingyi_documents::forms::{FeedbackSlip, FeedbackSlips};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::chinese_date;

use super::load::{Results, Told, results};
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::papers::origin;

/// Everybody's, two on a page.
pub async fn all(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    print(&ctx, (campaign, org), &format, None).await
}

/// One member's.
pub async fn one(
    ctx: Ctx,
    Path((campaign, org, seq, format)): Path<(CampaignId, OrgId, u32, String)>,
) -> Answer {
    print(&ctx, (campaign, org), &format, Some(seq)).await
}

async fn print(ctx: &Ctx, at: (CampaignId, OrgId), format: &str, only: Option<u32>) -> Answer {
    let format = format_of(format)?;
    let mut tx = ctx.app.db.read().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    found.determined()?;
    let mut name = format!("评议结果反馈单-{}", found.scene.branch.name);
    if let Some(seq) = only {
        name = format!("{name}-{}", found.member(seq)?.name);
    }
    let wanted = |m: &&Told| only.is_none_or(|seq| m.seq == seq);
    let slips = FeedbackSlips {
        title: "民主评议党员结果反馈单".into(),
        organisation: found.scene.branch.name.clone(),
        notice: found.scene.campaign.notice.number.clone(),
        slips: found
            .members
            .iter()
            .filter(wanted)
            .map(|m| slip(&found, m))
            .collect(),
        origin: origin(ctx, &mut tx).await?,
    };
    drop(tx);
    answer(&ctx.app, slips.paper(), format, &name).await
}

fn slip(found: &Results, member: &Told) -> FeedbackSlip {
    let told = member.feedback.as_ref().map(|f| &f.feedback);
    FeedbackSlip {
        name: member.name.clone(),
        meeting_date: found.held_on.map(chinese_date).unwrap_or_default(),
        opinion: member.opinion.clone(),
        reason: member.given.ungraded_reason.clone().unwrap_or_default(),
        decided_on: chinese_date(member.given.decided_on),
        told_on: told.map(|t| t.told_on),
        teller: told.map(|t| t.teller.clone()).unwrap_or_default(),
        manner: told
            .map(|t| t.manner.label().to_owned())
            .unwrap_or_default(),
    }
}
