//! Points in time as the ledger keeps them, and their Chinese rendering.
//!
//! The whole system lives in one zone (UTC+8, no summer time); nothing here reads a clock.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// Wall-clock time in UTC+8. Times outside the calendar saturate to its ends.
    pub fn local(self) -> DateTime {
        let zone = TimeZone::fixed(Offset::constant(8));
        let stamp = Timestamp::from_second(self.0).unwrap_or(Timestamp::MAX);
        zone.to_datetime(stamp)
    }

    /// The calendar day in UTC+8.
    pub fn date(self) -> Date {
        self.local().date()
    }

    /// `2015-08-17 09:05`.
    pub fn minute_text(self) -> String {
        self.local().strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// `2015年8月17日`, as documents write dates (GB/T 9704: no leading zero).
pub fn chinese_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn local_time_is_eight_hours_ahead_of_utc() {
        assert_eq!(UnixTime(0).minute_text(), "1970-01-01 08:00");
        assert_eq!(UnixTime(57_600).date(), date(1970, 1, 2));
    }

    #[test]
    fn chinese_dates_have_no_leading_zero() {
        assert_eq!(chinese_date(date(2015, 8, 7)), "2015年8月7日");
    }
}
