//! Points of an assessment, in tenths: `2`, `0.5`, `12.5`. No floating point.

use std::fmt;
use std::iter::Sum;

use thiserror::Error;

/// So many tenths of a point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(pub u32);

/// Why a text is no number of points. The message follows the field's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PointsProblem {
    /// Not digits with at most one decimal.
    #[error("不是分数。只写数字，最多一位小数，例如 2 或 2.5。")]
    NotPoints,
    /// More than a hundred-point scheme could hold.
    #[error("太大。一项最多 1000 分，请核对。")]
    TooLarge,
}

/// A thousand points.
const MOST: u32 = 10_000;

impl Points {
    /// None.
    pub const ZERO: Self = Self(0);

    /// Reads `2`, `2.5`, `2分`; an empty text is not yet set.
    pub fn parse(typed: &str) -> Result<Option<Self>, PointsProblem> {
        let text = typed.trim();
        let text = text.strip_suffix('分').unwrap_or(text).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(tenth) || tenth.len() > 1 {
            return Err(PointsProblem::NotPoints);
        }
        let number = |part: &str| part.parse::<u32>().map_err(|_| PointsProblem::TooLarge);
        let sum = number(whole)?
            .checked_mul(10)
            .and_then(|sum| sum.checked_add(number(tenth).ok()?));
        match sum {
            Some(sum) if sum <= MOST => Ok(Some(Self(sum))),
            _ => Err(PointsProblem::TooLarge),
        }
    }

    /// What is left; never less than none.
    #[must_use]
    pub fn less(self, taken: Self) -> Self {
        Self(self.0.saturating_sub(taken.0))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenth) => write!(f, "{whole}.{tenth}"),
        }
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|one| one.0).sum())
    }
}
