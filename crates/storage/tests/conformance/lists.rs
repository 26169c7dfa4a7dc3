//! Problem lists and measures. // 通知 二、3 and 三、4

use jiff::civil::date;
use pingyi_domain::ids::{CampaignId, ListId, MeasureId};
use pingyi_domain::lists::{Item, ListContent, ListState, NoneFound, Stage};
use pingyi_domain::measure::MeasureState;
use pingyi_domain::time::UnixTime;
use pingyi_storage::account;
use pingyi_storage::campaign::Campaign;
use pingyi_storage::problem_list::{ListVersion, ProblemList};
use pingyi_storage::{StorageError, Tx, campaign, facts, measure, member, problem_list};
use uuid::Uuid;

use crate::campaign_seed::{CAMPAIGN, a_campaign};
use crate::engines::TestDb;
use crate::seed::{BRANCH, NOW, UNIT, a_member, account_id, an_account, member_id, tree};

fn item(n: u128, words: &str) -> Item {
    Item {
        id: MeasureId(Uuid::from_u128(n)),
        category: "discipline".into(),
        aspects: vec!["work".into()],
        benchmarks: vec!["models".into()],
        fact: "学习𠮷䶮·<b>不够</b>".into(),
        cause: "抓得不紧".into(),
        measure: words.into(),
        due: Some(date(2015, 12, 31)),
    }
}

pub fn a_list(n: u128) -> ProblemList {
    ProblemList {
        id: ListId(Uuid::from_u128(0x500 + n)),
        campaign_id: CAMPAIGN,
        branch_id: BRANCH,
        member_id: member_id(n),
        state: ListState::HandedIn,
        version: 1,
        before_version: Some(1),
        after_version: None,
        first_handed_on: Some(date(2015, 9, 8)),
        all_categories: true,
        all_benchmarks: false,
        all_aspects: true,
    }
}

pub fn a_version(list: &ProblemList, version: u32) -> ListVersion {
    ListVersion {
        list_id: list.id,
        version,
        stage: Stage::Before,
        content: ListContent {
            items: vec![item(1, "每周学习半天")],
            none: vec![NoneFound {
                category: "service".into(),
                reason: "已全部参加".into(),
            }],
        },
        saved_at: NOW,
        saved_by: account_id(1),
        saved_by_name: "王建国".into(),
        proxy_reason: Some("本人住院，口述".into()),
        handed_at: Some(NOW),
        confirmed: false,
        returned_at: None,
        returned_by: None,
        returned_name: None,
        comment: None,
    }
}

async fn seeded(tx: &mut Tx) {
    tree(tx).await;
    for n in 1..=3 {
        member::insert(tx, &a_member(n, BRANCH)).await.unwrap();
    }
    account::insert(tx, &an_account(1)).await.unwrap();
    campaign::insert(tx, &a_campaign()).await.unwrap();
}

pub async fn a_list_round_trips_with_its_versions(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seeded(&mut tx).await;
    let mut list = a_list(1);
    problem_list::insert(&mut tx, &list).await.unwrap();
    let first = a_version(&list, 1);
    problem_list::insert_version(&mut tx, &first).await.unwrap();
    let mut second = a_version(&list, 2);
    problem_list::insert_version(&mut tx, &second)
        .await
        .unwrap();
    second.stage = Stage::After;
    second.comment = Some("原因写深一点".into());
    second.returned_at = Some(NOW);
    second.confirmed = true;
    problem_list::update_version(&mut tx, &second)
        .await
        .unwrap();
    (list.state, list.version, list.after_version) = (ListState::Returned, 2, Some(2));
    problem_list::update(&mut tx, &list).await.unwrap();
    let found = problem_list::find(&mut tx, CAMPAIGN, member_id(1)).await;
    assert_eq!(found.unwrap(), Some(list.clone()));
    let versions = problem_list::list_versions(&mut tx, list.id).await.unwrap();
    assert_eq!(versions, [first, second.clone()]);
    let standing = problem_list::list_standing(&mut tx, CAMPAIGN, BRANCH).await;
    assert_eq!(
        standing.unwrap(),
        [second],
        "the one after the meeting stands"
    );
}

pub async fn a_member_has_one_list_for_a_notice(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seeded(&mut tx).await;
    problem_list::insert(&mut tx, &a_list(1)).await.unwrap();
    let mut second = a_list(1);
    second.id = ListId(Uuid::from_u128(0x999));
    let refused = problem_list::insert(&mut tx, &second).await;
    assert!(matches!(refused, Err(StorageError::Duplicate { .. })));
}

pub async fn measures_follow_the_list_and_keep_what_was_reported(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seeded(&mut tx).await;
    let list = a_list(1);
    problem_list::insert(&mut tx, &list).await.unwrap();
    let items = [item(1, "甲"), item(2, "乙"), item(3, "丙")];
    measure::sync(&mut tx, &list, &items).await.unwrap();
    let mut reported = measure::get(&mut tx, items[1].id).await.unwrap().unwrap();
    reported.state = MeasureState::Claimed;
    reported.evidence = Some("已办".into());
    measure::update(&mut tx, &reported, MeasureState::Open)
        .await
        .unwrap();
    let next = [item(4, "丁"), item(1, "甲改")];
    measure::sync(&mut tx, &list, &next).await.unwrap();
    let found = measure::list_of_member(&mut tx, CAMPAIGN, member_id(1)).await;
    let mut words: Vec<String> = found.unwrap().into_iter().map(|m| m.words).collect();
    words.sort();
    // 乙 was reported and stays on record; 丙 was only written down and is gone.
    assert_eq!(words, ["丁", "乙", "甲改"]);
}

pub async fn a_measure_is_decided_once(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seeded(&mut tx).await;
    let list = a_list(1);
    problem_list::insert(&mut tx, &list).await.unwrap();
    measure::sync(&mut tx, &list, &[item(1, "甲")])
        .await
        .unwrap();
    let id = MeasureId(Uuid::from_u128(1));
    let mut row = measure::get(&mut tx, id).await.unwrap().unwrap();
    row.state = MeasureState::Claimed;
    row.done_on = Some(date(2015, 10, 1));
    measure::update(&mut tx, &row, MeasureState::Open)
        .await
        .unwrap();
    let again = measure::update(&mut tx, &row, MeasureState::Open).await;
    assert!(matches!(again, Err(StorageError::Stale)));
}

pub async fn lists_and_measures_are_counted_by_branch(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seeded(&mut tx).await;
    for n in 1..=3 {
        let mut list = a_list(n);
        if n == 2 {
            list.after_version = Some(2);
        }
        if n == 3 {
            list.before_version = None;
        }
        problem_list::insert(&mut tx, &list).await.unwrap();
        measure::sync(
            &mut tx,
            &list,
            &[item(10 * n, "甲"), item(10 * n + 1, "乙")],
        )
        .await
        .unwrap();
    }
    let mut done = measure::get(&mut tx, MeasureId(Uuid::from_u128(10)))
        .await
        .unwrap()
        .unwrap();
    done.state = MeasureState::Verified;
    measure::update(&mut tx, &done, MeasureState::Open)
        .await
        .unwrap();
    let unit = facts::load_unit(&mut tx, CAMPAIGN, UNIT).await.unwrap();
    let records = unit.unwrap().branches.remove(0).records;
    assert_eq!((records.lists.handed, records.lists.all_categories), (2, 2));
    assert_eq!(
        (records.lists.all_benchmarks, records.lists.all_aspects),
        (0, 2)
    );
    assert_eq!(records.lists.last_on, Some(date(2015, 9, 8)));
    assert_eq!(records.measures.members, 1);
    assert_eq!(records.measures.by_day, [(date(2015, 12, 31), 6, 5)]);
}

pub async fn what_earlier_campaigns_left_open_is_told(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seeded(&mut tx).await;
    let list = a_list(1);
    problem_list::insert(&mut tx, &list).await.unwrap();
    measure::sync(&mut tx, &list, &[item(1, "甲")])
        .await
        .unwrap();
    let next = CampaignId(Uuid::from_u128(0x3001));
    let left = measure::list_left_over(&mut tx, next, BRANCH)
        .await
        .unwrap();
    assert_eq!(left.len(), 1);
    assert!(
        measure::list_left_over(&mut tx, CAMPAIGN, BRANCH)
            .await
            .unwrap()
            .is_empty()
    );
    let later = Campaign {
        id: next,
        slug: "2016-3".into(),
        number: "咸直工通〔2016〕3号".into(),
        issued_at: Some(UnixTime(NOW.0 + 200 * 86_400)),
        ..a_campaign()
    };
    campaign::insert(&mut tx, &later).await.unwrap();
    assert_eq!(carried_over(&mut tx, next).await, (1, 1));
    assert_eq!(
        carried_over(&mut tx, CAMPAIGN).await,
        (0, 0),
        "nothing came before"
    );
    let mut told = measure::get(&mut tx, item(1, "甲").id)
        .await
        .unwrap()
        .unwrap();
    (told.state, told.evidence) = (MeasureState::Claimed, Some("已落实".into()));
    measure::update(&mut tx, &told, MeasureState::Open)
        .await
        .unwrap();
    assert_eq!(carried_over(&mut tx, next).await, (1, 0));
}

/// Measures of earlier campaigns, and those nobody reported on.
async fn carried_over(tx: &mut Tx, campaign: CampaignId) -> (u32, u32) {
    let unit = facts::load_unit(tx, campaign, UNIT).await.unwrap();
    let known = unit.unwrap().branches.remove(0).records.measures;
    (known.earlier, known.earlier_silent)
}
