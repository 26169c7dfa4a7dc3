//! The money book: rows are added, never changed.

use jiff::civil::Date;
use pingyi_domain::dues::{Fen, Month, Payer, PaymentKind};
use pingyi_domain::ids::{DuesPaymentId, MemberId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::row::record;
use crate::{Result, Tx, batch};

/// One row of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Id.
    pub id: DuesPaymentId,
    /// Where it was paid.
    pub branch_id: OrgId,
    /// For whom.
    pub member_id: MemberId,
    /// For months, or one-off.
    pub kind: PaymentKind,
    /// Day of payment.
    pub paid_on: Date,
    /// Whose hand brought it.
    pub payer: Payer,
    /// Their name, unless the member's own.
    pub payer_name: Option<String>,
    /// Sum; negative where a row is taken back.
    pub amount: Fen,
    /// 收款人, by name.
    pub receiver: String,
    /// Number or page of the receipt.
    pub receipt: Option<String>,
    /// Day the branch agreed to paying by the quarter.
    pub consent_on: Option<Date>,
    /// Short profile going up with a large one.
    pub profile: Option<String>,
    /// The row taken back.
    pub reverses: Option<DuesPaymentId>,
    /// Why.
    pub reason: Option<String>,
    /// When it was entered.
    pub entered_at: UnixTime,
}

record!(Payment {
    id,
    branch_id,
    member_id,
    kind,
    paid_on,
    payer,
    payer_name,
    amount,
    receiver,
    receipt,
    consent_on,
    profile,
    reverses,
    reason,
    entered_at,
});

/// A month of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidMonth {
    /// Of which payment.
    pub payment_id: DuesPaymentId,
    /// Which month.
    pub month: Month,
    /// How much of it.
    pub amount: Fen,
}

record!(PaidMonth {
    payment_id,
    month,
    amount
});

/// One row.
pub async fn get(tx: &mut Tx, id: DuesPaymentId) -> Result<Option<Payment>> {
    tx.maybe("SELECT * FROM dues_payment WHERE id = $1", args![id])
        .await
}

/// The row that takes another one back.
pub async fn find_reversal(tx: &mut Tx, of: DuesPaymentId) -> Result<Option<Payment>> {
    tx.maybe("SELECT * FROM dues_payment WHERE reverses = $1", args![of])
        .await
}

/// A branch's register between two days, both included, as entered.
pub async fn list(tx: &mut Tx, branch: OrgId, first: Date, last: Date) -> Result<Vec<Payment>> {
    tx.all(
        "SELECT * FROM dues_payment WHERE branch_id = $1 AND paid_on >= $2 AND paid_on <= $3 \
         ORDER BY id",
        args![branch, first, last],
    )
    .await
}

/// The months of those rows.
pub async fn list_months(
    tx: &mut Tx,
    branch: OrgId,
    first: Date,
    last: Date,
) -> Result<Vec<PaidMonth>> {
    tx.all(
        "SELECT d.payment_id, d.month, d.amount FROM dues_month d \
         JOIN dues_payment p ON p.id = d.payment_id \
         WHERE p.branch_id = $1 AND p.paid_on >= $2 AND p.paid_on <= $3 \
         ORDER BY d.payment_id, d.month",
        args![branch, first, last],
    )
    .await
}

/// Everything a member paid, wherever, as entered.
pub async fn list_of_member(tx: &mut Tx, member: MemberId) -> Result<Vec<Payment>> {
    tx.all(
        "SELECT * FROM dues_payment WHERE member_id = $1 ORDER BY id",
        args![member],
    )
    .await
}

/// The months of one row.
pub async fn months_of(tx: &mut Tx, payment: DuesPaymentId) -> Result<Vec<PaidMonth>> {
    tx.all(
        "SELECT payment_id, month, amount FROM dues_month WHERE payment_id = $1 ORDER BY month",
        args![payment],
    )
    .await
}

/// The months of everything a member paid.
pub async fn months_of_member(tx: &mut Tx, member: MemberId) -> Result<Vec<PaidMonth>> {
    tx.all(
        "SELECT payment_id, month, amount FROM dues_month WHERE member_id = $1 \
         ORDER BY payment_id, month",
        args![member],
    )
    .await
}

/// Adds a row with its months; a second row taking the same one back is a duplicate.
pub async fn insert(tx: &mut Tx, payment: &Payment, months: &[(Month, Fen)]) -> Result<()> {
    let months = months.iter().map(|month| month_columns(payment, *month));
    let months = months.collect();
    batch::insert(tx, NEW, vec![columns(payment)]).await?;
    batch::insert(tx, NEW_MONTH, months).await
}

/// Adds several rows, each paid for one month.
pub async fn insert_all(tx: &mut Tx, paid: &[(Payment, Month)]) -> Result<()> {
    let rows = paid.iter().map(|(payment, _)| columns(payment));
    batch::insert(tx, NEW, rows.collect()).await?;
    let months = paid
        .iter()
        .map(|(p, month)| month_columns(p, (*month, p.amount)));
    batch::insert(tx, NEW_MONTH, months.collect()).await
}

const NEW: &str = "INSERT INTO dues_payment (id, branch_id, member_id, kind, paid_on, payer, \
    payer_name, amount, receiver, receipt, consent_on, profile, reverses, reason, entered_at)";
const NEW_MONTH: &str = "INSERT INTO dues_month (payment_id, member_id, month, amount)";

fn columns(p: &Payment) -> [Arg; 15] {
    args![
        p.id,
        p.branch_id,
        p.member_id,
        p.kind,
        p.paid_on,
        p.payer,
        p.payer_name,
        p.amount,
        p.receiver,
        p.receipt,
        p.consent_on,
        p.profile,
        p.reverses,
        p.reason,
        p.entered_at
    ]
}

fn month_columns(p: &Payment, (month, amount): (Month, Fen)) -> [Arg; 4] {
    args![p.id, p.member_id, month, amount]
}
