//! Where every slip is: 签到 = 领票 = 已投 + 弃用.
//!
//! Numbers only. Which slip is whose is known to nobody; whether a slip is used is known by its
//! public side.

use super::BoxError;

/// The slips of a box, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slips {
    /// Made, spares included.
    pub made: u32,
    /// Never drawn, and put aside before all.
    pub spare: u32,
    /// Drawn and handed back unused (弃用).
    pub handed_back: u32,
    /// Ballots in the box, one per slip.
    pub cast: u32,
}

/// Two scrutineers say that the missing slips stay missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// Numbers of the scrutineers who confirmed, from 1.
    pub by: Vec<u32>,
    /// Why.
    pub reason: String,
}

/// What closing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// 发出票: slips drawn.
    pub issued: u32,
    /// 收回票: ballots in the box.
    pub collected: u32,
    /// Slips that stay missing, and why.
    pub missing: Option<(u32, String)>,
}

impl Slips {
    /// Enough for everybody in the room.
    pub fn enough_for(self, voters: u32) -> Result<(), BoxError> {
        if self.made == 0 || self.made < voters {
            return Err(BoxError::TooFewSlips {
                slips: self.made,
                voters,
            });
        }
        Ok(())
    }

    /// 领票: slips that were drawn.
    pub fn drawn(self) -> u32 {
        self.made.saturating_sub(self.spare)
    }

    /// Slips neither cast nor put aside nor handed back.
    pub fn out(self) -> Result<u32, BoxError> {
        let returned = self.spare.saturating_add(self.handed_back);
        let used = returned.saturating_add(self.cast);
        self.made.checked_sub(used).ok_or(BoxError::MoreThanMade {
            made: self.made,
            cast: self.cast,
            returned,
        })
    }

    /// Closes the box when every slip is accounted for, or both scrutineers say why not.
    /// `scrutineers`: how many there are.
    pub fn close(
        self,
        scrutineers: u32,
        confirmed: Option<&Confirmation>,
    ) -> Result<Closing, BoxError> {
        let out = self.out()?;
        let missing = match (out, confirmed) {
            (0, _) => None,
            (out, None) => return Err(BoxError::SlipsOut { out }),
            (out, Some(confirmation)) => {
                confirmation.check(scrutineers)?;
                Some((out, confirmation.reason.trim().to_owned()))
            }
        };
        Ok(Closing {
            issued: self.drawn(),
            collected: self.cast,
            missing,
        })
    }
}

impl Confirmation {
    /// By every scrutineer, each once, with a reason.
    fn check(&self, scrutineers: u32) -> Result<(), BoxError> {
        let mut by = self.by.clone();
        by.sort_unstable();
        let all = by.iter().copied().eq(1..=scrutineers);
        if all && !self.reason.trim().is_empty() {
            Ok(())
        } else {
            Err(BoxError::NotConfirmed)
        }
    }
}
