//! The vectors of the rates, the rules around paying, and what is owed.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::ids::DuesPaymentId;

const BEFORE_CAP: Month = Month::new(2015, 9);
const WITH_CAP: Month = Month::new(2017, 3);

fn rates() -> Rates {
    Rates::of_2008()
}

fn basis(category: Category, base: &str) -> Basis {
    Basis {
        category,
        base: Fen::parse(base).ok(),
        chosen: None,
        relief: None,
    }
}

fn due(category: Category, base: &str, month: Month) -> String {
    let due = rates().due(&basis(category, base), month);
    due.unwrap().to_string()
}

#[test]
fn the_share_is_of_the_whole_base() {
    let vectors = [
        ("3000", "15.00"),
        ("3000.01", "30.00"),
        ("5000", "50.00"),
        ("5000.01", "75.00"),
        ("10000", "150.00"),
        ("10000.01", "200.00"),
        ("50000", "1000.00"),
    ];
    for (base, amount) in vectors {
        for category in [
            Category::Wage,
            Category::AnnualSalary,
            Category::SelfEmployed,
        ] {
            assert_eq!(due(category, base, BEFORE_CAP), amount, "{base}");
            assert_eq!(due(category, base, WITH_CAP), amount, "{base}");
        }
    }
    assert_eq!(due(Category::Retired, "5000", BEFORE_CAP), "25.00");
    assert_eq!(due(Category::Retired, "5000.01", BEFORE_CAP), "50.00");
}

#[test]
fn the_limit_of_2017_holds_from_its_month_and_not_before() {
    assert_eq!(due(Category::Wage, "60000", WITH_CAP), "1000.00");
    assert_eq!(due(Category::Wage, "60000", WITH_CAP.plus(-1)), "1200.00");
}

#[test]
fn farmers_choose_and_others_pay_a_fixed_amount() {
    let farmer = |yuan: &str| {
        let mut basis = basis(Category::Farmer, "");
        basis.chosen = Fen::parse(yuan).ok();
        rates().due(&basis, BEFORE_CAP)
    };
    assert_eq!(farmer("0.20"), Ok(Fen(20)));
    assert_eq!(farmer("1"), Ok(Fen(100)));
    for refused in ["0.19", "1.01", ""] {
        assert!(
            matches!(farmer(refused), Err(BasisProblem::Choice { .. })),
            "{refused}"
        );
    }
    for category in [Category::Student, Category::Unemployed, Category::Relief] {
        assert_eq!(due(category, "", BEFORE_CAP), "0.20");
    }
}

#[test]
fn a_share_needs_a_base() {
    for base in ["", "0"] {
        let got = rates().due(&basis(Category::Wage, base), BEFORE_CAP);
        assert_eq!(got, Err(BasisProblem::NoBase));
    }
}

#[test]
fn relief_is_less_than_what_would_be_due() {
    let relieved = |amount: i64| {
        let mut basis = basis(Category::Wage, "3000");
        basis.relief = Some(Relief {
            amount: Fen(amount),
            approved_by: "市水利局机关党委".into(),
            approved_on: date(2015, 8, 20),
        });
        rates().due(&basis, BEFORE_CAP)
    };
    assert_eq!(relieved(0), Ok(Fen::ZERO));
    assert_eq!(relieved(500), Ok(Fen(500)));
    assert_eq!(
        relieved(1_500),
        Err(BasisProblem::NotLess { due: Fen(1_500) })
    );
}

#[test]
fn rounding_is_a_setting() {
    let mut down = rates();
    down.rounding = Rounding::Down;
    let of = |rates: &Rates| {
        rates
            .due(&basis(Category::Wage, "2999.99"), BEFORE_CAP)
            .unwrap()
    };
    assert_eq!((of(&rates()), of(&down)), (Fen(1_500), Fen(1_499)));
}

#[test]
fn amounts_are_read_to_the_fen_or_refused() {
    for (typed, fen) in [
        ("12", 1200),
        ("12.5", 1250),
        (" 12.05元", 1205),
        ("0.2", 20),
    ] {
        assert_eq!(Fen::parse(typed), Ok(Fen(fen)), "{typed}");
    }
    for typed in [
        "12.345", "-1", "1,000", "１２", "1.", ".5", "abc", "1e3", "+5",
    ] {
        assert_eq!(Fen::parse(typed), Err(FenProblem::NotAnAmount), "{typed}");
    }
    assert_eq!(Fen::parse(" "), Err(FenProblem::Empty));
    assert_eq!(Fen::parse("1000000.01"), Err(FenProblem::TooLarge));
    assert_eq!(
        Fen::parse("99999999999999999999"),
        Err(FenProblem::TooLarge)
    );
    assert_eq!(Fen(-5).to_string(), "-0.05");
}

#[test]
fn months_count_over_the_year_and_read_as_people_write_them() {
    let december = Month::new(2015, 12);
    assert_eq!(december.plus(1).to_string(), "2016-01");
    assert_eq!("2016-02".parse::<Month>().unwrap().since(december), 2);
    for bad in ["2015-13", "2015-0", "15-09", "2015/09", "", "2015-9x"] {
        assert_eq!(bad.parse::<Month>(), Err(NotAMonth), "{bad}");
    }
    let months = [1, 2, 3, 5, 12, 13].map(|n| Month::new(2015, n));
    assert_eq!(
        months_text(&months),
        "2015年1月至3月、2015年5月、2015年12月至2016年1月"
    );
}

#[test]
fn rates_that_leave_a_category_open_are_refused() {
    let text = include_str!("../../../../rates/dues-2008.toml");
    let without = text.replace("fixed = \"0.20\"", "");
    assert_eq!(
        Rates::parse(&without),
        Err(RatesError::Category(Category::Student))
    );
    let endless = text.replace("    { per_myriad = 100 },\n", "");
    assert_eq!(
        Rates::parse(&endless),
        Err(RatesError::Brackets("pension".into()))
    );
    assert!(matches!(Rates::parse("x"), Err(RatesError::Syntax(_))));
}

const CURRENT: Current = Current {
    from: Month::new(2015, 1),
    category: Category::Wage,
    relieved: false,
};

fn change(from: Month) -> Change {
    Change {
        from,
        category: Category::Wage,
        relieved: false,
    }
}

#[test]
fn a_changed_income_waits_for_january_and_a_changed_category_does_not() {
    let today = date(2015, 9, 15);
    let check = |change| rates().check_from(change, Some(CURRENT), None, today);
    assert!(matches!(
        check(change(BEFORE_CAP)),
        Err(FromProblem::NotJanuary { .. })
    ));
    assert_eq!(check(change(Month::new(2016, 1))), Ok(()));
    assert_eq!(
        check(change(CURRENT.from)),
        Ok(()),
        "a mistake is put right"
    );
    let retired = Change {
        category: Category::Retired,
        ..change(BEFORE_CAP)
    };
    assert_eq!(check(retired), Ok(()));
    let relieved = Change {
        relieved: true,
        ..change(BEFORE_CAP)
    };
    assert_eq!(check(relieved), Ok(()));
    let mut monthly = rates();
    monthly.base_change = BaseChange::Monthly;
    assert_eq!(
        monthly.check_from(change(BEFORE_CAP), Some(CURRENT), None, today),
        Ok(())
    );
    assert_eq!(
        monthly.proposed_from(Some(CURRENT), None, today),
        BEFORE_CAP
    );
    assert_eq!(
        rates().proposed_from(Some(CURRENT), None, today),
        Month::new(2016, 1)
    );
}

#[test]
fn an_assessment_begins_neither_before_admission_nor_in_the_far_future() {
    let (today, joined) = (date(2015, 9, 15), Some(date(2015, 6, 20)));
    let check = |month| rates().check_from(change(month), None, joined, today);
    assert!(matches!(
        check(Month::new(2015, 5)),
        Err(FromProblem::BeforeJoining { .. })
    ));
    assert_eq!(
        check(Month::new(2015, 6)),
        Ok(()),
        "预备党员从支部大会通过之月起"
    );
    assert!(matches!(
        check(Month::new(2016, 10)),
        Err(FromProblem::TooFar { .. })
    ));
    let early = rates().check_from(change(Month::new(2008, 3)), None, None, today);
    assert!(matches!(early, Err(FromProblem::BeforeRates { .. })));
    let back = rates().check_from(change(Month::new(2014, 12)), Some(CURRENT), None, today);
    assert!(matches!(back, Err(FromProblem::BeforeCurrent { .. })));
    assert_eq!(
        rates().proposed_from(None, joined, today),
        Month::new(2015, 6)
    );
    assert_eq!(
        rates().proposed_from(None, None, today),
        Month::new(2015, 1)
    );
}

/// 30 yuan a month since January; `paid` are months of 2015.
fn account(paid: &[(i32, i64)]) -> Account {
    let spans = [Span {
        from: Month::new(2015, 1),
        until: Month::END,
        amount: Fen(3_000),
    }];
    let paid: BTreeMap<Month, Fen> = paid
        .iter()
        .map(|&(month, fen)| (Month::new(2015, month), Fen(fen)))
        .collect();
    Account::new(&spans, &paid, Month::new(2014, 1), Month::new(2016, 12))
}

#[test]
fn arrears_name_the_months_and_their_sum() {
    let all: Vec<(i32, i64)> = (1..=8).map(|m| (m, 3_000)).collect();
    assert_eq!(account(&all).arrears(Month::new(2015, 8)), None);
    let mut some = all.clone();
    some[2].1 = 1_000;
    some[4].1 = 0;
    let got = account(&some).arrears(Month::new(2015, 8)).unwrap();
    assert_eq!(got.months, [Month::new(2015, 3), Month::new(2015, 5)]);
    assert_eq!((got.owed, got.run), (Fen(5_000), 1));
    assert!(!got.to_verify(&rates().limits));
}

#[test]
fn six_unpaid_months_in_a_row_are_flagged_and_five_are_not() {
    let limits = rates().limits;
    let unpaid = |last| account(&[]).arrears(Month::new(2015, last)).unwrap();
    assert!(!unpaid(5).to_verify(&limits));
    assert!(unpaid(6).to_verify(&limits));
    let broken = account(&[(3, 3_000)]).arrears(Month::new(2015, 8)).unwrap();
    assert_eq!((broken.run, broken.months.len()), (5, 7));
    let part = account(&[(3, 1)]).arrears(Month::new(2015, 8)).unwrap();
    assert_eq!(
        part.run, 5,
        "a month paid in part is no month without payment"
    );
}

#[test]
fn exempt_and_unassessed_months_are_not_owed() {
    let spans = [Span {
        from: Month::new(2015, 1),
        until: Month::END,
        amount: Fen::ZERO,
    }];
    let exempt = Account::new(&spans, &BTreeMap::new(), Month::new(2014, 1), BEFORE_CAP);
    assert_eq!(exempt.arrears(BEFORE_CAP), None);
}

fn offer(months: &[(i32, i64)]) -> Offer {
    Offer {
        paid_on: date(2015, 9, 10),
        months: months
            .iter()
            .map(|&(m, fen)| (Month::new(2015, m), Fen(fen)))
            .collect(),
        consent_on: None,
    }
}

fn check(offer: &Offer, account: &Account) -> Result<Vec<PayWarning>, PayProblem> {
    offer.check(&rates().limits, account, date(2015, 9, 15))
}

#[test]
fn a_month_is_paid_once_and_more_than_due_is_welcome() {
    assert_eq!(check(&offer(&[(9, 3_000)]), &account(&[])), Ok(vec![]));
    assert_eq!(check(&offer(&[(9, 5_000)]), &account(&[])), Ok(vec![]));
    let again = check(&offer(&[(9, 3_000)]), &account(&[(9, 3_000)]));
    assert_eq!(again, Err(PayProblem::Paid { month: BEFORE_CAP }));
    let rest = check(&offer(&[(9, 2_000)]), &account(&[(9, 1_000)]));
    assert_eq!(rest, Ok(vec![]));
    let line = Line {
        month: BEFORE_CAP,
        due: Some(Fen(3_000)),
        paid: Fen(5_000),
    };
    assert_eq!((line.extra(), line.owed()), (Fen(2_000), Fen::ZERO));
}

#[test]
fn less_than_due_and_very_old_months_are_warned_of() {
    let got = check(&offer(&[(2, 3_000), (9, 1_000)]), &account(&[])).unwrap();
    let old = PayWarning::Old {
        months: vec![Month::new(2015, 2)],
        usual: 6,
    };
    let short = PayWarning::Short {
        month: BEFORE_CAP,
        owed: Fen(2_000),
    };
    assert_eq!(got, [old, short]);
    assert_eq!(
        check(&offer(&[(3, 3_000)]), &account(&[])),
        Ok(vec![]),
        "six months back"
    );
}

#[test]
fn paying_ahead_needs_consent_and_ends_with_the_quarter() {
    let ahead = offer(&[(9, 3_000), (10, 3_000), (11, 3_000)]);
    let month = Month::new(2015, 10);
    assert_eq!(
        check(&ahead, &account(&[])),
        Err(PayProblem::NoConsent { month })
    );
    let agreed = |months: &[(i32, i64)]| Offer {
        consent_on: Some(date(2015, 9, 1)),
        ..offer(months)
    };
    let quarter = agreed(&[(9, 3_000), (10, 3_000), (11, 3_000)]);
    assert_eq!(check(&quarter, &account(&[])), Ok(vec![]));
    let late = check(&agreed(&[(12, 3_000)]), &account(&[]));
    assert!(matches!(late, Err(PayProblem::TooEarly { .. })));
    let mut after = agreed(&[(9, 3_000)]);
    after.consent_on = Some(date(2015, 9, 11));
    assert_eq!(check(&after, &account(&[])), Err(PayProblem::ConsentLater));
}

#[test]
fn what_cannot_be_a_payment_is_refused() {
    assert_eq!(check(&offer(&[]), &account(&[])), Err(PayProblem::NoMonth));
    let nothing = check(&offer(&[(9, 0)]), &account(&[]));
    assert_eq!(nothing, Err(PayProblem::Nothing { month: BEFORE_CAP }));
    let mut future = offer(&[(9, 3_000)]);
    future.paid_on = date(2015, 9, 16);
    assert!(matches!(
        check(&future, &account(&[])),
        Err(PayProblem::Day(_))
    ));
    let unknown = Account::new(&[], &BTreeMap::new(), BEFORE_CAP, BEFORE_CAP);
    let got = check(&offer(&[(9, 3_000)]), &unknown);
    assert_eq!(got, Err(PayProblem::NotAssessed { month: BEFORE_CAP }));
    let large = check(&offer(&[(9, 103_000)]), &account(&[]));
    assert!(matches!(
        large,
        Err(PayProblem::Large {
            extra: Fen(100_000),
            ..
        })
    ));
    assert_eq!(check(&offer(&[(9, 102_999)]), &account(&[])), Ok(vec![]));
}

#[test]
fn a_payment_is_taken_back_by_its_opposite() {
    let id = DuesPaymentId(Uuid::from_u128(1));
    let back = Recorded {
        id,
        amount: Fen(3_000),
    }
    .reverse("登记错人".into());
    assert_eq!((back.of, back.amount), (id, Fen(-3_000)));
}

proptest! {
    #[test]
    fn a_higher_income_never_pays_less(a in 1_i64..8_000_000, b in 1_i64..8_000_000) {
        let of = |fen| {
            let mut basis = basis(Category::Wage, "");
            basis.base = Some(Fen(fen));
            rates().due(&basis, WITH_CAP).unwrap()
        };
        prop_assert!(of(a.min(b)) <= of(a.max(b)));
        prop_assert!(of(a) <= Fen(100_000));
        prop_assert!(of(a).0 * 100 <= a * 2 + 100, "never more than two percent");
    }

    #[test]
    fn one_fen_over_an_edge_moves_the_whole_base(edge in prop::sample::select(vec![300_000_i64, 500_000, 1_000_000])) {
        let of = |fen| {
            let mut basis = basis(Category::Wage, "");
            basis.base = Some(Fen(fen));
            rates().due(&basis, BEFORE_CAP).unwrap().0
        };
        prop_assert!(of(edge + 1) - of(edge) >= edge / 200, "half a percent of everything");
    }

    #[test]
    fn amounts_survive_being_written_and_read(fen in 0_i64..=100_000_000) {
        prop_assert_eq!(Fen::parse(&Fen(fen).to_string()), Ok(Fen(fen)));
    }

    #[test]
    fn months_survive_being_written_and_read(at in 0_i32..90_000) {
        let month = Month::new(1921, 1).plus(at);
        prop_assert_eq!(month.to_string().parse::<Month>(), Ok(month));
    }
}

/// Published --> Withdrawn: withdraw
#[test]
fn a_publication_is_taken_back_once_and_with_a_reason() {
    let in_force = || PublicationState::Published.published().unwrap();
    let back = in_force().withdraw(" 漏了两名党员 ").unwrap();
    assert_eq!(back.reason, "漏了两名党员");
    for wrong in ["", " \n", &"长".repeat(101)] {
        let refused = in_force().withdraw(wrong).unwrap_err();
        assert!(refused.to_string().starts_with("撤回原因"), "{refused}");
    }
    let again = PublicationState::Withdrawn.published().unwrap_err();
    assert!(again.to_string().contains("已撤回"), "{again}");
}
