//! A round edge by edge, and what each step refuses.

use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::count::{Count, MemberMarks};
use crate::ids::{MeetingId, MemberId, RoundId};
use crate::meeting::MeetingState;
use crate::member::Standing;
use crate::notice::Settings;
use crate::time::UnixTime;

const NOW: UnixTime = UnixTime(1_442_721_600);

fn member(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(n))
}

/// Two graded members, one probationary without a grade, one not appraised here.
fn prepared() -> Round<Prepared> {
    let subject = |n, treatment| Subject {
        member: member(n),
        treatment,
    };
    Round::prepare(RoundHead {
        id: RoundId(Uuid::from_u128(7)),
        meeting: MeetingId(Uuid::from_u128(5)),
        number: 1,
        grades: 3,
        subjects: vec![
            subject(1, Treatment::Graded),
            subject(
                2,
                Treatment::Ungraded {
                    why: UngradedReason::Probationary,
                },
            ),
            subject(3, Treatment::Graded),
            subject(
                4,
                Treatment::NotAppraised {
                    why: "流动党员，在居住地参评".into(),
                },
            ),
        ],
        group: false,
    })
}

fn open() -> Round<Open> {
    prepared()
        .open(MeetingState::CriticismDone, 3, 3, NOW)
        .unwrap()
}

fn closed() -> Round<Closed> {
    open().close(3, NOW).unwrap()
}

fn count() -> Count {
    let row = |marks: [u32; 3]| MemberMarks {
        marks: marks.to_vec(),
        abstain: 0,
        void: 0,
    };
    Count {
        issued: 3,
        collected: 3,
        invalid: 0,
        rows: vec![row([3, 0, 0]), row([1, 1, 1])],
        group: None,
    }
}

fn counted() -> Round<Counted> {
    closed().count(count()).unwrap()
}

fn officials() -> Officials {
    let envoy = Official::Envoy {
        name: "王五".into(),
    };
    Officials::new(vec![envoy], vec![Official::Member { id: member(1) }]).unwrap()
}

fn signed() -> Round<Signed> {
    counted().sign(officials(), date(2015, 9, 20)).unwrap()
}

fn opinions() -> Vec<(MemberId, Opinion)> {
    let ungraded = Opinion::Ungraded {
        reason: "预备党员，不定等次".into(),
    };
    vec![
        (member(1), Opinion::Graded { grade: 0 }),
        (member(2), ungraded),
        (member(3), Opinion::Graded { grade: 1 }),
    ]
}

/// Prepared --> Open: open
#[test]
fn ballots_go_out_only_after_the_criticism() {
    for meeting in MeetingState::ALL {
        let opened = prepared().open(*meeting, 3, 3, NOW);
        match meeting {
            MeetingState::CriticismDone | MeetingState::Closed => assert!(opened.is_ok()),
            _ => assert_eq!(opened, Err(RoundError::CriticismNotOver)),
        }
    }
}

#[test]
fn ballots_are_at_least_one_and_no_more_than_voters_and_somebody_is_on_them() {
    for issued in [0, 4] {
        let refused = prepared().open(MeetingState::CriticismDone, issued, 3, NOW);
        assert_eq!(refused, Err(RoundError::Issued { issued, present: 3 }));
    }
    let mut nobody = prepared();
    nobody.head.subjects.clear();
    let refused = nobody.open(MeetingState::CriticismDone, 1, 1, NOW);
    assert_eq!(refused, Err(RoundError::NobodyAppraised));
}

/// Open --> Closed: close
#[test]
fn more_collected_than_issued_must_be_voided() {
    assert_eq!(closed().state(), RoundState::Closed);
    assert_eq!(
        open().close(4, NOW),
        Err(RoundError::MustVoid {
            collected: 4,
            issued: 3
        })
    );
}

/// Closed --> Counted: count
#[test]
fn only_a_count_of_this_round_that_comes_out_is_taken() {
    assert_eq!(counted().state(), RoundState::Counted);
    let another = Count {
        collected: 2,
        ..count()
    };
    assert_eq!(
        closed().count(another),
        Err(RoundError::CountOfAnotherRound)
    );
    let rows = count().rows[..1].to_vec();
    let too_short = Count { rows, ..count() };
    assert_eq!(
        closed().count(too_short),
        Err(RoundError::CountOfAnotherRound)
    );
    let wrong = Count {
        invalid: 1,
        ..count()
    };
    assert!(matches!(closed().count(wrong), Err(RoundError::Arithmetic(p)) if p.len() == 2));
}

/// Counted --> Signed: sign
#[test]
fn scrutineers_and_tellers_are_different_people() {
    assert_eq!(signed().stage.officials, officials());
    let one = vec![Official::Member { id: member(1) }];
    assert_eq!(
        Officials::new(vec![], one.clone()),
        Err(OfficialsError::NoScrutineer)
    );
    assert_eq!(
        Officials::new(one.clone(), vec![]),
        Err(OfficialsError::NoTeller)
    );
    assert_eq!(Officials::new(one.clone(), one), Err(OfficialsError::Both));
}

#[test]
fn officials_are_checked_again_when_read_from_storage() {
    let json = serde_json::to_string(&officials()).unwrap();
    assert_eq!(
        serde_json::from_str::<Officials>(&json).unwrap(),
        officials()
    );
    let none = r#"{"scrutineers":[],"tellers":[]}"#;
    assert!(serde_json::from_str::<Officials>(none).is_err());
}

/// Signed --> Determined: determine
#[test]
fn every_appraised_member_gets_exactly_one_opinion() {
    assert_eq!(
        signed().determine(opinions()).unwrap().state(),
        RoundState::Determined
    );
    let without_one = opinions()[1..].to_vec();
    let twice = [opinions(), opinions()].concat();
    let mut unknown_grade = opinions();
    unknown_grade[0].1 = Opinion::Graded { grade: 3 };
    let mut graded_probationer = opinions();
    graded_probationer[1].1 = Opinion::Graded { grade: 0 };
    let mut stranger = opinions();
    stranger[0].0 = member(4);
    for wrong in [
        without_one,
        twice,
        unknown_grade,
        graded_probationer,
        stranger,
    ] {
        assert_eq!(signed().determine(wrong), Err(RoundError::Opinions));
    }
    let mut unexplained = opinions();
    unexplained[1].1 = Opinion::Ungraded { reason: " ".into() };
    assert_eq!(signed().determine(unexplained), Err(RoundError::NoReason));
}

/// Prepared --> Voided: void
/// Open --> Voided: void
/// Closed --> Voided: void
/// Counted --> Voided: void
#[test]
fn a_round_is_voided_with_a_reason_and_the_next_has_the_next_number() {
    assert_eq!(open().void(" ", NOW), Err(RoundError::NoReason));
    let voided = [
        prepared().void("名单有误", NOW),
        open().void("票面印错", NOW),
        closed().void("收回多于发出", NOW),
        counted().void("计票单遗失", NOW),
    ];
    for round in voided {
        let next = round.unwrap().next(RoundId(Uuid::from_u128(8)));
        assert_eq!((next.head.number, next.state()), (2, RoundState::Prepared));
        assert_eq!(next.head.subjects, prepared().head.subjects);
    }
}

#[test]
fn nothing_is_voided_once_signed() {
    assert!(matches!(
        signed().void("原因", NOW),
        Err(RoundError::Illegal(_))
    ));
    let determined = signed().determine(opinions()).unwrap();
    assert!(matches!(
        determined.void("原因", NOW),
        Err(RoundError::Illegal(_))
    ));
}

#[test]
fn probationary_members_are_graded_by_the_campaigns_setting() {
    let of = |standing, probationary_graded| {
        let settings = Settings {
            probationary_graded,
            ..Settings::default()
        };
        Treatment::of(standing, &settings)
    };
    assert_eq!(of(Standing::Probationary, true), Treatment::Graded);
    let why = UngradedReason::Probationary;
    assert_eq!(
        of(Standing::Probationary, false),
        Treatment::Ungraded { why }
    );
    assert_eq!(of(Standing::Full, false), Treatment::Graded);
    assert_eq!(UngradedReason::Probationary.label(), "预备党员，不定等次");
}
