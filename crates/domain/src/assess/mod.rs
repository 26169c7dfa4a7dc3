//! 「还差什么」: what a campaign still needs, computed from facts and never ticked.
//!
//! [`assess`] is the one place that decides whether a requirement of the notice is met. Pages,
//! reminders and both coverages are views of its findings. Requirements whose records this
//! program does not keep yet are [`Status::Untracked`], never met.

mod branch;
mod committee;
mod coverage;
mod member;
mod progress;
mod records;
mod unit;

use jiff::civil::Date;

use crate::facts::{BranchFacts, Ledger, UnitFacts};
use crate::ids::OrgId;
use crate::notice::{By, Notice, Owes, Requirement, Rule};

pub use coverage::{Coverage, coverage};
pub use member::{MemberFacts, MemberFinding, MemberTask, assess_member};
pub use progress::{Step, StepState, steps};

/// What one organisation still owes, or has done, under one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which requirement: an index into [`Notice::requirements`].
    pub requirement: usize,
    /// The unit concerned; the 工委 itself for what the committee owes.
    pub unit: OrgId,
    /// The branch concerned; `None` when the unit as a whole is.
    pub branch: Option<OrgId>,
    /// Last day, where there is one.
    pub due: Option<Date>,
    /// Met, open or not recorded here.
    pub status: Status,
}

/// How a requirement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Proved by the facts.
    Met {
        /// After the last day.
        late: bool,
    },
    /// Something is missing.
    Open {
        /// What.
        gap: Gap,
        /// Who must act.
        actor: Actor,
        /// Which page leads there.
        action: Action,
        /// The last day is over.
        late: bool,
    },
    /// Does not apply just now (its turn comes later, or there is nothing to do).
    NotYet,
    /// This program keeps no records of it yet; nobody is told it is done.
    Untracked,
}

/// What is missing, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Not begun.
    NotBegun,
    /// Begun, not finished.
    Unfinished,
    /// Waiting for the reviewer.
    Waiting,
    /// Sent back.
    Returned,
    /// So many of so many are missing.
    Missing {
        /// Missing.
        count: u32,
        /// Of.
        of: u32,
    },
    /// As [`Gap::Missing`], where people are counted.
    People {
        /// Missing.
        count: u32,
        /// Of.
        of: u32,
    },
    /// Recorded, but not as the notice asks.
    Differs,
}

/// Who must act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// 支部书记, 副书记 or 委员.
    Branch,
    /// The unit's secretary or clerk.
    Unit,
    /// 组织科.
    Section,
}

impl Actor {
    /// As screens name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Branch => "党支部",
            Self::Unit => "直属党组织",
            Self::Section => "工委组织科",
        }
    }
}

/// The page that leads there. `web` knows the addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// 签收.
    Acknowledge,
    /// Draft or revise the plan.
    EditPlan,
    /// Review the plan.
    ReviewPlan,
    /// Correct the roster.
    Roster,
    /// Open the meeting, take attendance, keep minutes.
    Meeting,
    /// The appraisal's pages.
    Appraisal,
    /// The branch's 汇总表.
    BranchSummary,
    /// The unit's 汇总表 and 总结.
    UnitSummary,
    /// Receive or return what a unit filed.
    ReviewSummary,
    /// Study sessions. // 通知 二、1
    Study,
    /// Opinions. // 通知 二、2
    Opinions,
    /// Talks. // 通知 二、2
    Talks,
    /// Problem lists. // 通知 二、3
    ProblemLists,
    /// Criticism and self-criticism at the meeting. // 通知 三、1
    Speeches,
    /// Feedback, 公示, use of results. // 通知 三、3
    Results,
    /// Measures and their verification. // 通知 三、4
    Measures,
    /// The four gates. // 通知 四、3
    Gates,
    /// Dues. // 通知 四、4
    Dues,
    /// Draw and checks of the supervision team. // 通知 四、4
    Supervision,
    /// Meetings that committee leaders attend. // 通知 四、4
    LeaderVisits,
    /// The year's assessment. // 通知 四、4
    Assessment,
}

/// Everything the campaign needs, unit by unit, in the notice's order.
pub fn assess(notice: &Notice, ledger: &Ledger, today: Date) -> Vec<Finding> {
    ledger
        .units
        .iter()
        .flat_map(|unit| assess_unit(notice, unit, today))
        .chain(committee::findings(notice, ledger, today))
        .collect()
}

/// One unit's share of [`assess`], its branches included.
pub fn assess_unit(notice: &Notice, unit: &UnitFacts, today: Date) -> Vec<Finding> {
    let own = findings(notice, unit, None, today);
    let below = unit
        .due()
        .flat_map(|b| findings(notice, unit, Some(b), today));
    own.into_iter().chain(below).collect()
}

/// One branch's share of [`assess`]; nothing for one that is not due. // 通知 四、3
pub fn assess_branch(
    notice: &Notice,
    unit: &UnitFacts,
    branch: &BranchFacts,
    today: Date,
) -> Vec<Finding> {
    if branch.excluded {
        return Vec::new();
    }
    findings(notice, unit, Some(branch), today)
}

fn findings(
    notice: &Notice,
    unit: &UnitFacts,
    branch: Option<&BranchFacts>,
    today: Date,
) -> Vec<Finding> {
    let asked = notice.requirements.iter().enumerate();
    asked
        .filter(|(_, r)| match branch {
            Some(branch) => asked_of_branch(r, unit, branch),
            None => level_of(r) == Level::Unit,
        })
        .map(|(at, r)| {
            let due = due_day(notice, r, branch);
            let late = due.is_some_and(|day| today > day);
            let status = match branch {
                Some(branch) => branch::status(notice, r.rule, unit, branch, due, today),
                None => unit::status(notice, r.rule, unit, due),
            };
            Finding {
                requirement: at,
                unit: unit.org,
                branch: branch.map(|b| b.org),
                due,
                status: status.with_lateness(late),
            }
        })
        .collect()
}

#[derive(PartialEq, Eq)]
enum Level {
    Branch,
    Unit,
    Committee,
}

/// At whose page a requirement is listed. What each member owes is listed at the branch; what
/// the superior owes per meeting is listed at that branch, so that nobody misses it.
fn level_of(requirement: &Requirement) -> Level {
    match (requirement.owes, requirement.rule) {
        (_, Rule::SuperiorCommented | Rule::GatesPassed) | (Owes::Branch | Owes::Member, _) => {
            Level::Branch
        }
        (Owes::Unit, _) => Level::Unit,
        (Owes::Committee, _) => Level::Committee,
    }
}

/// A branch also hands its own 汇总表 to its unit; a directly attached branch is the unit and
/// files once. // 通知 四、4
fn asked_of_branch(requirement: &Requirement, unit: &UnitFacts, branch: &BranchFacts) -> bool {
    level_of(requirement) == Level::Branch
        || (requirement.rule == Rule::SummaryFiled && unit.org != branch.org)
}

/// What belongs to a meeting is due on the planned day once there is one. // 通知 二、4
fn due_day(
    notice: &Notice,
    requirement: &Requirement,
    branch: Option<&BranchFacts>,
) -> Option<Date> {
    // 及时 runs from the opinions, not from a day of the notice. // 通知 三、3
    if requirement.rule == Rule::FedBack {
        return branch.and_then(|b| records::feedback_due(notice, b));
    }
    let last = notice.due(requirement.by)?;
    let planned = branch
        .and_then(|b| b.planned_on)
        .filter(|_| requirement.by == By::Meeting);
    Some(planned.map_or(last, |day| day.min(last)))
}

impl Status {
    fn met() -> Self {
        Self::Met { late: false }
    }

    fn open(gap: Gap, actor: Actor, action: Action) -> Self {
        Self::Open {
            gap,
            actor,
            action,
            late: false,
        }
    }

    /// Open items become late with the calendar; met ones keep what their dates say.
    fn with_lateness(self, late: bool) -> Self {
        match self {
            Self::Open {
                gap,
                actor,
                action,
                late: own,
            } => Self::Open {
                gap,
                actor,
                action,
                // Measures have days of their own. // 通知 三、4
                late: late || own,
            },
            other => other,
        }
    }

    /// Whether somebody still has to do something.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

impl Gap {
    /// In words.
    pub fn message(self) -> String {
        match self {
            Self::NotBegun => "尚未开始".into(),
            Self::Unfinished => "已开始，尚未完成".into(),
            Self::Waiting => "已报送，等待审核".into(),
            Self::Returned => "已退回，等待修改".into(),
            Self::Missing { count, of } => format!("{of} 项中还缺 {count} 项"),
            Self::People { count, of } => format!("{of} 人中还缺 {count} 人"),
            Self::Differs => "已有记录，与通知要求不一致".into(),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
