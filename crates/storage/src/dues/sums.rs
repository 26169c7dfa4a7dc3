//! Sums over members and months, grouped by the database.

use jiff::civil::Date;
use pingyi_domain::dues::{Fen, Month};
use pingyi_domain::ids::{MemberId, OrgId};

use crate::arg::args;
use crate::below::below;
use crate::row::record;
use crate::{Result, Tx};

/// What a member paid for a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberMonth {
    /// Who.
    pub member_id: MemberId,
    /// By name; members who left since are among them.
    pub name: String,
    /// Which month.
    pub month: Month,
    /// Sum, reversals deducted.
    pub paid: Fen,
}

record!(MemberMonth {
    member_id,
    name,
    month,
    paid
});

/// What a branch's active members paid for some months, wherever they paid.
pub async fn of_members(
    tx: &mut Tx,
    branch: OrgId,
    first: Month,
    last: Month,
) -> Result<Vec<MemberMonth>> {
    tx.all(
        "SELECT d.member_id, m.name, d.month, CAST(SUM(d.amount) AS BIGINT) AS paid \
         FROM dues_month d JOIN member m ON m.id = d.member_id \
         WHERE m.branch_id = $1 AND m.status = 'active' AND d.month >= $2 AND d.month <= $3 \
         GROUP BY d.member_id, m.name, d.month ORDER BY d.member_id, d.month",
        args![branch, first, last],
    )
    .await
}

/// What was paid to a branch for some months, also by members who left since.
pub async fn of_branch(
    tx: &mut Tx,
    branch: OrgId,
    first: Month,
    last: Month,
) -> Result<Vec<MemberMonth>> {
    tx.all(
        "SELECT d.member_id, m.name, d.month, CAST(SUM(d.amount) AS BIGINT) AS paid \
         FROM dues_payment p JOIN dues_month d ON d.payment_id = p.id \
         JOIN member m ON m.id = d.member_id \
         WHERE p.branch_id = $1 AND d.month >= $2 AND d.month <= $3 \
         GROUP BY d.member_id, m.name, d.month ORDER BY d.member_id, d.month",
        args![branch, first, last],
    )
    .await
}

/// An amount of a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchSum {
    /// Which.
    pub branch_id: OrgId,
    /// How much.
    pub amount: Fen,
}

record!(BranchSum { branch_id, amount });

/// What the members of a branch owe together in every month of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchSpan {
    /// Which.
    pub branch_id: OrgId,
    /// First month.
    pub from_month: Month,
    /// First month after it.
    pub until_month: Month,
    /// Together, a month.
    pub amount: Fen,
    /// How many members.
    pub members: u32,
}

record!(BranchSpan {
    branch_id,
    from_month,
    until_month,
    amount,
    members
});

/// What the active members of the branches of a unit owe, by span.
pub async fn owed_under(tx: &mut Tx, unit: OrgId) -> Result<Vec<BranchSpan>> {
    tx.all(
        concat!(
            "SELECT m.branch_id, a.from_month, a.until_month, \
             CAST(SUM(a.amount) AS BIGINT) AS amount, COUNT(*) AS members \
             FROM dues_assessment a JOIN member m ON m.id = a.member_id \
             WHERE m.status = 'active' AND a.until_month > a.from_month AND m.branch_id IN ",
            below!("$1"),
            " GROUP BY m.branch_id, a.from_month, a.until_month \
             ORDER BY m.branch_id, a.from_month, a.until_month"
        ),
        args![unit],
    )
    .await
}

/// How much of what was owed for some months is paid, extras left out: owed less this is in
/// arrears.
pub async fn covered_under(
    tx: &mut Tx,
    unit: OrgId,
    first: Month,
    last: Month,
) -> Result<Vec<BranchSum>> {
    tx.all(
        concat!(
            "SELECT m.branch_id, \
             CAST(SUM(CASE WHEN s.paid < a.amount THEN s.paid ELSE a.amount END) AS BIGINT) AS amount \
             FROM (SELECT member_id, month, SUM(amount) AS paid FROM dues_month \
             WHERE month >= $2 AND month <= $3 GROUP BY member_id, month) s \
             JOIN member m ON m.id = s.member_id \
             JOIN dues_assessment a ON a.member_id = s.member_id AND a.from_month <= s.month \
             AND a.until_month > s.month \
             WHERE m.status = 'active' AND m.branch_id IN ",
            below!("$1"),
            " GROUP BY m.branch_id ORDER BY m.branch_id"
        ),
        args![unit, first, last],
    )
    .await
}

/// What was paid to the branches of a unit for some months, extras included.
pub async fn received_under(
    tx: &mut Tx,
    unit: OrgId,
    first: Month,
    last: Month,
) -> Result<Vec<BranchSum>> {
    tx.all(
        concat!(
            "SELECT p.branch_id, CAST(SUM(d.amount) AS BIGINT) AS amount \
             FROM dues_payment p JOIN dues_month d ON d.payment_id = p.id \
             WHERE d.month >= $2 AND d.month <= $3 AND p.branch_id IN ",
            below!("$1"),
            " GROUP BY p.branch_id ORDER BY p.branch_id"
        ),
        args![unit, first, last],
    )
    .await
}

/// One-offs that go up whole, paid between two days.
pub async fn large_under(
    tx: &mut Tx,
    unit: OrgId,
    first: Date,
    last: Date,
) -> Result<Vec<BranchSum>> {
    tx.all(
        concat!(
            "SELECT branch_id, CAST(SUM(amount) AS BIGINT) AS amount FROM dues_payment \
             WHERE kind = 'large' AND paid_on >= $2 AND paid_on <= $3 AND branch_id IN ",
            below!("$1"),
            " GROUP BY branch_id ORDER BY branch_id"
        ),
        args![unit, first, last],
    )
    .await
}
