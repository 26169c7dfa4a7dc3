//! 督导: checks by the committee's team, and the meetings its leaders attend. // 通知 四、4
//!
//! A check finds, demands, hears the unit's reply and is closed by a person. No points, no order
//! of units. Who is drawn is [`crate::draw`]'s business.

mod clash;
mod script;
mod timetable;

use jiff::civil::Date;
use thiserror::Error;

use crate::appraisal::IllegalStep;
use crate::appraisal::machine::{edges, words};
use crate::day::{self, DayProblem};
use crate::ids::OrgId;

pub use clash::{CLOSE_MINUTES, Clash, Going, clashes};
pub use script::questions;
pub use timetable::{Meeting, Proposal, Visitor, propose};

words! {
    /// How a branch is checked. // 通知 四、4: 随意抽查、电话询问、查看台帐等方式
    pub enum CheckMode {
        /// On the spot, usually drawn.
        Random = "random", "随意抽查";
        /// By telephone.
        Phone = "phone", "电话询问";
        /// The branch's ledgers.
        Ledger = "ledger", "查看台帐";
    }
}

words! {
    /// Where a check stands.
    pub enum CheckState {
        /// Entered, nothing demanded.
        Open = "open", "待处理";
        /// The unit is asked to put something right.
        Demanded = "demanded", "待单位整改";
        /// The unit has answered.
        Replied = "replied", "待复核";
        /// Finished.
        Closed = "closed", "已办结";
    }
}

words! {
    /// What is done to a check.
    pub enum CheckStep {
        /// Demand something by a day.
        Demand = "demand", "提出整改要求";
        /// The unit says what it did.
        Reply = "reply", "回复";
        /// Finish it.
        Close = "close", "办结";
    }
}

edges! { "这次督导", CheckState, CheckStep:
    Open --Demand--> Demanded,
    Open --Close--> Closed,
    Demanded --Reply--> Replied,
    Replied --Close--> Closed,
    Replied --Demand--> Demanded,
}

/// Why a check was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// Nobody checked.
    #[error("没有选督导人员。请至少选一人。")]
    NoChecker,
    /// Somebody of the checked unit.
    #[error("{0}是被查单位的同志，不能督导本单位。请换外单位的督导人员。")]
    OwnUnit(String),
    /// A day that cannot be true.
    #[error(transparent)]
    Day(#[from] DayProblem),
    /// The last day lies before the check.
    #[error("整改期限早于督导日期。请核对期限。")]
    DueBefore,
}

/// A member of the team as the rule sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checker {
    /// Name.
    pub name: String,
    /// Their unit; `None` for people of the 工委 or from outside the roster.
    pub unit: Option<OrgId>,
}

/// Who may check a branch of `unit`: somebody, and nobody of that unit. // 通知 四、4
pub fn may_check(unit: OrgId, checkers: &[Checker]) -> Result<(), CheckError> {
    if checkers.is_empty() {
        return Err(CheckError::NoChecker);
    }
    match checkers.iter().find(|c| c.unit == Some(unit)) {
        Some(own) => Err(CheckError::OwnUnit(own.name.clone())),
        None => Ok(()),
    }
}

/// The day of a check, and the last day of what it demands.
pub fn days(on: Date, due: Option<Date>, today: Date) -> Result<(), CheckError> {
    day::past(on, today)?;
    match due {
        Some(due) if due < on => Err(CheckError::DueBefore),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const UNIT: OrgId = OrgId(Uuid::from_u128(1));

    fn checker(name: &str, unit: Option<u128>) -> Checker {
        Checker {
            name: name.into(),
            unit: unit.map(|n| OrgId(Uuid::from_u128(n))),
        }
    }

    #[test]
    fn a_check_by_somebody_of_the_same_unit_is_refused() {
        let (own, other, office) = (
            checker("甲", Some(1)),
            checker("乙", Some(2)),
            checker("丙", None),
        );
        assert_eq!(may_check(UNIT, &[other.clone(), office]), Ok(()));
        assert_eq!(
            may_check(UNIT, &[other, own]),
            Err(CheckError::OwnUnit("甲".into()))
        );
        assert_eq!(may_check(UNIT, &[]), Err(CheckError::NoChecker));
    }

    #[test]
    fn a_demand_is_due_on_the_day_of_the_check_or_later() {
        let (on, today) = (date(2015, 9, 10), date(2015, 9, 12));
        assert_eq!(days(on, Some(on), today), Ok(()));
        assert_eq!(
            days(on, Some(date(2015, 9, 9)), today),
            Err(CheckError::DueBefore)
        );
        assert_eq!(
            days(date(2015, 9, 13), None, today),
            Err(CheckError::Day(DayProblem::Future))
        );
    }
}
