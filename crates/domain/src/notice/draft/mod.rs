//! Drafting a notice: from lines a clerk types to the notice's parts, and what to offer them.
//!
//! Keys and clauses are never asked for: an item whose words stay keeps its key, a paragraph's
//! clause follows from its number, a requirement's from the paragraph its words stand in.

mod body;
mod ends;
mod items;
mod menu;

use super::{Clause, Notice, Requirement, Rule};

pub use body::{body_lines, read_body};
pub use ends::LooseEnd;
pub use items::{labels, named, read_labels, read_named};
pub use menu::{Offer, Stage, offers};

impl Notice {
    /// The clause the words stand in: the one named before while they still do, else the first
    /// paragraph that has them.
    pub fn clause_of(&self, words: &str, before: Option<&Clause>) -> Option<Clause> {
        if words.is_empty() {
            return None;
        }
        let stands = |clause: &&Clause| self.paragraphs(clause).any(|b| b.text.contains(words));
        before.filter(stands).cloned().or_else(|| {
            let with = |clause: &Clause, text: &str| text.contains(words).then(|| clause.clone());
            let mut blocks = self.body.iter();
            blocks.find_map(|b| with(b.clause.as_ref()?, &b.text))
        })
    }

    /// Adds a requirement behind those that come before it in the order of the work; the others
    /// stay where they are.
    pub fn add_requirement(&mut self, asked: Requirement) {
        let place = |rule: Rule| offers().iter().position(|o| o.rule == rule);
        let own = place(asked.rule);
        let earlier = |r: &Requirement| place(r.rule) <= own;
        let at = self.requirements.iter().rposition(earlier);
        let at = at.map_or(0, |at| at + 1);
        self.requirements.insert(at, asked);
    }
}

#[cfg(test)]
mod tests;
