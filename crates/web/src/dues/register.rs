//! 党费收缴登记: the money book of the branch for a year, with taking back.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use jiff::civil::Date;
use pingyi_domain::dues::{Fen, Month, Payer, PaymentKind, months_text};
use pingyi_domain::ids::{CampaignId, DuesPaymentId, MemberId, OrgId};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::dues::payment::{self, PaidMonth, Payment};
use pingyi_storage::member;
use serde::Deserialize;

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{self, Scene};

#[derive(Template)]
#[template(path = "dues/register.html")]
struct RegisterPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    year: i16,
    years: Vec<i16>,
    rows: Vec<Row>,
    sum: Fen,
    large: Fen,
}

/// A row of the book in words.
pub(super) struct Row {
    pub id: DuesPaymentId,
    pub paid_on: String,
    pub name: String,
    pub months: String,
    pub amount: Fen,
    pub payer: String,
    pub receiver: String,
    pub note: String,
    /// `冲正` rows and rows taken back stay in the book, marked.
    pub reversal: bool,
    pub reversed: bool,
    pub large: bool,
}

/// `?year=2015`.
#[derive(Debug, Deserialize)]
pub struct Asked {
    pub(super) year: Option<i16>,
}

impl Asked {
    /// The year asked for, else this one.
    pub(super) fn year(&self, today: Date) -> Result<i16, PageError> {
        let year = self.year.unwrap_or(today.year());
        if (2008..=today.year()).contains(&year) {
            Ok(year)
        } else {
            Err(PageError::NotFound)
        }
    }
}

/// The page.
pub async fn show(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = load::scene(&ctx.app, &mut tx, at).await?;
    let today = ctx.now.date();
    let year = asked.year(today)?;
    let rows = rows(&mut tx, scene.branch.id, year).await?;
    let frame = ctx.frame(&mut tx, "党费收缴登记").await?;
    let of = |large| {
        rows.iter()
            .filter(|r| r.large == large)
            .map(|r| r.amount)
            .sum()
    };
    page(&RegisterPage {
        frame,
        scene: &scene,
        year,
        years: (today.year() - 2..=today.year()).rev().collect(),
        sum: of(false),
        large: of(true),
        rows,
    })
}

/// The book of a year, as entered.
pub(super) async fn rows(tx: &mut Tx, branch: OrgId, year: i16) -> Result<Vec<Row>, PageError> {
    let (first, last) = (Date::constant(year, 1, 1), Date::constant(year, 12, 31));
    let mut months: HashMap<DuesPaymentId, Vec<Month>> = HashMap::new();
    for PaidMonth {
        payment_id, month, ..
    } in payment::list_months(tx, branch, first, last).await?
    {
        months.entry(payment_id).or_default().push(month);
    }
    let book = payment::list(tx, branch, first, last).await?;
    let mut names = names(tx, branch, &book).await?;
    let taken_back: Vec<DuesPaymentId> = book.iter().filter_map(|p| p.reverses).collect();
    let row = |p: Payment| Row {
        id: p.id,
        paid_on: chinese_date(p.paid_on),
        name: names.entry(p.member_id).or_default().clone(),
        months: match p.kind {
            PaymentKind::Large => "大额党费".to_owned(),
            PaymentKind::Monthly => months_text(months.get(&p.id).map_or(&[], Vec::as_slice)),
        },
        amount: p.amount,
        payer: payer_text(&p),
        receiver: p.receiver.clone(),
        note: note(&p),
        reversal: p.reverses.is_some(),
        reversed: taken_back.contains(&p.id),
        large: p.kind == PaymentKind::Large,
    };
    Ok(book.into_iter().map(row).collect())
}

/// Names of those in the book; somebody may have left since.
async fn names(
    tx: &mut Tx,
    branch: OrgId,
    book: &[Payment],
) -> Result<HashMap<MemberId, String>, PageError> {
    let active = member::list(tx, branch).await?;
    let mut names: HashMap<_, _> = active.into_iter().map(|m| (m.id, m.name)).collect();
    for row in book {
        if !names.contains_key(&row.member_id)
            && let Some(left) = member::get(tx, row.member_id).await?
        {
            names.insert(left.id, left.name);
        }
    }
    Ok(names)
}

pub(super) fn payer_text(p: &Payment) -> String {
    match (&p.payer, &p.payer_name) {
        (Payer::Own, _) | (_, None) => p.payer.label().to_owned(),
        (payer, Some(name)) => format!("{}（{name}）", payer.label()),
    }
}

fn note(p: &Payment) -> String {
    let receipt = p.receipt.iter().map(|r| format!("凭证：{r}"));
    let consent = p
        .consent_on
        .iter()
        .map(|day| format!("支部{}同意按季交纳", chinese_date(*day)));
    let reason = p.reason.iter().map(|r| format!("冲正原因：{r}"));
    let profile = p.profile.iter().map(|r| format!("全额上缴。{r}"));
    let parts: Vec<String> = receipt
        .chain(consent)
        .chain(reason)
        .chain(profile)
        .collect();
    parts.join("；")
}
