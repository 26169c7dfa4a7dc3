//! Tokens by which another system of a unit reads facts: how long one lasts, and when it opens.
//!
//! The token itself is made and hashed elsewhere; nothing here ever sees it.

use jiff::civil::Date;
use thiserror::Error;

use crate::time::UnixTime;

/// A token lasts a year at most: an interface nobody looks after closes by itself.
pub const LONGEST_DAYS: i32 = 366;

/// Why a last day cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenProblem {
    /// Today or before.
    #[error("有效期要晚于今天。请另选日期。")]
    Past,
    /// More than a year ahead.
    #[error("有效期最长一年。到期可以重新发放，请另选日期。")]
    TooLong,
}

/// A last day that can be.
pub fn last_day(day: Date, today: Date) -> Result<Date, TokenProblem> {
    let days = today.until(day).map_or(i32::MAX, |span| span.get_days());
    match days {
        ..=0 => Err(TokenProblem::Past),
        days if days > LONGEST_DAYS => Err(TokenProblem::TooLong),
        _ => Ok(day),
    }
}

/// How a token stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenState {
    /// Opens.
    Active,
    /// Its last day is over.
    Expired,
    /// Taken back by a person; stays so.
    Revoked,
}

impl TokenState {
    /// From what is stored.
    pub fn of(last_day: Date, revoked: Option<UnixTime>, today: Date) -> Self {
        match revoked {
            Some(_) => Self::Revoked,
            None if today > last_day => Self::Expired,
            None => Self::Active,
        }
    }

    /// As pages name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "有效",
            Self::Expired => "已过期",
            Self::Revoked => "已停用",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2015, 9, 15);

    #[test]
    fn a_token_lasts_from_tomorrow_to_a_year() {
        assert_eq!(last_day(TODAY, TODAY), Err(TokenProblem::Past));
        assert_eq!(last_day(date(2015, 9, 1), TODAY), Err(TokenProblem::Past));
        assert!(last_day(date(2015, 9, 16), TODAY).is_ok());
        assert!(last_day(date(2016, 9, 15), TODAY).is_ok());
        let two = last_day(date(2017, 9, 15), TODAY);
        assert_eq!(two, Err(TokenProblem::TooLong));
    }

    #[test]
    fn a_token_opens_on_its_last_day_and_not_after_nor_once_revoked() {
        let of = |day, revoked| TokenState::of(TODAY, revoked, day);
        assert_eq!(of(TODAY, None), TokenState::Active);
        assert_eq!(of(date(2015, 9, 16), None), TokenState::Expired);
        assert_eq!(of(TODAY, Some(UnixTime(1))), TokenState::Revoked);
        assert_eq!(
            of(date(2015, 9, 16), Some(UnixTime(1))),
            TokenState::Revoked
        );
    }
}
