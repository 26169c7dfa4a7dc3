//! A known draw, its fairness, and what must never happen.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::notice::Fraction;

fn shares(num: u32, den: u32, over: u32) -> Shares {
    Shares {
        share: Fraction::new(num, den).unwrap(),
        one_in_units_over: over,
    }
}

fn entry(unit: &str, branch: &str, weight: u32, recent: bool) -> Entry {
    Entry {
        unit: unit.into(),
        branch: branch.into(),
        weight,
        recent,
    }
}

fn town(units: usize, each: usize) -> Vec<Entry> {
    (0..units)
        .flat_map(|u| {
            (0..each).map(move |b| entry(&format!("{u:02}局"), &format!("第{b:02}支部"), 1, false))
        })
        .collect()
}

fn seed(text: &str) -> Seed {
    Seed::called(text).unwrap()
}

fn names(list: &DrawList, text: &str) -> Vec<String> {
    sample(list, &seed(text))
        .iter()
        .map(|one| list.entries()[one.at].branch.clone())
        .collect()
}

#[test]
fn a_known_list_and_seed_give_the_published_sample() {
    let list = DrawList::new(
        shares(1, 5, 2),
        vec![
            entry("市水利局", "河道处党支部", 2, false),
            entry("市水利局", "堤防处党支部", 1, false),
            entry("市水利局", "机关党支部", 1, true),
            entry("市文化局", "文化馆党支部", 1, false),
            entry("市文化局", "图书馆党支部", 3, false),
            entry("市档案局", "党支部", 1, false),
        ],
    )
    .unwrap();
    assert_eq!(
        list.hash(),
        "103a9167cb321ae64d63e72fd073680b01d10b59f597215283251261f3d8c7ff"
    );
    assert_eq!(names(&list, "4 6 1 3"), ["堤防处党支部", "河道处党支部"]);
}

#[test]
fn the_text_is_read_back_as_the_same_list() {
    let list = DrawList::new(shares(1, 3, 4), town(3, 5)).unwrap();
    let again = DrawList::parse(&list.text(), shares(1, 2, 9)).unwrap();
    assert_eq!(again, list);
}

#[test]
fn a_list_without_a_head_takes_the_shares_given() {
    let list = DrawList::parse("甲局\t一支部\t1\t0\n", shares(1, 2, 9)).unwrap();
    assert_eq!(list.shares(), shares(1, 2, 9));
}

#[test]
fn bad_lists_are_refused_naming_the_line() {
    let parse = |text: &str| DrawList::parse(text, shares(1, 5, 5)).unwrap_err();
    assert_eq!(parse(" \n"), ListError::Empty);
    assert_eq!(parse("甲局\t一支部\t1"), ListError::Line(1));
    assert_eq!(parse("\n甲局\t一支部\t0\t0"), ListError::Weight(2));
    assert_eq!(parse("甲局\t一支部\t1\t是"), ListError::Line(1));
    assert_eq!(parse("pingyi-draw-2\t1/5\t5\n"), ListError::Head);
    assert!(matches!(
        parse("甲局\t一支部\t1\t0\n甲局\t一支部\t2\t0"),
        ListError::Twice { .. }
    ));
}

#[test]
fn a_seed_is_the_same_however_its_digits_were_typed() {
    assert_eq!(seed("３ 1　4"), seed("314"));
    assert_eq!(Seed::called(" \u{3000} "), Err(SeedError::Empty));
    assert_eq!(Seed::called("3\u{7}"), Err(SeedError::Control));
    assert_eq!(Seed::called(&"3".repeat(101)), Err(SeedError::Long(101)));
}

#[test]
fn branches_checked_recently_are_not_drawn_even_when_too_few_are_left() {
    let mut entries = town(1, 6);
    for one in &mut entries[1..] {
        one.recent = true;
    }
    let list = DrawList::new(shares(1, 1, 5), entries).unwrap();
    assert_eq!(names(&list, "7"), ["第00支部"]);
}

#[test]
fn a_unit_with_many_branches_has_one_in_the_sample_beyond_the_share() {
    let mut entries = town(4, 6);
    entries.push(entry("小局", "党支部", 1, false));
    let list = DrawList::new(shares(0, 1, 5), entries).unwrap();
    let drawn = sample(&list, &seed("7"));
    assert_eq!(drawn.len(), 4);
    assert!(drawn.iter().all(|one| one.why == Why::LargeUnit));
}

/// 2,000 seeds over ten branches: chi-square with 9 degrees of freedom stays below 27.88
/// (one draw in a thousand exceeds it; the seeds are fixed).
#[test]
fn every_branch_has_the_same_chance() {
    let list = DrawList::new(shares(1, 10, 50), town(2, 5)).unwrap();
    let mut hits = [0_i64; 10];
    for n in 0..2_000 {
        for one in sample(&list, &seed(&n.to_string())) {
            hits[one.at] += 1;
        }
    }
    let square: i64 = hits.iter().map(|hit| (hit - 200).pow(2)).sum();
    assert!(square < 2_788 * 2, "{hits:?}");
}

#[test]
fn a_branch_of_weight_three_is_drawn_three_times_as_often() {
    let mut entries = town(1, 2);
    entries[0].weight = 3;
    let list = DrawList::new(shares(1, 2, 50), entries).unwrap();
    let first = (0..4_000)
        .filter(|n| sample(&list, &seed(&n.to_string()))[0].at == 0)
        .count();
    // 3,000 expected; six standard deviations are 164.
    assert!((2_836..=3_164).contains(&first), "{first}");
}

prop_compose! {
    fn entries()(given in prop::collection::btree_map((0..4_u8, 0..9_u8), (1..4_u32, any::<bool>()), 1..24)) -> Vec<Entry> {
        given
            .into_iter()
            .map(|((unit, branch), (weight, recent))| {
                entry(&format!("{unit}局"), &format!("{branch}支部"), weight, recent)
            })
            .collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn samples_hold_no_branch_twice_and_keep_share_and_units(entries in entries(), seed in "[0-9]{1,6}", over in 0..6_u32) {
        let list = DrawList::new(shares(1, 4, over), entries).unwrap();
        let drawn = sample(&list, &Seed::called(&seed).unwrap());
        let distinct: HashSet<_> = drawn.iter().map(|one| one.at).collect();
        prop_assert_eq!(distinct.len(), drawn.len());
        let open = list.entries().iter().filter(|e| !e.recent).count();
        prop_assert!(drawn.len() >= list.target().min(open));
        prop_assert!(drawn.iter().all(|one| !list.entries()[one.at].recent));
        for unit in list.entries().iter().map(|e| &e.unit) {
            let of_unit = || list.entries().iter().filter(|e| &e.unit == unit);
            let large = of_unit().count() > over as usize && of_unit().any(|e| !e.recent);
            let has = drawn.iter().any(|one| &list.entries()[one.at].unit == unit);
            prop_assert!(has || !large);
        }
    }

    #[test]
    fn the_order_of_lines_is_irrelevant(entries in entries(), seed in "[0-9]{1,6}") {
        let mut turned = entries.clone();
        turned.reverse();
        let (one, other) = (DrawList::new(shares(1, 4, 5), entries).unwrap(), DrawList::new(shares(1, 4, 5), turned).unwrap());
        prop_assert_eq!(one.hash(), other.hash());
        prop_assert_eq!(names(&one, &seed), names(&other, &seed));
    }

    #[test]
    fn any_changed_line_changes_the_hash(entries in entries(), at in any::<prop::sample::Index>(), what in 0..4) {
        let before = DrawList::new(shares(1, 4, 5), entries.clone()).unwrap();
        let mut changed = entries;
        let line = at.get(&changed).clone();
        let place = changed.iter().position(|e| *e == line).unwrap();
        match what {
            0 => changed[place].branch.push('甲'),
            1 => changed[place].unit.push('甲'),
            2 => changed[place].weight += 1,
            _ => changed[place].recent = !line.recent,
        }
        let after = DrawList::new(shares(1, 4, 5), changed).unwrap();
        prop_assert_ne!(before.hash(), after.hash());
    }
}
