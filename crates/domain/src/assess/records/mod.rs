//! Rules about what a branch records before and after the meeting, one file per page.

mod dues;
pub(super) mod gates;
mod lists;
mod measures;
mod opinions;
mod results;
mod speeches;
mod study;
mod talks;

use jiff::civil::Date;
pub(super) use results::feedback_due;

use super::Status;
use crate::facts::BranchFacts;
use crate::notice::{Notice, Rule};

pub(super) fn status(notice: &Notice, rule: Rule, branch: &BranchFacts, today: Date) -> Status {
    match rule {
        Rule::StudyCoversItems => study::status(notice, rule, branch),
        Rule::OpinionsFromOutside => opinions::status(notice, rule, branch),
        Rule::TalkCoverage | Rule::TalksSettled => talks::status(notice, rule, branch),
        Rule::ProblemListPerMember
        | Rule::CategoriesAnswered
        | Rule::BenchmarksTouched
        | Rule::AspectsTouched => lists::status(notice, rule, branch),
        Rule::SelfCriticismEach
        | Rule::ViewsExamined
        | Rule::CriticismExchanged
        | Rule::MutualCriticism
        | Rule::SecretaryCriticises => speeches::status(notice, rule, branch),
        Rule::FedBack | Rule::Published | Rule::ResultsUsed => {
            results::status(notice, rule, branch)
        }
        Rule::MeasuresPerMember | Rule::MeasuresCarriedOut | Rule::LastMeasuresReported => {
            measures::status(rule, branch, today)
        }
        Rule::DuesCollected => dues::status(notice, branch, today),
        _ => Status::Untracked,
    }
}

/// Members who owe papers of their own: those excluded from the meeting with a recorded reason
/// do not. // docs/DOMAIN.md §2.4
fn due_members(branch: &BranchFacts) -> u32 {
    let excluded = branch.meeting.as_ref().map_or(0, |m| m.excluded);
    branch.members.saturating_sub(excluded)
}
