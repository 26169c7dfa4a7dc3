//! 问题清单和整改措施 of one member on paper, made at the moment of download.

use axum::extract::Path;
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};

use super::load::{Desk, desk, own};
use super::review::may_read;
use super::view::{day, parts};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::kernel::reading::log_reading;
use crate::meeting::papers::origin;

/// The author's own.
pub async fn mine(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = desk(&ctx.app, &mut tx, (campaign, org), own(ctx.user()?)?).await?;
    let origin = origin(&ctx, &mut tx).await?;
    drop(tx);
    print(&ctx, &desk, origin, &format).await
}

/// A member's, for the reviewer; logged as reading is.
pub async fn one(
    ctx: Ctx,
    Path((campaign, org, member, format)): Path<(CampaignId, OrgId, MemberId, String)>,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx.app, &mut tx, (campaign, org), member).await?;
    may_read(&ctx, &desk)?;
    if desk.standing().is_none() {
        return Err(PageError::NotFound);
    }
    log_reading(&ctx, &mut tx, member, "问题清单").await?;
    let origin = origin(&ctx, &mut tx).await?;
    tx.commit().await?;
    print(&ctx, &desk, origin, &format).await
}

async fn print(
    ctx: &Ctx,
    desk: &Desk,
    origin: Option<pingyi_documents::paper::Origin>,
    format: &str,
) -> Answer {
    let format = format_of(format)?;
    let paper = Listing {
        origin,
        ..listing(desk)
    };
    let name = format!("{}问题清单和整改措施", desk.person.member.name);
    answer(&ctx.app, paper.paper(), format, &name).await
}

/// The version that counts, else the author's draft, which says so.
fn listing(desk: &Desk) -> Listing {
    let draft = desk.standing().is_none();
    let version = desk.standing().or_else(|| desk.newest());
    let content = version.map(|v| v.content.clone()).unwrap_or_default();
    let parts = parts(&content, &desk.scene.campaign.notice);
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    for part in &parts {
        rows.extend(part.items.iter().map(|line| {
            let texts = [
                &part.label,
                &line.fact,
                &line.cause,
                &line.measure,
                &line.due,
            ];
            texts.map(String::clone).to_vec()
        }));
        if let Some(reason) = &part.none {
            notes.push(format!("{}：没有列出问题，{reason}", part.label));
        }
    }
    if draft {
        notes.push("本表为草稿，尚未提交。".into());
    }
    if let Some(reason) = version.and_then(|v| v.proxy_reason.as_ref()) {
        notes.push(format!("本表由支部代录，原因：{reason}"));
    }
    let handed = version.map(|v| day(v.handed_at)).unwrap_or_default();
    Listing {
        title: "问题清单和整改措施".into(),
        particulars: vec![
            ("党支部：".into(), desk.scene.branch.name.clone()),
            ("姓名：".into(), desk.person.member.name.clone()),
            ("提交日期：".into(), handed),
        ],
        columns: vec![
            ListingColumn::sentences("方面", 8.0),
            ListingColumn::sentences("具体问题", 18.0),
            ListingColumn::sentences("原因分析", 14.0),
            ListingColumn::sentences("整改措施", 18.0),
            ListingColumn::short("完成时限", 8.5),
        ],
        rows,
        notes,
        landscape: true,
        origin: None,
    }
}
