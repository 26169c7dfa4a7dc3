use proptest::prelude::*;

use super::*;
use crate::notice::Settings;

fn slips(made: u32, spare: u32, handed_back: u32, cast: u32) -> Slips {
    Slips {
        made,
        spare,
        handed_back,
        cast,
    }
}

fn confirmation(by: &[u32], reason: &str) -> Confirmation {
    Confirmation {
        by: by.to_vec(),
        reason: reason.to_owned(),
    }
}

#[test]
fn a_box_closes_when_every_slip_is_accounted_for() {
    let closing = slips(15, 3, 2, 10).close(2, None).unwrap();
    assert_eq!(
        closing,
        Closing {
            issued: 12,
            collected: 10,
            missing: None
        }
    );
}

#[test]
fn slips_that_are_out_keep_the_box_open() {
    let short = slips(15, 3, 1, 10);
    assert_eq!(short.close(2, None), Err(BoxError::SlipsOut { out: 1 }));
    for half in [
        confirmation(&[1], "遗失"),
        confirmation(&[1, 1], "遗失"),
        confirmation(&[1, 3], "遗失"),
        confirmation(&[1, 2], "  "),
        confirmation(&[], "遗失"),
    ] {
        assert_eq!(short.close(2, Some(&half)), Err(BoxError::NotConfirmed));
    }
    let both = confirmation(&[2, 1], " 一张遗失 ");
    let closing = short.close(2, Some(&both)).unwrap();
    assert_eq!(closing.missing, Some((1, "一张遗失".to_owned())));
    assert_eq!((closing.issued, closing.collected), (12, 10));
}

#[test]
fn more_slips_back_than_made_is_an_error_not_a_negative_number() {
    let wrong = slips(3, 1, 1, 2);
    let error = BoxError::MoreThanMade {
        made: 3,
        cast: 2,
        returned: 2,
    };
    assert_eq!(wrong.out(), Err(error.clone()));
    assert_eq!(wrong.close(2, None), Err(error));
}

#[test]
fn there_must_be_a_slip_for_everybody() {
    assert_eq!(slips(12, 0, 0, 0).enough_for(12), Ok(()));
    let few = BoxError::TooFewSlips {
        slips: 11,
        voters: 12,
    };
    assert_eq!(slips(11, 0, 0, 0).enough_for(12), Err(few));
    assert!(slips(0, 0, 0, 0).enough_for(0).is_err());
}

fn closed(issued: u32, collected: u32) -> Closing {
    Closing {
        issued,
        collected,
        missing: None,
    }
}

#[test]
fn what_a_row_lacks_to_the_ballots_is_abstention() {
    let sums = Sums {
        ballots: 5,
        rows: vec![vec![3, 1, 0], vec![0, 0, 0]],
    };
    let count = count_of(&closed(6, 5), &sums, (2, 3)).unwrap();
    assert_eq!((count.issued, count.collected, count.invalid), (6, 5, 0));
    assert_eq!(count.rows[0].marks, [3, 1, 0]);
    assert_eq!((count.rows[0].abstain, count.rows[1].abstain), (1, 5));
    assert_eq!(count.check(6, 3), []);
    assert_eq!(count.not_returned(), 1);
}

#[test]
fn sums_of_another_ballot_are_refused() {
    let sums = Sums {
        ballots: 5,
        rows: vec![vec![3, 1, 0]],
    };
    let refused = |closing, shape| count_of(&closing, &sums, shape) == Err(BoxError::OtherShape);
    assert!(refused(closed(6, 4), (1, 3)), "other number of ballots");
    assert!(refused(closed(6, 5), (2, 3)), "other number of rows");
    assert!(refused(closed(6, 5), (1, 4)), "other number of grades");
    let over = Sums {
        ballots: 3,
        rows: vec![vec![3, 1, 0]],
    };
    let more = count_of(&closed(3, 3), &over, (1, 3));
    assert_eq!(more, Err(BoxError::OtherShape), "more marks than ballots");
}

#[test]
fn small_rooms_are_told_what_they_reveal() {
    let settings = Settings::default();
    let of = |voters| Disclosure::of(voters, &settings);
    assert_eq!(of(1), Disclosure::Everything);
    assert_eq!(
        of(3),
        Disclosure::BelowFloor {
            voters: 3,
            floor: 4
        }
    );
    assert_eq!(of(4), Disclosure::Sums { voters: 4 });
    assert!(!of(3).shows_counts() && of(4).shows_counts());
    for voters in [0, 1, 2, 3, 4, 150] {
        assert!(of(voters).sentence().ends_with('。'));
    }
    assert!(of(3).sentence().contains("不足 4 人"));
}

#[test]
fn ballots_are_taken_from_the_opening_to_the_closing_only() {
    let taking: Vec<_> = BoxState::ALL.iter().filter(|s| s.takes_ballots()).collect();
    assert_eq!(taking, [&BoxState::Open, &BoxState::LastCall]);
    assert!(BoxState::Ready.takes_slips_back());
    assert!(!BoxState::Closed.takes_slips_back());
}

proptest! {
    #[test]
    fn drawn_equals_cast_plus_handed_back_plus_out(
        spare in 0_u32..20, back in 0_u32..20, cast in 0_u32..200, out in 0_u32..20,
    ) {
        let all = slips(spare + back + cast + out, spare, back, cast);
        prop_assert_eq!(all.out(), Ok(out));
        prop_assert_eq!(all.drawn(), cast + back + out);
        prop_assert_eq!(all.close(2, None).is_ok(), out == 0);
    }

    #[test]
    fn every_count_of_a_box_adds_up(votes in prop::collection::vec((0_u64..50, 0_u64..50), 0..9)) {
        let ballots = votes.iter().map(|(a, b)| a + b).max().unwrap_or(0);
        let sums = Sums {
            ballots: u32::try_from(ballots).unwrap(),
            rows: votes.iter().map(|&(a, b)| vec![a, b]).collect(),
        };
        let closing = closed(sums.ballots, sums.ballots);
        let count = count_of(&closing, &sums, (votes.len(), 2)).unwrap();
        prop_assert_eq!(count.check(sums.ballots, 2), vec![]);
    }
}
