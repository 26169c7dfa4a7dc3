//! 核定 as stored: each row holds from its month until the next one's.

use jiff::civil::Date;
use pingyi_domain::dues::{Category, Fen, Month};
use pingyi_domain::ids::{DuesAssessmentId, MemberId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// One assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Id.
    pub id: DuesAssessmentId,
    /// Whose.
    pub member_id: MemberId,
    /// First month.
    pub from_month: Month,
    /// First month after it; equal to the first where it was corrected away.
    pub until_month: Month,
    /// Category of the rates.
    pub category: Category,
    /// Income, sealed.
    pub base_sealed: Option<String>,
    /// Due a month.
    pub amount: Fen,
    /// Which committee approved less or none.
    pub relief_by: Option<String>,
    /// When.
    pub relief_on: Option<Date>,
    /// Who entered it.
    pub entered_by: String,
    /// When.
    pub entered_at: UnixTime,
}

record!(Assessment {
    id,
    member_id,
    from_month,
    until_month,
    category,
    base_sealed,
    amount,
    relief_by,
    relief_on,
    entered_by,
    entered_at,
});

/// Everything ever assessed for a member, as entered.
pub async fn list_of_member(tx: &mut Tx, member: MemberId) -> Result<Vec<Assessment>> {
    tx.all(
        "SELECT id, member_id, from_month, until_month, category, base_sealed, amount, \
         relief_by, relief_on, entered_by, entered_at FROM dues_assessment \
         WHERE member_id = $1 ORDER BY id",
        args![member],
    )
    .await
}

/// What holds, or held, for the active members of a branch; corrected rows are left out.
pub async fn list_of_branch(tx: &mut Tx, branch: OrgId) -> Result<Vec<Assessment>> {
    tx.all(
        "SELECT a.id, a.member_id, a.from_month, a.until_month, a.category, a.base_sealed, \
         a.amount, a.relief_by, a.relief_on, a.entered_by, a.entered_at FROM dues_assessment a \
         JOIN member m ON m.id = a.member_id \
         WHERE m.branch_id = $1 AND m.status = 'active' AND a.until_month > a.from_month \
         ORDER BY a.member_id, a.from_month",
        args![branch],
    )
    .await
}

/// Adds one. What held before from its month on ends there.
pub async fn insert(tx: &mut Tx, assessment: &Assessment) -> Result<()> {
    let a = assessment;
    tx.run(
        "UPDATE dues_assessment SET until_month = $2 WHERE member_id = $1 AND until_month > $2",
        args![a.member_id, a.from_month],
    )
    .await?;
    tx.run(
        "INSERT INTO dues_assessment (id, member_id, from_month, until_month, category, \
         base_sealed, amount, relief_by, relief_on, entered_by, entered_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args![
            a.id,
            a.member_id,
            a.from_month,
            Month::END,
            a.category,
            a.base_sealed,
            a.amount,
            a.relief_by,
            a.relief_on,
            a.entered_by,
            a.entered_at
        ],
    )
    .await
    .map(drop)
}
