//! Branches within the scope.

use axum::extract::Path;
use jiff::civil::Date;
use pingyi_domain::assess::{Coverage, Finding};
use pingyi_domain::facts::{BranchFacts, UnitFacts};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, CoverageOut, FilingOut, GapsOut, Many, gaps, items};
use super::error::ErrorOut;
use super::view::Ask;

/// 党支部.
#[derive(Serialize, ToSchema)]
#[schema(as = Branch)]
pub(super) struct BranchOut {
    #[schema(format = "uuid")]
    id: String,
    /// 所属直属党组织的编号；直属党支部就是它自己
    #[schema(format = "uuid")]
    unit: String,
    /// 全称
    name: String,
    /// 党员数
    members: u32,
    /// 其中预备党员
    probationary: u32,
    /// 直接责任人（书记）是否明确；不提供姓名
    responsible_named: bool,
    /// 方案定的开会日期
    #[schema(value_type = Option<String>, format = "date")]
    planned_on: Option<Date>,
    /// 实际开会日期
    #[schema(value_type = Option<String>, format = "date")]
    held_on: Option<Date>,
    /// 专题组织生活会的进度；没有开始的为空
    meeting: Option<&'static str>,
    /// 民主评议的进度；没有开始的为空
    appraisal: Option<&'static str>,
    /// 报单位的汇总表；没有的为空
    filing: Option<FilingOut>,
    coverage: CoverageOut,
    gaps: GapsOut,
}

/// One branch of a unit.
pub(super) fn branch(unit: &UnitFacts, branch: &BranchFacts, findings: &[Finding]) -> BranchOut {
    let mut coverage = Coverage::default();
    coverage.add(branch);
    BranchOut {
        id: branch.org.to_string(),
        unit: unit.org.to_string(),
        name: branch.name.clone(),
        members: branch.members,
        probationary: branch.probationary,
        responsible_named: branch.secretary.is_some(),
        planned_on: branch.planned_on,
        held_on: branch.meeting.as_ref().and_then(|m| m.held_on),
        meeting: branch.meeting.as_ref().map(|m| m.state.label()),
        appraisal: branch.appraisal.as_ref().map(|a| a.state.label()),
        filing: branch.filing.as_ref().map(FilingOut::from),
        coverage: coverage.into(),
        gaps: gaps(findings, unit.org, Some(branch.org)),
    }
}

/// 口令范围内的党支部
#[utoipa::path(
    get,
    path = "/api/v1/campaigns/{campaign}/branches",
    tag = "单位",
    operation_id = "branches",
    params(("campaign" = String, Path, format = "uuid", description = "活动的编号")),
    responses(
        (status = 200, description = "党支部", body = Many<BranchOut>),
        (status = 401, description = "口令不对", body = ErrorOut),
        (status = 404, description = "没有这次活动", body = ErrorOut),
        (status = 429, description = "请求太快", body = ErrorOut),
    ),
    security(("token" = []))
)]
pub(super) async fn list(ask: Ask, Path(campaign): Path<String>) -> Answer<Many<BranchOut>> {
    let view = ask.view(&campaign).await?;
    let findings = view.findings();
    let branches = view.units().flat_map(|unit| {
        let of = unit.branches.iter();
        of.map(|b| branch(unit, b, &findings))
    });
    let branches = branches.collect();
    Ok(items(&view, branches))
}
