//! What cannot be in a ballot box unless somebody went around the program; for `pingyi doctor`.
//!
//! Looks at rows and hashes. Whether the ballots themselves hold is the verifier's question.

use std::fmt;

use crate::ballot_archive::{self, Archive};
use crate::ballot_box::BoxId;
use crate::row::record;
use crate::{Result, Tx};

/// Something impossible in one box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoxFinding {
    /// Which box.
    pub box_id: BoxId,
    /// What.
    pub fault: BoxFault,
}

/// What is impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxFault {
    /// Not as many slips as were made.
    OtherSlips,
    /// More ballots than slips were made.
    MoreBallots,
    /// A ballot without its slip.
    NoSlip,
    /// A ballot under a slip that was put aside or handed back.
    SlipBack,
    /// Two ballots with the same word code.
    CodeTwice,
    /// Counted, but there is no archive.
    NoArchive,
    /// The archive is not the one its hash was made from.
    OtherArchive,
}

impl BoxFault {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::OtherSlips => "投票码张数与制作时不符",
            Self::MoreBallots => "票数多于投票码",
            Self::NoSlip => "有票没有对应的投票码",
            Self::SlipBack => "已交回或备用的投票码下有票",
            Self::CodeTwice => "两张票的校验码相同",
            Self::NoArchive => "已计票但没有计票档案",
            Self::OtherArchive => "计票档案与记下的指纹不符",
        }
    }
}

impl fmt::Display for BoxFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "票箱 {}：{}", self.box_id, self.fault.label())
    }
}

struct Id {
    id: BoxId,
}

record!(Id { id });

/// Each fault and the boxes that have it.
const QUERIES: [(BoxFault, &str); 6] = [
    (
        BoxFault::OtherSlips,
        "SELECT x.id FROM ballot_box x WHERE COALESCE(x.made, 0) <> \
         (SELECT COUNT(*) FROM slip s WHERE s.box_id = x.id) ORDER BY x.id",
    ),
    (
        BoxFault::MoreBallots,
        "SELECT x.id FROM ballot_box x WHERE COALESCE(x.made, 0) < \
         (SELECT COUNT(*) FROM ballot b WHERE b.box_id = x.id) ORDER BY x.id",
    ),
    (
        BoxFault::NoSlip,
        "SELECT DISTINCT b.box_id AS id FROM ballot b LEFT JOIN slip s ON s.box_id = b.box_id \
         AND s.credential = b.credential WHERE s.box_id IS NULL ORDER BY b.box_id",
    ),
    (
        BoxFault::SlipBack,
        "SELECT DISTINCT b.box_id AS id FROM ballot b JOIN slip s ON s.box_id = b.box_id \
         AND s.credential = b.credential WHERE b.is_cast = 1 AND s.state <> 'out' \
         ORDER BY b.box_id",
    ),
    (
        BoxFault::CodeTwice,
        "SELECT DISTINCT b.box_id AS id FROM ballot b WHERE b.is_cast = 1 \
         GROUP BY b.box_id, b.code HAVING COUNT(*) > 1 ORDER BY b.box_id",
    ),
    (
        BoxFault::NoArchive,
        "SELECT x.id FROM ballot_box x LEFT JOIN ballot_archive a ON a.box_id = x.id \
         WHERE x.state = 'counted' AND a.box_id IS NULL ORDER BY x.id",
    ),
];

/// Everything impossible, fault by fault.
pub async fn find(tx: &mut Tx) -> Result<Vec<BoxFinding>> {
    let mut found = Vec::new();
    for (fault, sql) in QUERIES {
        let boxes: Vec<Id> = tx.all(sql, []).await?;
        found.extend(boxes.into_iter().map(|row| BoxFinding {
            box_id: row.id,
            fault,
        }));
    }
    let archived: Vec<Id> = tx
        .all(
            "SELECT box_id AS id FROM ballot_archive ORDER BY box_id",
            [],
        )
        .await?;
    // One at a time: archives are megabytes.
    for Id { id: box_id } in archived {
        let archive = ballot_archive::get(tx, box_id).await?;
        if !archive.as_ref().is_none_or(Archive::is_intact) {
            let fault = BoxFault::OtherArchive;
            found.push(BoxFinding { box_id, fault });
        }
    }
    Ok(found)
}
