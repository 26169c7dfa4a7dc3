//! A round's list: every member of the branch in the ballot's order, and how each takes part.

use pingyi_domain::appraisal::{Subject, Treatment, UngradedReason};
use pingyi_domain::ids::RoundId;
use pingyi_domain::member::Standing;

use crate::arg::{Arg, args};
use crate::column::{Column, bad_value};
use crate::row::{Record, Row};
use crate::{Result, Tx, batch};

/// A line of the list, with name, standing and post copied as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundMember {
    /// Position, from 1.
    pub seq: u32,
    /// Who, and whether graded.
    pub subject: Subject,
    /// Name.
    pub name: String,
    /// Full or probationary.
    pub standing: Standing,
    /// 党内职务; empty for none.
    pub post_title: String,
}

/// A round's list in order.
pub async fn list(tx: &mut Tx, round: RoundId) -> Result<Vec<RoundMember>> {
    tx.all(
        "SELECT seq, member_id, name, standing, post_title, treatment, reason FROM round_member \
         WHERE round_id = $1 ORDER BY seq",
        args![round],
    )
    .await
}

/// Writes the whole list anew; refused once something refers to it.
pub async fn set(tx: &mut Tx, round: RoundId, list: &[RoundMember]) -> Result<()> {
    tx.run("DELETE FROM round_member WHERE round_id = $1", args![round])
        .await?;
    let head = "INSERT INTO round_member (round_id, seq, member_id, name, standing, post_title, \
                treatment, reason)";
    batch::insert(
        tx,
        head,
        list.iter().map(|line| columns(round, line)).collect(),
    )
    .await
}

fn columns(round: RoundId, line: &RoundMember) -> [Arg; 8] {
    let (treatment, reason) = match &line.subject.treatment {
        Treatment::Graded => ("graded", None),
        Treatment::Ungraded { why } => match why {
            UngradedReason::Probationary => ("ungraded", None),
            UngradedReason::Other { words } => ("ungraded", Some(words.clone())),
        },
        Treatment::NotAppraised { why } => ("not_appraised", Some(why.clone())),
    };
    args![
        round,
        line.seq,
        line.subject.member,
        line.name,
        line.standing,
        line.post_title,
        treatment,
        reason
    ]
}

impl Record for RoundMember {
    fn read(row: &Row<'_>) -> Result<Self> {
        let subject = Subject {
            member: row.get("member_id")?,
            treatment: read_treatment(row)?,
        };
        Ok(Self {
            seq: row.get("seq")?,
            subject,
            name: row.get("name")?,
            standing: row.get("standing")?,
            post_title: row.get("post_title")?,
        })
    }
}

fn read_treatment(row: &Row<'_>) -> Result<Treatment> {
    let reason: Option<String> = row.get("reason")?;
    match (String::get(row, "treatment")?.as_str(), reason) {
        ("graded", _) => Ok(Treatment::Graded),
        ("ungraded", None) => Ok(Treatment::Ungraded {
            why: UngradedReason::Probationary,
        }),
        ("ungraded", Some(words)) => Ok(Treatment::Ungraded {
            why: UngradedReason::Other { words },
        }),
        ("not_appraised", Some(why)) => Ok(Treatment::NotAppraised { why }),
        (word, _) => Err(bad_value("treatment", word)),
    }
}
