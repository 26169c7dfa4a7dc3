//! The seven steps of a branch, for the strip at the top of its pages.

use crate::appraisal::RoundState;
use crate::facts::{BranchFacts, UnitFacts};
use crate::filing::FilingState;
use crate::meeting::MeetingState;

/// A step of the cycle as a branch sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// 签收.
    Receipt,
    /// 方案备案.
    Plan,
    /// 组织生活会.
    Meeting,
    /// 民主评议投票.
    Ballot,
    /// 计票签字.
    Count,
    /// 评定意见.
    Opinions,
    /// 汇总报送.
    Summary,
}

impl Step {
    /// In order.
    pub const ALL: [Self; 7] = [
        Self::Receipt,
        Self::Plan,
        Self::Meeting,
        Self::Ballot,
        Self::Count,
        Self::Opinions,
        Self::Summary,
    ];

    /// As screens name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Receipt => "签收通知",
            Self::Plan => "方案备案",
            Self::Meeting => "组织生活会",
            Self::Ballot => "投票测评",
            Self::Count => "计票签字",
            Self::Opinions => "评定意见",
            Self::Summary => "汇总报送",
        }
    }
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Finished.
    Done,
    /// The first one that is not.
    Now,
    /// Later.
    Later,
}

/// All steps with their states: done by the facts, the first open one is now.
pub fn steps(unit: &UnitFacts, branch: &BranchFacts) -> [(Step, StepState); 7] {
    let mut open = false;
    Step::ALL.map(|step| {
        let state = match (is_done(step, unit, branch), open) {
            (true, _) => StepState::Done,
            (false, false) => StepState::Now,
            (false, true) => StepState::Later,
        };
        open |= state == StepState::Now;
        (step, state)
    })
}

fn is_done(step: Step, unit: &UnitFacts, branch: &BranchFacts) -> bool {
    let round = branch.appraisal.as_ref().map(|a| a.state);
    match step {
        Step::Receipt => unit.acknowledged_on.is_some(),
        Step::Plan => unit
            .plan
            .as_ref()
            .is_some_and(|p| p.filed_version.is_some()),
        Step::Meeting => branch
            .meeting
            .as_ref()
            .is_some_and(|m| matches!(m.state, MeetingState::CriticismDone | MeetingState::Closed)),
        Step::Ballot => matches!(
            round,
            Some(
                RoundState::Closed
                    | RoundState::Counted
                    | RoundState::Signed
                    | RoundState::Determined
            )
        ),
        Step::Count => matches!(round, Some(RoundState::Signed | RoundState::Determined)),
        Step::Opinions => round == Some(RoundState::Determined),
        Step::Summary => branch
            .filing
            .as_ref()
            .is_some_and(|f| matches!(f.state, FilingState::Submitted | FilingState::Received)),
    }
}
