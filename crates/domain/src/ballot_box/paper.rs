//! A room in which some take a paper sheet beside the slips of the others.
//!
//! Only the sum of both ways is the round's count. What each way alone gives away is said before
//! voting begins (docs/SECRECY.md §5): the electronic sums stand in the archive, and who has them
//! and the sum of both has the paper ones by subtraction.

use super::BoxError;
use crate::count::Count;
use crate::notice::Settings;

/// How a room votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// Voters in the room.
    pub voters: u32,
    /// Slips drawn.
    pub slips: u32,
    /// Paper sheets handed out.
    pub paper: u32,
}

/// The paper sheets of such a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheets {
    /// Handed out.
    pub issued: u32,
    /// Back.
    pub collected: u32,
}

impl Ways {
    /// 发出票: slips and sheets. Nobody has both, and where paper is used at all the electronic part
    /// must not be so small that its sums, which the archive has, tell single votes.
    pub fn issued(self, settings: &Settings) -> Result<u32, BoxError> {
        let Self {
            voters,
            slips,
            paper,
        } = self;
        let issued = slips.saturating_add(paper);
        if issued > voters {
            return Err(BoxError::MoreThanVoters {
                slips,
                paper,
                voters,
            });
        }
        if paper > 0 && !settings.counts_shown(slips) {
            return Err(BoxError::TooFewElectronic {
                slips,
                floor: settings.floor,
            });
        }
        Ok(issued)
    }

    /// So few on paper that subtraction tells their votes: a warning, not a stop.
    pub fn warning(self, settings: &Settings) -> Option<String> {
        let Self { paper, .. } = self;
        let few = paper > 0 && !settings.counts_shown(paper);
        few.then(|| {
            format!(
                "用纸质测评表的只有 {paper} 人，少于 {}。计票档案里有电子票的合计，拿到档案的人用总数一减，就能看出这 {paper} 人怎么投的。请尽量请他们在会场公用设备上凭票条投票。",
                settings.floor
            )
        })
    }
}

impl Sheets {
    /// More back than went out: the whole round is void. // docs/DOMAIN.md §2.5 invariant 3
    pub fn check(self) -> Result<(), BoxError> {
        let Self { issued, collected } = self;
        if collected > issued {
            return Err(BoxError::MorePaper { issued, collected });
        }
        Ok(())
    }
}

/// Both ways together, once each is counted.
pub fn together(electronic: &Count, paper: &Count) -> Result<Count, BoxError> {
    electronic.plus(paper).ok_or(BoxError::OtherShape)
}
