//! 「还差什么」 of one member: what this person still owes, by the same notice.
//!
//! Only the member reads it. It is computed from what is recorded of that person; nothing here is
//! stored, added up or compared with others.

use jiff::civil::Date;

use crate::lists::ListState;
use crate::measure::MeasureState;
use crate::notice::{Notice, Rule};

/// What is known about one member in a campaign.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, not a hidden state"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFacts {
    /// Not due at the meeting, with a recorded reason. // docs/DOMAIN.md §2.4
    pub excluded: bool,
    /// Day of the meeting, planned or held.
    pub meeting_on: Option<Date>,
    /// The criticism part is over.
    pub criticism_over: bool,
    /// Items of study neither attended nor made up. // 通知 二、1
    pub study_missing: u32,
    /// Talks recorded by the other side that wait for this person's word. // 通知 二、2
    pub talks_to_confirm: u32,
    /// State of the problem list; `None`: not begun. // 通知 二、3
    pub list: Option<ListState>,
    /// A version of it stands.
    pub list_stands: bool,
    /// It was amended or confirmed after the meeting. // 通知 三、4
    pub list_after: bool,
    /// The result was fed back and waits for this person's word. // 通知 三、3
    pub result_to_confirm: bool,
    /// Own measures: last day and state. // 通知 三、4
    pub measures: Vec<(Date, MeasureState)>,
}

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberTask {
    /// Study, or make it up: so many items.
    Study(u32),
    /// Confirm so many talks.
    ConfirmTalks(u32),
    /// Write the list.
    WriteList,
    /// Finish and hand in the draft.
    FinishList,
    /// Rewrite the returned list.
    ReviseList,
    /// After the meeting: amend it, or confirm the measures.
    ConfirmList,
    /// Take note of the result.
    ConfirmResult,
    /// Carry out and report so many measures.
    Measures(u32),
}

/// A task with its place in the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberFinding {
    /// What.
    pub task: MemberTask,
    /// Index into [`Notice::requirements`].
    pub requirement: usize,
    /// Last day, where there is one.
    pub due: Option<Date>,
    /// That day is over.
    pub late: bool,
}

impl MemberTask {
    fn rule(self) -> Rule {
        match self {
            Self::Study(_) => Rule::StudyCoversItems,
            Self::ConfirmTalks(_) => Rule::TalkCoverage,
            Self::WriteList | Self::FinishList | Self::ReviseList => Rule::ProblemListPerMember,
            Self::ConfirmList => Rule::MeasuresPerMember,
            Self::ConfirmResult => Rule::FedBack,
            Self::Measures(_) => Rule::MeasuresCarriedOut,
        }
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Study(n) => format!("还有 {n} 项学习没有参加，请补学"),
            Self::ConfirmTalks(n) => format!("{n} 次谈心谈话等您确认"),
            Self::WriteList => "撰写问题清单和整改措施".into(),
            Self::FinishList => "问题清单还是草稿，请写完提交".into(),
            Self::ReviseList => "问题清单被退回，请按意见修改".into(),
            Self::ConfirmList => "会后修订清单，或确认沿用整改措施".into(),
            Self::ConfirmResult => "评议结果已反馈，请确认".into(),
            Self::Measures(n) => format!("{n} 条整改措施待落实、报完成"),
        }
    }
}

/// Everything this person still owes, in the order of the work.
pub fn assess_member(notice: &Notice, facts: &MemberFacts, today: Date) -> Vec<MemberFinding> {
    let mut tasks = Vec::new();
    if facts.study_missing > 0 && !facts.excluded {
        tasks.push(MemberTask::Study(facts.study_missing));
    }
    if facts.talks_to_confirm > 0 {
        tasks.push(MemberTask::ConfirmTalks(facts.talks_to_confirm));
    }
    tasks.extend(list_task(facts));
    if facts.result_to_confirm {
        tasks.push(MemberTask::ConfirmResult);
    }
    let open = facts
        .measures
        .iter()
        .filter(|(_, state)| matches!(state, MeasureState::Open | MeasureState::Returned));
    let days: Vec<Date> = open.map(|(day, _)| *day).collect();
    if let Ok(count @ 1..) = u32::try_from(days.len()) {
        tasks.push(MemberTask::Measures(count));
    }
    let found = tasks.into_iter();
    found
        .filter_map(|task| finding(notice, facts, task, &days, today))
        .collect()
}

fn list_task(facts: &MemberFacts) -> Option<MemberTask> {
    match facts.list {
        // Excluded members owe no list; one they began anyway may be finished.
        None => (!facts.excluded).then_some(MemberTask::WriteList),
        Some(ListState::Returned) => Some(MemberTask::ReviseList),
        Some(ListState::Draft) => Some(MemberTask::FinishList),
        Some(ListState::HandedIn) => {
            (facts.criticism_over && !facts.list_after).then_some(MemberTask::ConfirmList)
        }
    }
}

/// A notice that does not ask for it makes no task of it.
fn finding(
    notice: &Notice,
    facts: &MemberFacts,
    task: MemberTask,
    measures: &[Date],
    today: Date,
) -> Option<MemberFinding> {
    let rule = task.rule();
    let requirement = notice.requirements.iter().position(|r| r.rule == rule)?;
    let due = if let MemberTask::Measures(_) = task {
        measures.iter().min().copied()
    } else {
        let last = notice.due(notice.requirements[requirement].by);
        last.map(|day| facts.meeting_on.map_or(day, |on| on.min(day)))
    };
    Some(MemberFinding {
        task,
        requirement,
        due,
        late: due.is_some_and(|day| today > day),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assess::tests::notice;

    const TODAY: Date = date(2015, 9, 15);

    fn tasks(facts: &MemberFacts) -> Vec<(MemberTask, Option<Date>, bool)> {
        let found = assess_member(&notice(), facts, TODAY).into_iter();
        found.map(|f| (f.task, f.due, f.late)).collect()
    }

    fn done() -> MemberFacts {
        MemberFacts {
            meeting_on: Some(date(2015, 9, 10)),
            criticism_over: true,
            list: Some(ListState::HandedIn),
            list_stands: true,
            list_after: true,
            measures: vec![
                (date(2015, 9, 1), MeasureState::Verified),
                (TODAY, MeasureState::Claimed),
            ],
            ..MemberFacts::default()
        }
    }

    #[test]
    fn who_has_done_everything_owes_nothing() {
        assert_eq!(tasks(&done()), []);
    }

    #[test]
    fn a_list_not_begun_is_due_on_the_day_of_the_meeting() {
        let planned = MemberFacts {
            meeting_on: Some(date(2015, 9, 20)),
            ..MemberFacts::default()
        };
        let day = Some(date(2015, 9, 20));
        assert_eq!(tasks(&planned), [(MemberTask::WriteList, day, false)]);
        let unplanned = MemberFacts::default();
        let last = Some(date(2015, 9, 30));
        assert_eq!(tasks(&unplanned), [(MemberTask::WriteList, last, false)]);
        let held = MemberFacts {
            list: Some(ListState::Draft),
            ..done()
        };
        assert_eq!(
            tasks(&held),
            [(MemberTask::FinishList, Some(date(2015, 9, 10)), true)]
        );
    }

    #[test]
    fn each_fact_has_its_task() {
        type Row = (fn(&mut MemberFacts), MemberTask);
        let rows: [Row; 5] = [
            (|f| f.study_missing = 2, MemberTask::Study(2)),
            (|f| f.talks_to_confirm = 1, MemberTask::ConfirmTalks(1)),
            (
                |f| f.list = Some(ListState::Returned),
                MemberTask::ReviseList,
            ),
            (|f| f.list_after = false, MemberTask::ConfirmList),
            (|f| f.result_to_confirm = true, MemberTask::ConfirmResult),
        ];
        for (change, task) in rows {
            let mut facts = done();
            change(&mut facts);
            let found = tasks(&facts);
            assert_eq!(found.len(), 1, "{task:?}");
            assert_eq!(found[0].0, task);
            assert!(!task.words().is_empty());
        }
    }

    #[test]
    fn the_next_open_measure_sets_the_day() {
        let mut facts = done();
        facts.measures = vec![
            (date(2015, 12, 31), MeasureState::Open),
            (date(2015, 9, 14), MeasureState::Returned),
            (date(2015, 9, 1), MeasureState::Claimed),
        ];
        let day = Some(date(2015, 9, 14));
        assert_eq!(tasks(&facts), [(MemberTask::Measures(2), day, true)]);
    }

    #[test]
    fn an_excluded_member_owes_no_list_and_no_study() {
        let facts = MemberFacts {
            excluded: true,
            study_missing: 3,
            ..MemberFacts::default()
        };
        assert_eq!(tasks(&facts), []);
    }
}
