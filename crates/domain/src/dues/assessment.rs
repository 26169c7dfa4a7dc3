//! 核定: what a member owes a month, and from which month.

use jiff::civil::Date;
use thiserror::Error;

use super::rates::{Asks, BaseChange, Rates};
use super::{Category, Fen, Month};

/// What an amount is worked out from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Category of the rates.
    pub category: Category,
    /// Income, where the category has a share of it.
    pub base: Option<Fen>,
    /// Amount chosen, where the category leaves a choice.
    pub chosen: Option<Fen>,
    /// Less or none, for hardship.
    pub relief: Option<Relief>,
}

/// 少交 or 免交: the branch studies, the next-higher committee approves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relief {
    /// What is still to be paid; nothing for 免交.
    pub amount: Fen,
    /// Which committee approved.
    pub approved_by: String,
    /// When.
    pub approved_on: Date,
}

/// Why there is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BasisProblem {
    /// The category needs a base.
    #[error(
        "计算基数没有填写，或者是0。没有收入的，请选相应的类别；生活困难的，按程序批准后少交或免交。"
    )]
    NoBase,
    /// The category leaves a choice, and this is outside.
    #[error("这一类别每月交纳{least}元至{most}元，请在这个范围内填写。")]
    Choice {
        /// At least.
        least: Fen,
        /// At most.
        most: Fen,
    },
    /// Relief that relieves nothing.
    #[error("批准的金额不比应交的{due}元少，不是少交。请核对金额。")]
    NotLess {
        /// What would be due without.
        due: Fen,
    },
}

impl Rates {
    /// What is due a month.
    pub fn due(&self, basis: &Basis, month: Month) -> Result<Fen, BasisProblem> {
        let due = self.full(basis, month)?;
        match &basis.relief {
            Some(relief) if relief.amount >= due => Err(BasisProblem::NotLess { due }),
            Some(relief) => Ok(relief.amount),
            None => Ok(due),
        }
    }

    fn full(&self, basis: &Basis, month: Month) -> Result<Fen, BasisProblem> {
        match self.asks(basis.category) {
            Asks::Base(_) => match basis.base {
                Some(base) if base > Fen::ZERO => Ok(self.share(basis.category, base, month)),
                _ => Err(BasisProblem::NoBase),
            },
            Asks::Choice { least, most } => basis
                .chosen
                .filter(|chosen| (least..=most).contains(chosen))
                .ok_or(BasisProblem::Choice { least, most }),
            Asks::Nothing(fixed) => Ok(fixed),
        }
    }
}

/// Why an assessment cannot begin in that month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FromProblem {
    /// Before the member was admitted. // art. 8: from the branch assembly's admission
    #[error("早于本人入党的月份（{}）。预备党员从支部大会通过之日起交纳党费。", .joined.chinese())]
    BeforeJoining {
        /// Month of admission.
        joined: Month,
    },
    /// Before the rates.
    #[error("早于交纳标准施行的月份（{}）。", .from.chinese())]
    BeforeRates {
        /// First month of the rates.
        from: Month,
    },
    /// More than a year ahead.
    #[error("晚于{}，请核对月份。", .most.chinese())]
    TooFar {
        /// Latest month.
        most: Month,
    },
    /// Before the assessment now in force.
    #[error("早于现行核定的起始月份（{}）。更正现行核定，请填写同一个月份。", .current.chinese())]
    BeforeCurrent {
        /// Its first month.
        current: Month,
    },
    /// Income changes count from January. // setting `base_change`
    #[error("收入变动从次年1月起重新核定，请填写某年1月。更正现行核定的差错，请填写{}；类别变动（例如退休）从当月起。", .current.chinese())]
    NotJanuary {
        /// First month of the assessment in force.
        current: Month,
    },
}

/// The assessment in force before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Current {
    /// Its first month.
    pub from: Month,
    /// Its category.
    pub category: Category,
    /// Less or none was approved.
    pub relieved: bool,
}

/// What a new assessment would say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// First month.
    pub from: Month,
    /// Category.
    pub category: Category,
    /// Less or none is approved.
    pub relieved: bool,
}

impl Rates {
    /// Whether an assessment may begin in its month. Relief begins and ends when the committee
    /// says; only a changed income waits for January.
    pub fn check_from(
        &self,
        change: Change,
        current: Option<Current>,
        joined: Option<Date>,
        today: Date,
    ) -> Result<(), FromProblem> {
        let from = change.from;
        let most = Month::of(today).plus(12);
        if let Some(joined) = joined.map(Month::of).filter(|joined| from < *joined) {
            return Err(FromProblem::BeforeJoining { joined });
        }
        if from < self.from {
            return Err(FromProblem::BeforeRates { from: self.from });
        }
        if from > most {
            return Err(FromProblem::TooFar { most });
        }
        match current {
            Some(c) if from < c.from => Err(FromProblem::BeforeCurrent { current: c.from }),
            Some(c) if self.waits(change, c) => Err(FromProblem::NotJanuary { current: c.from }),
            _ => Ok(()),
        }
    }

    fn waits(&self, change: Change, current: Current) -> bool {
        self.base_change == BaseChange::Yearly
            && change.category == current.category
            && !change.relieved
            && !current.relieved
            && change.from != current.from
            && change.from.number() != 1
    }

    /// The month the form proposes.
    pub fn proposed_from(
        &self,
        current: Option<Current>,
        joined: Option<Date>,
        today: Date,
    ) -> Month {
        let now = Month::of(today);
        match (current, self.base_change) {
            (Some(_), BaseChange::Yearly) => Month::new(now.year() + 1, 1),
            (Some(_), BaseChange::Monthly) => now,
            (None, _) => {
                let january = Month::new(now.year(), 1);
                joined.map_or(january, |day| Month::of(day).max(january))
            }
        }
    }
}
