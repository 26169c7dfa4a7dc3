//! Rules that a unit as a whole answers for.

use jiff::civil::Date;

use super::{Action, Actor, Gap, Status};
use crate::facts::{FilingFacts, UnitFacts};
use crate::filing::FilingState;
use crate::meeting::MeetingState;
use crate::notice::{Notice, Rule};
use crate::plan::PlanState;

pub(super) fn status(notice: &Notice, rule: Rule, unit: &UnitFacts, due: Option<Date>) -> Status {
    match rule {
        Rule::ReceiptAcknowledged => receipt(unit),
        Rule::ResponsibleNamed => responsible(unit),
        Rule::PlanHasFiveContents => plan_contents(unit),
        Rule::PlanCoversBranches => plan_covers(unit),
        Rule::ThemeKept => theme(notice, unit),
        Rule::PlanFiled => plan_filed(unit, due),
        Rule::BranchesCovered => branches(unit),
        Rule::ReportFiled | Rule::SummaryFiled => filed(unit.filing.as_ref()),
        _ => Status::Untracked,
    }
}

// 通知 序
fn receipt(unit: &UnitFacts) -> Status {
    match unit.acknowledged_on {
        Some(_) => Status::met(),
        None => Status::open(Gap::NotBegun, Actor::Unit, Action::Acknowledge),
    }
}

// 通知 四、2: 直属党组织书记为第一责任人, 支部书记是直接责任人
fn responsible(unit: &UnitFacts) -> Status {
    let vacant = unit.due().filter(|b| b.secretary.is_none()).count();
    let missing = vacant + usize::from(unit.secretary.is_none());
    match missing {
        0 => Status::met(),
        _ => Status::open(
            missing_of(missing, unit.due().count() + 1),
            Actor::Section,
            Action::Roster,
        ),
    }
}

/// A plan is only handed in when its five contents are there (`plan::PlanContent::check`).
// 通知 二、4: 明确会议主题、时间、方式、参加人员及相关要求
fn plan_contents(unit: &UnitFacts) -> Status {
    let Some(plan) = &unit.plan else {
        return Status::open(Gap::NotBegun, Actor::Unit, Action::EditPlan);
    };
    match plan.state {
        PlanState::Draft if plan.filed_version.is_none() => {
            Status::open(Gap::Unfinished, Actor::Unit, Action::EditPlan)
        }
        _ => Status::met(),
    }
}

// 通知 四、3: 所有基层党支部全覆盖
fn plan_covers(unit: &UnitFacts) -> Status {
    if unit.plan.is_none() {
        return Status::NotYet;
    }
    let missing = unit.due().filter(|b| b.planned_on.is_none()).count();
    match missing {
        0 => Status::met(),
        _ => Status::open(
            missing_of(missing, unit.due().count()),
            Actor::Unit,
            Action::EditPlan,
        ),
    }
}

// 通知 一
fn theme(notice: &Notice, unit: &UnitFacts) -> Status {
    match &unit.plan {
        None => Status::NotYet,
        Some(plan) if same_theme(&plan.theme, &notice.theme.title) => Status::met(),
        Some(_) => Status::open(Gap::Differs, Actor::Unit, Action::EditPlan),
    }
}

/// Quotation marks and spaces differ with the typist, not with the theme.
fn same_theme(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    plain(a) == plain(b)
}

// 通知 二、4: 于8月31日前报机关工委组织科审核备案
fn plan_filed(unit: &UnitFacts, due: Option<Date>) -> Status {
    let Some(plan) = &unit.plan else {
        return Status::open(Gap::NotBegun, Actor::Unit, Action::EditPlan);
    };
    if plan.filed_version.is_some() {
        let after = plan.submitted_on.zip(due).is_some_and(|(on, day)| on > day);
        return Status::Met {
            late: plan.late || after,
        };
    }
    match plan.state {
        PlanState::Submitted => Status::open(Gap::Waiting, Actor::Section, Action::ReviewPlan),
        PlanState::Returned => Status::open(Gap::Returned, Actor::Unit, Action::EditPlan),
        PlanState::Draft | PlanState::Filed => {
            Status::open(Gap::Unfinished, Actor::Unit, Action::EditPlan)
        }
    }
}

// 通知 四、3: 各单位所有基层党支部全覆盖
fn branches(unit: &UnitFacts) -> Status {
    let held = |state| state == MeetingState::Closed || state == MeetingState::CriticismDone;
    let missing = unit
        .due()
        .filter(|b| !b.meeting.as_ref().is_some_and(|m| held(m.state)))
        .count();
    match missing {
        0 => Status::met(),
        _ => Status::open(
            missing_of(missing, unit.due().count()),
            Actor::Branch,
            Action::Meeting,
        ),
    }
}

// 通知 四、4: 请于9月30日前报市直机关工委组织科
pub(super) fn filed(filing: Option<&FilingFacts>) -> Status {
    match filing {
        None => Status::open(Gap::NotBegun, Actor::Unit, Action::UnitSummary),
        Some(filing) => match filing.state {
            FilingState::Received => Status::Met { late: filing.late },
            FilingState::Submitted => {
                Status::open(Gap::Waiting, Actor::Section, Action::ReviewSummary)
            }
            FilingState::Returned => Status::open(Gap::Returned, Actor::Unit, Action::UnitSummary),
            FilingState::Draft => Status::open(Gap::Unfinished, Actor::Unit, Action::UnitSummary),
        },
    }
}

pub(super) fn missing_of(count: usize, of: usize) -> Gap {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Gap::Missing {
        count: number(count),
        of: number(of),
    }
}
