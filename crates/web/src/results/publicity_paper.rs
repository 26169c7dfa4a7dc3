//! The printed 公示: from the snapshot once approved, so that it stays what was approved.

use axum::extract::Path;
use pingyi_documents::forms::PublicityNotice;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::results::PublicityState;
use pingyi_domain::time::chinese_date;
use pingyi_storage::publicity::Publicity;

use super::load::{Results, results};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::papers::origin;

/// Name and grade of everybody with an opinion; nothing else leaves the branch.
type Rows = Vec<(String, String)>;

fn rows(found: &Results) -> Rows {
    let all = found.members.iter();
    all.map(|m| (m.name.clone(), m.opinion.clone())).collect()
}

/// What is kept with an approved notice.
pub(super) fn snapshot(found: &Results) -> Result<String, PageError> {
    serde_json::to_string(&rows(found)).map_err(PageError::internal)
}

fn kept(of: &Publicity) -> Option<Rows> {
    serde_json::from_str(of.snapshot.as_deref()?).ok()
}

/// Whether opinions changed since a notice was approved that still stands.
pub(super) fn changed(found: &Results, of: &Publicity) -> bool {
    of.state != PublicityState::Withdrawn && kept(of).is_some_and(|kept| kept != rows(found))
}

/// The paper.
pub async fn paper(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let found = results(&ctx.app, &mut tx, (campaign, org)).await?;
    let now = found
        .notice()
        .ok_or_else(|| PageError::refused("还没有公示稿，没有可以打印的。请先拟稿。"))?;
    let draft = if now.state == PublicityState::Draft {
        "（未批准，稿）"
    } else {
        ""
    };
    let sheet = PublicityNotice {
        title: format!("民主评议党员结果公示{draft}"),
        opening: now.opening.clone(),
        rows: kept(now).unwrap_or_else(|| rows(&found)),
        closing: vec![
            format!(
                "公示时间：{}至{}。",
                chinese_date(now.from_on),
                chinese_date(now.to_on)
            ),
            format!("公示范围：{}。", now.scope),
            format!("如有不同意见，请在公示期内向{}反映。", now.channel),
        ],
        signature: found.scene.branch.name.clone(),
        date: chinese_date(now.from_on),
        origin: origin(&ctx, &mut tx).await?,
    };
    let name = format!("评议结果公示-{}", found.scene.branch.name);
    drop(tx);
    answer(&ctx.app, sheet.paper(), format, &name).await
}
