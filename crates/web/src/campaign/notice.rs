//! `/c/{campaign}/notice`: the issued notice, for everybody who signs in, and its two papers.

use askama::Template;
use axum::extract::Path;
use pingyi_documents::Format;
use pingyi_domain::ids::CampaignId;
use pingyi_storage::receipt;

use super::demand::{Demand, demands};
use super::scope;
use super::sheet::{Sheet, document, sheet};
use crate::kernel::access::{COMMITTEE, UNIT};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};
use crate::kernel::paper;

#[derive(Template)]
#[template(path = "campaign/notice.html")]
struct NoticePage {
    frame: Frame,
    home: String,
    path: String,
    sheet: Sheet,
    days: [String; 3],
    demands: Vec<Demand>,
    /// Where the reader acknowledges receipt.
    receipt: Option<String>,
    /// When the reader's unit acknowledged it, and who did.
    received: String,
    is_committee: bool,
}

/// On screen.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = scope::issued(&ctx.app, &mut tx, id).await?;
    let frame = ctx.frame(&mut tx, "通知").await?;
    let user = ctx.user()?;
    let unit = user.org_as(UNIT);
    let received = match unit {
        Some(unit) => receipt::get(&mut tx, id, unit).await?,
        None => None,
    };
    let received =
        received.map(|r| format!("{} 由{}签收", r.acknowledged_at.minute_text(), r.by_name));
    let is_committee = user.holds(COMMITTEE);
    page(&NoticePage {
        frame,
        home: if is_committee {
            campaign.path("")
        } else {
            "/".into()
        },
        path: campaign.path("/notice"),
        sheet: sheet(&campaign.notice),
        days: super::preview::days(&campaign.notice),
        demands: demands(&campaign.notice),
        receipt: unit.map(|org| ctx.org_path(id, org, "/receipt")),
        received: received.unwrap_or_default(),
        is_committee,
    })
}

/// For printing.
pub async fn pdf(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    download(ctx, id, Format::Pdf).await
}

/// For the office's own files.
pub async fn docx(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    download(ctx, id, Format::Docx).await
}

async fn download(ctx: Ctx, id: CampaignId, format: Format) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = scope::issued(&ctx.app, &mut tx, id).await?;
    drop(tx);
    let form = document(&campaign.notice);
    paper::answer(&ctx.app, form.paper(), format, &campaign.notice.number).await
}
