//! A made-up count that adds up: every valid ballot falls into one box of every row.

use pingyi_domain::count::{Count, MemberMarks};

use crate::dice::Dice;

/// Ballots as they went out and came back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ballots {
    /// 发出票.
    pub issued: u32,
    /// 收回票.
    pub collected: u32,
    /// 无效票.
    pub invalid: u32,
}

/// Nearly all ballots come back, nearly all of them valid.
pub(super) fn ballots(dice: &mut Dice, voters: u32) -> Ballots {
    let lost = u32::from(voters > 6 && dice.chance(12));
    let invalid = u32::from(voters > 6 && dice.chance(15));
    Ballots {
        issued: voters,
        collected: voters - lost,
        invalid,
    }
}

/// Marks for `rows` members in `grades` grades. Most are good; one in twelve is often fair.
pub(super) fn count(dice: &mut Dice, ballots: Ballots, rows: usize, grades: usize) -> Count {
    let valid = ballots.collected.saturating_sub(ballots.invalid);
    let rows = (0..rows).map(|_| {
        let fair = if dice.chance(8) {
            55
        } else {
            dice.between(0, 14)
        };
        row(dice, valid, grades, fair)
    });
    Count {
        issued: ballots.issued,
        collected: ballots.collected,
        invalid: ballots.invalid,
        rows: rows.collect(),
        group: None,
    }
}

/// One member's row. `fair`: how many in a hundred mark the second grade.
fn row(dice: &mut Dice, valid: u32, grades: usize, fair: i64) -> MemberMarks {
    let mut row = MemberMarks::zero(grades);
    for _ in 0..valid {
        let throw = dice.between(1, 1000);
        if throw <= 8 {
            row.void += 1;
        } else if throw <= 30 {
            row.abstain += 1;
        } else if throw <= 36 && grades > 2 {
            row.marks[grades - 1] += 1;
        } else if throw <= 36 + fair * 10 && grades > 1 {
            row.marks[1] += 1;
        } else {
            row.marks[0] += 1;
        }
    }
    row
}

/// What each of so many voters marks, row by row; nothing is 弃权. In rows set apart most mark the
/// last grade.
pub(super) fn marked(
    dice: &mut Dice,
    voters: usize,
    rows: &[bool],
    grades: usize,
) -> Vec<Vec<Option<usize>>> {
    let mut all = Vec::with_capacity(voters);
    for voter in 0..voters {
        let row = |backward: &bool| match (backward, voter % 3, dice.between(1, 100)) {
            (true, 1 | 2, _) => Some(grades.saturating_sub(1)),
            (true, ..) | (false, _, 4..=14) => Some(1),
            (false, _, 1..=3) => None,
            _ => Some(0),
        };
        all.push(rows.iter().map(row).collect());
    }
    all
}

/// What somebody types who reads one box wrongly: a mark slips from 好 to 一般, so that the sums
/// still come out and only the comparison shows it.
pub(super) fn misread(dice: &mut Dice, count: &Count) -> Count {
    let mut wrong = count.clone();
    let at = dice.below(wrong.rows.len());
    if let Some(row) = wrong.rows.get_mut(at)
        && row.marks.len() > 1
        && row.marks[0] > 0
    {
        row.marks[0] -= 1;
        row.marks[1] += 1;
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_counts_add_up_for_any_room() {
        let mut dice = Dice::new(5);
        for voters in [1, 2, 3, 7, 30, 150] {
            for grades in [3, 4] {
                let ballots = ballots(&mut dice, voters);
                let count = count(&mut dice, ballots, 9, grades);
                assert_eq!(count.check(voters, grades), Vec::new());
                assert_eq!(misread(&mut dice, &count).check(voters, grades), Vec::new());
            }
        }
    }

    #[test]
    fn a_misread_count_differs() {
        let mut dice = Dice::new(6);
        let ballots = ballots(&mut dice, 20);
        let right = count(&mut dice, ballots, 9, 3);
        assert_ne!(misread(&mut dice, &right), right);
    }
}
