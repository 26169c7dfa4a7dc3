//! Campaigns: which notices were issued, and what each asks.

use axum::Json;
use axum::extract::Path;
use jiff::civil::Date;
use pingyi_storage::campaign as stored;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Answer;
use super::error::ErrorOut;
use super::view::Ask;
use crate::kernel::campaign::{self, Campaign};

/// 一次活动，即印发的一份通知.
#[derive(Serialize, ToSchema)]
#[schema(as = Campaign)]
pub(super) struct CampaignOut {
    #[schema(format = "uuid")]
    id: String,
    /// 发文字号
    number: String,
    /// 标题
    title: String,
    /// 会议主题
    theme: String,
    /// 印发日期
    #[schema(value_type = Option<String>, format = "date")]
    issued_on: Option<Date>,
    /// 工作方案备案截止
    #[schema(value_type = String, format = "date")]
    plan_due: Date,
    /// 专题组织生活会截止
    #[schema(value_type = String, format = "date")]
    meeting_due: Date,
    /// 汇总材料截止
    #[schema(value_type = String, format = "date")]
    summary_due: Date,
}

/// 所有活动.
#[derive(Serialize, ToSchema)]
pub(super) struct Campaigns {
    /// 新的在前
    items: Vec<CampaignOut>,
}

/// 通知的一条要求.
#[derive(Serialize, ToSchema)]
#[schema(as = Requirement)]
struct RequirementOut {
    /// 固定的词，findings 里用它指这条要求
    id: String,
    /// 条款，例如 三、3
    clause: String,
    /// 题目
    title: String,
    /// 通知原文
    words: String,
    /// 由谁办
    owes: &'static str,
    /// 截止日期；没有的为空
    #[schema(value_type = Option<String>, format = "date")]
    due: Option<Date>,
}

/// 一次活动和它的全部要求.
#[derive(Serialize, ToSchema)]
pub(super) struct CampaignWhole {
    #[serde(flatten)]
    campaign: CampaignOut,
    /// 要求，按工作顺序
    requirements: Vec<RequirementOut>,
}

fn out(campaign: &Campaign) -> CampaignOut {
    let notice = &campaign.notice;
    CampaignOut {
        id: campaign.id.to_string(),
        number: notice.number.clone(),
        title: notice.title.clone(),
        theme: notice.theme.title.clone(),
        issued_on: campaign.issued_on,
        plan_due: notice.deadlines.plan,
        meeting_due: notice.deadlines.meeting,
        summary_due: notice.deadlines.summary,
    }
}

/// 已印发的通知
#[utoipa::path(
    get,
    path = "/api/v1/campaigns",
    tag = "活动",
    operation_id = "campaigns",
    responses(
        (status = 200, description = "全部活动", body = Campaigns),
        (status = 401, description = "口令不对", body = ErrorOut),
        (status = 429, description = "请求太快", body = ErrorOut),
    ),
    security(("token" = []))
)]
pub(super) async fn list(ask: Ask) -> Answer<Campaigns> {
    let mut tx = ask.app.db.read().await?;
    let mut items = Vec::new();
    for row in stored::list(&mut tx).await? {
        if row.issued_at.is_some() {
            items.push(out(&campaign::load(&ask.app, &mut tx, row.id).await?));
        }
    }
    items.sort_by_key(|one| std::cmp::Reverse(one.issued_on));
    Ok(Json(Campaigns { items }))
}

/// 一份通知和它的要求
#[utoipa::path(
    get,
    path = "/api/v1/campaigns/{campaign}",
    tag = "活动",
    operation_id = "campaign",
    params(("campaign" = String, Path, format = "uuid", description = "活动的编号")),
    responses(
        (status = 200, description = "活动", body = CampaignWhole),
        (status = 401, description = "口令不对", body = ErrorOut),
        (status = 404, description = "没有这次活动", body = ErrorOut),
        (status = 429, description = "请求太快", body = ErrorOut),
    ),
    security(("token" = []))
)]
pub(super) async fn one(ask: Ask, Path(id): Path<String>) -> Answer<CampaignWhole> {
    let view = ask.view(&id).await?;
    let notice = &view.campaign.notice;
    let requirements = notice.requirements.iter().map(|r| RequirementOut {
        id: r.id.clone(),
        clause: r.clause.paragraph().as_str().to_owned(),
        title: r.title.clone(),
        words: r.words.clone(),
        owes: r.owes.label(),
        due: notice.due(r.by),
    });
    Ok(Json(CampaignWhole {
        campaign: out(&view.campaign),
        requirements: requirements.collect(),
    }))
}
