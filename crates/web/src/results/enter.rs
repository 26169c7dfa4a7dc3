//! What people type on these pages: days, refused with the field's name, and longer texts.

use jiff::civil::Date;
use pingyi_domain::day;

use crate::kernel::form::FormState;
use crate::kernel::typed;
pub(super) use crate::kernel::typed::line;
use crate::meeting::when;

/// Longest text.
const MOST: usize = 2_000;

/// A text of several lines that must be there.
pub(super) fn text(form: &mut FormState, field: &str, label: &str) -> Option<String> {
    typed::text(form, field, label, MOST)
}

/// A day, also to come.
pub(super) fn any_day(form: &mut FormState, field: &str, label: &str) -> Option<Date> {
    let found = when::day(form.value(field));
    if found.is_none() {
        form.fail(
            field,
            format!("{label}没有填写或不是日期。请填写，例如 2015-09-15。"),
        );
    }
    found
}

/// A day that has come.
pub(super) fn past(form: &mut FormState, field: &str, label: &str, today: Date) -> Option<Date> {
    let on = any_day(form, field, label)?;
    match day::past(on, today) {
        Ok(on) => Some(on),
        Err(why) => {
            form.fail(field, format!("{label}：{why}"));
            None
        }
    }
}
