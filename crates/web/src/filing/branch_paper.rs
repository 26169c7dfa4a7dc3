//! Annex 2 of a branch as a file: as of now, or as a version was handed in.

use axum::extract::Path;
use pingyi_documents::paper::Origin;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Notice;
use pingyi_domain::time::UnixTime;
use pingyi_storage::filing::FilingVersion;

use super::annex2::{Filled, form};
use super::desk::Filed;
use super::sheet::BranchSheet;
use super::{branch, load};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper;

/// Title of the annex in the notice's own words.
pub(crate) fn title(notice: &Notice) -> String {
    let found = notice
        .attachments
        .iter()
        .find(|a| a.title.contains("汇总表"));
    let title = found.map_or("民主评议党员测评汇总表", |a| a.title.as_str());
    title.trim_matches(['《', '》']).to_owned()
}

/// What stands under a paper: as handed in, or as of now.
pub(crate) fn filled(ctx: &Ctx, filed: Option<&Filed>, origin: Origin) -> Filled {
    let version = filed.and_then(Filed::newest);
    match version.filter(|v| v.submitted_at.is_some()) {
        Some(version) if filed.is_some_and(Filed::is_with_receiver) => as_handed_in(version),
        _ => {
            let form = branch::prefilled(ctx, filed);
            Filled {
                by: form.value("filler").into(),
                phone: form.value("contact").into(),
                on: None,
                origin,
            }
        }
    }
}

/// What stood under a version when it was handed in.
pub(crate) fn as_handed_in(version: &FilingVersion) -> Filled {
    let day = version
        .submitted_at
        .map_or(UnixTime(0).date(), UnixTime::date);
    Filled {
        by: version.filler.clone(),
        phone: version.contact.clone(),
        on: Some(day),
        origin: Origin {
            chain_head: version.chain_head.clone(),
            date: day,
        },
    }
}

/// The paper that counts now: what is with the unit, else storage at this moment.
pub async fn now(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = paper::format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let desk = branch::load(&ctx, &mut tx, (campaign, org)).await?;
    let origin = load::origin(&mut tx, ctx.now).await?;
    drop(tx);
    let with_unit = desk
        .filed
        .as_ref()
        .filter(|f| f.is_with_receiver())
        .and_then(Filed::newest);
    let sheet: Option<BranchSheet> = with_unit
        .and_then(|v| load::snapshot(&v.snapshot))
        .or(desk.sheet);
    let sheet = sheet.ok_or_else(unsigned)?;
    let filled = filled(&ctx, desk.filed.as_ref(), origin);
    let form = form(&sheet, &title(&desk.scene.campaign.notice), &filled);
    paper::answer(
        &ctx.app,
        form.paper(),
        format,
        &format!("{}测评汇总表", sheet.name),
    )
    .await
}

/// The paper as a version was handed in.
pub async fn version(
    ctx: Ctx,
    Path((campaign, org, version, format)): Path<(CampaignId, OrgId, u32, String)>,
) -> Answer {
    let format = paper::format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let desk = branch::load(&ctx, &mut tx, (campaign, org)).await?;
    drop(tx);
    let filed = desk.filed.ok_or(PageError::NotFound)?;
    let version = filed.handed_in(version).ok_or(PageError::NotFound)?;
    let sheet: BranchSheet = load::snapshot(&version.snapshot).ok_or(PageError::NotFound)?;
    let form = form(
        &sheet,
        &title(&desk.scene.campaign.notice),
        &as_handed_in(version),
    );
    let name = format!("{}测评汇总表（第{}稿）", sheet.name, version.version);
    paper::answer(&ctx.app, form.paper(), format, &name).await
}

/// The hard stop of every 汇总表. // docs/DOMAIN.md §1.2
pub(crate) fn unsigned() -> PageError {
    PageError::refused("计票还没有签字确认，不能生成汇总表。请先完成计票签字。")
}
