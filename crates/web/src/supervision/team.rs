//! Who is on the team (专班). // 通知 四、4

use axum::extract::Path;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::prose::{self, LINE};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::supervisor::{self, Supervisor};

use super::desk;
use super::places::Places;
use crate::kernel::campaign;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Takes somebody into the team; who left comes back as the same person.
pub async fn add(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let mut form = FormState::of(&fields);
    let name = prose::line(form.value("name"), LINE);
    if let Err(why) = &name {
        form.fail("name", format!("姓名{why}"));
    }
    let post = fields.get("post");
    if let Some(why) = prose::line(post, LINE).err().filter(|_| !post.is_empty()) {
        form.fail("post", format!("职务{why}"));
    }
    let places = Places::load(&mut tx).await?;
    let unit = places
        .tree
        .units()
        .map(|u| u.id)
        .find(|id| id.to_string() == fields.get("unit"));
    let (Ok(name), true) = (name, form.is_ok()) else {
        return desk::answer(&ctx, tx, campaign, form).await;
    };
    let known = supervisor::list(&mut tx, id).await?;
    let before = known
        .into_iter()
        .find(|s| s.name == name && s.unit_id == unit);
    if before.as_ref().is_some_and(|s| s.active) {
        form.fail("name", "这位同志已经在专班里。");
        return desk::answer(&ctx, tx, campaign, form).await;
    }
    let post = post.to_owned();
    if let Some(back) = before {
        let back = Supervisor {
            post,
            active: true,
            ..back
        };
        supervisor::update(&mut tx, &back).await?;
    } else {
        let one = Supervisor {
            id: ctx.app.new_id(),
            campaign_id: id,
            name: name.clone(),
            post,
            unit_id: unit,
            active: true,
        };
        supervisor::insert(&mut tx, &one).await?;
    }
    let detail = serde_json::json!({ "name": name, "active": true });
    let object = Object::Campaign(id);
    tx.audit(&ctx.actor(), ctx.now, Event::TeamChanged, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&campaign.path("/supervision"), "team")
}

/// Takes somebody off; checks made before keep the name.
pub async fn leave(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let team = supervisor::list(&mut tx, id).await?;
    let one = team
        .into_iter()
        .find(|s| s.active && s.id.to_string() == fields.get("id"))
        .ok_or(PageError::NotFound)?;
    let gone = Supervisor {
        active: false,
        ..one
    };
    supervisor::update(&mut tx, &gone).await?;
    let detail = serde_json::json!({ "name": gone.name, "active": false });
    let object = Object::Campaign(id);
    tx.audit(&ctx.actor(), ctx.now, Event::TeamChanged, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&campaign.path("/supervision"), "team")
}
