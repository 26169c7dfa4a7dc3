//! The requirements of a notice as a list for the screen.

use pingyi_domain::notice::{Notice, Requirement, Severity};

/// One requirement.
#[derive(Debug)]
pub struct Demand {
    /// 二、4b.
    pub clause: String,
    /// Short name of the task.
    pub title: String,
    /// The notice's own words.
    pub words: String,
    /// Who owes it.
    pub owes: &'static str,
    /// The last day; empty where there is none.
    pub by: String,
    /// Stops the next step.
    pub stops: bool,
}

/// All of them, in the order of the work.
pub fn demands(notice: &Notice) -> Vec<Demand> {
    notice
        .requirements
        .iter()
        .map(|asked| demand(notice, asked))
        .collect()
}

fn demand(notice: &Notice, asked: &Requirement) -> Demand {
    Demand {
        clause: asked.clause.paragraph().to_string(),
        title: asked.title.clone(),
        words: asked.words.clone(),
        owes: asked.owes.label(),
        by: notice
            .due(asked.by)
            .map_or_else(String::new, |day| day.to_string()),
        stops: asked.severity == Severity::Stop,
    }
}
