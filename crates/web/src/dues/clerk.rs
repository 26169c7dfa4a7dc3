//! The secretary names who assesses dues and sees incomes in the branch.

use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::clerk::{self, DuesClerk};

use super::desk::Desk;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, redirect_done};

/// Names one of the branch's committee.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let member: Option<MemberId> = fields.get("clerk").parse().ok();
    let mut tx = ctx.app.db.begin().await?;
    let desk = Desk::load(&ctx, &mut tx, at).await?;
    let person = member.and_then(|id| desk.person(id).ok());
    let person = person.filter(|p| p.kind.is_some()).ok_or_else(|| {
        PageError::refused("党费管理员从本支部书记、副书记和委员中确定，请在名单里选一人。")
    })?;
    let branch = &desk.scene.branch;
    let row = DuesClerk {
        branch_id: branch.id,
        member_id: person.member.id,
        named_by: ctx.user()?.name.clone(),
        named_at: ctx.now,
    };
    clerk::set(&mut tx, &row).await?;
    let detail = serde_json::json!({ "branch": branch.name, "clerk": person.member.name });
    let object = Object::Org(branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::DuesClerkNamed, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/dues"), "dues-clerk")
}
