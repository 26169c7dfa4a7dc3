//! The 备案台帐: every plan handed in, those in force in the order of filing.

use axum::extract::Path;
use pingyi_documents::Format;
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_documents::paper::Origin;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::time::chinese_date;

use super::queue::{self, Entry, Queue};
use crate::campaign::scope;
use crate::kernel::campaign::Campaign;
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper;

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
    let queue = queue::load(&mut tx, &campaign).await?;
    let origin = super::papers::origin(&mut tx, &ctx).await?;
    drop(tx);
    let form = listing(&campaign, &queue, origin);
    paper::answer(&ctx.app, form.paper(), format, "工作方案备案台帐").await
}

fn listing(campaign: &Campaign, queue: &Queue, origin: Option<Origin>) -> Listing {
    let filed = queue.filed.iter().map(|entry| row(entry, "已备案"));
    let waiting = queue.waiting.iter().map(|entry| row(entry, "待审核"));
    let returned = queue.returned.iter().map(|entry| row(entry, "已退回"));
    let missing: Vec<_> = queue
        .missing
        .iter()
        .map(|entry| entry.unit.as_str())
        .collect();
    let mut notes = vec![format!(
        "报送期限：{}。按备案先后排列，其后为待审核和退回修改的。",
        chinese_date(campaign.notice.deadlines.plan)
    )];
    if !missing.is_empty() {
        notes.push(format!(
            "尚未报送 {} 个：{}。",
            missing.len(),
            missing.join("、")
        ));
    }
    Listing {
        title: "专题组织生活会工作方案审核备案台帐".into(),
        particulars: vec![("依据：".into(), campaign.notice.number.clone())],
        columns: vec![
            ListingColumn::short("单位", 20.0),
            ListingColumn::short("首次报送", 12.0),
            ListingColumn::short("办理结果", 7.0),
            ListingColumn::short("备案号", 16.0),
            ListingColumn::short("审核日期", 9.0),
            ListingColumn::short("审核人", 7.0),
            ListingColumn::sentences("备注", 20.0),
        ],
        rows: filed.chain(waiting).chain(returned).collect(),
        notes,
        landscape: true,
        origin,
    }
}

fn row(entry: &Entry, result: &str) -> Vec<String> {
    let mut remarks = Vec::new();
    if entry.late {
        remarks.push("逾期报送".to_owned());
    }
    if entry.amends {
        remarks.push(format!("第{}稿调整已备案的方案", entry.version));
    } else if entry.version > 1 {
        remarks.push(format!("第{}稿", entry.version));
    }
    if !entry.opinion.is_empty() {
        remarks.push(format!("意见：{}", entry.opinion));
    }
    vec![
        entry.unit.clone(),
        entry.submitted_text(),
        result.into(),
        entry.number.clone(),
        entry.decided_text(),
        entry.reviewer.clone(),
        remarks.join("；"),
    ]
}
