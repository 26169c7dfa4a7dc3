//! 「还差什么」 within the scope: every requirement of every organisation, met or open.

use axum::extract::Path;
use jiff::civil::Date;
use pingyi_domain::assess::{Finding, Status};
use pingyi_domain::ids::OrgId;
use pingyi_domain::notice::Notice;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, Many, items};
use super::error::ErrorOut;
use super::view::{Ask, Asked};
use crate::home::todo::gap_text;

/// Which findings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    status: Option<State>,
    unit: Option<OrgId>,
}

/// 一条要求的状态：met 已做到，open 还差，not_yet 还没有轮到，untracked 系统不记录.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FindingStatus)]
enum State {
    Met,
    Open,
    NotYet,
    Untracked,
}

/// 一个组织在一条要求上的情况，由台帐事实算出.
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
pub(super) struct FindingOut {
    /// 要求的词，见活动的 requirements
    requirement: String,
    /// 条款
    clause: String,
    /// 题目
    title: String,
    /// 单位的编号；工委自己的事为工委的编号
    #[schema(format = "uuid")]
    unit: String,
    /// 党支部的编号；单位整体的事为空
    #[schema(value_type = Option<String>, format = "uuid")]
    branch: Option<String>,
    /// 截止日期
    #[schema(value_type = Option<String>, format = "date")]
    due: Option<Date>,
    #[schema(inline)]
    status: State,
    /// 做到时已过期限，或者到现在还没有做到
    late: bool,
    /// 还差什么；已做到的为空
    gap: Option<String>,
    /// 该由谁办；已做到的为空
    actor: Option<&'static str>,
}

fn state(status: &Status) -> (State, bool) {
    match status {
        Status::Met { late } => (State::Met, *late),
        Status::Open { late, .. } => (State::Open, *late),
        Status::NotYet => (State::NotYet, false),
        Status::Untracked => (State::Untracked, false),
    }
}

fn out(notice: &Notice, finding: &Finding) -> FindingOut {
    let asked = &notice.requirements[finding.requirement];
    let (status, late) = state(&finding.status);
    let (gap, actor) = match finding.status {
        Status::Open { gap, actor, .. } => (Some(gap_text(asked.rule, gap)), Some(actor.label())),
        _ => (None, None),
    };
    FindingOut {
        requirement: asked.id.clone(),
        clause: asked.clause.paragraph().as_str().to_owned(),
        title: asked.title.clone(),
        unit: finding.unit.to_string(),
        branch: finding.branch.map(|id| id.to_string()),
        due: finding.due,
        status,
        late,
        gap,
        actor,
    }
}

/// 还差什么
#[utoipa::path(
    get,
    path = "/api/v1/campaigns/{campaign}/findings",
    tag = "情况",
    operation_id = "findings",
    params(
        ("campaign" = String, Path, format = "uuid", description = "活动的编号"),
        ("status" = inline(Option<State>), Query, description = "只要这一种状态"),
        ("unit" = Option<String>, Query, format = "uuid", description = "只要这个单位（编号）"),
    ),
    responses(
        (status = 200, description = "各组织在各条要求上的情况", body = Many<FindingOut>),
        (status = 400, description = "参数不对", body = ErrorOut),
        (status = 401, description = "口令不对", body = ErrorOut),
        (status = 404, description = "没有这次活动，或者单位不在范围内", body = ErrorOut),
        (status = 429, description = "请求太快", body = ErrorOut),
    ),
    security(("token" = []))
)]
pub(super) async fn list(
    ask: Ask,
    Path(campaign): Path<String>,
    Asked(which): Asked<Which>,
) -> Answer<Many<FindingOut>> {
    let view = ask.view(&campaign).await?;
    if let Some(unit) = which.unit {
        view.unit(unit)?;
    }
    let asked = |f: &&Finding| {
        which.unit.is_none_or(|unit| f.unit == unit)
            && which.status.is_none_or(|s| state(&f.status).0 == s)
    };
    let notice = &view.campaign.notice;
    let findings = view.findings();
    let found = findings.iter().filter(asked).map(|f| out(notice, f));
    let found = found.collect();
    Ok(items(&view, found))
}
