//! Heart-to-heart talks before the meeting: between whom, when, and what they left open.
//! // 通知 二、2
//!
//! Who must talk with whom is computed from the posts ([`needs`]); nobody ticks a list. What was
//! said is never judged here.

mod coverage;

use jiff::civil::Date;
use thiserror::Error;

use crate::appraisal::machine::words;
use crate::day::{self, DayProblem};
use crate::ids::MemberId;
use crate::prose::{self, ProseProblem};

pub use coverage::{Need, Pair, Person, needs, open_needs};

/// Longest text of one of a talk's three parts, in characters: a gist, not a transcript.
pub const GIST: usize = 1_000;

words! {
    /// How a party of a talk stands by its record.
    pub enum Confirmation {
        /// Entered it.
        Entered = "entered", "本人登记";
        /// Confirmed it on a page of their own.
        Online = "online", "本人确认";
        /// Signed it on paper; the branch recorded that.
        Paper = "paper", "纸质签字";
    }
}

/// Why a talk cannot be kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TalkError {
    /// Both parties are the same person.
    #[error("谈话双方是同一个人。请另选谈话对象。")]
    Oneself,
    /// A party is not on this branch's roster.
    #[error("谈话双方都应是本支部党员。请核对姓名；组织关系不在本支部的，由其所在支部登记。")]
    Stranger,
    /// Nobody was chosen.
    #[error("请至少勾选一名谈话对象。")]
    Nobody,
    /// Settled before the talk.
    #[error("解决日期早于谈话日期。请核对。")]
    SettledBefore,
    /// A settled day without a matter.
    #[error("填写了解决日期，却没有写是什么问题。请写明问题，或清空日期。")]
    NothingToSettle,
    /// The day cannot be true.
    #[error(transparent)]
    Day(#[from] DayProblem),
    /// A text cannot be kept.
    #[error(transparent)]
    Text(#[from] ProseProblem),
    /// Somebody else than the two parties confirms.
    #[error("这次谈话由双方本人确认。您不是谈话的一方。")]
    NotAParty,
    /// Confirmed before.
    #[error("已经确认过，不用再确认。")]
    Confirmed,
    /// The other party stands by it: it is not withdrawn behind their back.
    #[error("对方已经确认这次谈话，不能撤销。确有错误的，请双方核对后修改内容。")]
    StoodBy,
}

/// 肯定成绩, 指出问题, 自我批评: each may stay empty. // 通知 二、2
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gist {
    /// 既要肯定成绩.
    pub achievement: Option<String>,
    /// 更要指出问题.
    pub problem: Option<String>,
    /// 多作自我批评.
    pub self_criticism: Option<String>,
}

impl Gist {
    /// Whether anything was written down.
    pub fn is_empty(&self) -> bool {
        self.achievement.is_none() && self.problem.is_none() && self.self_criticism.is_none()
    }
}

/// 把矛盾和问题解决在专题组织生活会前: a matter that a talk brought up. // 通知 二、2
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Matter {
    /// None.
    #[default]
    None,
    /// Not settled yet.
    Open {
        /// What.
        what: String,
    },
    /// Settled since.
    Settled {
        /// What.
        what: String,
        /// On which day.
        on: Date,
    },
}

impl Matter {
    /// From what was typed: what is open, and since when it no longer is.
    pub fn read(
        what: &str,
        settled: Option<Date>,
        held: Date,
        today: Date,
    ) -> Result<Self, TalkError> {
        match (prose::optional(what, prose::LINE)?, settled) {
            (None, None) => Ok(Self::None),
            (None, Some(_)) => Err(TalkError::NothingToSettle),
            (Some(what), None) => Ok(Self::Open { what }),
            (Some(what), Some(on)) => Self::Open { what }.settle(on, held, today),
        }
    }

    /// Settles an open matter.
    pub fn settle(self, on: Date, held: Date, today: Date) -> Result<Self, TalkError> {
        let Self::Open { what } = self else {
            return Err(TalkError::NothingToSettle);
        };
        let on = day::past(on, today)?;
        if on < held {
            return Err(TalkError::SettledBefore);
        }
        Ok(Self::Settled { what, on })
    }

    /// What was brought up.
    pub fn what(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Open { what } | Self::Settled { what, .. } => Some(what),
        }
    }

    /// When it was settled.
    pub fn settled_on(&self) -> Option<Date> {
        match self {
            Self::Settled { on, .. } => Some(*on),
            _ => None,
        }
    }

    /// Still to be settled before the meeting.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// The partners of one person on one day: one talk with each, checked as a whole.
pub fn partners(
    one: MemberId,
    others: &[MemberId],
    branch: &[MemberId],
) -> Result<Vec<Pair>, TalkError> {
    if others.is_empty() {
        return Err(TalkError::Nobody);
    }
    if !branch.contains(&one) || others.iter().any(|m| !branch.contains(m)) {
        return Err(TalkError::Stranger);
    }
    let mut pairs = Vec::with_capacity(others.len());
    for &other in others {
        let pair = Pair::new(one, other)?;
        // The same box sent twice is one talk.
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests;
