//! Who is appraised and who is not, with reasons, and the branch's opinion on each.

use serde::{Deserialize, Serialize};

use crate::ids::MemberId;
use crate::member::Standing;
use crate::notice::Settings;

/// Why a listed member gets no grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum UngradedReason {
    /// 预备党员，不定等次: the campaign's setting.
    Probationary,
    /// Appraised where they live (floating members), long ill …: in the branch's words.
    Other {
        /// The words.
        words: String,
    },
}

impl UngradedReason {
    /// As the 汇总表 prints it in 备注.
    pub fn label(&self) -> &str {
        match self {
            Self::Probationary => "预备党员，不定等次",
            Self::Other { words } => words,
        }
    }
}

/// How a member takes part in a round as one appraised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "treatment", rename_all = "snake_case")]
pub enum Treatment {
    /// A row on the ballot and a grade.
    Graded,
    /// In the list, no row on the ballot, no grade.
    Ungraded {
        /// Why.
        why: UngradedReason,
    },
    /// Not appraised in this round; listed beside, never silently removed. // 通知 四、3
    NotAppraised {
        /// Why.
        why: String,
    },
}

impl Treatment {
    /// What the campaign's settings say about a member of this standing.
    pub fn of(standing: Standing, settings: &Settings) -> Self {
        match standing {
            Standing::Probationary if !settings.probationary_graded => Self::Ungraded {
                why: UngradedReason::Probationary,
            },
            _ => Self::Graded,
        }
    }
}

/// A member of the branch as the round sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Who.
    pub member: MemberId,
    /// How they take part.
    pub treatment: Treatment,
}

/// The branch's opinion on one member, from marks *and* daily conduct. // 通知 三、3
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "opinion", rename_all = "snake_case")]
pub enum Opinion {
    /// One grade.
    Graded {
        /// Index into the notice's grades, best first.
        grade: usize,
    },
    /// 不定等次.
    Ungraded {
        /// Why, in the branch's words.
        reason: String,
    },
}
