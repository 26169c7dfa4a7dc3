use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::plan::PlanState;
use pingyi_domain::time::UnixTime;
use pingyi_storage::campaign::CampaignStatus;
use pingyi_storage::import_batch::{self, ImportBatch};
use pingyi_storage::receipt::{self, Receipt};
use pingyi_storage::{StorageError, account, campaign, filing, plan};
use uuid::Uuid;

use crate::campaign_seed::{
    CAMPAIGN, a_campaign, a_filing, a_filing_version, a_plan, a_plan_version,
};
use crate::engines::TestDb;
use crate::seed::{self, ATTACHED, BRANCH, NOW, UNIT, account_id, an_account};

async fn ready(test: &TestDb) -> pingyi_storage::Tx {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    campaign::insert(&mut tx, &a_campaign()).await.unwrap();
    account::insert(&mut tx, &an_account(1)).await.unwrap();
    account::insert(&mut tx, &an_account(2)).await.unwrap();
    tx
}

pub async fn a_campaign_round_trips(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut changed = a_campaign();
    changed.status = CampaignStatus::Closed;
    changed.issued_by = None;
    campaign::update(&mut tx, &changed).await.unwrap();
    assert_eq!(
        campaign::get(&mut tx, CAMPAIGN).await.unwrap(),
        Some(changed.clone())
    );
    assert_eq!(
        campaign::find(&mut tx, "2015-14").await.unwrap(),
        Some(changed.clone())
    );
    assert_eq!(campaign::list(&mut tx).await.unwrap(), [changed.clone()]);
    changed.id.0 = Uuid::from_u128(5);
    let refused = campaign::insert(&mut tx, &changed).await.unwrap_err();
    assert!(matches!(refused, StorageError::Duplicate { key } if key == "campaign_slug"));
}

pub async fn a_notice_is_acknowledged_once(test: TestDb) {
    let mut tx = ready(&test).await;
    let got = Receipt {
        campaign_id: CAMPAIGN,
        org_id: UNIT,
        acknowledged_at: NOW,
        by_name: "王五".into(),
    };
    receipt::insert(&mut tx, &got).await.unwrap();
    assert_eq!(
        receipt::get(&mut tx, CAMPAIGN, UNIT).await.unwrap(),
        Some(got.clone())
    );
    assert_eq!(
        receipt::get(&mut tx, CAMPAIGN, ATTACHED).await.unwrap(),
        None
    );
    let all = receipt::list(&mut tx, CAMPAIGN).await.unwrap();
    assert_eq!(all, std::slice::from_ref(&got));
    let refused = receipt::insert(&mut tx, &got).await.unwrap_err();
    assert!(
        matches!(refused, StorageError::Duplicate { key } if key == "receipt_campaign_id_org_id")
    );
}

pub async fn a_plan_round_trips_with_its_versions(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut stored = a_plan(1, UNIT, PlanState::Draft);
    plan::insert(&mut tx, &stored).await.unwrap();
    let mut first = a_plan_version(1, 1, &[BRANCH, BRANCH]);
    plan::insert_version(&mut tx, &first).await.unwrap();
    first.submitted_by = Some(account_id(1));
    first.submitted_by_name = Some("用户1".into());
    first.submitted_at = Some(NOW);
    first.late = true;
    first.decision = Some(PlanState::Returned);
    first.opinion = Some("请补充".into());
    first.reviewer = Some(account_id(2));
    first.reviewer_name = Some("用户2".into());
    first.decided_at = Some(UnixTime(NOW.0 + 5));
    plan::update_version(&mut tx, &first).await.unwrap();
    let second = a_plan_version(1, 2, &[BRANCH]);
    plan::insert_version(&mut tx, &second).await.unwrap();
    stored.version = 2;
    stored.state = PlanState::Filed;
    stored.filed_version = Some(2);
    stored.number = Some("备1".into());
    plan::update(&mut tx, &stored).await.unwrap();

    assert_eq!(
        plan::get(&mut tx, stored.id).await.unwrap(),
        Some(stored.clone())
    );
    assert_eq!(
        plan::find(&mut tx, CAMPAIGN, UNIT).await.unwrap(),
        Some(stored.clone())
    );
    assert_eq!(
        plan::list(&mut tx, CAMPAIGN).await.unwrap(),
        [stored.clone()]
    );
    assert_eq!(
        plan::get_version(&mut tx, stored.id, 1).await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(
        plan::list_versions(&mut tx, stored.id).await.unwrap(),
        [second, first]
    );
}

pub async fn a_unit_has_one_plan(test: TestDb) {
    let mut tx = ready(&test).await;
    plan::insert(&mut tx, &a_plan(1, UNIT, PlanState::Draft))
        .await
        .unwrap();
    let refused = plan::insert(&mut tx, &a_plan(2, UNIT, PlanState::Draft))
        .await
        .unwrap_err();
    assert!(matches!(refused, StorageError::Duplicate { key } if key == "plan_campaign_id_org_id"));
}

pub async fn a_plan_number_is_given_once(test: TestDb) {
    let mut tx = ready(&test).await;
    plan::insert(&mut tx, &a_plan(1, UNIT, PlanState::Filed))
        .await
        .unwrap();
    let mut other = a_plan(2, ATTACHED, PlanState::Filed);
    other.number = Some("备1".into());
    let refused = plan::insert(&mut tx, &other).await.unwrap_err();
    assert!(matches!(refused, StorageError::Duplicate { key } if key == "plan_campaign_id_number"));
}

pub async fn a_filing_round_trips_with_its_versions(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut stored = a_filing(1, UNIT, FilingKind::UnitSummary, FilingState::Draft);
    filing::insert(&mut tx, &stored).await.unwrap();
    let mut first = a_filing_version(&stored, 1);
    filing::insert_version(&mut tx, &first).await.unwrap();
    first.decision = Some(FilingState::Returned);
    first.opinion = Some("缺章".into());
    first.decided_by = Some(account_id(2));
    first.decided_by_name = Some("用户2".into());
    first.decided_at = Some(NOW);
    filing::update_version(&mut tx, &first).await.unwrap();
    let second = a_filing_version(&stored, 2);
    filing::insert_version(&mut tx, &second).await.unwrap();
    stored.state = FilingState::Submitted;
    stored.version = 2;
    filing::update(&mut tx, &stored).await.unwrap();

    let kind = FilingKind::UnitSummary;
    assert_eq!(
        filing::get(&mut tx, stored.id).await.unwrap(),
        Some(stored.clone())
    );
    assert_eq!(
        filing::find(&mut tx, CAMPAIGN, UNIT, kind).await.unwrap(),
        Some(stored.clone())
    );
    assert_eq!(
        filing::list(&mut tx, CAMPAIGN, kind).await.unwrap(),
        [stored.clone()]
    );
    assert_eq!(
        filing::get_version(&mut tx, stored.id, 1).await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(
        filing::list_versions(&mut tx, stored.id).await.unwrap(),
        [second, first]
    );
}

pub async fn an_organisation_has_one_filing_of_a_kind(test: TestDb) {
    let mut tx = ready(&test).await;
    let filed = |n, kind| a_filing(n, UNIT, kind, FilingState::Draft);
    filing::insert(&mut tx, &filed(1, FilingKind::UnitSummary))
        .await
        .unwrap();
    filing::insert(&mut tx, &filed(2, FilingKind::BranchSummary))
        .await
        .unwrap();
    let refused = filing::insert(&mut tx, &filed(3, FilingKind::UnitSummary))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, StorageError::Duplicate { key } if key == "filing_campaign_id_org_id_kind")
    );
}

pub async fn an_import_is_on_record(test: TestDb) {
    let mut tx = ready(&test).await;
    let batch = ImportBatch {
        id: Uuid::from_u128(1),
        file_name: "党员花名册.xlsx".into(),
        content_hash: "ab".into(),
        at: NOW,
        by_name: "张三".into(),
        counts: r#"{"added":3}"#.into(),
    };
    import_batch::insert(&mut tx, &batch).await.unwrap();
    assert_eq!(import_batch::list(&mut tx).await.unwrap(), [batch]);
}
