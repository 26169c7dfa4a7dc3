//! 目标责任制考评: the scheme, and the units' sheets with their marks. // 通知 四、4

use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::scheme::{Mark, Points, SchemeState, SheetState};
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::column::{Column, bad_value, states};
use crate::row::{Row, record};
use crate::{Result, Tx};

states!(SchemeState, SheetState);

impl Column for Points {
    fn to_arg(&self) -> Arg {
        Arg::Int(Some(i64::from(self.0)))
    }

    fn null() -> Arg {
        Arg::Int(None)
    }

    fn decode(row: &Row<'_>, name: &str) -> Result<Option<Self>> {
        let int = row.int(name)?;
        int.map(|int| {
            let tenths = u32::try_from(int).map_err(|_| bad_value(name, int.to_string()))?;
            Ok(Self(tenths))
        })
        .transpose()
    }
}

/// The scheme of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredScheme {
    /// For which notice.
    pub campaign_id: CampaignId,
    /// TOML.
    pub content: String,
    /// Draft or issued.
    pub state: SchemeState,
    /// Who changed it last, by name.
    pub saved_by: String,
    /// When.
    pub saved_at: UnixTime,
}

record!(StoredScheme {
    campaign_id,
    content,
    state,
    saved_by,
    saved_at
});

/// The scheme; `None` before somebody wrote one.
pub async fn scheme(tx: &mut Tx, campaign: CampaignId) -> Result<Option<StoredScheme>> {
    tx.maybe(
        "SELECT campaign_id, content, state, saved_by, saved_at FROM assessment_scheme \
         WHERE campaign_id = $1",
        args![campaign],
    )
    .await
}

/// Writes the scheme anew.
pub async fn set_scheme(tx: &mut Tx, s: &StoredScheme) -> Result<()> {
    tx.run(
        "DELETE FROM assessment_scheme WHERE campaign_id = $1",
        args![s.campaign_id],
    )
    .await?;
    tx.run(
        "INSERT INTO assessment_scheme (campaign_id, content, state, saved_by, saved_at) \
         VALUES ($1, $2, $3, $4, $5)",
        args![s.campaign_id, s.content, s.state, s.saved_by, s.saved_at],
    )
    .await
    .map(drop)
}

/// One unit's sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Whose.
    pub unit_id: OrgId,
    /// How far it is.
    pub state: SheetState,
    /// Who handed it in, by name.
    pub handed_by: Option<String>,
    /// When.
    pub handed_at: Option<UnixTime>,
    /// Why it was sent back; empty otherwise.
    pub returned_for: String,
    /// Who checked it, by name.
    pub checked_by: Option<String>,
    /// When.
    pub checked_at: Option<UnixTime>,
}

record!(Sheet {
    campaign_id,
    unit_id,
    state,
    handed_by,
    handed_at,
    returned_for,
    checked_by,
    checked_at
});

impl Sheet {
    /// One nobody has touched.
    pub fn blank(campaign_id: CampaignId, unit_id: OrgId) -> Self {
        Self {
            campaign_id,
            unit_id,
            state: SheetState::Own,
            handed_by: None,
            handed_at: None,
            returned_for: String::new(),
            checked_by: None,
            checked_at: None,
        }
    }
}

/// One unit's sheet; `None` before anybody wrote on it.
pub async fn find(tx: &mut Tx, campaign: CampaignId, unit: OrgId) -> Result<Option<Sheet>> {
    tx.maybe(
        "SELECT campaign_id, unit_id, state, handed_by, handed_at, returned_for, checked_by, \
         checked_at FROM assessment_sheet WHERE campaign_id = $1 AND unit_id = $2",
        args![campaign, unit],
    )
    .await
}

/// All sheets of a campaign, in roster order.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Sheet>> {
    tx.many(
        "SELECT campaign_id, unit_id, state, handed_by, handed_at, returned_for, checked_by, \
         checked_at FROM assessment_sheet WHERE campaign_id = $1 ORDER BY unit_id",
        args![campaign],
    )
    .await
}

record!(Mark {
    item,
    own,
    note,
    deduction,
    reason
});

/// A sheet's marks.
pub async fn marks(tx: &mut Tx, campaign: CampaignId, unit: OrgId) -> Result<Vec<Mark>> {
    tx.all(
        "SELECT item, own, note, deduction, reason FROM assessment_mark \
         WHERE campaign_id = $1 AND unit_id = $2 ORDER BY item",
        args![campaign, unit],
    )
    .await
}

/// Writes a sheet with all its marks anew.
pub async fn set(tx: &mut Tx, s: &Sheet, marks: &[Mark]) -> Result<()> {
    let whose = || args![s.campaign_id, s.unit_id];
    tx.run(
        "DELETE FROM assessment_mark WHERE campaign_id = $1 AND unit_id = $2",
        whose(),
    )
    .await?;
    tx.run(
        "DELETE FROM assessment_sheet WHERE campaign_id = $1 AND unit_id = $2",
        whose(),
    )
    .await?;
    tx.run(
        "INSERT INTO assessment_sheet (campaign_id, unit_id, state, handed_by, handed_at, \
         returned_for, checked_by, checked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            s.campaign_id,
            s.unit_id,
            s.state,
            s.handed_by,
            s.handed_at,
            s.returned_for,
            s.checked_by,
            s.checked_at
        ],
    )
    .await?;
    for m in marks {
        tx.run(
            "INSERT INTO assessment_mark (campaign_id, unit_id, item, own, note, deduction, \
             reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![
                s.campaign_id,
                s.unit_id,
                m.item,
                m.own,
                m.note,
                m.deduction,
                m.reason
            ],
        )
        .await?;
    }
    Ok(())
}
