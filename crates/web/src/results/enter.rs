//! What people type on these pages: texts and days, refused with the field's name.

use jiff::civil::Date;
use pingyi_domain::{day, prose};

use crate::kernel::form::FormState;
use crate::meeting::when;

/// A text of several lines that must be there.
pub(super) fn text(form: &mut FormState, field: &str, label: &str) -> Option<String> {
    kept(form, field, label, prose::text(form.value(field), 2_000))
}

/// A text of one line that must be there.
pub(super) fn line(form: &mut FormState, field: &str, label: &str) -> Option<String> {
    kept(
        form,
        field,
        label,
        prose::line(form.value(field), prose::LINE),
    )
}

fn kept(
    form: &mut FormState,
    field: &str,
    label: &str,
    read: Result<String, prose::ProseProblem>,
) -> Option<String> {
    match read {
        Ok(text) => Some(text),
        Err(why) => {
            form.fail(field, format!("{label}：{why}"));
            None
        }
    }
}

/// A day, also to come.
pub(super) fn any_day(form: &mut FormState, field: &str, label: &str) -> Option<Date> {
    let found = when::day(form.value(field));
    if found.is_none() {
        form.fail(field, format!("{label}：请填写日期，例如 2015-09-15。"));
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
