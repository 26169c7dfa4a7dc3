//! A member's own dues: category, base, amount, what was paid.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use pingyi_domain::dues::{Arrears, Fen, Line, Month, PaymentKind, months_text};
use pingyi_domain::ids::{CampaignId, DuesPaymentId, MemberId, OrgId};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::dues::payment;

use super::desk::{Desk, kind_text};
use super::rate::{Known, known};
use super::register::payer_text;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "dues/mine.html")]
struct MinePage<'a> {
    frame: Frame,
    desk: &'a Desk,
    kind: String,
    amount: Option<Fen>,
    known: Vec<Known>,
    arrears: Option<Arrears>,
    lines: Vec<Line>,
    book: Vec<Paid>,
}

/// A payment in words.
struct Paid {
    on: String,
    months: String,
    amount: Fen,
    payer: String,
    receiver: String,
    mark: &'static str,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = Desk::load(&ctx, &mut tx, at).await?;
    let member = ctx.user()?.member.filter(|id| desk.person(*id).is_ok());
    let member = member.ok_or_else(|| {
        PageError::refused("您的组织关系不在本支部，这里没有您的党费。请从首页进入自己的支部。")
    })?;
    let now = desk.now(member);
    let year = Month::of(desk.today).year();
    let account = desk.account(member);
    let this_year = account.lines.iter().filter(|l| l.month.year() == year);
    let frame = ctx.frame(&mut tx, "我的党费").await?;
    page(&MinePage {
        frame,
        kind: now.map(kind_text).unwrap_or_default(),
        amount: now.map(|a| a.amount),
        known: known(&ctx, &mut tx, member).await?,
        arrears: desk.arrears(member),
        lines: this_year.copied().collect(),
        book: book(&mut tx, member).await?,
        desk: &desk,
    })
}

async fn book(tx: &mut Tx, member: MemberId) -> Result<Vec<Paid>, PageError> {
    let mut months: HashMap<DuesPaymentId, Vec<Month>> = HashMap::new();
    for paid in payment::months_of_member(tx, member).await? {
        months.entry(paid.payment_id).or_default().push(paid.month);
    }
    let rows = payment::list_of_member(tx, member).await?;
    let taken_back: Vec<DuesPaymentId> = rows.iter().filter_map(|p| p.reverses).collect();
    let told = rows.iter().rev().map(|p| Paid {
        on: chinese_date(p.paid_on),
        months: match p.kind {
            PaymentKind::Large => "大额党费".to_owned(),
            PaymentKind::Monthly => months_text(months.get(&p.id).map_or(&[], Vec::as_slice)),
        },
        amount: p.amount,
        payer: payer_text(p),
        receiver: p.receiver.clone(),
        mark: if p.reverses.is_some() {
            "冲正"
        } else if taken_back.contains(&p.id) {
            "已冲正"
        } else {
            ""
        },
    });
    Ok(told.collect())
}
