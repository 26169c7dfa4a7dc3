//! Days and clock times as forms send them, in the system's one zone.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use pingyi_domain::time::UnixTime;

use crate::kernel::form::FormState;

/// A local time as a point in time; times outside the calendar become its beginning.
pub(crate) fn unix(at: DateTime) -> UnixTime {
    let zone = TimeZone::fixed(Offset::constant(8));
    UnixTime(zone.to_timestamp(at).map_or(0, jiff::Timestamp::as_second))
}

/// `2015-09-15`.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// `14:30`, as a time field sends it.
pub(crate) fn clock(text: &str) -> Option<Time> {
    Time::strptime("%H:%M", text.get(..5)?).ok()
}

/// A day and a clock time of one form, not later than now; marks what is wrong.
pub(crate) fn past(
    form: &mut FormState,
    (day_field, time_field): (&str, &str),
    now: UnixTime,
) -> Option<DateTime> {
    let (on, at) = (day(form.value(day_field)), clock(form.value(time_field)));
    if on.is_none() {
        form.fail(day_field, "请填写日期，例如 2015-09-15。");
    }
    if at.is_none() {
        form.fail(time_field, "请填写时间，例如 14:30。");
    }
    let at = on?.to_datetime(at?);
    // A meeting that begins some minutes early is opened before its time; one of another day not.
    if at.date() > now.date() {
        form.fail(day_field, "日期在今天以后。请在开会当天或会后登记。");
        return None;
    }
    Some(at)
}

/// `2015年9月15日14:30`.
pub(crate) fn chinese(at: DateTime) -> String {
    let time = at.time().strftime("%H:%M");
    format!("{}{time}", pingyi_domain::time::chinese_date(at.date()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_local_time_and_back() {
        let at = date(2015, 9, 15).at(14, 30, 0, 0);
        assert_eq!(unix(at).local(), at);
        assert_eq!(clock("14:30"), Some(at.time()));
        assert_eq!(clock("14:30:00"), Some(at.time()));
        assert_eq!(clock("2点"), None);
        assert_eq!(chinese(at), "2015年9月15日14:30");
    }
}
