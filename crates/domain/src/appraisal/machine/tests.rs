//! The drawings in docs/STATES.md against the tables in code: every edge, every label, and every
//! pair of state and step that is not drawn.

use std::collections::BTreeSet;

use crate::appraisal::{RoundState, RoundStep};
use crate::ballot_box::{BoxState, BoxStep};
use crate::dues::{PublicationState, PublicationStep};
use crate::entry::{EntryState, EntryStep};
use crate::filing::{FilingKind, FilingState, FilingStep};
use crate::gates::{GateState, GateStep};
use crate::lists::{ListState, ListStep};
use crate::measure::{MeasureState, MeasureStep};
use crate::meeting::{ExclusionReason, MeetingState, MeetingStep};
use crate::opinion::{CollectionState, CollectionStep};
use crate::plan::{PlanState, PlanStep};
use crate::results::{DestructionState, DestructionStep, PublicityState, PublicityStep};
use crate::supervision::{CheckMode, CheckState, CheckStep};

const DOC: &str = include_str!("../../../../../docs/STATES.md");

/// The lines of the diagram in the section that names `state`.
fn diagram(state: &str) -> BTreeSet<&'static str> {
    let (_, section) = DOC.split_once(state).unwrap();
    let (_, drawn) = section.split_once("```mermaid\nstateDiagram-v2\n").unwrap();
    let (drawn, _) = drawn.split_once("```").unwrap();
    drawn.lines().map(str::trim).collect()
}

/// Compares a drawing with a machine, pair by pair, and the stored words with themselves.
macro_rules! drawn {
    ($test:ident, $name:literal, $state:ty, $step:ty, first $first:expr) => {
        #[test]
        fn $test() {
            let drawn = diagram($name);
            let mut expected = BTreeSet::from([format!("[*] --> {:?}", $first)]);
            for from in <$state>::ALL.iter().copied() {
                expected.insert(format!("{from:?}: {}", from.label()));
                for by in <$step>::ALL.iter().copied() {
                    let edge = |to| format!("{from:?} --> {to:?}: {}", by.as_str());
                    let targets = <$state>::ALL
                        .iter()
                        .filter(|to| drawn.contains(edge(**to).as_str()));
                    let targets: Vec<$state> = targets.copied().collect();
                    assert!(targets.len() < 2, "{from:?} {by:?} leads to {targets:?}");
                    assert_eq!(
                        from.advance(by).ok(),
                        targets.first().copied(),
                        "{from:?} {by:?}"
                    );
                    assert_eq!(from.may(by), !targets.is_empty());
                    expected.extend(targets.into_iter().map(edge));
                }
                assert_eq!(<$state>::parse(from.as_str()), Some(from));
            }
            for step in <$step>::ALL.iter().copied() {
                assert_eq!(<$step>::parse(step.as_str()), Some(step));
            }
            let drawn: BTreeSet<String> = drawn.into_iter().map(str::to_owned).collect();
            assert_eq!(drawn, expected);
        }
    };
}

drawn!(the_plan_is_drawn, "plan::PlanState", PlanState, PlanStep, first PlanState::Draft);
drawn!(the_gate_is_drawn, "gates::GateState", GateState, GateStep, first GateState::Open);
drawn!(the_check_is_drawn, "supervision::CheckState", CheckState, CheckStep,
    first CheckState::Open);
drawn!(the_meeting_is_drawn, "meeting::MeetingState", MeetingState, MeetingStep,
    first MeetingState::Planned);
drawn!(the_round_is_drawn, "appraisal::RoundState", RoundState, RoundStep,
    first RoundState::Prepared);
drawn!(the_entry_is_drawn, "entry::EntryState", EntryState, EntryStep, first EntryState::Empty);
drawn!(the_filing_is_drawn, "filing::FilingState", FilingState, FilingStep,
    first FilingState::Draft);

drawn!(the_list_is_drawn, "lists::ListState", ListState, ListStep, first ListState::Draft);
drawn!(the_measure_is_drawn, "measure::MeasureState", MeasureState, MeasureStep,
    first MeasureState::Open);
drawn!(the_collection_is_drawn, "opinion::CollectionState", CollectionState, CollectionStep,
    first CollectionState::Collecting);

drawn!(the_ballot_box_is_drawn, "ballot_box::BoxState", BoxState, BoxStep, first BoxState::Keys);

drawn!(the_publicity_is_drawn, "results::PublicityState", PublicityState, PublicityStep,
    first PublicityState::Draft);
drawn!(the_publication_of_dues_is_drawn, "dues::PublicationState", PublicationState,
    PublicationStep, first PublicationState::Published);
drawn!(the_destruction_is_drawn, "results::DestructionState", DestructionState, DestructionStep,
    first DestructionState::Proposed);

#[test]
fn words_in_the_database_are_the_words_in_json() {
    let json = serde_json::to_string(&MeetingState::CriticismDone).unwrap();
    assert_eq!(json, "\"criticism_done\"");
    for reason in ExclusionReason::ALL {
        assert_eq!(ExclusionReason::parse(reason.as_str()), Some(*reason));
    }
    for kind in FilingKind::ALL {
        assert_eq!(FilingKind::parse(kind.as_str()), Some(*kind));
    }
    for mode in CheckMode::ALL {
        assert_eq!(CheckMode::parse(mode.as_str()), Some(*mode));
    }
    assert_eq!(PlanState::parse("已备案"), None);
}

#[test]
fn a_refused_step_says_what_happened_and_what_is_possible() {
    let refused = PlanState::Submitted.advance(PlanStep::Amend).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "工作方案现在是“已报送”，不能调整。现在可以：退回、备案。"
    );
    let last = RoundState::Determined.advance(RoundStep::Void).unwrap_err();
    assert_eq!(
        last.to_string(),
        "本轮测评现在是“已评定”，不能作废。这是最后一步，不再变动。"
    );
}

#[test]
fn nothing_is_voided_after_the_signatures() {
    for state in [
        RoundState::Signed,
        RoundState::Determined,
        RoundState::Voided,
    ] {
        assert!(!state.may(RoundStep::Void), "{state:?}");
    }
}
