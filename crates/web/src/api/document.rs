//! The OpenAPI document, made from the handlers and answers themselves.

use axum::Json;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{branches, campaigns, coverage, filings, findings, units};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "评议 数据接口",
        version = "1",
        description = "只读。提供专题组织生活会和民主评议党员的进度、两个全覆盖、还差什么、报送情况。\
                       不提供党员姓名、票数、评定意见和谈话、清单内容。\
                       口令由单位书记或工委组织科在“数据接口”页面发放，只能读发放时选定的单位。",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        campaigns::list,
        campaigns::one,
        units::list,
        units::one,
        branches::list,
        findings::list,
        coverage::show,
        filings::list,
    ),
    modifiers(&Token)
)]
struct Api;

/// The one way in.
struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("在“数据接口”页面发放的口令"))
            .build();
        let parts = document.components.get_or_insert_default();
        parts.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The document. It holds nothing secret.
pub async fn show() -> Json<Document> {
    Json(Api::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described_and_nothing_else_is() {
        let described: Vec<String> = Api::openapi().paths.paths.keys().cloned().collect();
        let mut routes: Vec<String> = super::super::public_routes()
            .iter()
            .map(|route| route.path.to_owned())
            .filter(|path| path != "/api/v1/openapi.json")
            .collect();
        routes.sort();
        assert_eq!(described, routes);
    }
}
