//! Notices being drafted by the 组织科: whole files that read, not issued, seen by nobody else.
//!
//! A draft's id becomes the campaign's when it is issued, so the log speaks of one thing.

use pingyi_domain::ids::CampaignId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A draft as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeDraft {
    /// Id, later the campaign's.
    pub id: CampaignId,
    /// Short unique name, later the campaign's.
    pub slug: String,
    /// 文号.
    pub number: String,
    /// 标题.
    pub title: String,
    /// The notice file's full text, comments and all.
    pub text: String,
    /// Counts the saves, from 1: two people at once are told of each other.
    pub version: u32,
    /// Last saved.
    pub saved_at: UnixTime,
    /// By whom, by name.
    pub saved_by: String,
}

record!(NoticeDraft {
    id,
    slug,
    number,
    title,
    text,
    version,
    saved_at,
    saved_by
});

/// One draft.
pub async fn get(tx: &mut Tx, id: CampaignId) -> Result<Option<NoticeDraft>> {
    tx.maybe(
        "SELECT id, slug, number, title, text, version, saved_at, saved_by \
         FROM notice_draft WHERE id = $1",
        args![id],
    )
    .await
}

/// By its short name.
pub async fn find(tx: &mut Tx, slug: &str) -> Result<Option<NoticeDraft>> {
    tx.maybe(
        "SELECT id, slug, number, title, text, version, saved_at, saved_by \
         FROM notice_draft WHERE slug = $1",
        args![slug],
    )
    .await
}

/// All drafts, last saved first.
pub async fn list(tx: &mut Tx) -> Result<Vec<NoticeDraft>> {
    tx.all(
        "SELECT id, slug, number, title, text, version, saved_at, saved_by \
         FROM notice_draft ORDER BY saved_at DESC, id",
        [],
    )
    .await
}

/// Adds one.
pub async fn insert(tx: &mut Tx, draft: &NoticeDraft) -> Result<()> {
    let d = draft;
    tx.run(
        "INSERT INTO notice_draft (id, slug, number, title, text, version, saved_at, saved_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            d.id, d.slug, d.number, d.title, d.text, d.version, d.saved_at, d.saved_by
        ],
    )
    .await
    .map(drop)
}

/// Writes everything but the id.
pub async fn update(tx: &mut Tx, draft: &NoticeDraft) -> Result<()> {
    let d = draft;
    tx.run_one(
        "UPDATE notice_draft SET slug = $2, number = $3, title = $4, text = $5, version = $6, \
         saved_at = $7, saved_by = $8 WHERE id = $1",
        args![
            d.id, d.slug, d.number, d.title, d.text, d.version, d.saved_at, d.saved_by
        ],
    )
    .await
}

/// Takes one out: it was issued, or is not wanted.
pub async fn delete(tx: &mut Tx, id: CampaignId) -> Result<()> {
    tx.run_one("DELETE FROM notice_draft WHERE id = $1", args![id])
        .await
}
