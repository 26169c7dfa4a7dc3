//! 上级派员: who was sent from above, and their comment. // 通知 四、2

use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::meeting::Envoy;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::envoy_plan::EnvoyPlan;
use pingyi_storage::meeting::{self, Meeting};

use super::load::{self, Scene, scene};
use super::show::{self, Typed};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// The form; the direct superior stands first.
/// Prefilled with whom the superior said it would send.
pub(super) fn form(scene: &Scene, held: &Meeting, sent: Option<&EnvoyPlan>) -> FormState {
    let direct = scene
        .above
        .first()
        .map(|o| o.id.to_string())
        .unwrap_or_default();
    match &held.envoy {
        None => FormState::default()
            .with("envoy_org", sent.map_or(direct, |s| s.org_id.to_string()))
            .with("envoy_name", sent.map_or("", |s| s.name.as_str())),
        Some(envoy) => FormState::default()
            .with("envoy_name", &*envoy.name)
            .with("envoy_org", envoy.org.to_string())
            .with("envoy_comment", &*envoy.comment),
    }
}

/// Saves name, organisation and comment.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let mut held = load::find(&mut tx, &scene)
        .await?
        .ok_or(PageError::NotFound)?;
    let from = fields.get("envoy_org").parse().unwrap_or(scene.branch.id);
    let sent = Envoy::sent(
        &scene.tree(),
        scene.branch.id,
        from,
        fields.get("envoy_name"),
    );
    let mut envoy = match sent {
        Ok(envoy) => envoy,
        Err(why) => {
            let mut form = FormState::of(&fields);
            form.fail("envoy_name", why.to_string());
            return show::answer(&ctx, tx, scene, Typed::Envoy(form)).await;
        }
    };
    fields.get("envoy_comment").clone_into(&mut envoy.comment);
    held.envoy_org_name = scene
        .above
        .iter()
        .find(|o| o.id == envoy.org)
        .map(|o| o.name.clone());
    let detail = serde_json::json!({
        "branch": scene.branch.name,
        "envoy": envoy.name,
        "from": held.envoy_org_name,
        "commented": envoy.commented(),
    });
    held.envoy = Some(envoy);
    meeting::update(&mut tx, &held).await?;
    let object = Object::Meeting(held.id);
    tx.audit(&ctx.actor(), ctx.now, Event::MinutesSaved, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/meeting"), "envoy")
}
