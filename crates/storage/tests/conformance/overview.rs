use jiff::civil::date;
use pingyi_domain::facts::{BranchFacts, FirstSpeaker};
use pingyi_domain::meeting::figures;
use pingyi_domain::org::OrgKind;
use pingyi_domain::plan::PlanState;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{facts, filing, org};

use crate::campaign_seed::{
    self, CAMPAIGN, Size, a_filing, a_filing_version, attendance_of, branch_id, round_id, unit_id,
};
use crate::engines::TestDb;
use crate::seed::{NOW, ROOT, actor, an_org};

const SIZE: Size = Size {
    units: 5,
    branches: 3,
    members: 20,
};

async fn seeded(test: &TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::whole(&mut tx, SIZE).await;
    tx.commit().await.unwrap();
}

pub async fn both_engines_tell_the_same_facts(test: TestDb) {
    let reference = TestDb::sqlite().await;
    seeded(&test).await;
    seeded(&reference).await;
    let mut tx = test.db.read().await.unwrap();
    let mut other = reference.db.read().await.unwrap();
    let ledger = facts::load(&mut tx, CAMPAIGN).await.unwrap();
    assert_eq!(ledger, facts::load(&mut other, CAMPAIGN).await.unwrap());
    assert_eq!(ledger.units.len(), 5);
    assert!(ledger.units.iter().all(|unit| unit.branches.len() == 3));
}

pub async fn a_unit_is_told_as_in_the_whole(test: TestDb) {
    seeded(&test).await;
    let mut tx = test.db.read().await.unwrap();
    let ledger = facts::load(&mut tx, CAMPAIGN).await.unwrap();
    for unit in &ledger.units {
        let alone = facts::load_unit(&mut tx, CAMPAIGN, unit.org).await.unwrap();
        assert_eq!(alone.as_ref(), Some(unit));
    }
    let branch = branch_id(4);
    let unit = facts::load_branch(&mut tx, CAMPAIGN, unit_id(1), branch)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(unit.branches, [ledger.units[1].branches[1].clone()]);
    let nowhere = pingyi_domain::ids::OrgId(uuid::Uuid::from_u128(7));
    assert_eq!(
        facts::load_unit(&mut tx, CAMPAIGN, nowhere).await.unwrap(),
        None
    );
}

pub async fn a_directly_attached_branch_is_its_own_unit(test: TestDb) {
    seeded(&test).await;
    let mut tx = test.db.begin().await.unwrap();
    let kind = OrgKind::Branch;
    let attached = an_org(crate::seed::ATTACHED, Some(ROOT), kind, "市委办公室党支部");
    org::insert(&mut tx, &attached).await.unwrap();
    let ledger = facts::load(&mut tx, CAMPAIGN).await.unwrap();
    let unit = ledger
        .units
        .iter()
        .find(|unit| unit.org == attached.id)
        .unwrap();
    assert_eq!(unit.branches.len(), 1);
    assert_eq!(unit.branches[0].org, unit.org);
}

pub async fn attendance_is_summed_as_the_rules_sum_it(test: TestDb) {
    seeded(&test).await;
    let mut tx = test.db.read().await.unwrap();
    for n in [0, 1, 2, 3] {
        let branch = branch(&mut tx, n).await;
        let meeting = branch.meeting.unwrap();
        let rules = figures(&attendance_of(SIZE, n));
        assert_eq!(
            (
                meeting.due,
                meeting.present,
                meeting.absent,
                meeting.excluded
            ),
            (rules.due, rules.present, rules.absent, rules.excluded)
        );
        // Member 1 of an even branch is a unit leader, absent; branch 2 gives no reason.
        assert_eq!(meeting.leaders_due, u32::from(n.is_multiple_of(2)));
        assert_eq!(meeting.leaders_accounted, u32::from(n == 0));
    }
}

pub async fn a_branch_is_told_in_full(test: TestDb) {
    seeded(&test).await;
    let mut tx = test.db.read().await.unwrap();
    let branch = branch(&mut tx, 0).await;
    assert_eq!((branch.members, branch.probationary), (20, 2));
    assert_eq!(branch.secretary.as_deref(), Some("党员0"));
    assert_eq!(branch.planned_on, Some(date(2015, 8, 20)));
    let meeting = branch.meeting.unwrap();
    assert!(meeting.envoy && meeting.commented && meeting.minutes && meeting.without_plan);
    assert_eq!(meeting.first_speaker, FirstSpeaker::Secretary);
    let appraisal = branch.appraisal.unwrap();
    assert_eq!(
        (appraisal.id, appraisal.number, appraisal.voided),
        (round_id(0, 2), 2, 1)
    );
    assert_eq!(
        (
            appraisal.appraised,
            appraisal.excluded,
            appraisal.determined
        ),
        (18, 2, 18)
    );
    let grades = [(String::new(), 4), ("fair".into(), 3), ("good".into(), 11)];
    assert_eq!(appraisal.grades, grades);
    assert_eq!(appraisal.signed_on, Some(date(2015, 8, 20)));
    assert!(branch.filing.unwrap().late);
}

pub async fn what_is_not_there_is_told_as_not_there(test: TestDb) {
    seeded(&test).await;
    let mut tx = test.db.read().await.unwrap();
    let without_secretary = branch(&mut tx, 4).await;
    assert_eq!(without_secretary.secretary, None);
    assert_eq!(
        without_secretary.meeting.unwrap().first_speaker,
        FirstSpeaker::OtherWithReason
    );
    let without_time = branch(&mut tx, 2).await;
    assert_eq!(without_time.planned_on, None);
    let without_meeting = branch(&mut tx, 6).await;
    assert_eq!(
        (without_meeting.meeting, without_meeting.appraisal),
        (None, None)
    );

    let ledger = facts::load(&mut tx, CAMPAIGN).await.unwrap();
    let silent = &ledger.units[3];
    assert_eq!(
        (silent.acknowledged_on, &silent.plan, &silent.filing),
        (None, &None, &None)
    );
    let plan = ledger.units[2].plan.as_ref().unwrap();
    assert_eq!((plan.state, plan.filed_on), (PlanState::Submitted, None));
    assert_eq!(plan.theme, "三严三实");
}

pub async fn handing_in_again_keeps_the_first_day(test: TestDb) {
    seeded(&test).await;
    let mut tx = test.db.begin().await.unwrap();
    let kind = pingyi_domain::filing::FilingKind::UnitSummary;
    let state = pingyi_domain::filing::FilingState::Submitted;
    let mut stored = a_filing(0, unit_id(0), kind, state);
    stored.version = 2;
    filing::update(&mut tx, &stored).await.unwrap();
    let mut second = a_filing_version(&stored, 2);
    second.submitted_at = second
        .submitted_at
        .map(|at| pingyi_domain::time::UnixTime(at.0 + 864_000));
    filing::insert_version(&mut tx, &second).await.unwrap();
    let unit = facts::load_unit(&mut tx, CAMPAIGN, unit_id(0))
        .await
        .unwrap()
        .unwrap();
    let filed = unit.filing.unwrap();
    assert_eq!(filed.submitted_on, Some(date(2015, 8, 21)));
    assert!(filed.late);
}

pub async fn a_kept_ledger_is_read_again_after_a_change(test: TestDb) {
    seeded(&test).await;
    let cache = facts::Cache::default();
    let mut tx = test.db.read().await.unwrap();
    let first = cache.load(&mut tx, CAMPAIGN).await.unwrap();
    let again = cache.load(&mut tx, CAMPAIGN).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &again));
    drop(tx);

    let mut tx = test.db.begin().await.unwrap();
    let renamed = an_org(
        unit_id(0),
        Some(ROOT),
        OrgKind::PrimaryCommittee,
        "市水利和湖泊局机关党委",
    );
    org::update(&mut tx, &renamed).await.unwrap();
    tx.audit(
        &actor(),
        NOW,
        Event::RosterImported,
        Object::Org(renamed.id),
        serde_json::json!({}),
    )
    .await
    .unwrap();
    // The writer itself sees its change, and nobody else until it commits.
    let own = cache.load(&mut tx, CAMPAIGN).await.unwrap();
    assert_eq!(own.units[0].name, renamed.name);
    let mut reader = test.db.read().await.unwrap();
    let others = cache.load(&mut reader, CAMPAIGN).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &others));
    drop(reader);
    tx.commit().await.unwrap();

    let mut tx = test.db.read().await.unwrap();
    let changed = cache.load(&mut tx, CAMPAIGN).await.unwrap();
    assert_eq!(changed.units[0].name, renamed.name);
}

async fn branch(tx: &mut pingyi_storage::Tx, n: u128) -> BranchFacts {
    let unit = unit_id(n / SIZE.branches);
    let unit = facts::load_branch(tx, CAMPAIGN, unit, branch_id(n))
        .await
        .unwrap()
        .unwrap();
    unit.branches.into_iter().next().unwrap()
}
