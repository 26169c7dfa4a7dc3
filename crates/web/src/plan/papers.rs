//! The plan, its 备案回执, and the filing ledger as papers.

use axum::extract::{Path, Query};
use pingyi_documents::Format;
use pingyi_documents::forms::{Listing, ListingColumn, PlannedMeeting, WorkPlanDocument};
use pingyi_documents::paper::Origin;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::plan::PlanVersion;
use pingyi_storage::{Tx, audit, envoy_plan};

use super::dossier::{self, Dossier};
use super::show::Wanted;
use super::view;
use crate::campaign::scope;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper;

type At = Path<(CampaignId, OrgId)>;

/// The plan for printing.
pub async fn pdf(ctx: Ctx, Path(at): At, Query(wanted): Query<Wanted>) -> Answer {
    plan(ctx, at, wanted, Format::Pdf).await
}

/// The plan for the office's own files.
pub async fn docx(ctx: Ctx, Path(at): At, Query(wanted): Query<Wanted>) -> Answer {
    plan(ctx, at, wanted, Format::Docx).await
}

/// The plan's figures for copying.
pub async fn xlsx(ctx: Ctx, Path(at): At, Query(wanted): Query<Wanted>) -> Answer {
    plan(ctx, at, wanted, Format::Xlsx).await
}

async fn plan(
    ctx: Ctx,
    (campaign, org): (CampaignId, OrgId),
    wanted: Wanted,
    format: Format,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    let version = dossier.version(wanted.v).ok_or(PageError::NotFound)?;
    let form = document(&mut tx, &ctx, &dossier, version).await?;
    drop(tx);
    let name = format!(
        "{}工作方案（第{}稿）",
        dossier.scope.unit.name, version.version
    );
    paper::answer(&ctx.app, form.paper(), format, &name).await
}

/// Where the paper comes from.
pub async fn origin(tx: &mut Tx, ctx: &Ctx) -> Result<Option<Origin>, PageError> {
    let chain_head = audit::head(tx).await?.short();
    Ok(Some(Origin {
        chain_head,
        date: ctx.now.date(),
    }))
}

async fn document(
    tx: &mut Tx,
    ctx: &Ctx,
    dossier: &Dossier,
    version: &PlanVersion,
) -> Result<WorkPlanDocument, PageError> {
    let envoys = envoy_plan::list(tx, dossier.scope.campaign.id).await?;
    let envoy = |branch| envoys.iter().find(|e| e.branch_id == branch);
    let mut meetings = Vec::new();
    for planned in dossier.due_meetings(&version.content) {
        meetings.push(PlannedMeeting {
            branch: dossier.branch_name(planned.branch).to_owned(),
            time: planned.starts.map_or_else(String::new, view::time_text),
            place: planned.place.clone(),
            // 直接责任人 chairs. // 通知 四、2
            host: scope::secretary(tx, planned.branch).await?,
            // As assigned; blank for handwriting while nobody is. // 通知 四、2
            envoy: envoy(planned.branch).map_or_else(String::new, |e| e.name.clone()),
        });
    }
    let plan = dossier.plan.as_ref();
    let in_force = plan.filter(|p| p.filed_version == Some(version.version));
    let day = version.submitted_at.unwrap_or(version.drafted_at).date();
    Ok(WorkPlanDocument {
        title: format!("{}专题组织生活会工作方案", dossier.scope.unit.name),
        unit: dossier.scope.unit.name.clone(),
        theme: version.content.theme.clone(),
        meetings,
        excluded: view::excluded(dossier, &version.content.meetings),
        manner: view::lines(&version.content.manner),
        participants: view::lines(&version.content.participants),
        requirements: view::lines(&version.content.requirements),
        filing_number: in_force.and_then(|p| p.number.clone()).unwrap_or_default(),
        version: version.version,
        signature: dossier.scope.unit.name.clone(),
        date: chinese_date(day),
        origin: origin(tx, ctx).await?,
    })
}

/// The 备案回执 of the version in force.
pub async fn receipt(ctx: Ctx, Path((campaign, org)): At) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    let filed = dossier.plan.as_ref().and_then(|p| p.filed_version);
    let version = dossier.version(Some(filed.ok_or(PageError::NotFound)?));
    let version = version.ok_or(PageError::NotFound)?;
    let origin = origin(&mut tx, &ctx).await?;
    drop(tx);
    let form = receipt_form(&dossier, version, origin);
    let name = format!("{}工作方案备案回执", dossier.scope.unit.name);
    paper::answer(&ctx.app, form.paper(), Format::Pdf, &name).await
}

fn receipt_form(dossier: &Dossier, version: &PlanVersion, origin: Option<Origin>) -> Listing {
    let number = dossier
        .plan
        .as_ref()
        .and_then(|p| p.number.clone())
        .unwrap_or_default();
    let text = |at: Option<UnixTime>| at.map_or_else(String::new, UnixTime::minute_text);
    let by = version.submitted_by_name.clone().unwrap_or_default();
    let late = version.late && !dossier.amends(version);
    let row = |label: &str, value: String| vec![label.to_owned(), value];
    let mut rows = vec![
        row("备案号", number),
        row("报送单位", dossier.scope.unit.name.clone()),
        row(
            "方案",
            format!(
                "第{}稿，{}个党支部{}",
                version.version,
                dossier.due_meetings(&version.content).count(),
                match dossier.excluded.len() {
                    0 => String::new(),
                    out => format!("（另有{out}个不列入本次活动）"),
                }
            ),
        ),
        row("报送", format!("{}　{by}", text(version.submitted_at))),
        row(
            "是否按期",
            if late { "逾期报送" } else { "按期报送" }.into(),
        ),
        row("审核结果", "予以备案".into()),
        row("审核人", version.reviewer_name.clone().unwrap_or_default()),
        row("备案时间", text(version.decided_at)),
    ];
    if let Some(opinion) = version.opinion.clone().filter(|text| !text.is_empty()) {
        rows.push(row("审核意见", opinion));
    }
    let notice = &dossier.scope.campaign.notice;
    Listing {
        title: "专题组织生活会工作方案备案回执".into(),
        particulars: vec![
            ("依据：".into(), notice.number.clone()),
            ("办理：".into(), format!("{}组织科", notice.issuer.short)),
        ],
        columns: vec![
            ListingColumn::short("事项", 10.0),
            ListingColumn::sentences("内容", 40.0),
        ],
        rows,
        notes: Vec::new(),
        landscape: false,
        origin,
    }
}
