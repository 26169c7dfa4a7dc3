//! Archives that hold, in all forms, with the result that was voted.

use pingyi_ballot::group::{Belenios2048, Ed25519, Group};
use pingyi_ballot::sample::{KeyForm, Sample, appraisal};
use pingyi_ballot::verify::{Checked, Report, Verdict};

use crate::{Held, Vote, check, held, hold, rng};

const FORMS: [KeyForm; 4] = [
    KeyForm::Single(1),
    KeyForm::Single(3),
    KeyForm::Threshold { needed: 2, of: 3 },
    KeyForm::Mixed,
];

/// Accepted with this result; gives the report.
#[track_caller]
fn accepted<G: Group>(held: &Held<G>, expected: &[Vec<u64>]) -> Report {
    let report = check(&held.archive);
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
    let result = report.result.as_ref().unwrap();
    assert_eq!(result.result, expected);
    assert_eq!(result, &held.result);
    report
}

fn in_all_forms<G: Group>() {
    let votes = [(0, vec![vec![0]]), (1, vec![vec![2]]), (2, vec![vec![0]])];
    for form in FORMS {
        let held = hold::<G>(form, vec![appraisal("甲", None, 1)], &votes);
        let report = accepted(&held, &[vec![2, 0, 1]]);
        let summary = report.summary.unwrap();
        assert_eq!(summary.group, G::NAME);
        assert_eq!(summary.name, "民主评议党员测评");
        assert_eq!(summary.fingerprint, held.sample.poll.fingerprint());
        let (owners, count) = match form {
            KeyForm::Single(owners) => (owners, owners),
            KeyForm::Threshold { needed, of } => (of, needed),
            KeyForm::Mixed => (4, 3),
        };
        assert_eq!(
            report.checked,
            [
                Checked::Trustees { owners },
                Checked::Credentials { count: 3 },
                Checked::Ballots {
                    read: 3,
                    counted: 3
                },
                Checked::Tally,
                Checked::Shares { count },
                Checked::Result,
            ]
        );
    }
}

#[test]
fn every_form_of_trustees_is_accepted_on_the_curve() {
    in_all_forms::<Ed25519>();
}

#[test]
fn every_form_of_trustees_is_accepted_in_the_old_group() {
    in_all_forms::<Belenios2048>();
}

#[test]
fn blank_and_fewest_choices_go_together_in_all_ways() {
    let cases: [(Option<bool>, u32, Vec<u64>); 5] = [
        (None, 0, vec![1, 1, 0]),
        (None, 1, vec![2, 1, 0]),
        (Some(false), 0, vec![1, 1, 0]),
        (Some(true), 0, vec![1, 1, 1, 0]),
        (Some(true), 1, vec![1, 1, 1, 0]),
    ];
    for (blank, min, expected) in cases {
        let third = if blank != Some(true) && min == 1 {
            vec![0]
        } else {
            vec![]
        };
        let votes = [(0, vec![vec![0]]), (1, vec![vec![1]]), (2, vec![third])];
        let held = hold::<Ed25519>(
            KeyForm::Single(1),
            vec![appraisal("甲", blank, min)],
            &votes,
        );
        accepted(&held, &[expected]);
    }
}

#[test]
fn several_choices_in_one_question_are_added_up() {
    let mut question = appraisal("甲", Some(true), 2);
    question.max = 3;
    let votes = [
        (0, vec![vec![0, 1]]),
        (1, vec![vec![0, 1, 2]]),
        (2, vec![vec![]]),
    ];
    let held = hold::<Ed25519>(KeyForm::Single(1), vec![question], &votes);
    accepted(&held, &[vec![1, 2, 2, 1]]);
}

#[test]
fn the_last_ballot_of_a_voter_counts() {
    let vote = |voter, answer| (voter, vec![vec![answer]]);
    let votes = [vote(0, 0), vote(1, 0), vote(0, 1), vote(1, 2), vote(0, 2)];
    let held = hold::<Ed25519>(KeyForm::Single(1), vec![appraisal("甲", None, 1)], &votes);
    let report = accepted(&held, &[vec![0, 0, 2]]);
    let (read, counted) = (5, 2);
    assert!(report.checked.contains(&Checked::Ballots { read, counted }));
}

#[test]
fn who_returns_to_the_first_choice_has_cast_a_new_ballot() {
    let vote = |answer| (0, vec![vec![answer]]);
    let votes: [Vote; 3] = [vote(0), vote(1), vote(0)];
    let held = hold::<Ed25519>(KeyForm::Single(1), vec![appraisal("甲", None, 1)], &votes);
    assert_ne!(
        held.ballots[0], held.ballots[2],
        "other randomness, other bytes"
    );
    accepted(&held, &[vec![1, 0, 0]]);
}

#[test]
fn an_election_without_ballots_is_accepted() {
    for form in FORMS {
        let held = hold::<Ed25519>(form, vec![appraisal("甲", Some(true), 1)], &[]);
        let report = accepted(&held, &[vec![0; 4]]);
        let (read, counted) = (0, 0);
        assert!(report.checked.contains(&Checked::Ballots { read, counted }));
    }
}

#[test]
fn an_election_without_voters_is_accepted() {
    let rng = &mut rng(1);
    let sample = Sample::<Ed25519>::new(KeyForm::Single(1), 0, vec![appraisal("甲", None, 0)], rng);
    let held = held(sample, Vec::new(), &[1]);
    let report = accepted(&held, &[vec![0; 3]]);
    assert!(report.checked.contains(&Checked::Credentials { count: 0 }));
}

#[test]
fn thirty_members_are_counted() {
    let questions = (0..30)
        .map(|number| appraisal(&format!("党员{number}"), None, 0))
        .collect();
    // voter v chooses answer (row + v) mod 4 where there is one
    let answers = |voter: usize| {
        let choice = |row: usize| (row + voter) % 4;
        let rows = 0..30_usize;
        rows.map(|row| {
            Some(choice(row))
                .filter(|answer| *answer < 3)
                .into_iter()
                .collect()
        })
        .collect()
    };
    let votes: Vec<Vote> = (0..3).map(|voter| (voter, answers(voter))).collect();
    let held = hold::<Ed25519>(KeyForm::Single(3), questions, &votes);
    let mut expected = vec![vec![0; 3]; 30];
    for (_, rows) in &votes {
        for (row, chosen) in rows.iter().enumerate() {
            for answer in chosen {
                expected[row][*answer] += 1;
            }
        }
    }
    accepted(&held, &expected);
}

#[test]
fn a_title_of_any_kind_is_only_a_title() {
    let mut question = appraisal("\u{1b}[2J\u{202e}\"\\\u{7f}", None, 0);
    question.answers = vec!["\0".to_owned(), String::new(), "\u{1f5f3}".to_owned()];
    let held = hold::<Ed25519>(KeyForm::Single(1), vec![question], &[(0, vec![vec![1]])]);
    accepted(&held, &[vec![0, 1, 0]]);
}
