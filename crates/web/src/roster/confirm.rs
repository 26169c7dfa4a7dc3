//! 确认导入: all of the list or nothing, and only what the preview showed.

use axum::extract::Path;

use super::import::{self, Scope};
use super::{parked, preview};
use crate::kernel::context::Ctx;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Imports the list.
pub async fn submit(ctx: Ctx, Path(token): Path<String>, fields: Fields) -> Answer {
    let incoming = preview::load(&ctx.app, &token).await?;
    let mut tx = ctx.app.db.begin().await?;
    let found = import::compare(&mut tx, &incoming, Scope::parse(fields.get("scope"))).await?;
    let mut form = FormState::of(&fields);
    if !incoming.acceptable {
        form.fail("", "名册里还有问题，改正后请重新上传。");
    } else if fields.get("mark") != found.mark {
        form.fail(
            "",
            "您核对期间，名册已被别人更新。下面是按最新名册重新比对的结果，请再核对一遍。",
        );
    } else if found.many_leave() && !fields.has("leaving") {
        form.fail(
            "leaving",
            "将有较多党员离开名册。确认名单无误后，请勾选“确认离开”。",
        );
    }
    if !form.is_ok() {
        return preview::again(&ctx, &mut tx, token, (&incoming, &found), form).await;
    }
    let summary = import::apply(&ctx.app, &mut tx, &ctx.actor(), &incoming, &found).await?;
    tx.commit().await?;
    parked::discard(&ctx.app, &token);
    redirect_done(
        "/roster",
        if summary.is_empty() {
            "imported-same"
        } else {
            "imported"
        },
    )
}
