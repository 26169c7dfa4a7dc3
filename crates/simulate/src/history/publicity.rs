//! 公示 of a branch's results, at every step it can be at. // 通知 三、3

use pingyi_domain::day::{last_working_day, working_days_after};
use pingyi_domain::ids::{PublicityId, RoundId};
use pingyi_domain::results::{Draft, PublicityHead, PublicityState};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::publicity::{Publicity, PublicityObjection};
use serde_json::json;

use super::results::Graded;
use super::{Chronicle, Fate};
use crate::act::Write;
use crate::calendar::{moment, plus_days, plus_minutes, workday};
use crate::dice::Dice;
use crate::error::{Result, SimulateError};
use crate::more::More;
use crate::texts;
use crate::town::Person;

impl Chronicle<'_> {
    /// Drafted by one officer, approved by another, posted, ended; the time of posting where it
    /// has come so far.
    pub(super) fn publish(
        &mut self,
        fate: &Fate<'_>,
        (round, all): (RoundId, &[Graded]),
        dice: &mut Dice,
        after: UnixTime,
    ) -> Result<Option<UnixTime>> {
        let Some((_, at)) = self.next(after, dice.between(0, 2), (17, 0)) else {
            return Ok(None);
        };
        let (drafter, approver) = approvers(fate);
        let mut row = self.draft_publicity(fate, round, dice, (drafter, at));
        let write = Write::More(Box::new(More::NewPublicity(row.clone())));
        self.publicity(fate, &row, drafter, (Event::PublicityDrafted, at), write);
        if drafter.account == approver.account || dice.chance(8) {
            return Ok(None);
        }
        let at = plus_minutes(at, 25);
        let head = PublicityHead {
            drafter: drafter.account,
            from: row.from_on,
            to: row.to_on,
            findings: Vec::new(),
        };
        let approved = Draft(head).approve(approver.account);
        let approved = approved.map_err(SimulateError::refused)?;
        row.state = PublicityState::Approved;
        row.approved_by = Some(approver.account);
        row.approved_by_name = Some(approver.name.clone());
        row.approved_at = Some(at);
        row.snapshot = Some(self.snapshot(all)?);
        self.moved(fate, &row, approver, (Event::PublicityApproved, at));
        let (from, to, last) = (row.from_on, row.to_on, self.calendar.last);
        if from > last || dice.chance(4) {
            return Ok(None);
        }
        let posted = approved.post(from, to, from);
        let posted = posted.map_err(SimulateError::refused)?;
        let hung = moment(from.at(8, 40, 0, 0));
        row.state = PublicityState::Posted;
        row.posted_at = Some(hung);
        self.moved(fate, &row, drafter, (Event::PublicityPosted, hung));
        if dice.chance(5) {
            self.objected(fate, &row, drafter, plus_minutes(hung, 185));
        }
        let over = workday(plus_days(to, 1));
        if over <= last && dice.chance(90) {
            posted.end(over).map_err(SimulateError::refused)?;
            let at = moment(over.at(9, 10, 0, 0));
            row.state = PublicityState::Ended;
            row.ended_at = Some(at);
            self.moved(fate, &row, drafter, (Event::PublicityEnded, at));
        }
        Ok(Some(hung))
    }

    fn draft_publicity(
        &self,
        fate: &Fate<'_>,
        round: RoundId,
        dice: &mut Dice,
        (by, at): (&Person, UnixTime),
    ) -> Publicity {
        let settings = self.notice.settings.publicity;
        let from_on = working_days_after(at.date(), 1);
        Publicity {
            id: dice.id::<PublicityId>(at),
            campaign_id: self.campaign,
            branch_id: fate.branch.org.id,
            round_id: round,
            no: 1,
            state: PublicityState::Draft,
            scope: settings.scope.label().to_owned(),
            opening: format!(
                "按照{}要求，{}于{}召开专题组织生活会，并现场开展民主评议党员。经无记名投票测评、支部委员会研究评定，现将评议结果予以公示。",
                self.notice.number,
                fate.branch.org.name,
                chinese_date(fate.starts.date()),
            ),
            channel: format!("{}办公室", fate.unit.org.name),
            from_on,
            to_on: last_working_day(from_on, settings.working_days),
            drafted_by: by.account,
            drafted_by_name: by.name.clone(),
            drafted_at: at,
            approved_by: None,
            approved_by_name: None,
            approved_at: None,
            posted_at: None,
            ended_at: None,
            withdrawn_at: None,
            withdrawn_reason: None,
            snapshot: None,
        }
    }

    /// Name and grade of everybody, as the page keeps them.
    fn snapshot(&self, all: &[Graded]) -> Result<String> {
        let label = |grade: Option<usize>| {
            let known = grade.and_then(|at| self.notice.grades.get(at));
            known.map_or("不定等次", |g| g.label.as_str())
        };
        let rows: Vec<(&str, &str)> = all
            .iter()
            .map(|m| (m.name.as_str(), label(m.grade)))
            .collect();
        serde_json::to_string(&rows).map_err(SimulateError::refused)
    }

    fn objected(&mut self, fate: &Fate<'_>, row: &Publicity, by: &Person, at: UnixTime) {
        let on = at.date();
        let objection = PublicityObjection {
            seq: 1,
            received_on: on,
            content: Some(texts::PUBLIC_OBJECTION.to_owned()),
            handled_on: Some(on),
            handling: Some(texts::PUBLIC_ANSWER.to_owned()),
            handled_by: Some(by.name.clone()),
        };
        let write = Write::More(Box::new(More::Objection(row.clone(), objection)));
        self.publicity(fate, row, by, (Event::PublicityObjection, at), write);
    }

    fn moved(&mut self, fate: &Fate<'_>, row: &Publicity, by: &Person, at: (Event, UnixTime)) {
        let write = Write::More(Box::new(More::Publicity(row.clone())));
        self.publicity(fate, row, by, at, write);
    }

    fn publicity(
        &mut self,
        fate: &Fate<'_>,
        row: &Publicity,
        by: &Person,
        (event, at): (Event, UnixTime),
        write: Write,
    ) {
        let detail = json!({
            "branch": fate.branch.org.name, "no": row.no,
            "from": row.from_on, "to": row.to_on,
        });
        self.note(at, by, (event, Object::Round(row.round_id)), detail, write);
    }
}

/// Who drafts and who approves: two people where the branch or its unit has them.
fn approvers<'f>(fate: &Fate<'f>) -> (&'f Person, &'f Person) {
    let drafter = &fate.branch.tellers[0];
    let others = [
        &fate.branch.secretary,
        &fate.unit.secretary,
        &fate.unit.second,
    ];
    let other = others.into_iter().find(|p| p.account != drafter.account);
    (drafter, other.unwrap_or(drafter))
}
