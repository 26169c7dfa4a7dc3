//! How much a notice asks people to type, worked out before it is issued.
//!
//! From the requirements, the notice's own lists and a typical size ([`Table`], a data file with a
//! reason on every line). An estimate for whoever drafts the notice: it warns and never refuses,
//! and nobody's real work is measured with it.

mod table;

use crate::notice::{Notice, Owes, Rule};

pub use table::{BurdenError, Size, Table};

/// Work of one kind of people: boxes they fill, boxes that fill themselves, time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// To be typed, chosen or ticked.
    pub entries: u32,
    /// Known or derived: asked of nobody.
    pub known: u32,
    /// Tenths of a second.
    pub tenths: u32,
}

impl Load {
    /// Minutes, rounded up; 0 only where nothing is to be done.
    pub fn minutes(self) -> u32 {
        self.tenths.div_ceil(600)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            entries: self.entries.saturating_add(other.entries),
            known: self.known.saturating_add(other.known),
            tenths: self.tenths.saturating_add(other.tenths),
        }
    }
}

/// What one requirement asks of one kind of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'t> {
    /// An index into [`Notice::requirements`].
    pub requirement: usize,
    /// Who does it.
    pub by: Owes,
    /// How much; nothing where an earlier line of the same work has it.
    pub load: Load,
    /// How it was worked out, for people.
    pub reason: &'t str,
    /// The requirement before this one that the same entries serve: nothing is typed twice.
    pub shared: Option<usize>,
}

/// Everything a notice asks, for one branch, one member, one unit and the committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Burden<'t> {
    /// What it was worked out for.
    pub size: Size,
    /// Line by line, in the notice's order.
    pub lines: Vec<Line<'t>>,
}

impl Burden<'_> {
    /// Everything one branch's officers, one member, one unit or the committee has to do.
    pub fn of(&self, who: Owes) -> Load {
        let own = self.lines.iter().filter(|line| line.by == who);
        own.fold(Load::default(), |sum, line| sum.plus(line.load))
    }

    /// Whether it is more than the notice's settings hold reasonable for a branch or a member.
    pub fn too_much(&self, notice: &Notice) -> Vec<Owes> {
        let limit = notice.settings.burden;
        let over = |who, most| (self.of(who).minutes() > most).then_some(who);
        [
            over(Owes::Branch, limit.branch_minutes),
            over(Owes::Member, limit.member_minutes),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Works it out.
pub fn burden<'t>(notice: &Notice, table: &'t Table) -> Burden<'t> {
    let mut lines: Vec<Line<'t>> = Vec::new();
    // Which requirement has paid for a task of the table already.
    let mut paid = vec![None; table.tasks().len()];
    for (nth, asked) in notice.requirements.iter().enumerate() {
        for (at, task) in table.tasks().iter().enumerate() {
            if task.serves(asked.rule) {
                lines.push(line(notice, table, at, nth, paid[at]));
                paid[at] = paid[at].or(Some(nth));
            }
        }
    }
    Burden {
        size: table.size(),
        lines,
    }
}

fn line<'t>(
    notice: &Notice,
    table: &'t Table,
    task: usize,
    requirement: usize,
    shared: Option<usize>,
) -> Line<'t> {
    let task = &table.tasks()[task];
    let load = match shared {
        Some(_) => Load::default(),
        None => task.load(notice, table),
    };
    Line {
        requirement,
        by: task.by(),
        load,
        reason: task.reason(),
        shared,
    }
}

/// What a rule would cost by itself, all kinds of people together: for a list of choices.
pub fn cost(notice: &Notice, table: &Table, rule: Rule) -> Load {
    let tasks = table.tasks().iter().filter(|t| t.serves(rule));
    tasks.fold(Load::default(), |sum, task| {
        sum.plus(task.load(notice, table))
    })
}

#[cfg(test)]
mod tests;
