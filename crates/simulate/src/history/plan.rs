//! A unit's work plan, from the first draft to the version in force. // 通知 二、4

use pingyi_domain::ids::PlanId;
use pingyi_domain::meeting::Basis;
use pingyi_domain::plan::{
    Draft, Filed, PlanContent, PlanState, PlannedMeeting, Returned, Submitted,
};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::plan::{Plan, PlanVersion};
use serde_json::json;

use super::{Chronicle, Course, Fate};
use crate::act::Write;
use crate::calendar::{moment, plus_days, plus_minutes, workday};
use crate::error::{Result, SimulateError};
use crate::stage::PlanStage;
use crate::texts;
use crate::town::{Person, Unit};

/// When each step was taken; `None` for steps not taken.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PlanTimes {
    pub acknowledged: Option<UnixTime>,
    pub drafted: Option<UnixTime>,
    /// First handing in.
    pub submitted: Option<UnixTime>,
    pub returned: Option<UnixTime>,
    /// Handed in again.
    pub again: Option<UnixTime>,
    pub filed: Option<UnixTime>,
    pub amended: Option<UnixTime>,
}

/// A plan and its newest version, as rows.
struct Rows {
    plan: Plan,
    version: PlanVersion,
}

impl Chronicle<'_> {
    /// When a unit takes each step of its plan.
    pub(super) fn plan_times(&mut self, stage: PlanStage) -> PlanTimes {
        let mut times = PlanTimes::default();
        if stage == PlanStage::Silent {
            return times;
        }
        let day = workday(plus_days(self.calendar.issued, self.dice.between(0, 2)));
        let minute = i8::try_from(self.dice.between(5, 55)).unwrap_or(30);
        let acknowledged = moment(day.at(10, minute, 0, 0));
        times.acknowledged = Some(acknowledged);
        if stage == PlanStage::Acknowledged {
            return times;
        }
        let drafted = self.later(acknowledged, (1, 2), (14, minute));
        times.drafted = Some(drafted);
        if stage == PlanStage::Drafting {
            return times;
        }
        self.submission_times(stage, drafted, &mut times);
        times
    }

    fn submission_times(&mut self, stage: PlanStage, drafted: UnixTime, times: &mut PlanTimes) {
        let late = matches!(
            stage,
            PlanStage::Submitted { late: true } | PlanStage::Filed { late: true, .. }
        );
        let submitted = if late {
            let after = moment(self.calendar.plan.at(17, 0, 0, 0));
            self.later(after, (1, 3), (16, 10))
        } else {
            self.in_time(drafted)
        };
        times.submitted = Some(submitted);
        let mut last = submitted;
        if matches!(
            stage,
            PlanStage::Returned | PlanStage::Filed { revised: true, .. }
        ) {
            last = self.later(last, (1, 2), (9, 20));
            times.returned = Some(last);
        }
        let PlanStage::Filed {
            revised, amended, ..
        } = stage
        else {
            return;
        };
        if revised {
            last = self.later(last, (0, 1), (15, 40));
            times.again = Some(last);
        }
        let filed = self.later(last, (1, 2), (9, 50));
        times.filed = Some(filed);
        times.amended = amended.then(|| self.later(filed, (3, 5), (16, 30)));
    }

    /// Some days later, but no later than the last day of plans. // 通知 二、4
    fn in_time(&mut self, drafted: UnixTime) -> UnixTime {
        let wanted = self.later(drafted, (1, 3), (15, 25));
        if wanted.date() <= self.calendar.plan {
            return wanted;
        }
        let last = moment(self.calendar.plan.at(16, 20, 0, 0));
        last.max(plus_minutes(drafted, 20))
    }

    /// So many days later at this hour.
    pub(super) fn later(
        &mut self,
        after: UnixTime,
        (low, high): (i64, i64),
        (hour, minute): (i8, i8),
    ) -> UnixTime {
        let days = self.dice.between(low, high);
        let jitter = i8::try_from(self.dice.between(0, 9)).unwrap_or(0);
        self.calendar
            .later(after, days, hour, (minute + jitter) % 60)
    }

    /// Writes the plan's history; what a meeting of this unit opens on, where a plan is filed.
    pub(super) fn plan(
        &mut self,
        course: &Course<'_>,
        fates: &[Fate<'_>],
    ) -> Result<Option<Basis>> {
        let Some(drafted) = course.times.drafted else {
            return Ok(None);
        };
        let unit = course.unit;
        let id: PlanId = self.dice.id(drafted);
        let content = self.content(fates);
        let draft = Draft::new(id, unit.secretary.account, content);
        let mut rows = self.first_draft(unit, &draft, drafted);
        let Some(at) = course.times.submitted else {
            return Ok(None);
        };
        let mut sent = self.submit(unit, &mut rows, draft, at)?;
        if let Some(at) = course.times.returned {
            let back = self.send_back(unit, &mut rows, sent, at)?;
            let Some(at) = course.times.again else {
                return Ok(None);
            };
            sent = self.submit_again(unit, &mut rows, back, at)?;
        }
        let Some(at) = course.times.filed else {
            return Ok(None);
        };
        let filed = self.file(unit, &mut rows, sent, (&course.number, at))?;
        if let Some(at) = course.times.amended {
            self.amend(unit, rows, &filed, at)?;
        }
        Ok(Some(Basis::FiledPlan {
            plan: id,
            version: filed.head.version,
        }))
    }

    fn content(&mut self, fates: &[Fate<'_>]) -> PlanContent {
        let meetings = fates.iter().map(|fate| PlannedMeeting {
            branch: fate.branch.org.id,
            starts: Some(fate.starts),
            place: fate.place.to_owned(),
        });
        PlanContent {
            theme: self.notice.theme.title.clone(),
            meetings: meetings.collect(),
            manner: self.dice.pick(&texts::MANNERS).to_owned(),
            participants: self.dice.pick(&texts::PARTICIPANTS).to_owned(),
            requirements: self.dice.pick(&texts::REQUIREMENTS).to_owned(),
        }
    }

    fn first_draft(&mut self, unit: &Unit, draft: &Draft, at: UnixTime) -> Rows {
        let plan = Plan {
            id: draft.head.id,
            campaign_id: self.campaign,
            org_id: unit.org.id,
            state: PlanState::Draft,
            version: 1,
            filed_version: None,
            number: None,
        };
        let version = blank(draft, &unit.secretary, at);
        let detail = json!({ "unit": unit.org.name, "version": 1 });
        let what = (Event::PlanDrafted, Object::Plan(plan.id));
        let write = Write::NewPlan(plan.clone(), Box::new(version.clone()));
        self.note(at, &unit.secretary, what, detail, write);
        Rows { plan, version }
    }

    fn submit(
        &mut self,
        unit: &Unit,
        rows: &mut Rows,
        draft: Draft,
        at: UnixTime,
    ) -> Result<Submitted> {
        let by = &unit.secretary;
        let deadline = self.notice.deadlines.plan;
        let sent = draft
            .submit(by.account, at, deadline)
            .map_err(SimulateError::refused)?;
        rows.plan.state = PlanState::Submitted;
        rows.version.submitted_by = Some(by.account);
        rows.version.submitted_by_name = Some(by.name.clone());
        rows.version.submitted_at = Some(at);
        rows.version.late = sent.late;
        let detail = json!({
            "unit": unit.org.name, "version": rows.version.version, "late": sent.late,
        });
        self.save(at, by, Event::PlanSubmitted, detail, rows);
        Ok(sent)
    }

    fn save(
        &mut self,
        at: UnixTime,
        by: &Person,
        event: Event,
        detail: serde_json::Value,
        rows: &Rows,
    ) {
        let write = Write::Plan(rows.plan.clone(), Box::new(rows.version.clone()));
        self.note(at, by, (event, Object::Plan(rows.plan.id)), detail, write);
    }

    fn send_back(
        &mut self,
        unit: &Unit,
        rows: &mut Rows,
        sent: Submitted,
        at: UnixTime,
    ) -> Result<Returned> {
        let by = &self.clerks[self.dice.below(2)];
        let opinion = self.dice.pick(&texts::PLAN_OPINIONS);
        let back = sent
            .return_with(by.account, opinion, at)
            .map_err(SimulateError::refused)?;
        rows.plan.state = PlanState::Returned;
        decide(&mut rows.version, PlanState::Returned, opinion, by, at);
        let version = rows.version.version;
        let detail = json!({
            "unit": unit.org.name, "version": version, "number": null, "opinion": opinion,
        });
        self.save(at, by, Event::PlanReturned, detail, rows);
        Ok(back)
    }

    fn submit_again(
        &mut self,
        unit: &Unit,
        rows: &mut Rows,
        back: Returned,
        at: UnixTime,
    ) -> Result<Submitted> {
        let by = &unit.secretary;
        let mut draft = back.revise(by.account).map_err(SimulateError::refused)?;
        draft.head.content.requirements.push_str(texts::ADDED);
        let drafted = plus_minutes(at, -25);
        self.next_version(unit, rows, &draft, (Event::PlanDrafted, drafted));
        self.submit(unit, rows, draft, at)
    }

    fn next_version(
        &mut self,
        unit: &Unit,
        rows: &mut Rows,
        draft: &Draft,
        (event, at): (Event, UnixTime),
    ) {
        rows.plan.state = PlanState::Draft;
        rows.plan.version = draft.head.version;
        rows.version = blank(draft, &unit.secretary, at);
        let detail = json!({ "unit": unit.org.name, "version": draft.head.version });
        let write = Write::NextPlan(rows.plan.clone(), Box::new(rows.version.clone()));
        let what = (event, Object::Plan(rows.plan.id));
        self.note(at, &unit.secretary, what, detail, write);
    }

    fn file(
        &mut self,
        unit: &Unit,
        rows: &mut Rows,
        sent: Submitted,
        (number, at): (&str, UnixTime),
    ) -> Result<Filed> {
        let by = &self.clerks[self.dice.below(2)];
        let problems = sent
            .head
            .content
            .check(self.notice, &unit.branch_ids(), &[]);
        let filed = sent
            .file(by.account, number, at, problems)
            .map_err(SimulateError::refused)?;
        let opinion = self.dice.pick(&texts::PLAN_FILED);
        rows.plan.state = PlanState::Filed;
        rows.plan.filed_version = Some(filed.head.version);
        rows.plan.number = Some(filed.number.clone());
        decide(&mut rows.version, PlanState::Filed, opinion, by, at);
        let detail = json!({
            "unit": unit.org.name, "version": filed.head.version,
            "number": number, "opinion": opinion,
        });
        self.save(at, by, Event::PlanFiled, detail, rows);
        Ok(filed)
    }

    /// The next version, while the filed one stays in force.
    fn amend(&mut self, unit: &Unit, mut rows: Rows, filed: &Filed, at: UnixTime) -> Result<()> {
        let by = unit.secretary.account;
        let mut draft = filed.amend(by).map_err(SimulateError::refused)?;
        draft
            .head
            .content
            .participants
            .push_str(texts::ADDED_GUESTS);
        self.next_version(unit, &mut rows, &draft, (Event::PlanAmended, at));
        Ok(())
    }
}

fn blank(draft: &Draft, by: &Person, at: UnixTime) -> PlanVersion {
    PlanVersion {
        plan_id: draft.head.id,
        version: draft.head.version,
        content: draft.head.content.clone(),
        drafted_by: by.account,
        drafted_by_name: by.name.clone(),
        drafted_at: at,
        submitted_by: None,
        submitted_by_name: None,
        submitted_at: None,
        late: false,
        decision: None,
        opinion: None,
        reviewer: None,
        reviewer_name: None,
        decided_at: None,
    }
}

fn decide(row: &mut PlanVersion, state: PlanState, opinion: &str, by: &Person, at: UnixTime) {
    row.decision = Some(state);
    row.opinion = Some(opinion.to_owned());
    row.reviewer = Some(by.account);
    row.reviewer_name = Some(by.name.clone());
    row.decided_at = Some(at);
}
