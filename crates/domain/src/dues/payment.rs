//! 交纳: what may be paid at once, and how a wrong entry is taken back. // art. 11, 12, 14

use jiff::civil::Date;
use thiserror::Error;

use super::account::Account;
use super::month::months_text;
use super::{Fen, Limits, Month};
use crate::day::DayProblem;
use crate::ids::DuesPaymentId;

/// Whose hand brought the money. There is no unit here: nobody pays with unit money. // art. 14
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Payer {
    /// 本人.
    Own,
    /// 亲属代交.
    Relative,
    /// 其他党员代交.
    OtherMember,
}

impl Payer {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Own, Self::Relative, Self::OtherMember];

    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Relative => "relative",
            Self::OtherMember => "other_member",
        }
    }

    /// Reads what [`Payer::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == text)
    }

    /// As forms name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "本人",
            Self::Relative => "亲属代交",
            Self::OtherMember => "其他党员代交",
        }
    }
}

/// What a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentKind {
    /// For months.
    Monthly,
    /// 大额党费: one-off, goes up whole. // art. 11
    Large,
}

impl PaymentKind {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Large => "large",
        }
    }

    /// Reads what [`PaymentKind::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Monthly, Self::Large]
            .into_iter()
            .find(|k| k.as_str() == text)
    }
}

/// A payment for months, before it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Day it was paid.
    pub paid_on: Date,
    /// Month and amount, rising.
    pub months: Vec<(Month, Fen)>,
    /// Day the branch agreed to paying by the quarter.
    pub consent_on: Option<Date>,
}

/// Why a payment cannot be entered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PayProblem {
    /// The day cannot be true.
    #[error("交纳日期：{0}")]
    Day(#[from] DayProblem),
    /// No month.
    #[error("没有选定交纳哪个月的党费。")]
    NoMonth,
    /// Nothing paid.
    #[error("{}的金额是0。没有交纳的不要登记。", .month.chinese())]
    Nothing {
        /// Which month.
        month: Month,
    },
    /// No amount is known.
    #[error("{}还没有核定应交金额，请党费管理员先核定。", .month.chinese())]
    NotAssessed {
        /// Which month.
        month: Month,
    },
    /// It is paid already.
    #[error("{}已经交清，不重复登记。多交的部分请写在当月或以后月份的金额里。", .month.chinese())]
    Paid {
        /// Which month.
        month: Month,
    },
    /// More than a quarter ahead.
    #[error("{}太早：经支部同意可以按季交纳，最多交到{}。", .month.chinese(), .last.chinese())]
    TooEarly {
        /// Which month.
        month: Month,
        /// Last month that may be paid that day.
        last: Month,
    },
    /// Ahead, without the branch's consent.
    #[error("预交以后月份（{}）要经支部同意按季交纳。请填写支部同意的日期，或只登记到当月。", .month.chinese())]
    NoConsent {
        /// Which month.
        month: Month,
    },
    /// Consent that lies after the payment.
    #[error("支部同意按季交纳的日期晚于交纳日期，请核对。")]
    ConsentLater,
    /// So much more that it goes up whole.
    #[error("{}比应交多{extra}元。一次多交{large}元以上的全额上缴，请登记为大额党费。", .month.chinese())]
    Large {
        /// Which month.
        month: Month,
        /// More than due.
        extra: Fen,
        /// From here on.
        large: Fen,
    },
}

/// What the collector should know and may go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayWarning {
    /// Back payment for older months than the rule expects.
    Old {
        /// Which months.
        months: Vec<Month>,
        /// How many months back are usual.
        usual: i32,
    },
    /// Less than due.
    Short {
        /// Which month.
        month: Month,
        /// Still owed after it.
        owed: Fen,
    },
}

impl PayWarning {
    /// In words.
    pub fn message(&self) -> String {
        match self {
            Self::Old { months, usual } => format!(
                "补交{}的党费：补交一般不超过{usual}个月，请支部核实原因。",
                months_text(months)
            ),
            Self::Short { month, owed } => {
                format!("{}还差{owed}元，仍列在未交清名单里。", month.chinese())
            }
        }
    }
}

impl Offer {
    /// Asks the rules. `account` covers every month offered that may be paid.
    pub fn check(
        &self,
        limits: &Limits,
        account: &Account,
        today: Date,
    ) -> Result<Vec<PayWarning>, PayProblem> {
        crate::day::past(self.paid_on, today)?;
        if self.months.is_empty() {
            return Err(PayProblem::NoMonth);
        }
        if self.consent_on.is_some_and(|day| day > self.paid_on) {
            return Err(PayProblem::ConsentLater);
        }
        let mut warnings = self.old(limits);
        for &(month, amount) in &self.months {
            warnings.extend(self.month(limits, account, month, amount)?);
        }
        Ok(warnings)
    }

    fn month(
        &self,
        limits: &Limits,
        account: &Account,
        month: Month,
        amount: Fen,
    ) -> Result<Option<PayWarning>, PayProblem> {
        self.ahead(limits, month)?;
        if amount <= Fen::ZERO {
            return Err(PayProblem::Nothing { month });
        }
        let line = account.line(month);
        let Some((line, due)) = line.and_then(|l| Some((l, l.due?))) else {
            return Err(PayProblem::NotAssessed { month });
        };
        if line.owed().is_zero() && line.paid > Fen::ZERO {
            return Err(PayProblem::Paid { month });
        }
        let total = line.paid + amount;
        if total - due >= limits.large {
            let (extra, large) = (total - due, limits.large);
            return Err(PayProblem::Large {
                month,
                extra,
                large,
            });
        }
        let owed = (due - total).or_zero();
        Ok((!owed.is_zero()).then_some(PayWarning::Short { month, owed }))
    }

    fn ahead(&self, limits: &Limits, month: Month) -> Result<(), PayProblem> {
        let now = Month::of(self.paid_on);
        let last = now.plus(limits.prepay_months - 1);
        if month > last {
            return Err(PayProblem::TooEarly { month, last });
        }
        if month > now && self.consent_on.is_none() {
            return Err(PayProblem::NoConsent { month });
        }
        Ok(())
    }

    fn old(&self, limits: &Limits) -> Vec<PayWarning> {
        let now = Month::of(self.paid_on);
        let old = self.months.iter().map(|(month, _)| *month);
        let months: Vec<Month> = old.filter(|m| now.since(*m) > limits.back_months).collect();
        let usual = limits.back_months;
        if months.is_empty() {
            Vec::new()
        } else {
            vec![PayWarning::Old { months, usual }]
        }
    }
}

/// A payment on record. Records are never changed, only taken back by a second record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Which.
    pub id: DuesPaymentId,
    /// Its amount.
    pub amount: Fen,
}

/// A payment taken back; nothing leads on from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversed {
    /// The payment taken back.
    pub of: DuesPaymentId,
    /// The counter-entry's amount.
    pub amount: Fen,
    /// Why.
    pub reason: String,
}

impl Recorded {
    /// 冲正: the counter-entry. The payment is used up.
    pub fn reverse(self, reason: String) -> Reversed {
        Reversed {
            of: self.id,
            amount: self.amount.reversed(),
            reason,
        }
    }
}
