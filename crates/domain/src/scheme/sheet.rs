//! A unit's marks under a scheme: its own, and the committee's deductions with reasons.

use thiserror::Error;

use super::{Item, Points, Scheme, SheetStep};

/// What was given on one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Key of the item.
    pub item: String,
    /// 自查分.
    pub own: Option<Points>,
    /// What the unit says to it.
    pub note: String,
    /// 扣分; none is no deduction.
    pub deduction: Option<Points>,
    /// Why.
    pub reason: String,
}

/// Why a mark cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MarkProblem {
    /// The unit hands in without its own mark.
    #[error("“{goal}”没有填自查分。")]
    NoOwn {
        /// Of which item.
        goal: String,
    },
    /// More than the item is worth.
    #[error("“{goal}”的自查分 {own} 分超过标准分 {most} 分。")]
    OwnTooHigh {
        /// Of which item.
        goal: String,
        /// As given.
        own: Points,
        /// 标准分.
        most: Points,
    },
    /// More than the item is worth.
    #[error("“{goal}”扣 {deduction} 分，超过标准分 {most} 分。")]
    DeductionTooHigh {
        /// Of which item.
        goal: String,
        /// As given.
        deduction: Points,
        /// 标准分.
        most: Points,
    },
    /// A deduction without a reason: the unit must know why.
    #[error("“{goal}”扣了分，没有写扣分原因。")]
    NoReason {
        /// Of which item.
        goal: String,
    },
}

impl Mark {
    /// What is wrong with it, for storing and for a step.
    pub fn problem(&self, item: &Item, step: Option<SheetStep>) -> Option<MarkProblem> {
        let goal = || item.goal.clone();
        let most = item.points.unwrap_or_default();
        if let Some(own) = self.own.filter(|own| *own > most) {
            let goal = goal();
            return Some(MarkProblem::OwnTooHigh { goal, own, most });
        }
        if self.own.is_none() && step == Some(SheetStep::HandIn) {
            return Some(MarkProblem::NoOwn { goal: goal() });
        }
        let deduction = self.deduction.unwrap_or_default();
        if deduction > most {
            let goal = goal();
            return Some(MarkProblem::DeductionTooHigh {
                goal,
                deduction,
                most,
            });
        }
        if deduction > Points::ZERO && self.reason.is_empty() {
            return Some(MarkProblem::NoReason { goal: goal() });
        }
        None
    }

    /// 得分: what is left of the item's worth.
    pub fn score(&self, item: &Item) -> Option<Points> {
        let points = item.points?;
        Some(points.less(self.deduction.unwrap_or_default()))
    }
}

/// A sheet's foot. Within one unit only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// 标准分.
    pub points: Option<Points>,
    /// 自查分; `None` while one is missing.
    pub own: Option<Points>,
    /// 扣分.
    pub deduction: Points,
    /// 得分.
    pub score: Option<Points>,
}

/// The foot of a sheet; marks are in the scheme's order.
pub fn sums(scheme: &Scheme, marks: &[Mark]) -> Sums {
    let pairs = || scheme.items.iter().zip(marks);
    Sums {
        points: scheme.total(),
        own: marks.iter().map(|mark| mark.own).sum(),
        deduction: marks.iter().filter_map(|mark| mark.deduction).sum(),
        score: pairs().map(|(item, mark)| mark.score(item)).sum(),
    }
}
