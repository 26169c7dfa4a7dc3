//! One count from two ways: sealed slips, and the paper sheets of those without a telephone.
//!
//! The sheets are typed by two people as always. The round's count is the sum of both ways and is
//! made by whichever comes last; neither part is shown or printed apart (docs/SECRECY.md §5).

use pingyi_domain::ballot_box::{BoxState, Closing, Sums, count_of, together};
use pingyi_domain::count::Count;
use pingyi_domain::entry::DoubleEntry;
use pingyi_domain::time::UnixTime;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::ballot_box::BallotBox;

use super::load::Current;
use super::sitting::{Sitting, typing};
use crate::kernel::error::PageError;

/// What two people type from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hand {
    /// Sheets handed out.
    pub issued: u32,
    /// Sheets back.
    pub collected: u32,
    /// Voters who might have one.
    pub present: u32,
}

impl Hand {
    /// The round's sheets; of an electronic round those beside its slips.
    pub fn of(sitting: &Sitting) -> Result<Self, PageError> {
        let round = &sitting.round()?.round;
        let Some(found) = &sitting.ballot_box else {
            return Ok(Self {
                issued: round.issued.unwrap_or_default(),
                collected: round.collected.unwrap_or_default(),
                present: round.present.unwrap_or_default(),
            });
        };
        let over = matches!(found.state, BoxState::Closed | BoxState::Counted);
        match (found.paper, found.paper_collected) {
            (Some(issued), Some(collected)) if over && collected > 0 => Ok(Self {
                issued,
                collected,
                present: issued,
            }),
            (Some(_), None) => Err(PageError::refused(
                "投票还没有截止，纸质测评表等截止、清点以后再录入。",
            )),
            _ => {
                sitting.on_paper()?;
                Err(PageError::NotFound)
            }
        }
    }
}

/// Whether both ways are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// The round has its count.
    Whole,
    /// The other way is still to be counted.
    Waiting,
}

/// Two people have typed the same: the round's count, or the paper part of it.
pub(super) async fn agreed(
    tx: &mut Tx,
    sitting: &Sitting,
    typed: Count,
    by: (&Actor, UnixTime),
) -> Result<Joined, PageError> {
    let now = sitting.round()?;
    let Some(found) = &sitting.ballot_box else {
        sitting.settle(tx, now, typed).await?;
        return Ok(Joined::Whole);
    };
    let Some(sums) = &found.sums else {
        return Ok(Joined::Waiting);
    };
    let sums: Sums = serde_json::from_str(sums).map_err(PageError::internal)?;
    whole(tx, sitting, (&sums, Some(typed)), by).await
}

/// The box is opened: the round's count, if no sheet is still to be typed.
pub(crate) async fn opened(
    tx: &mut Tx,
    sitting: &Sitting,
    sums: &Sums,
    by: (&Actor, UnixTime),
) -> Result<Joined, PageError> {
    let (now, found) = sitting.electronic()?;
    let paper = match found.paper.zip(found.paper_collected) {
        None => None,
        Some((issued, 0)) => Some(Count {
            issued,
            ..sitting.shape(now).blank()
        }),
        Some(_) => match typing(tx, sitting, now).await?.entry {
            DoubleEntry::Agreed(typed) => Some(typed),
            _ => return Ok(Joined::Waiting),
        },
    };
    whole(tx, sitting, (sums, paper), by).await
}

async fn whole(
    tx: &mut Tx,
    sitting: &Sitting,
    (sums, paper): (&Sums, Option<Count>),
    (actor, at): (&Actor, UnixTime),
) -> Result<Joined, PageError> {
    let (now, found) = sitting.electronic()?;
    let electronic = count_of(&closing(now, found), sums, sitting.shape(now));
    let electronic = electronic.map_err(PageError::refused)?;
    let Some(paper) = paper else {
        sitting.settle(tx, now, electronic).await?;
        return Ok(Joined::Whole);
    };
    let both = together(&electronic, &paper).map_err(PageError::refused)?;
    let sums = sitting.settle(tx, now, both).await?;
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name, "round": now.round.no,
        "issued": sums.issued, "collected": sums.collected, "paper": paper.issued,
    });
    let object = Object::Round(now.round.id);
    tx.audit(actor, at, Event::CountsJoined, object, detail)
        .await?;
    Ok(Joined::Whole)
}

/// The electronic share of what the round issued and collected.
fn closing(now: &Current, found: &BallotBox) -> Closing {
    let less = |whole: Option<u32>, paper: Option<u32>| {
        whole
            .unwrap_or_default()
            .saturating_sub(paper.unwrap_or_default())
    };
    Closing {
        issued: less(now.round.issued, found.paper),
        collected: less(now.round.collected, found.paper_collected),
        missing: None,
    }
}
