//! The archive of a closed box, kept as it was handed in: it only ever grows.
//!
//! What is inside is the ballot crate's affair.

use pingyi_domain::ballot_box::BoxState;
use pingyi_domain::ids::RoundId;
use sha2::{Digest as _, Sha256};

use crate::arg::args;
use crate::ballot_box::{self, BoxId};
use crate::row::record;
use crate::{Result, Tx};

/// An archive as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its SHA-256 as printed.
    pub sha256: String,
}

record!(Archive { bytes, sha256 });

/// What became of an archive handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, under this SHA-256.
    As(String),
    /// It does not begin with the one already kept, which stays.
    NotAnExtension,
    /// The box is neither closed nor counted.
    NotNow,
}

/// Keeps the archive, or its continuation.
pub async fn set(tx: &mut Tx, id: BoxId, bytes: &[u8]) -> Result<Kept> {
    let state = ballot_box::state(tx, id).await?;
    if !matches!(state, Some(BoxState::Closed | BoxState::Counted)) {
        return Ok(Kept::NotNow);
    }
    let before = get(tx, id).await?;
    if before.is_some_and(|before| !bytes.starts_with(&before.bytes)) {
        return Ok(Kept::NotAnExtension);
    }
    let sha256 = hex::encode(Sha256::digest(bytes));
    tx.run("DELETE FROM ballot_archive WHERE box_id = $1", args![id])
        .await?;
    tx.run(
        "INSERT INTO ballot_archive (box_id, bytes, sha256) VALUES ($1, $2, $3)",
        args![id, bytes.to_vec(), sha256],
    )
    .await?;
    Ok(Kept::As(sha256))
}

/// The archive of a box.
pub async fn get(tx: &mut Tx, id: BoxId) -> Result<Option<Archive>> {
    tx.maybe(
        "SELECT bytes, sha256 FROM ballot_archive WHERE box_id = $1",
        args![id],
    )
    .await
}

/// What a round's forms say of its electronic box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Of the archive.
    pub sha256: String,
    /// Paper sheets handed out beside the slips.
    pub paper: Option<u32>,
}

record!(Printed { sha256, paper });

/// What the forms of a round say of its counted box; `None` for a round on paper.
pub async fn of_round(tx: &mut Tx, round: RoundId) -> Result<Option<Printed>> {
    tx.maybe(
        "SELECT a.sha256, x.paper FROM ballot_box x JOIN ballot_archive a ON a.box_id = x.id \
             WHERE x.round_id = $1 AND x.state = 'counted'",
        args![round],
    )
    .await
}

impl Archive {
    /// Whether the bytes are those of the printed hash.
    pub fn is_intact(&self) -> bool {
        hex::encode(Sha256::digest(&self.bytes)) == self.sha256
    }
}
