//! How long a branch's papers are kept, and how two people destroy what is no longer kept
//! (docs/DOMAIN.md §3.6).

use jiff::civil::{Date, date};
use thiserror::Error;

use crate::appraisal::IllegalStep;
use crate::appraisal::machine::{edges, words};
use crate::ids::AccountId;
use crate::notice::{Retention, Term};
use crate::time::chinese_date;

words! {
    /// What is kept together.
    pub enum Kind {
        /// 通知, 方案, 汇总表, 总结.
        Filings = "filings", "通知、工作方案、测评汇总表、情况总结";
        /// 会议记录.
        Meeting = "meeting", "会议记录、到会情况、计票报告单";
        /// 台帐.
        Ledger = "ledger", "整改台帐、四个不放过把关记录";
        /// Paper ballots.
        Sheets = "sheets", "纸质测评表（票）和唱票计票工作表";
        /// 谈心谈话.
        Talks = "talks", "谈心谈话记录";
        /// 征求意见.
        Opinions = "opinions", "征求意见记录";
        /// 问题清单.
        Lists = "lists", "问题清单";
        /// Objections and help.
        Results = "results", "反馈异议、教育帮助记录";
        /// 自我批评、相互批评.
        Speeches = "speeches", "批评与自我批评发言要点";
    }
}

words! {
    /// Where a destruction is.
    pub enum DestructionState {
        /// One person proposed it.
        Proposed = "proposed", "待第二人确认";
        /// A second person confirmed; it is done.
        Done = "done", "已销毁";
        /// The second person said no.
        Declined = "declined", "未同意";
    }
}

words! {
    /// What the second person does.
    pub enum DestructionStep {
        /// Confirm.
        Confirm = "confirm", "确认销毁";
        /// Decline.
        Decline = "decline", "不同意";
    }
}

edges! { "销毁", DestructionState, DestructionStep:
    Proposed --Confirm--> Done,
    Proposed --Decline--> Declined,
}

/// Why a destruction was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DestructionError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// Kept still.
    #[error("还在保管期内，不能销毁：{0}。")]
    Held(String),
    /// The same person twice.
    #[error("销毁由您提出，要由另一人确认。请另一名支部委员或上级党组织的同志登录后确认。")]
    SamePerson,
}

/// Whether something is still kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// For ever.
    Permanent,
    /// To the end of this day.
    Until(Date),
    /// As long as 公示 or an objection is open.
    UntilPublicity,
    /// No longer.
    Over,
}

impl Holding {
    /// As pages write it.
    pub fn label(self) -> String {
        match self {
            Self::Permanent => "永久保管".into(),
            Self::Until(day) => format!("保管到{}", chinese_date(day)),
            Self::UntilPublicity => "密封保管到公示和异议处理结束".into(),
            Self::Over => "保管期满，可以销毁".into(),
        }
    }
}

impl Kind {
    /// Whether it is ever destroyed here.
    pub fn destructible(self) -> bool {
        !matches!(self, Self::Filings | Self::Meeting | Self::Ledger)
    }

    /// How long, by the campaign's settings.
    pub fn term(self, settings: &Retention) -> Term {
        match self {
            Self::Filings => settings.filings,
            Self::Meeting => settings.meeting,
            Self::Ledger => settings.ledger,
            Self::Sheets => settings.sheets,
            Self::Talks | Self::Opinions | Self::Lists | Self::Results | Self::Speeches => {
                settings.personal
            }
        }
    }
}

/// Terms count from the end of the notice's year. `settled`: 公示 is over and every objection
/// answered.
pub fn held(term: Term, issued: Date, settled: bool, today: Date) -> Holding {
    match term {
        Term::Permanent => Holding::Permanent,
        Term::AfterPublicity if settled => Holding::Over,
        Term::AfterPublicity => Holding::UntilPublicity,
        Term::Years(years) => {
            let last = issued.year().saturating_add(years);
            let last = Date::new(last, 12, 31).unwrap_or(date(9999, 12, 31));
            if today > last {
                Holding::Over
            } else {
                Holding::Until(last)
            }
        }
    }
}

/// Proposed by one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destruction {
    /// Who proposed it.
    pub proposer: AccountId,
}

impl Destruction {
    /// One person proposes to destroy what is no longer kept.
    pub fn propose(
        kind: Kind,
        holding: Holding,
        proposer: AccountId,
    ) -> Result<Self, DestructionError> {
        if !kind.destructible() || holding != Holding::Over {
            return Err(DestructionError::Held(holding.label()));
        }
        Ok(Self { proposer })
    }

    /// Another person confirms or declines.
    pub fn decide(
        self,
        step: DestructionStep,
        by: AccountId,
    ) -> Result<DestructionState, DestructionError> {
        if by == self.proposer {
            return Err(DestructionError::SamePerson);
        }
        Ok(DestructionState::Proposed.advance(step)?)
    }
}
