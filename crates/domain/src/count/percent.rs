//! Percentages as forms print them: integer arithmetic, half up, "—" without a denominator
//! (docs/DOMAIN.md §2.5 invariant 4). The printed percentages of a row need not add up to 100.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Count, MemberMarks};
use crate::notice::{PercentOf, Settings};

/// A rounded percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Percent {
    /// The percentage times 10^places.
    pub scaled: u64,
    /// Decimal places, 0 to 4.
    pub places: u8,
}

/// More places than any form prints; also keeps the product far from overflow.
const MAX_PLACES: u8 = 4;

impl Percent {
    /// `part` ÷ `whole` × 100 rounded half up to `places` (at most 4) decimals. `None` when
    /// `whole` is 0.
    pub fn new(part: u64, whole: u64, places: u8) -> Option<Self> {
        if whole == 0 {
            return None;
        }
        let places = places.min(MAX_PLACES);
        let scale = 100 * 10_u128.pow(u32::from(places));
        let rounded = (2 * u128::from(part) * scale + u128::from(whole)) / (2 * u128::from(whole));
        Some(Self {
            scaled: u64::try_from(rounded).unwrap_or(u64::MAX),
            places,
        })
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.places.min(MAX_PLACES);
        let unit = 10_u64.pow(u32::from(places));
        let (whole, rest) = (self.scaled / unit, self.scaled % unit);
        if places == 0 {
            return write!(f, "{whole}%");
        }
        write!(f, "{whole}.{rest:0width$}%", width = usize::from(places))
    }
}

/// `66.7%`, or `—` where there is no denominator.
pub fn percent_text(percent: Option<Percent>) -> String {
    percent.map_or_else(|| "—".to_owned(), |p| p.to_string())
}

impl Count {
    /// The percentage of each grade for one row of this count, by the notice's setting.
    /// `due`: 应到, used only when the setting says so.
    pub fn percents(
        &self,
        row: &MemberMarks,
        settings: &Settings,
        due: u32,
    ) -> Vec<Option<Percent>> {
        let whole = match settings.percent_of {
            PercentOf::Marked => row.marked(),
            PercentOf::Collected => u64::from(self.collected),
            PercentOf::Due => u64::from(due),
        };
        let places = settings.percent_places;
        let parts = row.marks.iter().map(|&n| u64::from(n));
        parts
            .map(|part| Percent::new(part, whole, places))
            .collect()
    }
}
