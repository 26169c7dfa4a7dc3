//! The assessment scheme and the units' sheets, on both engines.

use pingyi_domain::facts::AssessmentFacts;
use pingyi_domain::ids::OrgId;
use pingyi_domain::scheme::{Mark, Points, SchemeState, SheetState};
use pingyi_domain::time::UnixTime;
use pingyi_storage::assessment::{self, Sheet, StoredScheme};
use pingyi_storage::{Tx, facts};

use crate::campaign_seed::{self, CAMPAIGN, Size, unit_id};
use crate::engines::TestDb;
use crate::seed::NOW;

async fn ready(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    let size = Size {
        units: 3,
        branches: 3,
        members: 6,
    };
    campaign_seed::roster_of(&mut tx, size).await;
    tx
}

fn scheme(state: SchemeState) -> StoredScheme {
    StoredScheme {
        campaign_id: CAMPAIGN,
        content: "title = \"考评\"".into(),
        state,
        saved_by: "周科长".into(),
        saved_at: NOW,
    }
}

fn sheet(unit: OrgId, state: SheetState) -> Sheet {
    Sheet {
        state,
        handed_by: Some("李书记".into()),
        handed_at: Some(NOW),
        ..Sheet::blank(CAMPAIGN, unit)
    }
}

fn mark(item: &str, own: Option<u32>, deduction: Option<u32>) -> Mark {
    Mark {
        item: item.into(),
        own: own.map(Points),
        note: "台帐齐全".into(),
        deduction: deduction.map(Points),
        reason: String::new(),
    }
}

async fn counted(tx: &mut Tx) -> AssessmentFacts {
    let ledger = facts::load(tx, CAMPAIGN).await.unwrap();
    ledger.committee.assessment
}

pub async fn a_scheme_is_written_anew_and_a_sheet_keeps_its_marks(test: TestDb) {
    let mut tx = ready(&test).await;
    assert_eq!(assessment::scheme(&mut tx, CAMPAIGN).await.unwrap(), None);
    for state in [SchemeState::Draft, SchemeState::Issued] {
        let row = scheme(state);
        assessment::set_scheme(&mut tx, &row).await.unwrap();
        let found = assessment::scheme(&mut tx, CAMPAIGN).await.unwrap();
        assert_eq!(found, Some(row));
    }
    let first = sheet(unit_id(0), SheetState::HandedIn);
    let marks = [mark("a", Some(25), None), mark("b", None, Some(0))];
    assessment::set(&mut tx, &first, &marks).await.unwrap();
    let after = Sheet {
        checked_by: Some("周科长".into()),
        checked_at: Some(UnixTime(NOW.0 + 9)),
        ..sheet(unit_id(0), SheetState::Checked)
    };
    assessment::set(&mut tx, &after, &marks).await.unwrap();
    let found = assessment::find(&mut tx, CAMPAIGN, unit_id(0)).await;
    assert_eq!(found.unwrap(), Some(after.clone()));
    let kept = assessment::marks(&mut tx, CAMPAIGN, unit_id(0)).await;
    assert_eq!(kept.unwrap(), marks);
    let all = assessment::list(&mut tx, CAMPAIGN).await.unwrap();
    assert_eq!(all, [after]);
    let other = assessment::find(&mut tx, CAMPAIGN, unit_id(1)).await;
    assert_eq!(other.unwrap(), None);
}

pub async fn checked_sheets_are_counted_for_the_committee(test: TestDb) {
    let mut tx = ready(&test).await;
    assert_eq!(counted(&mut tx).await, AssessmentFacts::default());
    let draft = scheme(SchemeState::Draft);
    assessment::set_scheme(&mut tx, &draft).await.unwrap();
    assert_eq!(counted(&mut tx).await.issued, Some(false));
    let issued = scheme(SchemeState::Issued);
    assessment::set_scheme(&mut tx, &issued).await.unwrap();
    let states = [SheetState::Checked, SheetState::HandedIn];
    for (n, state) in (0..).zip(states) {
        let row = sheet(unit_id(n), state);
        assessment::set(&mut tx, &row, &[]).await.unwrap();
    }
    let found = counted(&mut tx).await;
    assert_eq!((found.issued, found.checked), (Some(true), 1));
}
