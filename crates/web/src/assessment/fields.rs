//! Points and words of the sheet's form.

use pingyi_domain::prose::{self, ProseProblem};
use pingyi_domain::scheme::Points;

use super::load::{Board, text};
use crate::kernel::form::FormState;

/// Longest remark on one item.
const MOST: usize = 500;

/// Points of a field; marks what cannot be read.
pub(super) fn points(form: &mut FormState, field: &str, what: &str) -> Option<Points> {
    match Points::parse(form.value(field)) {
        Ok(points) => points,
        Err(why) => {
            form.fail(field, format!("{what}{why}"));
            None
        }
    }
}

/// Words of a field, which may be empty; marks what cannot be kept.
pub(super) fn words(form: &mut FormState, field: &str, what: &str) -> String {
    match prose::text(form.value(field), MOST) {
        Ok(text) => text,
        Err(ProseProblem::Empty) => String::new(),
        Err(why) => {
            form.fail(field, format!("{what}{why}"));
            String::new()
        }
    }
}

/// The form as stored.
pub(super) fn filled(board: &Board) -> FormState {
    let mut form = FormState::default();
    for line in &board.lines {
        form = form
            .with(&line.field("own"), text(line.mark.own))
            .with(&line.field("note"), line.mark.note.clone())
            .with(&line.field("ded"), text(line.mark.deduction))
            .with(&line.field("why"), line.mark.reason.clone());
    }
    form
}
