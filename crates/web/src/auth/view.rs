//! The 大字版 switch, remembered in a cookie for a year.

use axum::response::{IntoResponse, Redirect};

use crate::kernel::context::Ctx;
use crate::kernel::form::Fields;
use crate::kernel::html::Answer;
use crate::kernel::session::set_cookie;

const YEAR: i64 = 365 * 24 * 3600;

/// Turns 大字版 on or off and goes back.
pub async fn switch(ctx: Ctx, fields: Fields) -> Answer {
    let value = if ctx.large { "0" } else { "1" };
    let headers = set_cookie(&ctx.app, "pingyi_large", value, Some(YEAR))?;
    Ok((
        headers,
        Redirect::to(super::login::safe_path(fields.get("back"))),
    )
        .into_response())
}
