//! 两个全覆盖 over the scope. // 通知 四、3

use axum::Json;
use axum::extract::Path;
use jiff::civil::Date;
use pingyi_domain::assess::Coverage;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, CoverageOut};
use super::error::ErrorOut;
use super::view::Ask;

/// 口令范围内合计.
#[derive(Serialize, ToSchema)]
pub(super) struct CoverageSum {
    /// 按哪一天计算
    #[schema(value_type = String, format = "date")]
    as_of: Date,
    /// 台帐校验码
    ledger: String,
    coverage: CoverageOut,
}

/// 两个全覆盖
#[utoipa::path(
    get,
    path = "/api/v1/campaigns/{campaign}/coverage",
    tag = "情况",
    operation_id = "coverage",
    params(("campaign" = String, Path, format = "uuid", description = "活动的编号")),
    responses(
        (status = 200, description = "支部全覆盖和评议党员全覆盖", body = CoverageSum),
        (status = 401, description = "口令不对", body = ErrorOut),
        (status = 404, description = "没有这次活动", body = ErrorOut),
        (status = 429, description = "请求太快", body = ErrorOut),
    ),
    security(("token" = []))
)]
pub(super) async fn show(ask: Ask, Path(campaign): Path<String>) -> Answer<CoverageSum> {
    let view = ask.view(&campaign).await?;
    let mut sum = Coverage::default();
    let branches = view.units().flat_map(|unit| &unit.branches);
    branches.for_each(|branch| sum.add(branch));
    Ok(Json(CoverageSum {
        as_of: view.today,
        ledger: view.ledger_head.clone(),
        coverage: sum.into(),
    }))
}
