//! Fractions and thresholds of settings: `1/3`, `> 1/2`, `>= 2/3`. No floats anywhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::NoticeProblem;

/// A fraction between 0 and 1, written `1/3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    num: u32,
    den: u32,
}

impl Fraction {
    /// 1/2.
    pub const HALF: Self = Self { num: 1, den: 2 };
    /// 2/3.
    pub const TWO_THIRDS: Self = Self { num: 2, den: 3 };
    /// 1/5.
    pub const FIFTH: Self = Self { num: 1, den: 5 };

    /// `num`/`den`; `None` unless 0 ≤ num ≤ den and den > 0.
    pub const fn new(num: u32, den: u32) -> Option<Self> {
        if den == 0 || num > den {
            return None;
        }
        Some(Self { num, den })
    }

    /// Numerator.
    pub const fn num(self) -> u32 {
        self.num
    }

    /// Denominator, never 0.
    pub const fn den(self) -> u32 {
        self.den
    }

    /// So many of `n`, rounded down.
    pub fn floor_of(self, n: u32) -> u32 {
        // At most n, because num ≤ den.
        u32::try_from(self.product(n) / u64::from(self.den)).unwrap_or(n)
    }

    /// So many of `n`, rounded up.
    pub fn ceil_of(self, n: u32) -> u32 {
        u32::try_from(self.product(n).div_ceil(u64::from(self.den))).unwrap_or(n)
    }

    fn product(self, n: u32) -> u64 {
        u64::from(n) * u64::from(self.num)
    }
}

impl FromStr for Fraction {
    type Err = NoticeProblem;
    fn from_str(text: &str) -> Result<Self, NoticeProblem> {
        text.split_once('/')
            .and_then(|(num, den)| Self::new(num.trim().parse().ok()?, den.trim().parse().ok()?))
            .ok_or_else(|| NoticeProblem::Fraction(text.to_owned()))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}

/// A share that must be reached: `> 1/2` (more than half) or `>= 2/3` (at least two thirds).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Threshold {
    /// Strictly more than the fraction.
    MoreThan(Fraction),
    /// The fraction or more.
    AtLeast(Fraction),
}

impl Threshold {
    /// Whether `part` of `whole` reaches it.
    pub fn met(self, part: u32, whole: u32) -> bool {
        let compare = |f: Fraction| (u64::from(part) * u64::from(f.den)).cmp(&f.product(whole));
        match self {
            Self::MoreThan(f) => compare(f).is_gt(),
            Self::AtLeast(f) => compare(f).is_ge(),
        }
    }

    /// In Chinese: 超过1/2, 达到2/3.
    pub fn label(self) -> String {
        match self {
            Self::MoreThan(f) => format!("超过{f}"),
            Self::AtLeast(f) => format!("达到{f}"),
        }
    }
}

impl FromStr for Threshold {
    type Err = NoticeProblem;
    fn from_str(text: &str) -> Result<Self, NoticeProblem> {
        if let Some(rest) = text.strip_prefix(">=") {
            return rest.parse().map(Self::AtLeast);
        }
        let rest = text.strip_prefix('>');
        let rest = rest.ok_or_else(|| NoticeProblem::Fraction(text.to_owned()))?;
        rest.parse().map(Self::MoreThan)
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreThan(x) => write!(f, "> {x}"),
            Self::AtLeast(x) => write!(f, ">= {x}"),
        }
    }
}

macro_rules! as_text {
    ($($name:ident),+) => {$(
        impl TryFrom<String> for $name {
            type Error = NoticeProblem;
            fn try_from(text: String) -> Result<Self, NoticeProblem> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    )+};
}

as_text!(Fraction, Threshold);
