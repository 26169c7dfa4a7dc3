//! 反馈: each member is told the opinion, says so, may object, and the objection is answered.

use jiff::civil::Date;
use thiserror::Error;

use crate::appraisal::machine::words;

words! {
    /// How a member was told.
    pub enum Manner {
        /// Face to face.
        InPerson = "in_person", "当面";
        /// With a slip of paper.
        Writing = "writing", "书面";
        /// By telephone.
        Phone = "phone", "电话";
    }
}

words! {
    /// How a member said that they were told.
    pub enum Acknowledged {
        /// On the member's own page.
        Own = "own", "本人确认";
        /// On the paper slip, noted by the branch.
        Paper = "paper", "纸质签收";
    }
}

words! {
    /// What became of an objection.
    pub enum Outcome {
        /// The opinion stands.
        Upheld = "upheld", "维持原评定意见";
        /// The branch committee gave another opinion.
        Changed = "changed", "调整评定意见";
    }
}

/// Why a step was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FeedbackError {
    /// Acknowledged already.
    #[error("已经签收过了，不用再签。")]
    Twice,
    /// Before the day the member was told.
    #[error("日期早于反馈日期，请核对。")]
    BeforeTold,
    /// One objection stands; the next waits for its answer.
    #[error("已经提过意见，支部还没有答复。答复后仍有不同意见的，可以再提。")]
    ObjectionOpen,
    /// There is nothing to answer.
    #[error("没有待答复的意见。")]
    NoObjection,
    /// Answered before it was raised.
    #[error("答复日期早于提出意见的日期，请核对。")]
    BeforeRaised,
}

/// What was told to one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// On which day.
    pub told_on: Date,
    /// Who told, name and post in words.
    pub teller: String,
    /// How.
    pub manner: Manner,
    /// How and when the member said so.
    pub acknowledged: Option<(Acknowledged, Date)>,
    /// The newest objection.
    pub objection: Option<Objection>,
}

/// A member does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// In the member's words.
    pub text: String,
    /// On which day.
    pub raised_on: Date,
    /// What the branch answered.
    pub handling: Option<Handling>,
}

/// What the branch answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handling {
    /// In the branch's words.
    pub text: String,
    /// Who answered.
    pub by: String,
    /// On which day.
    pub on: Date,
    /// Whether the opinion stands.
    pub outcome: Outcome,
}

impl Feedback {
    /// Told; nothing said yet.
    pub fn told(told_on: Date, teller: String, manner: Manner) -> Self {
        Self {
            told_on,
            teller,
            manner,
            acknowledged: None,
            objection: None,
        }
    }

    /// The member says so, once.
    pub fn acknowledge(self, way: Acknowledged, on: Date) -> Result<Self, FeedbackError> {
        if self.acknowledged.is_some() {
            return Err(FeedbackError::Twice);
        }
        if on < self.told_on {
            return Err(FeedbackError::BeforeTold);
        }
        Ok(Self {
            acknowledged: Some((way, on)),
            ..self
        })
    }

    /// The member does not agree. An answered objection gives way to the next.
    pub fn object(self, text: String, raised_on: Date) -> Result<Self, FeedbackError> {
        if self.waits() {
            return Err(FeedbackError::ObjectionOpen);
        }
        if raised_on < self.told_on {
            return Err(FeedbackError::BeforeTold);
        }
        Ok(Self {
            objection: Some(Objection {
                text,
                raised_on,
                handling: None,
            }),
            ..self
        })
    }

    /// The branch answers.
    pub fn handle(self, handling: Handling) -> Result<Self, FeedbackError> {
        let Some(open) = self.objection.filter(|o| o.handling.is_none()) else {
            return Err(FeedbackError::NoObjection);
        };
        if handling.on < open.raised_on {
            return Err(FeedbackError::BeforeRaised);
        }
        Ok(Self {
            objection: Some(Objection {
                handling: Some(handling),
                ..open
            }),
            ..self
        })
    }

    /// Whether an objection has no answer yet.
    pub fn waits(&self) -> bool {
        self.objection
            .as_ref()
            .is_some_and(|o| o.handling.is_none())
    }
}
