//! What a notice asks of somebody.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Clause, NoticeProblem, Rule};

/// Who owes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owes {
    /// The branch.
    Branch,
    /// The unit's Party organisation.
    Unit,
    /// Every member.
    Member,
    /// The issuing committee.
    Committee,
}

impl Owes {
    /// As screens print it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Branch => "党支部",
            Self::Unit => "直属党组织",
            Self::Member => "党员",
            Self::Committee => "工委",
        }
    }
}

/// Whether a missing item stops the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The next step is refused.
    Stop,
    /// Shown, never refused: hard stops on soft matters make people invent records.
    Warn,
}

impl Severity {
    /// As screens print it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stop => "须先完成",
            Self::Warn => "提醒",
        }
    }
}

/// By when: one of the campaign's last days, a day of its own, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum By {
    /// The plan's last day.
    Plan,
    /// The meeting's last day; what prepares a meeting is due before that meeting.
    Meeting,
    /// The summary's last day.
    Summary,
    /// A day of its own.
    On(Date),
    /// No day.
    None,
}

impl TryFrom<String> for By {
    type Error = NoticeProblem;
    fn try_from(text: String) -> Result<Self, NoticeProblem> {
        Ok(match text.as_str() {
            "plan" => Self::Plan,
            "meeting" => Self::Meeting,
            "summary" => Self::Summary,
            "none" => Self::None,
            _ => Self::On(text.parse().map_err(|_| NoticeProblem::By(text))?),
        })
    }
}

impl From<By> for String {
    fn from(by: By) -> Self {
        match by {
            By::Plan => "plan".into(),
            By::Meeting => "meeting".into(),
            By::Summary => "summary".into(),
            By::None => "none".into(),
            By::On(date) => date.to_string(),
        }
    }
}

/// One thing asked of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable word for storage and addresses.
    pub id: String,
    /// Where it stands.
    pub clause: Clause,
    /// The notice's own words, to be shown beside every open item.
    pub words: String,
    /// The task, short (at most 20 characters).
    pub title: String,
    /// Who owes it.
    pub owes: Owes,
    /// By when.
    pub by: By,
    /// Stop or warn.
    pub severity: Severity,
    /// How it is checked.
    pub rule: Rule,
}
