//! Throwing a draft away.

use axum::extract::Path;
use pingyi_domain::ids::CampaignId;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::notice_draft;
use serde_json::json;

use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, redirect_done};

/// Asked for with a tick beside the button: there is no way back.
pub async fn submit(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let row = notice_draft::get(&mut tx, id).await?;
    let row = row.ok_or(PageError::NotFound)?;
    if !fields.has("sure") {
        return Err(PageError::refused(
            "没有删除。删除后不能恢复，请先勾选“确认删除”。",
        ));
    }
    notice_draft::delete(&mut tx, id).await?;
    let detail = json!({ "number": row.number, "version": row.version });
    let object = Object::Campaign(id);
    tx.audit(&ctx.actor(), ctx.now, Event::DraftDeleted, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done("/notices", "draft-deleted")
}
