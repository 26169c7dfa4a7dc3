//! What the room's pages load. Public and quiet like the pages themselves.

use axum::http::header;
use axum::response::IntoResponse;

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The style sheet of all pages.
pub async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("../../assets/style.css"),
    )
}

/// Sealing and checking in the browser.
pub async fn booth() -> impl IntoResponse {
    script(include_bytes!("../../../../booth/dist/booth.js"))
}

/// The voting page.
pub async fn vote() -> impl IntoResponse {
    script(include_bytes!("../../../../booth/dist/room-vote.js"))
}

/// The scrutineer's page.
pub async fn scrutineer() -> impl IntoResponse {
    script(include_bytes!("../../../../booth/dist/room-scrutineer.js"))
}

/// The projector's page.
pub async fn projector() -> impl IntoResponse {
    script(include_bytes!("../../../../booth/dist/room-projector.js"))
}

/// The page that makes slips.
pub async fn slips() -> impl IntoResponse {
    script(include_bytes!("../../../../booth/dist/room-slips.js"))
}

fn script(bytes: &'static [u8]) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, SCRIPT)], bytes)
}
