//! 台帐 on paper.

use axum::extract::Path;
use pingyi_documents::forms::{LedgerBook, LedgerLine, LedgerSection};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::book::{Book, load};
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::papers::origin;

/// The ledger as it stands.
pub async fn ledger(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let book = load(&ctx.app, &mut tx, (campaign, org)).await?;
    let paper = LedgerBook {
        origin: origin(&ctx, &mut tx).await?,
        ..of(&book)
    };
    drop(tx);
    let name = format!("台帐-{}", book.scene.branch.name);
    answer(&ctx.app, paper.paper(), format, &name).await
}

fn of(book: &Book) -> LedgerBook {
    let notice = &book.scene.campaign.notice;
    LedgerBook {
        branch: book.scene.branch.name.clone(),
        unit: book.facts.name.clone(),
        notice: format!("{}（{}）", notice.title, notice.number),
        head: book.head.clone(),
        sections: book
            .sections
            .iter()
            .map(|s| LedgerSection {
                clause: s.clause.clone(),
                title: s.title.to_owned(),
                stand: s
                    .stand
                    .as_ref()
                    .map_or_else(String::new, |(w, _)| w.clone()),
                lines: s
                    .rows
                    .iter()
                    .map(|r| LedgerLine {
                        on: r.on.clone(),
                        words: r.words.clone(),
                        remark: r.remark.clone(),
                    })
                    .collect(),
            })
            .collect(),
        origin: None,
    }
}
