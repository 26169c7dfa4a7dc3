//! The shapes of answers. Doc comments are the Chinese descriptions of the OpenAPI document.

use axum::Json;
use jiff::civil::Date;
use pingyi_domain::assess::{Coverage, Finding, Status};
use pingyi_domain::facts::FilingFacts;
use pingyi_domain::ids::OrgId;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiError;
use super::view::View;

/// What a handler returns.
pub(super) type Answer<T> = Result<Json<T>, ApiError>;

/// 一组内容.
#[derive(Serialize, ToSchema)]
pub(super) struct Many<T: ToSchema> {
    /// 按哪一天计算
    #[schema(value_type = String, format = "date")]
    pub as_of: Date,
    /// 台帐校验码，与同一时刻打印的表格相同
    pub ledger: String,
    /// 内容，按名册顺序
    pub items: Vec<T>,
}

/// A list as of this view.
pub(super) fn items<T: ToSchema>(view: &View, items: Vec<T>) -> Json<Many<T>> {
    Json(Many {
        as_of: view.today,
        ledger: view.ledger_head.clone(),
        items,
    })
}

/// 两个全覆盖（通知 四、3）. 不参评的单列，不从总数里扣掉.
#[derive(Serialize, ToSchema)]
#[schema(as = Coverage)]
pub(super) struct CoverageOut {
    /// 党支部数
    pub branches: u32,
    /// 已召开专题组织生活会的党支部数
    pub held: u32,
    /// 名册上的党员数
    pub members: u32,
    /// 有原因不参评的党员数
    pub excluded: u32,
    /// 应评党员数，即党员数减去不参评
    pub due: u32,
    /// 已有评定意见的党员数
    pub appraised: u32,
}

impl From<Coverage> for CoverageOut {
    fn from(sum: Coverage) -> Self {
        Self {
            branches: sum.branches,
            held: sum.held,
            members: sum.members,
            excluded: sum.excluded,
            due: sum.due(),
            appraised: sum.appraised,
        }
    }
}

/// 汇总材料的报送情况.
#[derive(Serialize, ToSchema)]
#[schema(as = FilingState)]
pub(super) struct FilingOut {
    /// draft 起草，submitted 已报送，returned 已退回，received 已接收
    pub state: &'static str,
    /// 第一次报送的日期
    #[schema(value_type = Option<String>, format = "date")]
    pub submitted_on: Option<Date>,
    /// 接收或退回的日期
    #[schema(value_type = Option<String>, format = "date")]
    pub decided_on: Option<Date>,
    /// 是否迟报
    pub late: bool,
}

impl From<&FilingFacts> for FilingOut {
    fn from(filing: &FilingFacts) -> Self {
        Self {
            state: filing.state.as_str(),
            submitted_on: filing.submitted_on,
            decided_on: filing.decided_on,
            late: filing.late,
        }
    }
}

/// 还差几项，其中逾期几项.
#[derive(Serialize, ToSchema)]
#[schema(as = Gaps)]
pub(super) struct GapsOut {
    /// 还没有做到的项数
    pub open: usize,
    /// 其中已过期限的项数
    pub late: usize,
}

/// Open findings of a unit, or of one of its branches.
pub(super) fn gaps(findings: &[Finding], unit: OrgId, branch: Option<OrgId>) -> GapsOut {
    let of = |f: &&Finding| f.unit == unit && (branch.is_none() || f.branch == branch);
    let mut sum = GapsOut { open: 0, late: 0 };
    for finding in findings.iter().filter(of) {
        if let Status::Open { late, .. } = finding.status {
            sum.open += 1;
            sum.late += usize::from(late);
        }
    }
    sum
}
