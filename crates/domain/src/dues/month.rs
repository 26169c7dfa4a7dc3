//! A calendar month: what dues are paid for.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// `2015-09`. Months count on without regard to the year's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i32);

/// Not a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("不是月份。请写成 2015-09 这样。")]
pub struct NotAMonth;

impl Month {
    /// Later than any month that is written down.
    pub const END: Self = Self::new(9999, 12);

    /// `month` from 1 to 12.
    pub const fn new(year: i32, month: i32) -> Self {
        Self(year * 12 + month - 1)
    }

    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self::new(i32::from(day.year()), i32::from(day.month()))
    }

    /// So many months on, or back.
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Months from `earlier` to this one; negative when it comes first.
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Its year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 to 12.
    pub const fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// From this month to `last`, both included.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> {
        (self.0..=last.0).map(Self)
    }

    /// `2015年9月`.
    pub fn chinese(self) -> String {
        format!("{}年{}月", self.year(), self.number())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.trim().split_once('-').ok_or(NotAMonth)?;
        if year.len() != 4 || month.len() != 2 || !text.trim().is_ascii() {
            return Err(NotAMonth);
        }
        let number = |part: &str| part.parse::<u16>().map_err(|_| NotAMonth);
        match (number(year)?, number(month)?) {
            (year @ 1921..=9999, month @ 1..=12) => Ok(Self::new(year.into(), month.into())),
            _ => Err(NotAMonth),
        }
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;
    fn try_from(text: String) -> Result<Self, NotAMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

/// Months in words, runs drawn together: `2015年1月至3月、2015年5月`.
pub fn months_text(months: &[Month]) -> String {
    let mut runs: Vec<(Month, Month)> = Vec::new();
    for &month in months {
        match runs.last_mut() {
            Some((_, last)) if month.since(*last) == 1 => *last = month,
            _ => runs.push((month, month)),
        }
    }
    let words = runs.iter().map(|&(first, last)| match last {
        _ if first == last => first.chinese(),
        _ if first.year() == last.year() => format!("{}至{}月", first.chinese(), last.number()),
        _ => format!("{}至{}", first.chinese(), last.chinese()),
    });
    words.collect::<Vec<_>>().join("、")
}
