//! What units filed to the 组织科. // 通知 四、4

use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, FilingOut, Many, items};
use super::error::ErrorOut;
use super::view::Ask;

/// 一个单位的汇总表和总结材料.
#[derive(Serialize, ToSchema)]
#[schema(as = UnitFiling)]
pub(super) struct UnitFilingOut {
    /// 单位的编号
    #[schema(format = "uuid")]
    unit: String,
    /// 单位全称
    name: String,
    /// 没有起草的为空
    filing: Option<FilingOut>,
}

/// 汇总材料的报送情况
#[utoipa::path(
    get,
    path = "/api/v1/campaigns/{campaign}/filings",
    tag = "情况",
    operation_id = "filings",
    params(("campaign" = String, Path, format = "uuid", description = "活动的编号")),
    responses(
        (status = 200, description = "各单位报送情况", body = Many<UnitFilingOut>),
        (status = 401, description = "口令不对", body = ErrorOut),
        (status = 404, description = "没有这次活动", body = ErrorOut),
        (status = 429, description = "请求太快", body = ErrorOut),
    ),
    security(("token" = []))
)]
pub(super) async fn list(ask: Ask, Path(campaign): Path<String>) -> Answer<Many<UnitFilingOut>> {
    let view = ask.view(&campaign).await?;
    let filings = view.units().map(|unit| UnitFilingOut {
        unit: unit.org.to_string(),
        name: unit.name.clone(),
        filing: unit.filing.as_ref().map(FilingOut::from),
    });
    let filings = filings.collect();
    Ok(items(&view, filings))
}
