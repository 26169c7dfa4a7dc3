//! 责任表 on paper.

use axum::extract::Path;
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::show::load;
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::papers::origin;

/// The table as it stands.
pub async fn table(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let table = load(&ctx, &mut tx, (campaign, org)).await?;
    let listing = Listing {
        title: "专题组织生活会责任表".into(),
        particulars: vec![
            ("单位：".into(), table.name.clone()),
            ("通知：".into(), table.campaign.notice.number.clone()),
        ],
        columns: vec![
            ListingColumn::sentences("党组织", 22.0),
            ListingColumn::short("责任", 12.0),
            ListingColumn::short("姓名", 10.0),
            ListingColumn::short("计划开会", 12.0),
            ListingColumn::short("上级派员", 10.0),
            ListingColumn::sentences("备注", 10.0),
        ],
        rows: table
            .rows
            .iter()
            .map(|row| {
                vec![
                    if row.branch.is_empty() || !table.whole {
                        pick(&row.branch, &row.org)
                    } else {
                        format!("{} {}", row.org, row.branch)
                    },
                    row.role.to_owned(),
                    row.person.clone().unwrap_or_else(|| "（空缺）".into()),
                    row.planned.clone(),
                    row.envoy.clone(),
                    row.note.to_owned(),
                ]
            })
            .collect(),
        notes: vec!["依据名册的党内职务生成；空缺的请在名册中补正。".into()],
        landscape: true,
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    let name = format!("责任表-{}", table.name);
    answer(&ctx.app, listing.paper(), format, &name).await
}

fn pick(branch: &str, unit: &str) -> String {
    if branch.is_empty() { unit } else { branch }.to_owned()
}
