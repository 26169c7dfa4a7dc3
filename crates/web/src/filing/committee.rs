//! The committee's two papers: the roll-up by unit, and the ledger of what was filed.

use axum::extract::Path;
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_documents::paper::Origin;
use pingyi_domain::filing::FilingState;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::time::chinese_date;

use super::annex2::Filled;
use super::branch_paper::title;
use super::load;
use super::queue::{Entry, entries};
use super::rollup::{self, Head, Line};
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper;

/// The roll-up of all units, those not in named first.
pub async fn rollup(ctx: Ctx, Path((id, format)): Path<(CampaignId, String)>) -> Answer {
    let format = paper::format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let entries = entries(&ctx.app, &mut tx, &campaign).await?;
    let origin = load::origin(&mut tx, ctx.now).await?;
    drop(tx);
    let notice = &campaign.notice;
    let grades: Vec<String> = notice.grades.iter().map(|g| g.label.clone()).collect();
    let mut lines: Vec<Line> = entries.iter().map(|e| e.line(grades.len())).collect();
    lines.sort_by_key(|line| line.missing.is_none());
    let title = format!("{}（全委汇总）", title(notice));
    let head = Head {
        title: &title,
        unit: &notice.issuer.short,
        row_title: "单位",
        grades: &grades,
        places: notice.settings.percent_places,
        signer_role: "审核人",
        signer: "",
    };
    let by = ctx.user()?.name.clone();
    let filled = Filled {
        by,
        phone: String::new(),
        on: Some(ctx.now.date()),
        origin,
    };
    let form = rollup::form(&head, &lines, &filled);
    paper::answer(
        &ctx.app,
        form.paper(),
        format,
        &format!("{}测评汇总表", notice.issuer.short),
    )
    .await
}

/// The ledger of filed papers.
pub async fn ledger(ctx: Ctx, Path((id, format)): Path<(CampaignId, String)>) -> Answer {
    let format = paper::format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let entries = entries(&ctx.app, &mut tx, &campaign).await?;
    let origin = load::origin(&mut tx, ctx.now).await?;
    drop(tx);
    let listing = listing(&campaign, &entries, origin);
    paper::answer(
        &ctx.app,
        listing.paper(),
        format,
        "总结材料和测评汇总表收文登记表",
    )
    .await
}

fn listing(campaign: &Campaign, entries: &[Entry], origin: Origin) -> Listing {
    let notice = &campaign.notice;
    Listing {
        title: "总结材料和测评汇总表收文登记表".into(),
        particulars: vec![
            (
                "登记单位：".into(),
                format!("{}组织科", notice.issuer.short),
            ),
            ("依据：".into(), notice.number.clone()),
        ],
        columns: vec![
            ListingColumn::short("单位", 14.0),
            ListingColumn::short("报送日期", 9.0),
            ListingColumn::short("报送人", 6.0),
            ListingColumn::short("稿次", 4.0),
            ListingColumn::short("状态", 6.0),
            ListingColumn::short("办理日期", 9.0),
            ListingColumn::sentences("意见", 14.0),
        ],
        rows: entries.iter().map(ledger_row).collect(),
        notes: vec![format!(
            "报送截止日期为{}。",
            chinese_date(notice.deadlines.summary)
        )],
        landscape: true,
        origin: Some(origin),
    }
}

fn ledger_row(entry: &Entry) -> Vec<String> {
    let Some((filing, v)) = &entry.filed else {
        return vec![
            entry.facts.name.clone(),
            String::new(),
            String::new(),
            String::new(),
            "未报送".into(),
        ];
    };
    let day = |at: Option<pingyi_domain::time::UnixTime>| {
        at.map_or_else(String::new, |at| chinese_date(at.date()))
    };
    let mut state = match filing.state {
        FilingState::Draft => "未报送".to_owned(),
        other => other.label().to_owned(),
    };
    if v.late {
        state.push_str("（逾期）");
    }
    vec![
        entry.facts.name.clone(),
        day(v.submitted_at),
        v.submitted_by_name.clone().unwrap_or_default(),
        v.version.to_string(),
        state,
        day(v.decided_at),
        v.opinion.clone().unwrap_or_default(),
    ]
}
