use proptest::prelude::*;

use super::*;
use crate::entry::Shape;
use crate::notice::Settings;

fn slips(made: u32, spare: u32, handed_back: u32, cast: u32) -> Slips {
    Slips {
        made,
        spare,
        handed_back,
        cast,
    }
}

fn shape(rows: usize, grades: usize) -> Shape {
    Shape {
        rows,
        grades,
        group: false,
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
    let count = count_of(&closed(6, 5), &sums, shape(2, 3)).unwrap();
    assert_eq!((count.issued, count.collected, count.invalid), (6, 5, 0));
    assert_eq!(count.rows[0].marks, [3, 1, 0]);
    assert_eq!((count.rows[0].abstain, count.rows[1].abstain), (1, 5));
    assert_eq!(count.check(6, 3), []);
    assert_eq!(count.not_returned(), 1);
}

#[test]
fn the_last_line_of_the_box_is_the_leading_groups_where_there_is_one() {
    let sums = Sums {
        ballots: 5,
        rows: vec![vec![3, 1, 0], vec![0, 4, 0]],
    };
    let with_group = Shape {
        group: true,
        ..shape(1, 3)
    };
    let count = count_of(&closed(5, 5), &sums, with_group).unwrap();
    assert_eq!(count.rows.len(), 1);
    let group = count.group.as_ref().unwrap();
    assert_eq!((group.marks.as_slice(), group.abstain), (&[0, 4, 0][..], 1));
    assert_eq!(count.check(5, 3), []);
}

#[test]
fn sums_of_another_ballot_are_refused() {
    let sums = Sums {
        ballots: 5,
        rows: vec![vec![3, 1, 0]],
    };
    let refused = |closing, of| count_of(&closing, &sums, of) == Err(BoxError::OtherShape);
    assert!(
        refused(closed(6, 4), shape(1, 3)),
        "other number of ballots"
    );
    assert!(refused(closed(6, 5), shape(2, 3)), "other number of rows");
    assert!(refused(closed(6, 5), shape(1, 4)), "other number of grades");
    let over = Sums {
        ballots: 3,
        rows: vec![vec![3, 1, 0]],
    };
    let more = count_of(&closed(3, 3), &over, shape(1, 3));
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

fn ways(voters: u32, slips: u32, paper: u32) -> Ways {
    Ways {
        voters,
        slips,
        paper,
    }
}

#[test]
fn everybody_takes_a_slip_or_a_sheet_and_nobody_both() {
    let settings = Settings::default();
    assert_eq!(ways(12, 9, 3).issued(&settings), Ok(12));
    assert_eq!(ways(12, 9, 0).issued(&settings), Ok(9));
    let over = BoxError::MoreThanVoters {
        slips: 9,
        paper: 4,
        voters: 12,
    };
    assert_eq!(ways(12, 9, 4).issued(&settings), Err(over));
}

#[test]
fn beside_paper_the_electronic_part_is_not_below_the_floor() {
    let settings = Settings::default();
    let few = BoxError::TooFewElectronic { slips: 3, floor: 4 };
    assert_eq!(ways(12, 3, 9).issued(&settings), Err(few));
    assert_eq!(ways(12, 4, 8).issued(&settings), Ok(12));
    // without paper a small room votes electronically as before
    assert_eq!(ways(3, 3, 0).issued(&settings), Ok(3));
}

#[test]
fn so_few_on_paper_that_subtraction_tells_is_said_before_opening() {
    let settings = Settings::default();
    assert!(ways(12, 9, 3).warning(&settings).unwrap().contains("3 人"));
    assert_eq!(ways(12, 8, 4).warning(&settings), None);
    assert_eq!(ways(12, 12, 0).warning(&settings), None);
}

#[test]
fn more_sheets_back_than_went_out_void_the_round() {
    let sheets = |issued, collected| Sheets { issued, collected }.check();
    assert_eq!(sheets(3, 3), Ok(()));
    assert_eq!(sheets(3, 0), Ok(()));
    let more = BoxError::MorePaper {
        issued: 3,
        collected: 4,
    };
    assert_eq!(sheets(3, 4), Err(more));
}

#[test]
fn both_ways_together_are_one_count_and_only_paper_has_invalid_sheets() {
    let sums = Sums {
        ballots: 5,
        rows: vec![vec![3, 1, 0]],
    };
    let electronic = count_of(&closed(6, 5), &sums, shape(1, 3)).unwrap();
    let paper = crate::count::Count {
        issued: 3,
        collected: 3,
        invalid: 1,
        rows: vec![crate::count::MemberMarks {
            marks: vec![1, 0, 0],
            abstain: 0,
            void: 1,
        }],
        group: None,
    };
    let count = together(&electronic, &paper).unwrap();
    assert_eq!((count.issued, count.collected, count.invalid), (9, 8, 1));
    assert_eq!(count.rows[0].marks, [4, 1, 0]);
    assert_eq!((count.rows[0].abstain, count.rows[0].void), (1, 1));
    assert_eq!(count.check(9, 3), []);
    let other = crate::count::Count::zero(2, 3);
    assert_eq!(together(&electronic, &other), Err(BoxError::OtherShape));
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
        let count = count_of(&closing, &sums, shape(votes.len(), 2)).unwrap();
        prop_assert_eq!(count.check(sums.ballots, 2), vec![]);
    }
}
