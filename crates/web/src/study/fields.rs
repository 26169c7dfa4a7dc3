//! Days and ids of records: each helper marks what is wrong with its field.

use std::str::FromStr;

use jiff::civil::Date;
use pingyi_domain::day::before_meeting;
use pingyi_domain::time::UnixTime;

use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
pub(crate) use crate::kernel::typed::{line, optional};
use crate::meeting::when;

/// A day that has come and is not after the meeting. // 通知 二
pub(crate) fn day_before(
    form: &mut FormState,
    name: &str,
    now: UnixTime,
    held: Option<Date>,
) -> Option<Date> {
    let Some(day) = when::day(form.value(name)) else {
        form.fail(name, "请填写日期，例如 2015-09-08。");
        return None;
    };
    let read = before_meeting(day, now.date(), held);
    read.map_err(|e| form.fail(name, e.to_string())).ok()
}

/// An id in an address.
pub(crate) fn id_of<T: FromStr>(text: &str) -> Result<T, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}
