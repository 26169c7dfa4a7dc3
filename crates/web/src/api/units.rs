//! Units within the scope.

use axum::Json;
use axum::extract::Path;
use jiff::civil::Date;
use pingyi_domain::assess::{Coverage, Finding};
use pingyi_domain::facts::{PlanFacts, UnitFacts};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, CoverageOut, FilingOut, GapsOut, Many, gaps, items};
use super::branches::{BranchOut, branch};
use super::error::ErrorOut;
use super::view::{Ask, id};

/// 直属党组织.
#[derive(Serialize, ToSchema)]
#[schema(as = Unit)]
pub(super) struct UnitOut {
    #[schema(format = "uuid")]
    id: String,
    /// 全称
    name: String,
    /// primary_committee 机关党委，general_branch 党总支，branch 直属党支部
    kind: &'static str,
    /// 第一责任人（书记）是否明确；不提供姓名
    responsible_named: bool,
    /// 签收通知的日期
    #[schema(value_type = Option<String>, format = "date")]
    acknowledged_on: Option<Date>,
    /// 工作方案；没有起草的为空
    plan: Option<PlanOut>,
    /// 汇总表和总结材料；没有起草的为空
    filing: Option<FilingOut>,
    coverage: CoverageOut,
    /// 本单位和所属党支部合计
    gaps: GapsOut,
}

/// 工作方案的备案情况.
#[derive(Serialize, ToSchema)]
#[schema(as = Plan)]
struct PlanOut {
    /// draft 起草，submitted 已报送，returned 已退回，filed 已备案
    state: &'static str,
    /// 第一次报送的日期
    #[schema(value_type = Option<String>, format = "date")]
    submitted_on: Option<Date>,
    /// 备案日期
    #[schema(value_type = Option<String>, format = "date")]
    filed_on: Option<Date>,
    /// 备案编号
    number: Option<String>,
    /// 是否迟报
    late: bool,
}

impl From<&PlanFacts> for PlanOut {
    fn from(plan: &PlanFacts) -> Self {
        Self {
            state: plan.state.as_str(),
            submitted_on: plan.submitted_on,
            filed_on: plan.filed_on,
            number: plan.number.clone(),
            late: plan.late,
        }
    }
}

/// 一个单位和它的党支部.
#[derive(Serialize, ToSchema)]
pub(super) struct UnitWhole {
    #[serde(flatten)]
    unit: UnitOut,
    branches: Vec<BranchOut>,
}

fn out(unit: &UnitFacts, findings: &[Finding]) -> UnitOut {
    UnitOut {
        id: unit.org.to_string(),
        name: unit.name.clone(),
        kind: unit.kind.as_str(),
        responsible_named: unit.secretary.is_some(),
        acknowledged_on: unit.acknowledged_on,
        plan: unit.plan.as_ref().map(PlanOut::from),
        filing: unit.filing.as_ref().map(FilingOut::from),
        coverage: Coverage::of_unit(unit).into(),
        gaps: gaps(findings, unit.org, None),
    }
}

/// 口令范围内的直属党组织
#[utoipa::path(
    get,
    path = "/api/v1/campaigns/{campaign}/units",
    tag = "单位",
    operation_id = "units",
    params(("campaign" = String, Path, format = "uuid", description = "活动的编号")),
    responses(
        (status = 200, description = "直属党组织", body = Many<UnitOut>),
        (status = 401, description = "口令不对", body = ErrorOut),
        (status = 404, description = "没有这次活动", body = ErrorOut),
        (status = 429, description = "请求太快", body = ErrorOut),
    ),
    security(("token" = []))
)]
pub(super) async fn list(ask: Ask, Path(campaign): Path<String>) -> Answer<Many<UnitOut>> {
    let view = ask.view(&campaign).await?;
    let findings = view.findings();
    let units = view.units().map(|unit| out(unit, &findings)).collect();
    Ok(items(&view, units))
}

/// 一个直属党组织和它的党支部
#[utoipa::path(
    get,
    path = "/api/v1/campaigns/{campaign}/units/{unit}",
    tag = "单位",
    operation_id = "unit",
    params(
        ("campaign" = String, Path, format = "uuid", description = "活动的编号"),
        ("unit" = String, Path, format = "uuid", description = "单位的编号"),
    ),
    responses(
        (status = 200, description = "直属党组织", body = UnitWhole),
        (status = 401, description = "口令不对", body = ErrorOut),
        (status = 404, description = "没有这次活动，或者单位不在范围内", body = ErrorOut),
        (status = 429, description = "请求太快", body = ErrorOut),
    ),
    security(("token" = []))
)]
pub(super) async fn one(
    ask: Ask,
    Path((campaign, unit)): Path<(String, String)>,
) -> Answer<UnitWhole> {
    let view = ask.view(&campaign).await?;
    let unit = view.unit(id(&unit)?)?;
    let findings = view.findings();
    let branches = unit.branches.iter();
    Ok(Json(UnitWhole {
        unit: out(unit, &findings),
        branches: branches.map(|b| branch(unit, b, &findings)).collect(),
    }))
}
