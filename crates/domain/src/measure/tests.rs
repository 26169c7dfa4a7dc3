//! Every edge of a measure, and who may take it.

use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::ids::MemberId;
use crate::member::PostKind;

const TODAY: Date = date(2015, 10, 20);

fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn author(post: Option<PostKind>, others: bool) -> Author {
    Author {
        member: MemberId(Uuid::from_u128(1)),
        post,
        others,
    }
}

fn reviewer(n: u128, post: Option<PostKind>) -> Reviewer {
    Reviewer {
        member: Some(MemberId(Uuid::from_u128(n))),
        post,
        unit: false,
    }
}

fn open(author: Author) -> Open {
    Open {
        id: MeasureId(Uuid::from_u128(9)),
        author,
        state: MeasureState::Open,
    }
}

fn claimed(author: Author) -> Claimed {
    open(author)
        .claim(account(1), "已走访三户", TODAY, TODAY)
        .unwrap()
}

#[test]
fn a_measure_is_reported_returned_reported_again_and_ticked_off() {
    let secretary = reviewer(2, Some(PostKind::Secretary));
    let (open, word) = claimed(author(None, true))
        .return_with(account(2), secretary, " 请写明走访了谁 ")
        .unwrap();
    assert_eq!(
        (open.state, word.as_str()),
        (MeasureState::Returned, "请写明走访了谁")
    );
    let again = open.claim(account(1), "已走访张家", TODAY, TODAY).unwrap();
    let done = again.verify(account(2), secretary, UnixTime(0)).unwrap();
    assert_eq!(done.claim.evidence, "已走访张家");
}

#[test]
fn nobody_ticks_off_his_own() {
    for post in [
        None,
        Some(PostKind::Secretary),
        Some(PostKind::CommitteeMember),
    ] {
        let refused =
            claimed(author(post, true)).verify(account(5), reviewer(1, post), UnixTime(0));
        assert_eq!(refused, Err(MeasureError::Review(ReviewError::Own)));
    }
}

#[test]
fn who_reported_for_the_member_does_not_tick_off() {
    let secretary = reviewer(2, Some(PostKind::Secretary));
    let refused = claimed(author(None, true)).verify(account(1), secretary, UnixTime(0));
    assert_eq!(refused, Err(MeasureError::OwnReport));
}

#[test]
fn the_secretarys_own_is_ticked_off_by_a_committee_member_or_by_the_unit_where_there_is_none() {
    let own = author(Some(PostKind::Secretary), true);
    let other = reviewer(2, Some(PostKind::CommitteeMember));
    assert!(claimed(own).verify(account(2), other, UnixTime(0)).is_ok());
    let unit = Reviewer {
        member: None,
        post: None,
        unit: true,
    };
    let refused = claimed(own).verify(account(3), unit, UnixTime(0));
    assert_eq!(refused, Err(MeasureError::Review(ReviewError::NotYours)));
    let alone = author(Some(PostKind::Secretary), false);
    assert!(claimed(alone).verify(account(3), unit, UnixTime(0)).is_ok());
}

#[test]
fn a_report_needs_words_and_a_day_that_has_come() {
    let open = || open(author(None, true));
    assert_eq!(
        open().claim(account(1), " ", TODAY, TODAY),
        Err(MeasureError::Evidence(ProseProblem::Empty))
    );
    assert_eq!(
        open().claim(account(1), "好\u{7}", TODAY, TODAY),
        Err(MeasureError::Evidence(ProseProblem::Control { line: 1 }))
    );
    assert_eq!(
        open().claim(account(1), "好", date(2015, 10, 21), TODAY),
        Err(MeasureError::Day(DayProblem::Future))
    );
    let mut claimed = open();
    claimed.state = MeasureState::Claimed;
    assert!(matches!(
        claimed.claim(account(1), "好", TODAY, TODAY),
        Err(MeasureError::Illegal(_))
    ));
}

#[test]
fn a_return_needs_a_word() {
    let secretary = reviewer(2, Some(PostKind::Secretary));
    let refused = claimed(author(None, true)).return_with(account(2), secretary, "\n");
    assert_eq!(refused, Err(MeasureError::NoRemark));
}
