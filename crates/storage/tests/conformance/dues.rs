use jiff::civil::date;
use pingyi_domain::dues::{Category, Fen, Month, Payer, PaymentKind, PublicationState};
use pingyi_domain::facts::{DuesFacts, OwingSpan};
use pingyi_domain::ids::{DuesAssessmentId, DuesPaymentId, MemberId};
use pingyi_storage::dues::assessment::{self, Assessment};
use pingyi_storage::dues::clerk::{self, DuesClerk};
use pingyi_storage::dues::payment::{self, Payment};
use pingyi_storage::dues::publication::{self, Publication};
use pingyi_storage::dues::sums::{self, BranchSum};
use pingyi_storage::{StorageError, Tx, facts, member};
use uuid::Uuid;

use crate::campaign_seed::{self, CAMPAIGN, Size, branch_id, unit_id};
use crate::engines::TestDb;
use crate::seed::NOW;

const SIZE: Size = Size {
    units: 2,
    branches: 2,
    members: 3,
};

const AUGUST: Month = Month::new(2015, 8);
const SEPTEMBER: Month = Month::new(2015, 9);

async fn ready(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::whole(&mut tx, SIZE).await;
    tx
}

/// The members of a branch are numbered on through the whole seed.
async fn first_member(tx: &mut Tx, branch: u128) -> MemberId {
    member::list(tx, branch_id(branch)).await.unwrap()[0].id
}

fn an_assessment(n: u128, member: MemberId, from: Month, fen: i64) -> Assessment {
    Assessment {
        id: DuesAssessmentId(Uuid::from_u128(0x9000 + n)),
        member_id: member,
        from_month: from,
        until_month: Month::END,
        category: Category::Wage,
        base_sealed: Some("00ff".into()),
        amount: Fen(fen),
        relief_by: None,
        relief_on: None,
        entered_by: "党员1".into(),
        entered_at: NOW,
    }
}

fn a_payment(n: u128, branch: u128, member: MemberId, fen: i64) -> Payment {
    Payment {
        id: DuesPaymentId(Uuid::from_u128(0xa000 + n)),
        branch_id: branch_id(branch),
        member_id: member,
        kind: PaymentKind::Monthly,
        paid_on: date(2015, 9, 10),
        payer: Payer::Relative,
        payer_name: Some("李梅".into()),
        amount: Fen(fen),
        receiver: "党员1".into(),
        receipt: Some("第3页".into()),
        consent_on: None,
        profile: None,
        reverses: None,
        reason: None,
        entered_at: NOW,
    }
}

async fn told(tx: &mut Tx, unit: u128) -> DuesFacts {
    let unit = facts::load_unit(tx, CAMPAIGN, unit_id(unit)).await;
    unit.unwrap().unwrap().branches[0].records.dues.clone()
}

pub async fn a_dues_clerk_is_replaced_by_the_next(test: TestDb) {
    let mut tx = ready(&test).await;
    assert_eq!(clerk::get(&mut tx, branch_id(0)).await.unwrap(), None);
    let member = first_member(&mut tx, 0).await;
    let mut named = DuesClerk {
        branch_id: branch_id(0),
        member_id: member,
        named_by: "党员0".into(),
        named_at: NOW,
    };
    clerk::set(&mut tx, &named).await.unwrap();
    named.named_by = "党员2".into();
    clerk::set(&mut tx, &named).await.unwrap();
    assert_eq!(
        clerk::get(&mut tx, branch_id(0)).await.unwrap(),
        Some(named)
    );
}

pub async fn an_assessment_ends_where_the_next_begins(test: TestDb) {
    let mut tx = ready(&test).await;
    let member = first_member(&mut tx, 0).await;
    let january = Month::new(2015, 1);
    for row in [
        an_assessment(1, member, january, 3_000),
        an_assessment(2, member, january, 3_100),
        an_assessment(3, member, SEPTEMBER, 2_000),
    ] {
        assessment::insert(&mut tx, &row).await.unwrap();
    }
    let all = assessment::list_of_member(&mut tx, member).await.unwrap();
    let ends: Vec<Month> = all.iter().map(|a| a.until_month).collect();
    assert_eq!(ends, [january, SEPTEMBER, Month::END]);
    let valid = assessment::list_of_branch(&mut tx, branch_id(0))
        .await
        .unwrap();
    let amounts: Vec<Fen> = valid.iter().map(|a| a.amount).collect();
    assert_eq!(
        amounts,
        [Fen(3_100), Fen(2_000)],
        "the corrected one is left out"
    );
    assert_eq!(valid[1], an_assessment(3, member, SEPTEMBER, 2_000));
}

#[expect(clippy::cognitive_complexity, reason = "one story told step by step")]
pub async fn a_payment_round_trips_and_is_taken_back_once(test: TestDb) {
    let mut tx = ready(&test).await;
    let member = first_member(&mut tx, 0).await;
    let paid = a_payment(1, 0, member, 6_000);
    let months = [(AUGUST, Fen(3_000)), (SEPTEMBER, Fen(3_000))];
    payment::insert(&mut tx, &paid, &months).await.unwrap();
    assert_eq!(
        payment::get(&mut tx, paid.id).await.unwrap(),
        Some(paid.clone())
    );
    let listed = payment::list(&mut tx, branch_id(0), date(2015, 9, 10), date(2015, 9, 10)).await;
    assert_eq!(listed.unwrap(), std::slice::from_ref(&paid));
    let before = payment::list(&mut tx, branch_id(0), date(2015, 1, 1), date(2015, 9, 9)).await;
    assert_eq!(before.unwrap(), []);
    assert_eq!(payment::months_of(&mut tx, paid.id).await.unwrap().len(), 2);

    let mut back = a_payment(2, 0, member, -6_000);
    back.reverses = Some(paid.id);
    back.reason = Some("登记错人".into());
    let opposite = months.map(|(month, fen)| (month, fen.reversed()));
    payment::insert(&mut tx, &back, &opposite).await.unwrap();
    assert_eq!(
        payment::find_reversal(&mut tx, paid.id).await.unwrap(),
        Some(back.clone())
    );
    let sums = sums::of_members(&mut tx, branch_id(0), AUGUST, SEPTEMBER)
        .await
        .unwrap();
    assert!(sums.iter().all(|s| s.paid.is_zero()), "{sums:?}");
    tx.commit().await.unwrap();

    let mut tx = test.db.begin().await.unwrap();
    back.id = DuesPaymentId(Uuid::from_u128(0xa003));
    let twice = payment::insert(&mut tx, &back, &[]).await;
    assert!(
        matches!(twice, Err(StorageError::Duplicate { .. })),
        "{twice:?}"
    );
}

pub async fn a_year_is_published_again_only_under_the_next_number(test: TestDb) {
    let mut tx = ready(&test).await;
    let row = Publication {
        branch_id: branch_id(0),
        year: 2015,
        no: 1,
        state: PublicationState::Published,
        published_by: "党员1".into(),
        published_at: NOW,
        withdrawn_by: None,
        withdrawn_at: None,
        reason: None,
        shown: None,
    };
    publication::insert(&mut tx, &row).await.unwrap();
    assert_eq!(
        publication::list(&mut tx, branch_id(0)).await.unwrap(),
        std::slice::from_ref(&row)
    );
    let back = Publication {
        state: PublicationState::Withdrawn,
        withdrawn_by: Some("党员2".into()),
        withdrawn_at: Some(NOW),
        reason: Some("漏了两名党员".into()),
        shown: Some("[]".into()),
        ..row.clone()
    };
    publication::withdraw(&mut tx, &back).await.unwrap();
    let again = publication::withdraw(&mut tx, &back).await;
    assert!(again.is_err(), "taken back once");
    let next = Publication {
        no: 2,
        ..row.clone()
    };
    publication::insert(&mut tx, &next).await.unwrap();
    assert_eq!(
        publication::list(&mut tx, branch_id(0)).await.unwrap(),
        [next, back]
    );
    let twice = publication::insert(&mut tx, &row).await;
    assert!(matches!(twice, Err(StorageError::Duplicate { .. })));
}

pub async fn dues_are_told_by_month_and_branch(test: TestDb) {
    let mut tx = ready(&test).await;
    assert_eq!(told(&mut tx, 0).await, DuesFacts::default());
    let members = member::list(&mut tx, branch_id(0)).await.unwrap();
    for (n, (member, fen)) in (1..).zip(members.iter().zip([3_000, 3_000, 0])) {
        let row = an_assessment(n, member.id, AUGUST, fen);
        assessment::insert(&mut tx, &row).await.unwrap();
    }
    // One paid all, one a part: only the first has settled the month.
    for (n, (member, fen)) in (1..).zip(members.iter().zip([3_000, 2_999])) {
        let row = a_payment(n, 0, member.id, fen);
        payment::insert(&mut tx, &row, &[(AUGUST, Fen(fen))])
            .await
            .unwrap();
    }
    let expected = DuesFacts {
        assessed: 3,
        owing: vec![OwingSpan {
            from: AUGUST,
            until: Month::END,
            members: 2,
        }],
        settled: vec![(AUGUST, 1)],
    };
    assert_eq!(told(&mut tx, 0).await, expected);
    let whole = facts::load(&mut tx, CAMPAIGN).await.unwrap();
    assert_eq!(whole.units[0].branches[0].records.dues, expected);
    assert_eq!(
        whole.units[1].branches[0].records.dues,
        DuesFacts::default()
    );
}

pub async fn the_sums_of_a_unit_are_of_its_branches_alone(test: TestDb) {
    let mut tx = ready(&test).await;
    for (n, branch) in [0, 2].into_iter().enumerate() {
        let n = u128::try_from(n).unwrap();
        let member = first_member(&mut tx, branch).await;
        let row = an_assessment(n, member, AUGUST, 3_000);
        assessment::insert(&mut tx, &row).await.unwrap();
        let row = a_payment(n, branch, member, 5_000);
        let months = [(AUGUST, Fen(4_000)), (SEPTEMBER, Fen(1_000))];
        payment::insert(&mut tx, &row, &months).await.unwrap();
        let mut large = a_payment(10 + n, branch, member, 200_000);
        large.kind = PaymentKind::Large;
        payment::insert(&mut tx, &large, &[]).await.unwrap();
    }
    let one = |fen| {
        vec![BranchSum {
            branch_id: branch_id(0),
            amount: Fen(fen),
        }]
    };
    let unit = unit_id(0);
    let received = sums::received_under(&mut tx, unit, AUGUST, SEPTEMBER)
        .await
        .unwrap();
    assert_eq!(received, one(5_000));
    let covered = sums::covered_under(&mut tx, unit, AUGUST, SEPTEMBER)
        .await
        .unwrap();
    assert_eq!(
        covered,
        one(4_000),
        "the extra of August covers nothing of September"
    );
    let (first, last) = (date(2015, 1, 1), date(2015, 12, 31));
    let large = sums::large_under(&mut tx, unit, first, last).await.unwrap();
    assert_eq!(large, one(200_000));
    let owed = sums::owed_under(&mut tx, unit).await.unwrap();
    assert_eq!(owed.len(), 1);
    assert_eq!((owed[0].amount, owed[0].members), (Fen(3_000), 1));
    let paid = sums::of_branch(&mut tx, branch_id(0), AUGUST, AUGUST)
        .await
        .unwrap();
    assert_eq!((paid.len(), paid[0].paid), (1, Fen(4_000)));
}
