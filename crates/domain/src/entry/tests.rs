//! Two people, one count: who may do what, and what nobody may see.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::count::MemberMarks;

const SHAPE: Shape = Shape {
    rows: 2,
    grades: 3,
    group: false,
};

fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn sheet() -> Count {
    let row = |marks: [u32; 3]| MemberMarks {
        marks: marks.to_vec(),
        abstain: 1,
        void: 0,
    };
    Count {
        issued: 8,
        collected: 8,
        invalid: 0,
        rows: vec![row([5, 1, 1]), row([7, 0, 0])],
        group: None,
    }
}

fn entry(by: u128, count: Count) -> Entry {
    Entry {
        by: account(by),
        count,
    }
}

fn first() -> DoubleEntry {
    DoubleEntry::new(2, 3).enter(entry(1, sheet())).unwrap()
}

/// The second person reads 6 for 5 in the first row and 9 for 8 issued.
fn differing() -> DoubleEntry {
    let mut other = sheet();
    other.rows[0].marks[0] = 6;
    other.issued = 9;
    first().enter(entry(2, other)).unwrap()
}

const FIRST_MARK: Field = Field::Mark { row: 0, grade: 0 };

/// Empty --> First: begin
#[test]
fn the_first_person_types_a_sheet() {
    assert_eq!(first().state(), EntryState::First);
}

/// First --> Agreed: agree
#[test]
fn a_second_equal_sheet_agrees() {
    let agreed = first().enter(entry(2, sheet())).unwrap();
    assert_eq!(agreed, DoubleEntry::Agreed(sheet()));
}

/// First --> Differing: differ
#[test]
fn a_second_different_sheet_names_only_the_differing_fields() {
    let DoubleEntry::Differing(both) = differing() else {
        panic!("must differ");
    };
    assert_eq!(both.fields(), [Field::Issued, FIRST_MARK]);
}

/// Differing --> Differing: differ
/// Differing --> Agreed: agree
#[test]
fn each_person_retypes_their_own_differing_fields_until_all_are_equal() {
    let one_left = differing().retype(account(2), FIRST_MARK, 5).unwrap();
    let DoubleEntry::Differing(both) = &one_left else {
        panic!("must still differ");
    };
    assert_eq!(both.fields(), [Field::Issued]);
    let agreed = one_left.retype(account(1), Field::Issued, 9).unwrap();
    assert_eq!(
        agreed,
        DoubleEntry::Agreed(Count {
            issued: 9,
            ..sheet()
        })
    );
}

/// First --> Empty: start_over
/// Differing --> Empty: start_over
/// Agreed --> Empty: start_over
#[test]
fn starting_over_needs_a_reason() {
    let agreed = DoubleEntry::Agreed(sheet());
    for entry in [first(), differing(), agreed] {
        let refused = entry.clone().start_over(SHAPE, "  ").unwrap_err();
        assert_eq!(refused, EntryError::NoReason);
        let empty = entry.start_over(SHAPE, "计票单拿错").unwrap();
        assert_eq!(empty, DoubleEntry::Empty(SHAPE));
    }
}

#[test]
fn second_teller_must_differ_from_first() {
    let refused = first().enter(entry(1, sheet())).unwrap_err();
    assert_eq!(refused, EntryError::SamePerson);
}

#[test]
fn a_third_sheet_is_refused() {
    assert!(matches!(
        differing().enter(entry(3, sheet())),
        Err(EntryError::Illegal(_))
    ));
    let agreed = DoubleEntry::Agreed(sheet());
    assert!(matches!(
        agreed.enter(entry(3, sheet())),
        Err(EntryError::Illegal(_))
    ));
    assert!(matches!(
        DoubleEntry::new(2, 3).start_over(SHAPE, "原因"),
        Err(EntryError::Illegal(_))
    ));
}

#[test]
fn only_differing_fields_of_ones_own_entry_are_retyped() {
    let equal = Field::Abstain { row: 1 };
    let refused = differing().retype(account(1), equal, 0).unwrap_err();
    assert_eq!(refused, EntryError::NotDiffering(equal));
    assert!(refused.to_string().starts_with("“第 2 行弃权”两次录入一致"));
    let refused = differing().retype(account(3), FIRST_MARK, 5).unwrap_err();
    assert_eq!(refused, EntryError::NotYours);
    for entry in [
        first(),
        DoubleEntry::new(2, 3),
        DoubleEntry::Agreed(sheet()),
    ] {
        let refused = entry.retype(account(1), FIRST_MARK, 5).unwrap_err();
        assert_eq!(refused, EntryError::NothingDiffers);
    }
}

#[test]
fn nobody_reads_the_other_persons_numbers() {
    assert_eq!(first().own(account(2)), None);
    let both = differing();
    assert_eq!(both.own(account(1)), Some(&sheet()));
    assert_eq!(both.own(account(2)).unwrap().issued, 9);
    assert_eq!(both.own(account(3)), None);
}

#[test]
fn printing_an_entry_shows_no_numbers() {
    let printed = format!("{:?} {:?}", first(), differing());
    assert_eq!(
        printed,
        "First(First { .. }) \
         Differing(Differing { fields: [Issued, Mark { row: 0, grade: 0 }], .. })"
    );
}

#[test]
fn sheets_of_another_shape_are_refused() {
    for count in [Count::zero(1, 3), Count::zero(2, 4)] {
        let refused = first().enter(entry(2, count.clone())).unwrap_err();
        assert_eq!(refused, EntryError::WrongShape(SHAPE));
        assert!(DoubleEntry::new(2, 3).enter(entry(1, count)).is_err());
    }
}

#[test]
fn storage_rebuilds_every_state_from_its_rows() {
    let restore = |a, b| DoubleEntry::restore(SHAPE, a, b).unwrap();
    assert_eq!(restore(None, None), DoubleEntry::Empty(SHAPE));
    assert_eq!(restore(Some(entry(1, sheet())), None), first());
    let both = differing();
    let rows = [1, 2].map(|n| entry(n, both.own(account(n)).unwrap().clone()));
    let [a, b] = rows.map(Some);
    assert_eq!(restore(a, b), both);
}

#[test]
fn a_sheet_has_three_fields_and_five_in_each_row() {
    assert_eq!(Field::all(SHAPE).len(), 3 + 2 * 5);
}

proptest! {
    #[test]
    fn retyping_the_named_fields_always_ends_in_agreement(a in fields(), b in fields()) {
        let (a, b) = (filled(&a), filled(&b));
        let mut both = DoubleEntry::new(2, 3)
            .enter(entry(1, a.clone())).unwrap()
            .enter(entry(2, b)).unwrap();
        while let DoubleEntry::Differing(open) = &both {
            let field = open.fields()[0];
            let value = field.get(&a).unwrap();
            both = both.retype(account(2), field, value).unwrap();
        }
        prop_assert_eq!(both, DoubleEntry::Agreed(a));
    }
}

fn fields() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0_u32..4, Field::all(SHAPE).len())
}

fn filled(values: &[u32]) -> Count {
    let mut count = Count::zero(SHAPE.rows, SHAPE.grades);
    for (field, value) in Field::all(SHAPE).into_iter().zip(values) {
        field.set(&mut count, *value);
    }
    count
}

#[test]
fn the_leading_groups_line_is_typed_and_compared_like_a_members() {
    let shape = Shape {
        group: true,
        ..SHAPE
    };
    let fields = Field::all(shape);
    assert!(fields.contains(&Field::Mark { row: 2, grade: 2 }));
    let blank = DoubleEntry::restore(shape, None, None).unwrap();
    let without = blank.clone().enter(entry(1, sheet()));
    assert_eq!(without.unwrap_err(), EntryError::WrongShape(shape));
    let with = |good| Count {
        group: Some(MemberMarks {
            marks: vec![good, 0, 0],
            abstain: 0,
            void: 0,
        }),
        ..sheet()
    };
    let first = blank.enter(entry(1, with(8))).unwrap();
    let both = first.enter(entry(2, with(7))).unwrap();
    let DoubleEntry::Differing(differing) = &both else {
        panic!("they differ");
    };
    assert_eq!(differing.fields(), [Field::Mark { row: 2, grade: 0 }]);
}
