//! Money in 分. No floating point anywhere near it.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// So many 分; negative only in reversing entries.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Fen(pub i64);

/// Why a text is no amount. The message follows the field's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FenProblem {
    /// Nothing typed.
    #[error("没有填写。")]
    Empty,
    /// Not digits with at most two decimals.
    #[error("不是金额。请以元为单位，只写数字，最多两位小数，例如 37.50。")]
    NotAnAmount,
    /// More than any dues or wage could be.
    #[error("数字太大，请核对是不是多写了几位。")]
    TooLarge,
}

/// One million yuan: no monthly income of a member and no payment comes near it.
const MOST: i64 = 100_000_000;

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Reads `37.5`, `37.50`, `37元`; never negative.
    pub fn parse(typed: &str) -> Result<Self, FenProblem> {
        let text = typed.trim();
        let text = text.strip_suffix('元').unwrap_or(text).trim();
        if text.is_empty() {
            return Err(FenProblem::Empty);
        }
        let (yuan, fen) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(yuan) || !digits(fen) || fen.len() > 2 {
            return Err(FenProblem::NotAnAmount);
        }
        let number = |part: &str| part.parse::<i64>().map_err(|_| FenProblem::TooLarge);
        let scale = if fen.len() == 1 { 10 } else { 1 };
        let sum = number(yuan)?
            .checked_mul(100)
            .and_then(|whole| whole.checked_add(number(fen).ok()? * scale));
        match sum {
            Some(sum) if sum <= MOST => Ok(Self(sum)),
            _ => Err(FenProblem::TooLarge),
        }
    }

    /// Not less than nothing.
    #[must_use]
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// Neither owed nor paid.
    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// The same amount taken back.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self(-self.0)
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let whole = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", whole / 100, whole % 100)
    }
}

impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Fen {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl TryFrom<String> for Fen {
    type Error = FenProblem;
    fn try_from(text: String) -> Result<Self, FenProblem> {
        Self::parse(&text)
    }
}

impl From<Fen> for String {
    fn from(fen: Fen) -> Self {
        fen.to_string()
    }
}
