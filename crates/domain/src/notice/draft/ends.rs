//! Loose ends of a notice: nothing that contradicts itself, but what its reader would stumble over.
//! They are shown before issuing and stop nothing.

use std::fmt;

use crate::notice::{Notice, Rule};

/// One loose end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LooseEnd {
    /// A grade the text does not name.
    GradeNotInText(String),
    /// A requirement whose list is empty: nobody could meet it, or everybody does at once.
    NothingToCheck {
        /// Its task.
        title: String,
        /// Which list.
        list: &'static str,
    },
    /// The leading group is asked about, but the ballot has no line for it.
    NoGroupOnBallot,
    /// The ballot has a line for the leading group that nothing asks about.
    GroupNotAsked,
}

impl fmt::Display for LooseEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GradeNotInText(label) => {
                write!(f, "正文没有写到等次“{label}”。请核对正文和等次是否一致。")
            }
            Self::NothingToCheck { title, list } => write!(
                f,
                "要求“{title}”要对照{list}，但{list}是空的。请补写，或不要这一项。"
            ),
            Self::NoGroupOnBallot => {
                f.write_str("要求了测评支部班子，但测评表没有设班子这一行。请在评议设置里勾选。")
            }
            Self::GroupNotAsked => f.write_str(
                "测评表设了支部班子一行，但各项要求里没有“测评支部班子”。请核对是否要这一行。",
            ),
        }
    }
}

impl Notice {
    /// All of them, in reading order.
    pub fn loose_ends(&self) -> Vec<LooseEnd> {
        let text = self.text();
        let unnamed = self.grades.iter().filter(|g| !text.contains(&g.label));
        let grades = unnamed.map(|g| LooseEnd::GradeNotInText(g.label.clone()));
        grades
            .chain(self.empty_lists())
            .chain(self.group())
            .collect()
    }

    fn empty_lists(&self) -> impl Iterator<Item = LooseEnd> {
        let lists = [
            (Rule::StudyCoversItems, self.study.len(), "学习内容"),
            (
                Rule::CategoriesAnswered,
                self.categories.len(),
                "问题清单类别",
            ),
            (Rule::BenchmarksTouched, self.benchmarks.len(), "对照方面"),
            (Rule::AspectsTouched, self.aspects.len(), "联系实际方面"),
            (Rule::ViewsExamined, self.views.len(), "剖析方面"),
            (Rule::GatesPassed, self.gates.len(), "把关项"),
        ];
        lists.into_iter().filter_map(|(rule, len, list)| {
            let asked = self.requirement(rule).filter(|_| len == 0)?;
            let title = asked.title.clone();
            Some(LooseEnd::NothingToCheck { title, list })
        })
    }

    fn group(&self) -> Option<LooseEnd> {
        let asked = self.requirement(Rule::LeadingGroupAppraised).is_some();
        match (asked, self.settings.leading_group_ballot) {
            (true, false) => Some(LooseEnd::NoGroupOnBallot),
            (false, true) => Some(LooseEnd::GroupNotAsked),
            _ => None,
        }
    }
}
