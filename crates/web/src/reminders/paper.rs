//! 电话催办单 on paper, with room for what was answered.

use axum::extract::Path;
use pingyi_documents::forms::{CallRow, CallSheet};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::calls::load;
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::papers::origin;

/// What is late, or due within a week.
pub async fn sheet(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let found = load(&ctx, &mut tx, (campaign, org), false).await?;
    let sheet = CallSheet {
        caller: found.org.name.clone(),
        notice: found.campaign.notice.number.clone(),
        rows: found
            .list
            .iter()
            .map(|call| CallRow {
                name: call.name.clone(),
                person: call.person.clone(),
                phone: call.phone.clone(),
                says: call.says.iter().map(|s| s.words.clone()).collect(),
            })
            .collect(),
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    let name = format!("电话催办单-{}", found.org.name);
    answer(&ctx.app, sheet.paper(), format, &name).await
}
