//! 四个不放过: four gates that the unit passes or returns for each branch. // 通知 四、3
//!
//! People decide; facts are laid beside and nothing here looks at them. A returned gate is made
//! up for by the branch and looked at again; every decision stays on record.

use thiserror::Error;

use crate::appraisal::IllegalStep;
use crate::appraisal::machine::{edges, words};
use crate::notice::Rule;
use crate::prose::{self, LONG, ProseProblem};

words! {
    /// Where a gate stands. // 通知 四、3
    pub enum GateState {
        /// Nobody has decided.
        Open = "open", "待把关";
        /// Passed.
        Passed = "passed", "已过关";
        /// Sent back with a reason.
        Returned = "returned", "不放过";
        /// The branch made up for it.
        Reworked = "reworked", "已补课";
    }
}

words! {
    /// What is done at a gate.
    pub enum GateStep {
        /// Let it pass.
        Pass = "pass", "过关";
        /// Send it back.
        Return = "return", "退回";
        /// Make up for what was missing.
        Rework = "rework", "补课";
    }
}

edges! { "这一关", GateState, GateStep:
    Open --Pass--> Passed,
    Open --Return--> Returned,
    Returned --Rework--> Reworked,
    Reworked --Pass--> Passed,
    Reworked --Return--> Returned,
}

/// Why a step at a gate was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GateError {
    /// The table has no such edge.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// Returned without saying why.
    #[error("退回要写明哪里不到位，支部才知道补什么。")]
    NoReason,
    /// Made up for without saying how.
    #[error("没有写明补了什么。")]
    NoWork,
    /// The words cannot be kept as they are.
    #[error(transparent)]
    Words(ProseProblem),
}

/// A gate of one branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// Where it stands.
    pub state: GateState,
}

/// A decision or rework, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateTurn {
    /// The gate afterwards.
    pub gate: Gate,
    /// Reason, or what was made up for; may be empty when passed.
    pub words: String,
}

impl Gate {
    /// Passes, returns or reworks. // 通知 四、3
    pub fn take(self, step: GateStep, words: &str) -> Result<GateTurn, GateError> {
        let state = self.state.advance(step)?;
        let words = match prose::text(words, LONG) {
            Ok(words) => words,
            Err(ProseProblem::Empty) => match step {
                GateStep::Pass => String::new(),
                GateStep::Return => return Err(GateError::NoReason),
                GateStep::Rework => return Err(GateError::NoWork),
            },
            Err(problem) => return Err(GateError::Words(problem)),
        };
        let gate = Self { state };
        Ok(GateTurn { gate, words })
    }

    /// Whether the unit has to decide now.
    pub fn undecided(self) -> bool {
        matches!(self.state, GateState::Open | GateState::Reworked)
    }
}

/// The rules whose findings are laid beside a gate, by the notice's key of the gate. They hint;
/// no gate is passed or returned by them. // 通知 四、3
pub fn hints(gate: &str) -> &'static [Rule] {
    match gate {
        "awareness" => &[
            Rule::StudyCoversItems,
            Rule::OpinionsFromOutside,
            Rule::TalkCoverage,
            Rule::TalksSettled,
        ],
        "focus" => &[
            Rule::ProblemListPerMember,
            Rule::CategoriesAnswered,
            Rule::BenchmarksTouched,
            Rule::AspectsTouched,
        ],
        "depth" => &[
            Rule::SecretaryFirst,
            Rule::SelfCriticismEach,
            Rule::ViewsExamined,
            Rule::MutualCriticism,
            Rule::SecretaryCriticises,
        ],
        "measures" => &[Rule::MeasuresPerMember, Rule::MeasuresCarriedOut],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Gate = Gate {
        state: GateState::Open,
    };

    #[test]
    fn a_gate_is_returned_made_up_for_and_passed() {
        let returned = OPEN.take(GateStep::Return, "问题清单空泛").unwrap();
        assert!(!returned.gate.undecided());
        let reworked = returned.gate.take(GateStep::Rework, "逐人重写").unwrap();
        assert!(reworked.gate.undecided());
        let passed = reworked.gate.take(GateStep::Pass, "").unwrap();
        assert_eq!(passed.gate.state, GateState::Passed);
    }

    #[test]
    fn returning_without_a_reason_is_refused() {
        assert_eq!(OPEN.take(GateStep::Return, " \n"), Err(GateError::NoReason));
    }

    #[test]
    fn a_passed_gate_is_not_decided_again() {
        let passed = OPEN.take(GateStep::Pass, "").unwrap().gate;
        let refused = passed.take(GateStep::Return, "再看").unwrap_err();
        assert!(matches!(refused, GateError::Illegal(_)));
    }

    #[test]
    fn every_gate_of_the_notice_has_facts_beside_it() {
        let text = include_str!("../../../../notices/xianning-2015-14.toml");
        let notice = crate::notice::Notice::parse(text).unwrap();
        for gate in &notice.gates {
            assert!(!hints(&gate.key).is_empty(), "{}", gate.key);
        }
    }
}
