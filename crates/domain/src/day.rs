//! Days of things that people enter afterwards: when they may lie, and that late entry shows.
//!
//! Entering late is always allowed; a day that cannot be true is not.

use jiff::civil::{Date, Weekday};
use thiserror::Error;

use crate::time::{UnixTime, chinese_date};

/// Why a day cannot be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DayProblem {
    /// Not yet come.
    #[error("日期在今天以后。这里记录已经发生的事，请核对。")]
    Future,
    /// Belongs before the meeting, which was held by then. // 通知 二
    #[error("日期在{}的组织生活会以后。这项工作在会前进行，请核对日期。", chinese_date(*.held))]
    AfterMeeting {
        /// Day of the meeting.
        held: Date,
    },
}

/// A day that has come.
pub fn past(day: Date, today: Date) -> Result<Date, DayProblem> {
    if day > today {
        return Err(DayProblem::Future);
    }
    Ok(day)
}

/// A day that has come and lies not after the meeting, where one was held. // 通知 二
pub fn before_meeting(day: Date, today: Date, held: Option<Date>) -> Result<Date, DayProblem> {
    match held {
        Some(held) if day > held => Err(DayProblem::AfterMeeting { held }),
        _ => past(day, today),
    }
}

/// The `n`th working day after `day`, Monday to Friday. Public holidays and the working weekends
/// around them are decided anew every year and not known here: a limit may fall a few days early,
/// so it only ever warns.
pub fn working_days_after(day: Date, n: u32) -> Date {
    let mut at = day;
    let mut left = n;
    while left > 0 {
        let Ok(next) = at.tomorrow() else {
            return at;
        };
        at = next;
        if !matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    at
}

/// The last of `n` working days that begin on `first`.
pub fn last_working_day(first: Date, n: u32) -> Date {
    let before = first.yesterday().unwrap_or(first);
    working_days_after(before, n.max(1))
}

/// `2015年9月20日补录` when something was entered on a later day than it happened.
pub fn late_entry(day: Date, entered: UnixTime) -> Option<String> {
    (entered.date() > day).then(|| format!("{}补录", chinese_date(entered.date())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_to_come_or_after_the_meeting_is_refused() {
        let (today, held) = (date(2015, 9, 15), date(2015, 9, 10));
        assert_eq!(past(today, today), Ok(today));
        assert_eq!(past(date(2015, 9, 16), today), Err(DayProblem::Future));
        assert_eq!(before_meeting(held, today, Some(held)), Ok(held));
        assert_eq!(before_meeting(today, today, None), Ok(today));
        assert_eq!(
            before_meeting(today, today, Some(held)),
            Err(DayProblem::AfterMeeting { held })
        );
    }

    #[test]
    fn working_days_pass_over_weekends() {
        let thursday = date(2015, 9, 17);
        assert_eq!(working_days_after(thursday, 0), thursday);
        assert_eq!(working_days_after(thursday, 1), date(2015, 9, 18));
        assert_eq!(working_days_after(thursday, 5), date(2015, 9, 24));
        assert_eq!(working_days_after(date(2015, 9, 19), 1), date(2015, 9, 21));
        assert_eq!(last_working_day(thursday, 5), date(2015, 9, 23));
        assert_eq!(last_working_day(thursday, 1), thursday);
        assert_eq!(working_days_after(Date::MAX, 3), Date::MAX);
    }

    #[test]
    fn late_entry_shows_its_day() {
        let entered = UnixTime(1_442_282_400);
        assert_eq!(late_entry(date(2015, 9, 15), entered), None);
        assert_eq!(
            late_entry(date(2015, 9, 1), entered).as_deref(),
            Some("2015年9月15日补录")
        );
    }
}
