//! What a branch does with its opinions: tells members, hears objections, publishes, praises,
//! helps. // 通知 三、3
//!
//! Dice of its own, so that the rest of the history stays as it was.

use jiff::civil::Date;
use pingyi_domain::appraisal::{Opinion, RoundHead};
use pingyi_domain::ids::{MemberId, RoundId};
use pingyi_domain::results::{Acknowledged, Feedback, Handling, Manner, Outcome};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::feedback::StoredFeedback;
use pingyi_storage::result_use::{Commendation, Declined, HelpNote, HelpPlan};
use serde_json::json;

use super::{Chronicle, Fate, number};
use crate::act::Write;
use crate::calendar::{moment, plus_days, plus_minutes, workday};
use crate::dice::Dice;
use crate::error::{Result, SimulateError};
use crate::more::More;
use crate::texts;

/// A member with an opinion.
pub(super) struct Graded {
    pub seq: u32,
    pub name: String,
    /// Place in the notice's grades; `None`: 不定等次.
    pub grade: Option<usize>,
}

impl Chronicle<'_> {
    /// Everything after the opinions, as far as its days have come; when members were
    /// told and 公示 hung, so that the 汇总表 that names these days is handed in afterwards.
    pub(super) fn results(
        &mut self,
        fate: &Fate<'_>,
        head: &RoundHead,
        opinions: &[(MemberId, Opinion)],
        at: UnixTime,
    ) -> Result<Option<UnixTime>> {
        let mut dice = Dice::new(fate.branch.org.id.0.as_u64_pair().1 ^ 0x4e5b);
        let all = graded(fate, head, opinions);
        let told = if dice.chance(92) {
            self.tell(fate, (head.id, &all), &mut dice, at)?
        } else {
            None
        };
        let hung = if dice.chance(88) {
            self.publish(fate, (head.id, &all), &mut dice, at)?
        } else {
            None
        };
        self.praise(fate, (head.id, &all), &mut dice, at);
        self.help(fate, (head.id, &all), &mut dice, at);
        Ok(told.max(hung))
    }

    /// 反馈, within the days of the notice's setting or a little later.
    fn tell(
        &mut self,
        fate: &Fate<'_>,
        (round, all): (RoundId, &[Graded]),
        dice: &mut Dice,
        after: UnixTime,
    ) -> Result<Option<UnixTime>> {
        let Some((on, at)) = self.next(after, dice.between(0, 3), (17, 20)) else {
            return Ok(None);
        };
        let leave = if dice.chance(20) { 2 } else { 0 };
        let secretary = &fate.branch.secretary;
        let teller = format!("{}（支部书记）", secretary.name);
        let told = all.iter().take(all.len().saturating_sub(leave).max(1));
        let rows: Vec<StoredFeedback> = told
            .map(|m| StoredFeedback {
                seq: m.seq,
                feedback: Feedback::told(on, teller.clone(), manner(dice)),
                entered_at: at,
            })
            .collect();
        let detail = json!({ "branch": fate.branch.org.name, "members": rows.len(), "on": on });
        let what = (Event::FeedbackGiven, Object::Round(round));
        let write = Write::More(Box::new(More::Told(round, rows.clone())));
        self.note(at, secretary, what, detail, write);
        self.acknowledge(fate, round, rows, dice, at)?;
        Ok(Some(at))
    }

    /// Slips come back the next day; now and then with another opinion.
    fn acknowledge(
        &mut self,
        fate: &Fate<'_>,
        round: RoundId,
        rows: Vec<StoredFeedback>,
        dice: &mut Dice,
        after: UnixTime,
    ) -> Result<()> {
        let Some((on, at)) = self.next(after, 1, (16, 30)) else {
            return Ok(());
        };
        let mut signed = Vec::new();
        let mut objecting = Vec::new();
        for row in rows {
            if !dice.chance(93) {
                continue;
            }
            let feedback = row.feedback.acknowledge(Acknowledged::Paper, on);
            let feedback = feedback.map_err(SimulateError::refused)?;
            let row = StoredFeedback { feedback, ..row };
            if dice.chance(2) {
                objecting.push(row.clone());
            }
            signed.push(row);
        }
        let by = &fate.branch.secretary;
        let detail = json!({ "branch": fate.branch.org.name, "members": signed.len() });
        let what = (Event::FeedbackAcknowledged, Object::Round(round));
        let write = Write::More(Box::new(More::Answered(round, signed)));
        self.note(at, by, what, detail, write);
        for row in objecting {
            self.object(fate, round, row, dice, (on, plus_minutes(at, 9)))?;
        }
        Ok(())
    }

    fn object(
        &mut self,
        fate: &Fate<'_>,
        round: RoundId,
        row: StoredFeedback,
        dice: &mut Dice,
        (on, at): (Date, UnixTime),
    ) -> Result<()> {
        let branch = fate.branch;
        let detail = json!({ "branch": branch.org.name, "seq": row.seq });
        let raised = row.feedback.object(texts::OBJECTION.to_owned(), on);
        let mut row = StoredFeedback {
            feedback: raised.map_err(SimulateError::refused)?,
            ..row
        };
        let what = (Event::ObjectionRaised, Object::Round(round));
        let write = Write::More(Box::new(More::Answered(round, vec![row.clone()])));
        self.note(at, &branch.secretary, what, detail.clone(), write);
        let Some((on, at)) = self.next(at, 1, (10, 40)).filter(|_| dice.chance(65)) else {
            return Ok(());
        };
        let answer = Handling {
            text: texts::OBJECTION_ANSWER.to_owned(),
            by: branch.secretary.name.clone(),
            on,
            outcome: Outcome::Upheld,
        };
        let handled = row.feedback.handle(answer);
        row.feedback = handled.map_err(SimulateError::refused)?;
        let what = (Event::ObjectionHandled, Object::Round(round));
        let write = Write::More(Box::new(More::Answered(round, vec![row])));
        self.note(at, &branch.secretary, what, detail, write);
        Ok(())
    }

    /// 表扬激励 of a few with the best grade, or a line why nobody.
    fn praise(
        &mut self,
        fate: &Fate<'_>,
        (round, all): (RoundId, &[Graded]),
        dice: &mut Dice,
        after: UnixTime,
    ) {
        let Some((on, at)) = self.next(after, 2, (15, 30)).filter(|_| dice.chance(60)) else {
            return;
        };
        let most = dice.below(3);
        let best = all.iter().filter(|m| m.grade == Some(0));
        let rows: Vec<Commendation> = best
            .take(most)
            .map(|m| Commendation {
                seq: m.seq,
                manner: dice.pick(&texts::PRAISES).to_owned(),
                reason: dice.pick(&texts::PRAISE_REASONS).to_owned(),
                given_on: on,
                entered_at: at,
            })
            .collect();
        let more = if rows.is_empty() {
            let reason = texts::NO_PRAISE.to_owned();
            More::NoPraise(
                round,
                Declined {
                    reason,
                    noted_on: on,
                },
            )
        } else {
            More::Praise(round, rows)
        };
        let detail = json!({ "branch": fate.branch.org.name });
        let what = (Event::CommendationNoted, Object::Round(round));
        let write = Write::More(Box::new(more));
        self.note(at, &fate.branch.secretary, what, detail, write);
    }

    /// 教育帮助 for those with the last grade.
    fn help(
        &mut self,
        fate: &Fate<'_>,
        (round, all): (RoundId, &[Graded]),
        dice: &mut Dice,
        after: UnixTime,
    ) {
        let last = self.notice.grades.len().checked_sub(1);
        for member in all.iter().filter(|m| m.grade == last) {
            let next = self.next(after, 2, (15, 45));
            let Some((on, at)) = next.filter(|_| fate.electronic || dice.chance(80)) else {
                continue;
            };
            let plan = HelpPlan {
                seq: member.seq,
                helper: fate.branch.secretary.name.clone(),
                measures: Some(texts::HELP.to_owned()),
                started_on: on,
                entered_at: at,
            };
            let note = dice.chance(40).then(|| HelpNote {
                seq: member.seq,
                no: 1,
                noted_on: on,
                content: Some(texts::HELP_NOTE.to_owned()),
            });
            let detail = json!({ "branch": fate.branch.org.name });
            let what = (Event::HelpNoted, Object::Round(round));
            let write = Write::More(Box::new(More::Help(round, plan, note)));
            self.note(at, &fate.branch.secretary, what, detail, write);
        }
    }

    /// So many days on, at an hour and never before `after`; `None` when that has not come.
    pub(super) fn next(
        &self,
        after: UnixTime,
        days: i64,
        (hour, minute): (i8, i8),
    ) -> Option<(Date, UnixTime)> {
        let on = workday(plus_days(after.date(), days));
        let at = moment(on.at(hour, minute, 0, 0)).max(plus_minutes(after, 11));
        (on <= self.calendar.last && at.date() == on).then_some((on, at))
    }
}

fn graded(fate: &Fate<'_>, head: &RoundHead, opinions: &[(MemberId, Opinion)]) -> Vec<Graded> {
    let place = |id| head.subjects.iter().position(|s| s.member == id);
    let name = |id| fate.branch.members.iter().find(|m| m.id == id);
    let known = opinions.iter().filter_map(|(id, opinion)| {
        Some(Graded {
            seq: number(place(*id)? + 1),
            name: name(*id)?.name.clone(),
            grade: match opinion {
                Opinion::Graded { grade } => Some(*grade),
                Opinion::Ungraded { .. } => None,
            },
        })
    });
    known.collect()
}

fn manner(dice: &mut Dice) -> Manner {
    match dice.below(10) {
        0 => Manner::Phone,
        1 | 2 => Manner::Writing,
        _ => Manner::InPerson,
    }
}
