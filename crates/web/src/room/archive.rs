//! The archive for download: what is needed to check the count, and nothing that tells a vote.

use axum::extract::Path;
use pingyi_domain::ballot_box::BoxState;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::ballot_archive;

use crate::appraisal::load::counted;
use crate::appraisal::sitting::sitting;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::file;

/// The `.bel` file of a counted box.
pub async fn download(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (now, found) = sitting.electronic()?;
    if found.state != BoxState::Counted {
        return Err(PageError::refused(
            "还没有计票，没有计票档案。请等两名监票人按“计票”。",
        ));
    }
    // Before the paper sheets are counted too, it would show one part apart.
    if !counted(now.round.state) {
        return Err(PageError::refused(
            "纸质测评表还没有录入完，两种票合计以后再下载计票档案。请先由两人录入。",
        ));
    }
    let kept = ballot_archive::get(&mut tx, found.id).await?;
    let kept = kept.ok_or(PageError::NotFound)?;
    if !kept.is_intact() {
        return Err(PageError::refused(
            "计票档案与存入时不符，请勿采用，联系组织科核查存储。",
        ));
    }
    let name = format!(
        "计票档案-{}-第{}轮.bel",
        sitting.scene.branch.name, now.round.no
    );
    Ok(file(kept.bytes, "application/x-tar", &name))
}
