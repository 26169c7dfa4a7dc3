//! `/c/{campaign}/o/{org}/receipt`: a unit acknowledges the notice, once. // 通知 序

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::time::chinese_date;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::receipt::{self, Receipt};
use serde_json::json;

use super::scope::{self, Scope};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "campaign/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    home: String,
    path: String,
    notice_path: String,
    plan_path: String,
    unit: String,
    number: String,
    title: String,
    issued: String,
    days: [String; 3],
    branches: usize,
    /// Clause and words of the plan's requirement.
    words: Option<(String, String)>,
    /// When and by whom.
    done: Option<(String, String)>,
}

/// The card.
pub async fn show(ctx: Ctx, Path((campaign, org)): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scope = scope::load(&ctx.app, &mut tx, campaign, org).await?;
    let done = receipt::get(&mut tx, campaign, org).await?;
    let frame = ctx.frame(&mut tx, "签收通知").await?;
    page(&view(frame, &scope, done))
}

fn view(frame: Frame, scope: &Scope, done: Option<Receipt>) -> ReceiptPage {
    let notice = &scope.campaign.notice;
    let asked = notice.requirement(Rule::PlanFiled);
    ReceiptPage {
        frame,
        home: scope.path(""),
        path: scope.path("/receipt"),
        notice_path: scope.campaign.path("/notice"),
        plan_path: scope.path("/plan"),
        unit: scope.unit.name.clone(),
        number: notice.number.clone(),
        title: notice.title.clone(),
        issued: chinese_date(notice.date),
        days: super::preview::days(notice),
        branches: scope.branches.len(),
        words: asked.map(|r| (r.clause.paragraph().to_string(), r.words.clone())),
        done: done.map(|r| (r.acknowledged_at.minute_text(), r.by_name)),
    }
}

/// 签收.
pub async fn submit(
    ctx: Ctx,
    Path((campaign, org)): Path<(CampaignId, OrgId)>,
    _fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scope = scope::load(&ctx.app, &mut tx, campaign, org).await?;
    if let Some(done) = receipt::get(&mut tx, campaign, org).await? {
        return Err(PageError::Refused(format!(
            "{}已于{}由{}签收，不用再签收。",
            scope.unit.name,
            done.acknowledged_at.minute_text(),
            done.by_name
        )));
    }
    let row = Receipt {
        campaign_id: campaign,
        org_id: org,
        acknowledged_at: ctx.now,
        by_name: ctx.user()?.name.clone(),
    };
    receipt::insert(&mut tx, &row).await?;
    let detail = json!({ "org": org, "unit": scope.unit.name });
    let object = Object::Campaign(campaign);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::ReceiptAcknowledged,
        object,
        detail,
    )
    .await?;
    tx.commit().await?;
    redirect_done(&scope.path("/receipt"), "acknowledged")
}
