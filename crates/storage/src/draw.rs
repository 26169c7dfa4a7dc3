//! Draws of branches for 抽查: the frozen list, then the seed. // 通知 四、4

use pingyi_domain::ids::{CampaignId, DrawId, OrgId};
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// A draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Id.
    pub id: DrawId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// The canonical list.
    pub list_text: String,
    /// Its hash, as read out.
    pub list_hash: String,
    /// Who froze it, by name.
    pub frozen_by: String,
    /// When.
    pub frozen_at: UnixTime,
    /// The seed, once called.
    pub seed: Option<String>,
    /// Who typed it, by name.
    pub drawn_by: Option<String>,
    /// When.
    pub drawn_at: Option<UnixTime>,
}

record!(Draw {
    id,
    campaign_id,
    list_text,
    list_hash,
    frozen_by,
    frozen_at,
    seed,
    drawn_by,
    drawn_at
});

/// Which branch a line of the list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Of which draw.
    pub draw_id: DrawId,
    /// Index in the list, from 0.
    pub seq: u32,
    /// The branch.
    pub branch_id: OrgId,
    /// In the sample.
    pub drawn: bool,
}

record!(Line {
    draw_id,
    seq,
    branch_id,
    drawn
});

/// All draws of a campaign, newest first.
pub async fn list(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Draw>> {
    tx.all(
        "SELECT id, campaign_id, list_text, list_hash, frozen_by, frozen_at, seed, drawn_by, \
         drawn_at FROM draw WHERE campaign_id = $1 ORDER BY frozen_at DESC, id DESC",
        args![campaign],
    )
    .await
}

/// One draw.
pub async fn get(tx: &mut Tx, id: DrawId) -> Result<Option<Draw>> {
    tx.maybe(
        "SELECT id, campaign_id, list_text, list_hash, frozen_by, frozen_at, seed, drawn_by, \
         drawn_at FROM draw WHERE id = $1",
        args![id],
    )
    .await
}

/// The lines of a draw in the order of its list.
pub async fn lines(tx: &mut Tx, draw: DrawId) -> Result<Vec<Line>> {
    tx.many(
        "SELECT draw_id, seq, branch_id, drawn FROM draw_line WHERE draw_id = $1 ORDER BY seq",
        args![draw],
    )
    .await
}

/// Freezes a list.
pub async fn insert(tx: &mut Tx, draw: &Draw, branches: &[OrgId]) -> Result<()> {
    let d = draw;
    tx.run(
        "INSERT INTO draw (id, campaign_id, list_text, list_hash, frozen_by, frozen_at, seed, \
         drawn_by, drawn_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            d.id,
            d.campaign_id,
            d.list_text,
            d.list_hash,
            d.frozen_by,
            d.frozen_at,
            d.seed,
            d.drawn_by,
            d.drawn_at
        ],
    )
    .await?;
    for (seq, branch) in (0_u32..).zip(branches) {
        tx.run(
            "INSERT INTO draw_line (draw_id, seq, branch_id, drawn) VALUES ($1, $2, $3, 0)",
            args![d.id, seq, branch],
        )
        .await?;
    }
    Ok(())
}

/// Writes seed and sample, once: a draw with a seed is stale.
pub async fn hold(tx: &mut Tx, draw: &Draw, sample: &[u32]) -> Result<()> {
    tx.run_one(
        "UPDATE draw SET seed = $2, drawn_by = $3, drawn_at = $4 WHERE id = $1 AND seed IS NULL",
        args![draw.id, draw.seed, draw.drawn_by, draw.drawn_at],
    )
    .await?;
    for seq in sample {
        tx.run_one(
            "UPDATE draw_line SET drawn = 1 WHERE draw_id = $1 AND seq = $2",
            args![draw.id, *seq],
        )
        .await?;
    }
    Ok(())
}
