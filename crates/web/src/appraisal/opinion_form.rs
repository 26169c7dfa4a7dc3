//! The form of 评定意见: what stands on it, what it means, and what is missing.

use pingyi_domain::appraisal::{Opinion, Treatment};
use pingyi_domain::count::{CapBase, check_cap};
use pingyi_domain::ids::MemberId;
use pingyi_domain::member::Standing;
use pingyi_storage::determination::Determination;

use super::load::{ResultRow, RoundResult};
use super::sitting::Sitting;
use crate::kernel::form::FormState;

/// Value of 不定等次 in a choice.
const UNGRADED: &str = "-";

/// One member's opinion as read.
pub(super) struct Given {
    pub member: MemberId,
    pub opinion: Opinion,
    pub stored: Determination,
}

pub(super) fn opinions(given: &[Given]) -> Vec<(MemberId, Opinion)> {
    given
        .iter()
        .map(|g| (g.member, g.opinion.clone()))
        .collect()
}

/// Only members who get no grade by the list carry their reason; nothing else is preselected.
pub(super) fn blank(found: &RoundResult) -> FormState {
    due(found).fold(FormState::default(), |form, row| match &row.treatment {
        Treatment::Ungraded { why } => form
            .with(&format!("g_{}", row.seq), UNGRADED)
            .with(&format!("r_{}", row.seq), why.label()),
        _ => form,
    })
}

/// Everybody on the list but those not appraised.
fn due(found: &RoundResult) -> impl Iterator<Item = &ResultRow> {
    found
        .rows
        .iter()
        .filter(|r| !matches!(r.treatment, Treatment::NotAppraised { .. }))
}

/// Puts the unique plurality into rows nobody has decided yet.
pub(super) fn fill(form: FormState, found: &RoundResult, sitting: &Sitting) -> FormState {
    let grades = &sitting.scene.campaign.notice.grades;
    due(found).fold(form, |form, row| {
        let name = format!("g_{}", row.seq);
        match row.hint.and_then(|at| grades.get(at)) {
            Some(grade) if form.value(&name).is_empty() => form.with(&name, &*grade.key),
            _ => form,
        }
    })
}

pub(super) fn read(
    form: &mut FormState,
    found: &RoundResult,
    sitting: &Sitting,
    today: jiff::civil::Date,
) -> Vec<Given> {
    let on = crate::meeting::when::day(form.value("decided_on"));
    let signed = found.round.signed_on;
    if on.is_none_or(|on| on > today || signed.is_some_and(|s| on < s)) {
        form.fail(
            "decided_on",
            "评定日期应在签字当日或以后、不晚于今天。请核对。",
        );
    }
    let mut given = Vec::new();
    for row in due(found) {
        let opinion = match opinion(form, row, sitting) {
            Ok(opinion) => opinion,
            Err((field, words)) => {
                form.fail(&field, format!("{}：{words}", row.name));
                continue;
            }
        };
        let grade = match &opinion {
            Opinion::Graded { grade } => sitting.scene.campaign.notice.grades.get(*grade),
            Opinion::Ungraded { .. } => None,
        };
        let reason = match &opinion {
            Opinion::Ungraded { reason } => Some(reason.clone()),
            Opinion::Graded { .. } => None,
        };
        let stored = Determination {
            seq: row.seq,
            grade: grade.map(|g| g.key.clone()),
            ungraded_reason: reason,
            note: form.value(&format!("n_{}", row.seq)).trim().to_owned(),
            decided_on: on.unwrap_or(today),
        };
        given.push(Given {
            member: row.member,
            opinion,
            stored,
        });
    }
    given
}

fn opinion(
    form: &FormState,
    row: &ResultRow,
    sitting: &Sitting,
) -> Result<Opinion, (String, &'static str)> {
    let field = format!("g_{}", row.seq);
    let reason = form.value(&format!("r_{}", row.seq)).trim();
    match form.value(&field) {
        "" => Err((field, "还没有评定意见，请选择。")),
        UNGRADED if reason.is_empty() => {
            Err((format!("r_{}", row.seq), "不定等次的，请写明原因。"))
        }
        UNGRADED => Ok(Opinion::Ungraded {
            reason: reason.to_owned(),
        }),
        key => match sitting.scene.campaign.notice.grade_at(key) {
            Some(grade) if row.marks.is_some() => Ok(Opinion::Graded { grade }),
            Some(_) => Err((field, "没有列入测评表，不能定等次。请选不定等次。")),
            None => Err((field, "等次不在通知规定之内，请重新选择。")),
        },
    }
}

/// The cap on the best grade, where the notice has one: over it needs a reason.
pub(super) fn cap(form: &mut FormState, found: &RoundResult, given: &[Given], sitting: &Sitting) {
    let best = given
        .iter()
        .filter(|g| g.opinion == Opinion::Graded { grade: 0 })
        .count();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let full = found
        .rows
        .iter()
        .filter(|r| r.standing == Standing::Full)
        .count();
    let base = CapBase {
        full_members: number(full),
        participants: found.figures.present,
        all_members: number(found.rows.len()),
    };
    let finding = check_cap(found.settings.cap.as_ref(), base, number(best));
    let concerned = finding.filter(|_| best > 0 && form.value("cap_reason").trim().is_empty());
    if let Some(finding) = concerned {
        let label = sitting
            .scene
            .campaign
            .notice
            .grades
            .first()
            .map_or("", |g| g.label.as_str());
        form.fail("cap_reason", finding.message(label));
    }
}

/// The reason for going over the cap stands in 备注 of those it concerns.
pub(super) fn noted(given: &Given, cap_reason: &str) -> Determination {
    let mut stored = given.stored.clone();
    if given.opinion == (Opinion::Graded { grade: 0 }) && stored.note.is_empty() {
        cap_reason.trim().clone_into(&mut stored.note);
    }
    stored
}
