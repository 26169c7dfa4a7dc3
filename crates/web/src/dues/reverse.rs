//! 冲正: a wrong row is taken back by its opposite, with the reason; both stay in the book.

use axum::extract::Path;
use pingyi_domain::dues::{Fen, Month, Recorded};
use pingyi_domain::ids::{CampaignId, DuesPaymentId, OrgId};
use pingyi_domain::prose;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::payment::{self, Payment};

use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, redirect_done};
use crate::meeting::load;

/// Takes one row back.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = load::scene(&ctx.app, &mut tx, at).await?;
    let paid = open_row(&mut tx, scene.branch.id, fields.get("payment")).await?;
    let reason = prose::line(fields.get("reason"), prose::LINE)
        .map_err(|e| PageError::refused(format!("冲正原因{e}")))?;
    let recorded = Recorded {
        id: paid.id,
        amount: paid.amount,
    };
    let back = recorded.reverse(reason);
    let months: Vec<(Month, Fen)> = payment::months_of(&mut tx, paid.id)
        .await?
        .into_iter()
        .map(|m| (m.month, m.amount.reversed()))
        .collect();
    let row = Payment {
        id: ctx.app.new_id(),
        amount: back.amount,
        reverses: Some(back.of),
        reason: Some(back.reason),
        receiver: ctx.user()?.name.clone(),
        // The day of the row taken back: a year's sums are right in that year.
        entered_at: ctx.now,
        receipt: None,
        profile: None,
        ..paid
    };
    payment::insert(&mut tx, &row, &months).await?;
    let detail = serde_json::json!({ "branch": scene.branch.name, "months": months.len() });
    let object = Object::Member(row.member_id);
    tx.audit(&ctx.actor(), ctx.now, Event::DuesReversed, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/dues/register"), "dues-reversed")
}

/// A row of this branch that is neither a reversal nor taken back already.
async fn open_row(tx: &mut Tx, branch: OrgId, typed: &str) -> Result<Payment, PageError> {
    let id: DuesPaymentId = typed.parse().map_err(|_| PageError::NotFound)?;
    let paid = payment::get(tx, id).await?.ok_or(PageError::NotFound)?;
    if paid.branch_id != branch {
        return Err(PageError::NotFound);
    }
    if paid.reverses.is_some() {
        return Err(PageError::refused(
            "这一笔本身就是冲正，不能再冲正。需要的话，请重新登记一笔。",
        ));
    }
    if payment::find_reversal(tx, id).await?.is_some() {
        return Err(PageError::refused("这一笔已经冲正过，没有重复冲正。"));
    }
    Ok(paid)
}
