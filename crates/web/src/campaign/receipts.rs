//! `/c/{campaign}/receipts`: which units have received the notice; for the committee only.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use pingyi_documents::Format;
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_documents::paper::Origin;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::receipt::Receipt;
use pingyi_storage::{Tx, audit, org, receipt};

use super::scope;
use crate::kernel::campaign::Campaign;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::kernel::paper;

#[derive(Template)]
#[template(path = "campaign/receipts.html")]
struct ReceiptsPage {
    frame: Frame,
    home: String,
    path: String,
    number: String,
    units: Units,
}

/// Units by whether they have received the notice, each in roster order.
struct Units {
    waiting: Vec<Waiting>,
    done: Vec<Done>,
}

struct Waiting {
    unit: String,
    path: String,
    /// 第一责任人, to be reminded.
    secretary: String,
}

struct Done {
    unit: String,
    at: String,
    by: String,
}

/// On screen.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = scope::issued(&ctx.app, &mut tx, id).await?;
    let units = units(&mut tx, &campaign).await?;
    let frame = ctx.frame(&mut tx, "通知签收").await?;
    page(&ReceiptsPage {
        frame,
        home: campaign.path(""),
        path: campaign.path("/receipts"),
        number: campaign.notice.number.clone(),
        units,
    })
}

async fn units(tx: &mut Tx, campaign: &Campaign) -> Result<Units, PageError> {
    let rows = receipt::list(tx, campaign.id).await?;
    let mut known: HashMap<OrgId, Receipt> = rows.into_iter().map(|r| (r.org_id, r)).collect();
    let mut units = Units {
        waiting: Vec::new(),
        done: Vec::new(),
    };
    for unit in org::tree(tx).await?.units() {
        match known.remove(&unit.id) {
            None => {
                units.waiting.push(Waiting {
                    unit: unit.name.clone(),
                    path: campaign.path(&format!("/o/{}", unit.id)),
                    secretary: scope::secretary(tx, unit.id).await?,
                });
            }
            Some(row) => units.done.push(Done {
                unit: unit.name.clone(),
                at: row.acknowledged_at.minute_text(),
                by: row.by_name,
            }),
        }
    }
    Ok(units)
}

/// For printing.
pub async fn pdf(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    download(ctx, id, Format::Pdf).await
}

/// For the office's own lists.
pub async fn xlsx(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    download(ctx, id, Format::Xlsx).await
}

async fn download(ctx: Ctx, id: CampaignId, format: Format) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = scope::issued(&ctx.app, &mut tx, id).await?;
    let units = units(&mut tx, &campaign).await?;
    let chain_head = audit::head(&mut tx).await?.short();
    drop(tx);
    let origin = Origin {
        chain_head,
        date: ctx.now.date(),
    };
    let form = listing(&campaign, &units, origin);
    let name = format!("{}签收情况", campaign.notice.number);
    paper::answer(&ctx.app, form.paper(), format, &name).await
}

fn listing(campaign: &Campaign, units: &Units, origin: Origin) -> Listing {
    let waiting = units.waiting.iter().map(|row| {
        vec![
            row.unit.clone(),
            "未签收".into(),
            String::new(),
            String::new(),
        ]
    });
    let done = units.done.iter().map(|row| {
        vec![
            row.unit.clone(),
            "已签收".into(),
            row.at.clone(),
            row.by.clone(),
        ]
    });
    Listing {
        title: "通知签收情况登记表".into(),
        particulars: vec![
            ("通知：".into(), campaign.notice.number.clone()),
            ("已签收：".into(), format!("{} 个", units.done.len())),
            ("未签收：".into(), format!("{} 个", units.waiting.len())),
        ],
        columns: vec![
            ListingColumn::short("直属党组织", 20.0),
            ListingColumn::short("签收情况", 7.0),
            ListingColumn::short("签收时间", 12.0),
            ListingColumn::short("签收人", 8.0),
        ],
        rows: waiting.chain(done).collect(),
        notes: vec!["按名册顺序排列，未签收的在前。".into()],
        landscape: false,
        origin: Some(origin),
    }
}
