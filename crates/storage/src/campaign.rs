//! Campaigns: one issued notice each, with its whole text.

use pingyi_domain::ids::CampaignId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::column::states;
use crate::row::record;
use crate::{Result, Tx};

/// How far a campaign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignStatus {
    /// Being prepared by the 组织科; units do not see it.
    Draft,
    /// Issued to the units.
    Issued,
    /// Over; kept for reading.
    Closed,
}

impl CampaignStatus {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
            Self::Closed => "closed",
        }
    }

    /// Reads what [`CampaignStatus::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Draft, Self::Issued, Self::Closed]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

states!(CampaignStatus);

/// A campaign as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Id.
    pub id: CampaignId,
    /// Short unique name for addresses.
    pub slug: String,
    /// 文号.
    pub number: String,
    /// 标题.
    pub title: String,
    /// The notice file's full text.
    pub notice_toml: String,
    /// How far it is.
    pub status: CampaignStatus,
    /// When it was issued.
    pub issued_at: Option<UnixTime>,
    /// By whom, by name.
    pub issued_by: Option<String>,
}

record!(Campaign {
    id,
    slug,
    number,
    title,
    notice_toml,
    status,
    issued_at,
    issued_by
});

/// One campaign.
pub async fn get(tx: &mut Tx, id: CampaignId) -> Result<Option<Campaign>> {
    tx.maybe(
        "SELECT id, slug, number, title, notice_toml, status, issued_at, issued_by \
         FROM campaign WHERE id = $1",
        args![id],
    )
    .await
}

/// By its short name.
pub async fn find(tx: &mut Tx, slug: &str) -> Result<Option<Campaign>> {
    tx.maybe(
        "SELECT id, slug, number, title, notice_toml, status, issued_at, issued_by \
         FROM campaign WHERE slug = $1",
        args![slug],
    )
    .await
}

/// All campaigns, newest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<Campaign>> {
    tx.all(
        "SELECT id, slug, number, title, notice_toml, status, issued_at, issued_by \
         FROM campaign ORDER BY id DESC",
        [],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, campaign: &Campaign) -> Result<()> {
    let c = campaign;
    tx.run(
        "INSERT INTO campaign (id, slug, number, title, notice_toml, status, issued_at, \
         issued_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            c.id,
            c.slug,
            c.number,
            c.title,
            c.notice_toml,
            c.status,
            c.issued_at,
            c.issued_by
        ],
    )
    .await
    .map(drop)
}

/// Writes everything but the id.
pub async fn update(tx: &mut Tx, campaign: &Campaign) -> Result<()> {
    let c = campaign;
    tx.run_one(
        "UPDATE campaign SET slug = $2, number = $3, title = $4, notice_toml = $5, status = $6, \
         issued_at = $7, issued_by = $8 WHERE id = $1",
        args![
            c.id,
            c.slug,
            c.number,
            c.title,
            c.notice_toml,
            c.status,
            c.issued_at,
            c.issued_by
        ],
    )
    .await
}
