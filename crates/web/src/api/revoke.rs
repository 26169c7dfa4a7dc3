//! Taking a token back: it opens nothing from that moment on.

use axum::extract::Path;
use pingyi_domain::ids::{ApiTokenId, OrgId};
use pingyi_storage::api_token;
use pingyi_storage::audit::{Event, Object};

use super::tokens::place;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, redirect_done};

/// Takes one back.
pub async fn submit(
    ctx: Ctx,
    Path((org, id)): Path<(OrgId, ApiTokenId)>,
    _fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let place = place(&mut tx, org).await?;
    let all = api_token::list(&mut tx, place.id).await?;
    let found = all.iter().find(|token| token.id == id);
    let token = found.ok_or(PageError::NotFound)?;
    api_token::revoke(&mut tx, id, &ctx.actor().name, ctx.now).await?;
    let detail = serde_json::json!({ "token": id, "system": token.name, "org": place.name });
    let what = (Event::ApiTokenRevoked, Object::Org(place.id));
    tx.audit(&ctx.actor(), ctx.now, what.0, what.1, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&format!("/o/{}/tokens", place.id), "token-revoked")
}
