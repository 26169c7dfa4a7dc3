//! Standing by a talk: on one's own page, or on paper as the branch records it; and withdrawing
//! one that was entered by mistake.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::day;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId, TalkId};
use pingyi_domain::talk::{Confirmation, TalkError};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::talk;

use super::load::{Ground, readable};
use super::{one, show};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};
use crate::meeting::when;

/// The first talk that waits for the person who asks; with none left, back to their own page.
pub async fn waiting(ctx: Ctx, Path((campaign, org)): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let me = ctx.user()?.member.ok_or(PageError::Forbidden)?;
    let all = talk::list_waiting(&mut tx, campaign, me).await?;
    let first = all.iter().find(|w| w.branch == org);
    let to = first.map_or_else(
        || "/me".to_owned(),
        |w| ctx.org_path(campaign, org, &format!("/talks/{}", w.talk)),
    );
    Ok(Redirect::to(&to).into_response())
}

/// The other party confirms; nobody confirms for somebody else here.
pub async fn confirm(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
    _fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let user = ctx.user()?;
    let (scene, found) = readable(&ctx.app, &mut tx, (campaign, org, &id), user).await?;
    let mine = user.member.and_then(|m| found.entry.party(m));
    let party = mine.ok_or_else(|| PageError::refused(TalkError::NotAParty))?;
    if party.confirmed.is_some() {
        return Err(PageError::refused(TalkError::Confirmed));
    }
    let how = (Confirmation::Online, ctx.now.date());
    talk::update_confirmed(&mut tx, found.entry.id, party.member, how).await?;
    let detail = serde_json::json!({ "branch": scene.branch.name, "how": how.0.label() });
    let object = Object::Talk(found.entry.id);
    tx.audit(&ctx.actor(), ctx.now, Event::TalkConfirmed, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path(&format!("/talks/{id}")), "talk-confirmed")
}

/// Signed on the printed form: a claim, kept with its day and called what it is.
pub async fn on_paper(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let ground = Ground::load(&ctx.app, &mut tx, at).await?;
    let on =
        when::day(fields.get("signed_on")).ok_or("请填写签字日期，例如 2015-09-01。".to_owned());
    let on = on.and_then(|on| day::past(on, ctx.now.date()).map_err(|e| format!("签字{e}")));
    let chosen = chosen(&fields);
    let (on, chosen) = match (on, chosen.is_empty()) {
        (Ok(on), false) => (on, chosen),
        (wrong, none) => {
            let mut form = FormState::of(&fields);
            if none {
                form.fail("signed", "请勾选已经在纸质记录上签字的人。");
            }
            if let Err(words) = wrong {
                form.fail("signed_on", words);
            }
            return show::again(&ctx, &mut tx, ground, form).await;
        }
    };
    for (id, member) in &chosen {
        let known = ground.talks.iter().find(|t| t.id == *id);
        let party = known.and_then(|t| t.party(*member));
        party.ok_or_else(|| PageError::refused(TalkError::NotAParty))?;
        talk::update_confirmed(&mut tx, *id, *member, (Confirmation::Paper, on)).await?;
    }
    let detail = serde_json::json!({
        "branch": ground.scene.branch.name, "how": Confirmation::Paper.label(),
        "signatures": chosen.len(), "signed_on": on,
    });
    let object = Object::Org(ground.scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::TalkConfirmed, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&ground.scene.path("/talks"), "talks-signed")
}

/// Boxes are named `s_{talk}_{member}`.
fn chosen(fields: &Fields) -> Vec<(TalkId, MemberId)> {
    let boxes = fields
        .0
        .iter()
        .filter_map(|(key, _)| key.strip_prefix("s_"));
    boxes
        .filter_map(|key| key.split_once('_'))
        .filter_map(|(talk, member)| Some((talk.parse().ok()?, member.parse().ok()?)))
        .collect()
}

/// Takes a mistaken entry off the record, unless the other party stands by it.
pub async fn withdraw(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
    _fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let (scene, found) = readable(&ctx.app, &mut tx, (campaign, org, &id), ctx.user()?).await?;
    if one::online(&found) {
        return Err(PageError::refused(TalkError::StoodBy));
    }
    talk::delete(&mut tx, found.entry.id).await?;
    let detail = serde_json::json!({
        "branch": scene.branch.name, "held_on": found.entry.held_on,
    });
    let object = Object::Talk(found.entry.id);
    tx.audit(&ctx.actor(), ctx.now, Event::TalkWithdrawn, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/talks"), "talk-withdrawn")
}
