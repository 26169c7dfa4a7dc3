//! Links that open the ledger without login: made for one check, for some days, taken back at will.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::prose::{self, LINE};
use pingyi_domain::time::UnixTime;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::ledger_link::{self, LedgerLink};
use uuid::Uuid;

use super::show;
use super::token::{hash, invite};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Scene, scene};
use crate::room::Invite;
use crate::study::id_of;

/// Longest life of a link, in days: one check does not take longer.
const LONGEST: i64 = 7;

#[derive(Template)]
#[template(path = "ledger/link.html")]
struct LinkPage {
    frame: Frame,
    scene: Scene,
    link: LedgerLink,
    until: String,
    /// Address and code; gone once the link opens nothing.
    invite: Option<Invite>,
}

/// Makes one.
pub async fn make(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let mut form = FormState::of(&fields);
    let purpose = prose::line(form.value("purpose"), LINE);
    let purpose = purpose.map_err(|e| form.fail("purpose", format!("用途{e}")));
    let days = form.value("days").parse().ok();
    let days = days.filter(|days| (1..=LONGEST).contains(days));
    if days.is_none() {
        form.fail("days", format!("有效天数应在 1 到 {LONGEST} 天之间。"));
    }
    let (Ok(purpose), Some(days)) = (purpose, days) else {
        return show::answer(&ctx, tx, at, form).await;
    };
    let id: Uuid = ctx.app.new_id();
    let link = LedgerLink {
        id,
        campaign_id: at.0,
        branch_id: at.1,
        token_hash: hash(&ctx.app.key, id),
        purpose,
        made_by: ctx.actor().name,
        made_at: ctx.now,
        expires_at: UnixTime(ctx.now.0 + days * 86_400),
        revoked_at: None,
        openings: 0,
    };
    ledger_link::insert(&mut tx, &link).await?;
    log(&ctx, &mut tx, &scene, Event::LedgerLinkMade, id).await?;
    tx.commit().await?;
    redirect_done(&scene.path(&format!("/ledger/link/{id}")), "ledger-link")
}

/// A link of this branch.
async fn find(
    tx: &mut Tx,
    (campaign, branch): (CampaignId, OrgId),
    id: &str,
) -> Result<LedgerLink, PageError> {
    let id: Uuid = id_of(id)?;
    let all = ledger_link::list(tx, campaign, branch).await?;
    let found = all.into_iter().find(|link| link.id == id);
    found.ok_or(PageError::NotFound)
}

/// Address and code, to be handed to the inspector.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org, link)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let link = find(&mut tx, (campaign, org), &link).await?;
    let invite = link
        .opens(ctx.now)
        .then(|| invite(&ctx.app, link.id))
        .transpose()?;
    page(&LinkPage {
        frame: ctx.frame(&mut tx, "台帐查看链接").await?,
        until: link.expires_at.minute_text(),
        scene,
        link,
        invite,
    })
}

/// Takes it back; it opens nothing from now on.
pub async fn revoke(
    ctx: Ctx,
    Path((campaign, org, link)): Path<(CampaignId, OrgId, String)>,
    _fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let at = (campaign, org);
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let link = find(&mut tx, at, &link).await?;
    if ledger_link::revoke(&mut tx, at, link.id, ctx.now).await? == 0 {
        return Err(PageError::refused("这个链接已经收回过了，没有改动。"));
    }
    log(&ctx, &mut tx, &scene, Event::LedgerLinkRevoked, link.id).await?;
    tx.commit().await?;
    redirect_done(&scene.path("/ledger"), "ledger-link-revoked")
}

async fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    scene: &Scene,
    event: Event,
    link: Uuid,
) -> Result<(), PageError> {
    let detail = serde_json::json!({ "branch": scene.branch.name, "link": link });
    let object = Object::Org(scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    Ok(())
}
