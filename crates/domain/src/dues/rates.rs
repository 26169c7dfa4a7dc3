//! Rates as data: which category pays what share of which base. // 中组发〔2008〕3号

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Category, Fen, Month};

/// The rates every installation starts with.
const RATES_2008: &str = include_str!("../../../../rates/dues-2008.toml");

/// A file of rates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// The document they come from.
    pub source: String,
    /// First month.
    pub from: Month,
    /// What becomes of parts of a 分.
    pub rounding: Rounding,
    /// From when a changed base counts.
    pub base_change: BaseChange,
    /// Most a member pays a month, once there was such a rule.
    pub cap: Option<Cap>,
    /// Periods and amounts of the rules around paying.
    pub limits: Limits,
    tables: Vec<Table>,
    categories: Vec<Entry>,
}

/// The document does not say how to round; a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// 四舍五入 to the 分.
    HalfUp,
    /// 舍去.
    Down,
}

/// Article 10 says the month of the change; later practice says once a year; a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BaseChange {
    /// From the month of the change.
    Monthly,
    /// From the next January.
    Yearly,
}

/// Upper limit. // 组电明字〔2017〕5号
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// The document.
    pub source: String,
    /// First month.
    pub from: Month,
    /// Most per month.
    pub most: Fen,
}

/// Periods and amounts of articles 11 to 13.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Months payable at once with the branch's consent, the month of paying included.
    pub prepay_months: i32,
    /// Back payment generally covers no more months than this.
    pub back_months: i32,
    /// Unpaid months in a row after which the branch is asked to verify.
    pub flag_months: i32,
    /// A one-off extra from here on goes up whole.
    pub large: Fen,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    key: String,
    brackets: Vec<Bracket>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bracket {
    /// Included; the last bracket has none.
    up_to: Option<Fen>,
    per_myriad: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: Category,
    label: String,
    base: Option<String>,
    table: Option<String>,
    fixed: Option<Fen>,
    least: Option<Fen>,
    most: Option<Fen>,
}

/// What a category has to state before its amount is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks<'r> {
    /// A base; the words say which.
    Base(&'r str),
    /// An amount between two.
    Choice {
        /// At least.
        least: Fen,
        /// At most.
        most: Fen,
    },
    /// Nothing: everybody pays this.
    Nothing(Fen),
}

/// Why a file of rates cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RatesError {
    /// Not TOML, or a field is wrong.
    #[error("党费标准文件写法有误：{0}")]
    Syntax(String),
    /// A category is missing, or has not exactly one way to its amount.
    #[error("党费标准文件里“{}”没有写清怎样计算。", .0.as_str())]
    Category(Category),
    /// Brackets do not rise, or none is without end.
    #[error("党费标准文件的分档“{0}”没有从低到高写全。")]
    Brackets(String),
}

impl Rates {
    /// 中组发〔2008〕3号 with the limit of 2017.
    ///
    /// # Panics
    ///
    /// Never: the file is part of the program, and a test reads it.
    pub fn of_2008() -> Self {
        Self::parse(RATES_2008).expect("the embedded rates are tested")
    }

    /// Reads a file of rates and refuses one that leaves a category open.
    pub fn parse(text: &str) -> Result<Self, RatesError> {
        let rates: Self =
            toml::from_str(text).map_err(|e| RatesError::Syntax(e.message().to_owned()))?;
        if let Some(bad) = rates.tables.iter().find(|t| !t.is_whole()) {
            return Err(RatesError::Brackets(bad.key.clone()));
        }
        let unclear = |c: &Category| rates.find(*c).is_none_or(|e| !rates.is_clear(e));
        match Category::ALL.into_iter().find(unclear) {
            Some(category) => Err(RatesError::Category(category)),
            None => Ok(rates),
        }
    }

    fn find(&self, category: Category) -> Option<&Entry> {
        self.categories.iter().find(|e| e.key == category)
    }

    fn table(&self, entry: &Entry) -> Option<&Table> {
        let key = entry.table.as_ref()?;
        self.tables.iter().find(|t| t.key == *key)
    }

    fn is_clear(&self, entry: &Entry) -> bool {
        let table = self.table(entry).is_some() && entry.base.is_some();
        let range = entry.least.zip(entry.most).is_some_and(|(a, b)| a <= b);
        [table, range, entry.fixed.is_some()]
            .into_iter()
            .filter(|&way| way)
            .count()
            == 1
    }

    /// As forms name it.
    pub fn label(&self, category: Category) -> &str {
        self.find(category).map_or("", |e| e.label.as_str())
    }

    /// What a category asks for.
    pub fn asks(&self, category: Category) -> Asks<'_> {
        match self.find(category) {
            Some(Entry {
                base: Some(base), ..
            }) => Asks::Base(base),
            Some(Entry {
                least: Some(least),
                most: Some(most),
                ..
            }) => Asks::Choice {
                least: *least,
                most: *most,
            },
            Some(Entry {
                fixed: Some(fixed), ..
            }) => Asks::Nothing(*fixed),
            _ => Asks::Nothing(Fen::ZERO),
        }
    }

    /// The share of a base, on the whole of it; limited from the month the limit began.
    pub(super) fn share(&self, category: Category, base: Fen, month: Month) -> Fen {
        let table = self.find(category).and_then(|e| self.table(e));
        let due = table.map_or(Fen::ZERO, |t| t.share(base, self.rounding));
        match &self.cap {
            Some(cap) if month >= cap.from => due.min(cap.most),
            _ => due,
        }
    }
}

impl Table {
    fn is_whole(&self) -> bool {
        let Some((last, others)) = self.brackets.split_last() else {
            return false;
        };
        let tops: Vec<Option<Fen>> = others.iter().map(|b| b.up_to).collect();
        last.up_to.is_none() && tops.iter().all(Option::is_some) && tops.is_sorted()
    }

    fn share(&self, base: Fen, rounding: Rounding) -> Fen {
        let bracket = self
            .brackets
            .iter()
            .find(|b| b.up_to.is_none_or(|top| base <= top));
        let parts = base.0 * bracket.map_or(0, |b| b.per_myriad);
        let half = match rounding {
            Rounding::HalfUp => 5_000,
            Rounding::Down => 0,
        };
        Fen((parts + half) / 10_000)
    }
}
