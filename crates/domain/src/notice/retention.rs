//! How long papers are kept, as a notice's settings say it (docs/DOMAIN.md §3.6).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::NoticeProblem;

/// Terms by kind of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// 通知, 方案, 汇总表, 总结.
    pub filings: Term,
    /// 会议记录 and what proves it.
    pub meeting: Term,
    /// 整改台帐 and 把关.
    pub ledger: Term,
    /// Paper ballots and tellers' worksheets.
    pub sheets: Term,
    /// Talks, opinions heard, problem lists, objections and help.
    pub personal: Term,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            filings: Term::Permanent,
            meeting: Term::Years(30),
            ledger: Term::Years(30),
            sheets: Term::AfterPublicity,
            personal: Term::Years(10),
        }
    }
}

/// One term: `permanent`, `30 years`, `after-publicity`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Term {
    /// For ever.
    Permanent,
    /// So many years after the year of the notice.
    Years(i16),
    /// Until 公示 is over and objections are answered.
    AfterPublicity,
}

impl FromStr for Term {
    type Err = NoticeProblem;
    fn from_str(text: &str) -> Result<Self, NoticeProblem> {
        let refused = || NoticeProblem::Term(text.to_owned());
        match text.trim() {
            "permanent" => Ok(Self::Permanent),
            "after-publicity" => Ok(Self::AfterPublicity),
            other => {
                let years = other.strip_suffix("years").ok_or_else(refused)?;
                let years: i16 = years.trim().parse().map_err(|_| refused())?;
                (1..=100)
                    .contains(&years)
                    .then_some(Self::Years(years))
                    .ok_or_else(refused)
            }
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Permanent => f.write_str("permanent"),
            Self::Years(years) => write!(f, "{years} years"),
            Self::AfterPublicity => f.write_str("after-publicity"),
        }
    }
}

impl TryFrom<String> for Term {
    type Error = NoticeProblem;
    fn try_from(text: String) -> Result<Self, NoticeProblem> {
        text.parse()
    }
}

impl From<Term> for String {
    fn from(term: Term) -> Self {
        term.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_read_back_as_written() {
        for term in [Term::Permanent, Term::Years(30), Term::AfterPublicity] {
            assert_eq!(term.to_string().parse(), Ok(term));
        }
        for wrong in ["", "0 years", "ten years", "500 years", "forever"] {
            assert!(wrong.parse::<Term>().is_err(), "{wrong}");
        }
    }
}
