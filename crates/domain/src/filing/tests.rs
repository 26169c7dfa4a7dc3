//! A filing edge by edge, and everything that stops it.

use jiff::civil::date;
use uuid::Uuid;

use super::*;

/// 2015-09-30 23:59 UTC+8.
const LAST_MINUTE: UnixTime = UnixTime(1_443_628_740);

fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn draft(kind: FilingKind) -> Draft {
    Draft {
        head: FilingHead {
            id: FilingId(Uuid::from_u128(8)),
            kind,
            org: OrgId(Uuid::from_u128(4)),
            version: 1,
        },
    }
}

fn ready() -> Readiness {
    Readiness {
        branches: vec![BranchReady {
            branch: OrgId(Uuid::from_u128(4)),
            round: Some(RoundState::Determined),
            problems: vec![],
        }],
        totals_agree: true,
        report_attached: true,
    }
}

fn submit(kind: FilingKind, ready: &Readiness) -> Result<Submitted, FilingError> {
    draft(kind).submit(account(1), LAST_MINUTE, date(2015, 9, 30), ready)
}

fn submitted() -> Submitted {
    submit(FilingKind::BranchSummary, &ready()).unwrap()
}

/// Draft --> Submitted: submit
#[test]
fn the_last_minute_of_the_last_day_is_in_time() {
    assert!(!submitted().late);
    let after = UnixTime(LAST_MINUTE.0 + 60);
    let draft = draft(FilingKind::UnitSummary);
    assert!(
        draft
            .submit(account(1), after, date(2015, 9, 30), &ready())
            .unwrap()
            .late
    );
}

/// Submitted --> Returned: return
/// Returned --> Draft: revise
#[test]
fn a_returned_filing_comes_back_as_the_next_version() {
    let refused = submitted()
        .return_with(account(2), "", LAST_MINUTE)
        .unwrap_err();
    assert_eq!(refused, FilingError::NoOpinion);
    let returned = submitted()
        .return_with(account(2), "人数不符", LAST_MINUTE)
        .unwrap();
    assert_eq!(returned.revise().unwrap().head.version, 2);
}

/// Submitted --> Received: receive
#[test]
fn the_receiver_is_somebody_else_than_the_sender() {
    assert_eq!(
        submitted().receive(account(1), LAST_MINUTE),
        Err(FilingError::OwnFiling)
    );
    let returned = submitted().return_with(account(1), "意见", LAST_MINUTE);
    assert_eq!(returned, Err(FilingError::OwnFiling));
    assert_eq!(
        submitted().receive(account(2), LAST_MINUTE).unwrap().by,
        account(2)
    );
}

#[test]
fn nothing_is_filed_before_the_tally_is_signed() {
    for round in RoundState::ALL {
        let mut ready = ready();
        ready.branches[0].round = Some(*round);
        let signed = matches!(round, RoundState::Signed | RoundState::Determined);
        assert_eq!(
            submit(FilingKind::BranchSummary, &ready).is_ok(),
            signed,
            "{round:?}"
        );
    }
    let mut none = ready();
    none.branches[0].round = None;
    assert!(matches!(
        submit(FilingKind::UnitSummary, &none),
        Err(FilingError::NotSigned(branches)) if branches.len() == 1
    ));
    none.branches.clear();
    assert!(submit(FilingKind::UnitSummary, &none).is_err());
}

#[test]
fn nothing_is_filed_while_a_sum_does_not_come_out() {
    let mut wrong = ready();
    wrong.branches[0].problems = vec![CountProblem::InvalidOverCollected {
        invalid: 2,
        collected: 1,
    }];
    let refused = submit(FilingKind::BranchSummary, &wrong).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("汇总表有 1 处对不上：无效票 2 张")
    );
    let totals = Readiness {
        totals_agree: false,
        ..ready()
    };
    assert_eq!(
        submit(FilingKind::UnitSummary, &totals),
        Err(FilingError::TotalsDiffer)
    );
}

#[test]
fn only_units_owe_a_report() {
    let bare = Readiness {
        report_attached: false,
        ..ready()
    };
    assert_eq!(
        submit(FilingKind::UnitSummary, &bare),
        Err(FilingError::NoReport)
    );
    assert!(submit(FilingKind::BranchSummary, &bare).is_ok());
}
