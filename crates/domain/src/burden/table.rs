//! The table of work behind each rule, as data (`notices/burden.toml`).

use std::sync::LazyLock;

use serde::Deserialize;
use thiserror::Error;

use super::Load;
use crate::notice::{Notice, Owes, Rule};

/// The table every installation has.
const SHIPPED: &str = include_str!("../../../../notices/burden.toml");

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(SHIPPED).unwrap_or_default());

/// How large a branch and a unit the estimate is made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Members of a branch.
    pub members: u32,
    /// Branches of a unit.
    pub branches: u32,
}

/// How long one thing takes, in tenths of a second (docs/BURDEN.md).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pace {
    page: u32,
    entry: u32,
    character: u32,
}

/// Done once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Work {
    /// Pages opened.
    pages: u32,
    /// Boxes typed, chosen or ticked.
    entries: u32,
    /// Characters typed.
    characters: u32,
    /// Boxes the program fills.
    known: u32,
}

/// What work is repeated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Times {
    /// Each member of the branch.
    Members,
    /// Each branch of the unit.
    Branches,
    /// Each category of the problem list.
    Categories,
    /// Each grade.
    Grades,
    /// Each member and grade: the boxes of a count.
    Marks,
    /// Each gate of each branch.
    Gates,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Each {
    of: Times,
    #[serde(default)]
    entries: u32,
    #[serde(default)]
    characters: u32,
    #[serde(default)]
    known: u32,
}

/// One piece of work and the rules it serves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Task {
    rules: Vec<Rule>,
    by: Owes,
    reason: String,
    #[serde(default)]
    once: Work,
    #[serde(default)]
    each: Option<Each>,
}

/// A file of work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    size: Size,
    pace: Pace,
    tasks: Vec<Task>,
}

/// Why a table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BurdenError {
    /// Not TOML, or not of the expected shape.
    #[error("填报量测算表读不懂：{0}")]
    Syntax(String),
    /// A rule nobody wrote a line for.
    #[error("填报量测算表没有“{0}”这一项。请补上一行。")]
    Missing(Rule),
    /// A line without its reason.
    #[error("填报量测算表“{0}”一行没有写依据。请补写。")]
    NoReason(Rule),
}

impl Table {
    /// The one in `notices/`.
    pub fn shipped() -> &'static Self {
        &TABLE
    }

    /// Reads a table; every rule must have a line, every line a reason.
    pub fn parse(text: &str) -> Result<Self, BurdenError> {
        let table: Self =
            toml::from_str(text).map_err(|e| BurdenError::Syntax(e.message().to_owned()))?;
        let lone = Rule::ALL
            .iter()
            .find(|rule| !table.tasks.iter().any(|task| task.serves(**rule)));
        if let Some(rule) = lone {
            return Err(BurdenError::Missing(*rule));
        }
        let mute = table.tasks.iter().find(|t| t.reason.trim().is_empty());
        match mute.and_then(|task| task.rules.first()) {
            Some(rule) => Err(BurdenError::NoReason(*rule)),
            None => Ok(table),
        }
    }

    /// What it is made for.
    pub fn size(&self) -> Size {
        self.size
    }

    pub(super) fn tasks(&self) -> &[Task] {
        &self.tasks
    }
}

impl Task {
    pub(super) fn serves(&self, rule: Rule) -> bool {
        self.rules.contains(&rule)
    }

    pub(super) fn by(&self) -> Owes {
        self.by
    }

    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    pub(super) fn load(&self, notice: &Notice, table: &Table) -> Load {
        let once = self.once;
        let (mut entries, mut characters, mut known) = (once.entries, once.characters, once.known);
        if let Some(each) = self.each {
            let times = each.of.count(notice, table.size);
            entries += each.entries * times;
            characters += each.characters * times;
            known += each.known * times;
        }
        let pace = table.pace;
        Load {
            entries,
            known,
            tenths: once.pages * pace.page + entries * pace.entry + characters * pace.character,
        }
    }
}

impl Times {
    fn count(self, notice: &Notice, size: Size) -> u32 {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let grades = number(notice.grades.len());
        match self {
            Self::Members => size.members,
            Self::Branches => size.branches,
            Self::Categories => number(notice.categories.len()),
            Self::Grades => grades,
            Self::Marks => size.members.saturating_mul(grades),
            Self::Gates => size.branches.saturating_mul(number(notice.gates.len())),
        }
    }
}
