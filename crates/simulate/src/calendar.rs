//! Days and hours of a made-up campaign: office hours, no weekends, nothing after yesterday.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;
use pingyi_domain::notice::Notice;
use pingyi_domain::time::UnixTime;

/// Days that every history keeps to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    /// Day of issue.
    pub issued: Date,
    /// Last day of plans.
    pub plan: Date,
    /// Last day of meetings.
    pub meeting: Date,
    /// Yesterday: whatever the hour now is, it is over.
    pub last: Date,
}

/// Days from one date to another.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// So many days later (or earlier); dates outside the calendar stay.
pub(crate) fn plus_days(date: Date, days: i64) -> Date {
    date.checked_add(days.days()).unwrap_or(date)
}

/// A point in time of the office's wall clock.
pub(crate) fn moment(at: DateTime) -> UnixTime {
    let stamp = Offset::constant(8).to_timestamp(at);
    UnixTime(stamp.map_or(0, jiff::Timestamp::as_second))
}

/// So many minutes later.
pub(crate) fn plus_minutes(at: UnixTime, minutes: i64) -> UnixTime {
    UnixTime(at.0 + minutes * 60)
}

fn weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// This day, or the next one on which offices work.
pub(crate) fn workday(date: Date) -> Date {
    let mut day = date;
    while weekend(day) {
        day = plus_days(day, 1);
    }
    day
}

impl Calendar {
    /// The days of a notice, seen from now.
    pub fn new(notice: &Notice, now: UnixTime) -> Self {
        Self {
            issued: notice.date,
            plan: notice.deadlines.plan,
            meeting: notice.deadlines.meeting,
            last: plus_days(now.date(), -1),
        }
    }

    /// `days` working-ish days after `after`, at this hour; shortly after `after` when that
    /// would be too late or no progress.
    pub fn later(&self, after: UnixTime, days: i64, hour: i8, minute: i8) -> UnixTime {
        let day = workday(plus_days(after.date(), days));
        let wanted = moment(day.at(hour, minute, 0, 0));
        if day > self.last || wanted <= after {
            plus_minutes(after, 17)
        } else {
            wanted
        }
    }

    /// The days from `from` on which meetings were held: working days up to yesterday.
    pub fn held_days(&self, from: Date) -> Vec<Date> {
        let days = (0..=days_between(from, self.last).max(0)).map(|n| plus_days(from, n));
        let days: Vec<Date> = days.filter(|day| !weekend(*day)).collect();
        if days.is_empty() {
            vec![self.last]
        } else {
            days
        }
    }

    /// The working days on which meetings are still to be held: tomorrow to the last day.
    pub fn coming_days(&self) -> Vec<Date> {
        let from = plus_days(self.last, 2);
        let days = (0..=days_between(from, self.meeting).max(0)).map(|n| plus_days(from, n));
        let days: Vec<Date> = days.filter(|day| !weekend(*day)).collect();
        if days.is_empty() {
            vec![self.meeting]
        } else {
            days
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar() -> Calendar {
        Calendar {
            issued: date(2015, 8, 17),
            plan: date(2015, 8, 31),
            meeting: date(2015, 9, 30),
            last: date(2015, 9, 14),
        }
    }

    #[test]
    fn moments_are_local() {
        let nine = moment(date(2015, 9, 14).at(9, 0, 0, 0));
        assert_eq!(nine.minute_text(), "2015-09-14 09:00");
    }

    #[test]
    fn later_is_always_later_and_never_after_yesterday() {
        let calendar = calendar();
        let after = moment(date(2015, 9, 11).at(16, 0, 0, 0));
        // 2015-09-12 is a Saturday.
        assert_eq!(
            calendar.later(after, 1, 9, 0).minute_text(),
            "2015-09-14 09:00"
        );
        let end = moment(date(2015, 9, 14).at(16, 0, 0, 0));
        assert_eq!(
            calendar.later(end, 3, 9, 0).minute_text(),
            "2015-09-14 16:17"
        );
    }

    #[test]
    fn meetings_lie_on_working_days_between_the_two_ends() {
        let days = calendar().held_days(date(2015, 9, 11));
        assert_eq!(days, [date(2015, 9, 11), date(2015, 9, 14)]);
        let coming = calendar().coming_days();
        assert_eq!(coming.first(), Some(&date(2015, 9, 16)));
        assert_eq!(coming.last(), Some(&date(2015, 9, 30)));
    }
}
