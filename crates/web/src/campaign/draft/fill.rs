//! A draft as the fields of the form.

use pingyi_domain::notice::draft::body_lines;
use pingyi_domain::notice::{Notice, PublicityScope, Settings};
use serde::Serialize;

use super::lists;
use super::pick::Pick;
use crate::kernel::form::FormState;

/// One value and its words.
pub(super) type Choice = (&'static str, &'static str);

/// Who votes.
pub(super) const VOTERS: &[Choice] = &[
    ("full-and-probationary", "到会的正式党员和预备党员"),
    ("full-only", "只有到会的正式党员"),
    ("members-and-invited", "党员，另请群众（票数分开统计）"),
];
/// Of whom a cap is a fraction.
pub(super) const CAP_OF: &[Choice] = &[
    ("full-members", "本支部正式党员数"),
    ("participants", "实际参加评议人数"),
    ("all-members", "本支部全体党员数"),
];
/// Where results hang.
pub(super) fn scopes() -> [Choice; 3] {
    let all = [
        PublicityScope::Branch,
        PublicityScope::UnitBoard,
        PublicityScope::Intranet,
    ];
    let keys = ["branch", "unit-board", "intranet"];
    std::array::from_fn(|at| (keys[at], all[at].label()))
}

/// The word of a choice in notice files.
fn word(value: impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// Everything the form shows.
pub(super) fn fill(n: &Notice, picks: &[Pick]) -> FormState {
    let form = FormState::default()
        .with("number", n.number.as_str())
        .with("title", n.title.as_str())
        .with("date", n.date.to_string())
        .with("addressee", n.addressee.as_str())
        .with("issuer_full", n.issuer.full.as_str())
        .with("issuer_short", n.issuer.short.as_str())
        .with("issuer_mark", n.issuer.mark.as_str())
        .with("signature", n.signature.as_str())
        .with("theme_title", n.theme.title.as_str())
        .with("theme_content", n.theme.content.as_str())
        .with("plan", n.deadlines.plan.to_string())
        .with("meeting", n.deadlines.meeting.to_string())
        .with("summary", n.deadlines.summary.to_string())
        .with("body", body_lines(&n.body));
    let form = settings(lists::fill(form, n), &n.settings);
    picks.iter().fold(form, |form, pick| pick.fill(form))
}

fn settings(form: FormState, s: &Settings) -> FormState {
    let cap = s.cap;
    let cap_of = cap.map_or_else(|| CAP_OF[0].0.to_owned(), |cap| word(cap.denominator));
    let mut form = form
        .with("voters", word(s.voters))
        .with(
            "cap",
            cap.map_or_else(String::new, |c| c.fraction.to_string()),
        )
        .with("cap_of", cap_of)
        .with("feedback_days", s.feedback_working_days.to_string())
        .with("publicity_scope", word(s.publicity.scope))
        .with("publicity_days", s.publicity.working_days.to_string());
    for (name, on) in [
        ("probationary_graded", s.probationary_graded),
        ("leading_group", s.leading_group_ballot),
    ] {
        if on {
            form = form.with(name, "1");
        }
    }
    form
}
