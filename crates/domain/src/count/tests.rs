//! Tables of known counts, and properties that hold for every count.

use proptest::prelude::*;

use super::*;
use crate::appraisal::Opinion;
use crate::notice::{Cap, CapDenominator, PercentOf, Settings};

fn row(marks: [u32; 3], abstain: u32, void: u32) -> MemberMarks {
    MemberMarks {
        marks: marks.to_vec(),
        abstain,
        void,
    }
}

/// 9 issued, 9 collected, 1 invalid, so 8 valid.
fn good() -> Count {
    Count {
        issued: 9,
        collected: 9,
        invalid: 1,
        rows: vec![row([6, 1, 0], 1, 0), row([4, 2, 1], 0, 1)],
        group: None,
    }
}

#[test]
fn a_count_that_comes_out_has_no_problems() {
    assert_eq!(good().valid(), 8);
    assert_eq!(good().check(9, 3), []);
}

#[test]
fn each_broken_sum_is_named_with_its_numbers() {
    let table = [
        (
            Count {
                issued: 10,
                ..good()
            },
            "发出票 10 张，多于在场可投票的 9 人",
        ),
        (
            Count {
                issued: 8,
                ..good()
            },
            "收回票 9 张，多于发出票 8 张，本轮测评无效",
        ),
        (
            Count {
                invalid: 10,
                rows: vec![],
                ..good()
            },
            "无效票 10 张，多于收回票 9 张",
        ),
    ];
    for (count, message) in table {
        let problems = count.check(9, 3);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(
            problems[0].message().starts_with(message),
            "{}",
            problems[0].message()
        );
        assert_eq!(problems[0].row(), None);
    }
}

#[test]
fn a_row_that_does_not_add_up_shows_its_arithmetic_and_its_member() {
    let mut count = good();
    count.rows[1].marks[2] = 3;
    let problems = count.check(9, 3);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].row(), Some(1));
    assert_eq!(
        problems[0].message_for("张三"),
        "第 2 行张三：4＋2＋3＋弃权 0＋行无效 1＝10，应等于有效票 8。请核对这一行。"
    );
    count.rows[1].marks.pop();
    let problem = count.check(9, 3).remove(0);
    assert!(
        problem
            .message()
            .starts_with("第 2 行有 2 个等次的票数，应为 3 个")
    );
}

#[test]
fn the_leading_groups_line_adds_up_like_the_others_and_is_in_no_sum_over_members() {
    let with = |marks| Count {
        group: Some(row(marks, 1, 0)),
        ..good()
    };
    assert_eq!(with([5, 1, 1]).check(9, 3), []);
    let problems = with([5, 1, 0]).check(9, 3);
    assert_eq!(problems[0].row(), Some(2), "the line after the members");
    let sum = with([5, 1, 1]).plus(&with([7, 0, 0])).unwrap();
    assert_eq!(sum.group.unwrap().marks, [12, 1, 1]);
    assert_eq!(with([5, 1, 1]).plus(&good()), None, "other lines");
    let count = with([5, 1, 1]);
    let of = |count| {
        Rollup::of(
            3,
            [BranchResult {
                count,
                opinions: &[],
            }],
        )
    };
    assert_eq!(of(&count).marks, of(&good()).marks);
}

#[test]
fn more_collected_than_issued_voids_the_round() {
    assert!(
        Count {
            issued: 8,
            ..good()
        }
        .must_void()
    );
    assert!(!good().must_void());
    assert_eq!(
        Count {
            issued: 10,
            ..good()
        }
        .not_returned(),
        1
    );
}

#[test]
fn sums_do_not_overflow_on_absurd_entries() {
    let absurd = Count {
        issued: u32::MAX,
        collected: u32::MAX,
        invalid: 0,
        rows: vec![row([u32::MAX; 3], u32::MAX, u32::MAX)],
        group: None,
    };
    assert_eq!(absurd.check(u32::MAX, 3).len(), 1);
    assert_eq!(absurd.plus(&absurd), None);
}

#[test]
fn percentages_round_half_up_and_print_with_their_places() {
    let table = [
        (1, 3, 1, "33.3%"),
        (2, 3, 1, "66.7%"),
        (1, 8, 1, "12.5%"),
        (1, 8, 0, "13%"),
        (1, 200, 0, "1%"),
        (1, 201, 0, "0%"),
        (1, 16, 2, "6.25%"),
        (1, 2000, 1, "0.1%"),
        (0, 5, 1, "0.0%"),
        (5, 5, 1, "100.0%"),
    ];
    for (part, whole, places, text) in table {
        assert_eq!(
            percent_text(Percent::new(part, whole, places)),
            text,
            "{part}/{whole}"
        );
    }
    assert_eq!(percent_text(Percent::new(0, 0, 1)), "—");
}

#[test]
fn the_denominator_is_the_campaigns_choice() {
    let table = [
        (PercentOf::Marked, ["57.1%", "28.6%", "14.3%"]),
        (PercentOf::Collected, ["44.4%", "22.2%", "11.1%"]),
        (PercentOf::Due, ["40.0%", "20.0%", "10.0%"]),
    ];
    for (percent_of, texts) in table {
        let settings = Settings {
            percent_of,
            ..Settings::default()
        };
        let count = good();
        let percents = count.percents(&count.rows[1], &settings, 10);
        assert_eq!(
            percents.into_iter().map(percent_text).collect::<Vec<_>>(),
            texts
        );
    }
    let nobody = row([0, 0, 0], 8, 0);
    assert_eq!(
        good().percents(&nobody, &Settings::default(), 10),
        [None, None, None]
    );
}

#[test]
fn a_tie_gives_no_hint() {
    assert_eq!(row([5, 2, 1], 0, 0).plurality(), Some(0));
    assert_eq!(row([1, 2, 5], 0, 0).plurality(), Some(2));
    assert_eq!(row([4, 4, 0], 0, 0).plurality(), None);
    assert_eq!(row([0, 0, 0], 8, 0).plurality(), None);
    assert_eq!(row([1, 3, 3], 0, 0).plurality(), None);
}

#[test]
fn a_third_of_eight_is_two_and_a_third_of_two_is_nobody() {
    let cap = Cap {
        fraction: "1/3".parse().unwrap(),
        denominator: CapDenominator::FullMembers,
    };
    let base = |full_members| CapBase {
        full_members,
        participants: 30,
        all_members: 40,
    };
    assert_eq!(cap.limit(8), 2);
    assert_eq!(check_cap(Some(&cap), base(8), 2), None);
    let over = check_cap(Some(&cap), base(8), 3).unwrap();
    assert_eq!(
        over,
        CapFinding::Over {
            chosen: 3,
            limit: 2,
            of: 8
        }
    );
    assert!(
        over.message("优秀")
            .starts_with("“优秀”3 名，超过上限 2 名（基数 8 人）")
    );
    assert_eq!(
        check_cap(Some(&cap), base(2), 1),
        Some(CapFinding::Zero { of: 2 })
    );
    assert_eq!(check_cap(None, base(2), 99), None);
    let of_all = Cap {
        denominator: CapDenominator::AllMembers,
        ..cap
    };
    assert_eq!(check_cap(Some(&of_all), base(8), 13), None);
}

#[test]
fn a_roll_up_adds_rows_and_never_averages_percentages() {
    let graded = |grade| Opinion::Graded { grade };
    let small = Count {
        issued: 3,
        collected: 3,
        invalid: 0,
        rows: vec![row([3, 0, 0], 0, 0)],
        group: None,
    };
    let opinions = [
        graded(0),
        graded(1),
        Opinion::Ungraded {
            reason: "预备党员".into(),
        },
    ];
    let branches = [
        BranchResult {
            count: &good(),
            opinions: &opinions,
        },
        BranchResult {
            count: &small,
            opinions: &[graded(0)],
        },
    ];
    let sum = Rollup::of(3, branches);
    assert_eq!(
        (sum.branches, sum.issued, sum.collected, sum.invalid),
        (2, 12, 12, 1)
    );
    assert_eq!(sum.marks, [13, 3, 1]);
    assert_eq!((sum.abstain, sum.void), (1, 1));
    assert_eq!(
        (sum.members.as_slice(), sum.ungraded),
        ([2, 1, 0].as_slice(), 1)
    );
    // 2 of 3 graded members; the mean of the branches' percentages would be 75%.
    assert_eq!(percent_text(sum.member_percents(1)[0]), "66.7%");
}

#[test]
fn counts_of_another_shape_are_not_added() {
    assert_eq!(good().plus(&Count::zero(1, 3)), None);
    assert_eq!(good().plus(&Count::zero(2, 4)), None);
    assert_eq!(good().plus(&Count::zero(2, 3)), Some(good()));
}

/// Ballots as marked: per row `None` (empty), `Some(grade)` or, from 3 on, two marks.
fn count_of(ballots: &[Vec<Option<usize>>], rows: usize, spare: u32, invalid: u32) -> Count {
    let valid = u32::try_from(ballots.len()).unwrap();
    let mut count = Count::zero(rows, 3);
    count.invalid = invalid;
    count.collected = valid + invalid;
    count.issued = count.collected + spare;
    for (row, mark) in ballots.iter().flat_map(|ballot| ballot.iter().enumerate()) {
        match mark {
            None => count.rows[row].abstain += 1,
            Some(grade @ 0..3) => count.rows[row].marks[*grade] += 1,
            Some(_) => count.rows[row].void += 1,
        }
    }
    count
}

fn ballots() -> impl Strategy<Value = (Vec<Vec<Option<usize>>>, usize)> {
    (1_usize..8).prop_flat_map(|rows| {
        let ballot = prop::collection::vec(prop::option::of(0_usize..4), rows);
        (prop::collection::vec(ballot, 0..40), Just(rows))
    })
}

proptest! {
    #[test]
    fn a_count_of_real_ballots_always_comes_out((ballots, rows) in ballots(), spare in 0_u32..5, invalid in 0_u32..5) {
        let count = count_of(&ballots, rows, spare, invalid);
        prop_assert_eq!(count.check(count.issued, 3), vec![]);
        prop_assert_eq!(count.not_returned(), spare);
    }

    #[test]
    fn one_mark_more_or_less_is_always_found((ballots, rows) in ballots(), at in any::<prop::sample::Index>(), grade in 0_usize..3, more in any::<bool>()) {
        let mut count = count_of(&ballots, rows, 0, 0);
        let row = at.index(rows);
        let mark = &mut count.rows[row].marks[grade];
        prop_assume!(more || *mark > 0);
        *mark = if more { *mark + 1 } else { *mark - 1 };
        let problems = count.check(count.issued, 3);
        prop_assert_eq!(problems.len(), 1);
        prop_assert_eq!(problems[0].row(), Some(row));
    }

    #[test]
    fn sealed_slips_and_paper_together_come_out((a, rows) in ballots(), b in prop::collection::vec(prop::option::of(0_usize..4), 8)) {
        let paper = vec![b[..rows].to_vec()];
        let sum = count_of(&a, rows, 0, 0).plus(&count_of(&paper, rows, 0, 0)).unwrap();
        let whole: Vec<_> = a.into_iter().chain(paper).collect();
        prop_assert_eq!(&sum, &count_of(&whole, rows, 0, 0));
        prop_assert_eq!(sum.check(sum.issued, 3), vec![]);
    }

    #[test]
    fn a_rounded_percentage_is_at_most_half_a_unit_off(part in 0_u64..100_000, rest in 0_u64..100_000, places in 0_u8..3) {
        prop_assume!(part + rest > 0);
        let whole = part + rest;
        let scale = 100 * 10_u64.pow(u32::from(places));
        let scaled = Percent::new(part, whole, places).unwrap().scaled;
        prop_assert!(2 * (scaled * whole).abs_diff(part * scale) <= whole);
        prop_assert!(scaled <= scale);
    }

    #[test]
    fn the_order_of_branches_does_not_matter((a, rows) in ballots(), (b, other) in ballots()) {
        let (a, b) = (count_of(&a, rows, 0, 0), count_of(&b, other, 0, 0));
        let [a, b] = [&a, &b].map(|count| BranchResult { count, opinions: &[] });
        prop_assert_eq!(Rollup::of(3, [a, b]), Rollup::of(3, [b, a]));
    }
}
