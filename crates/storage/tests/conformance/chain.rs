use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{self, Break, Event, Filter, Object, Page};
use serde_json::json;

use crate::engines::TestDb;
use crate::seed::{NOW, ROOT, UNIT, actor};

/// `n` rows about two organisations in turn, one minute apart.
async fn rows(test: &TestDb, n: i64) {
    let mut tx = test.db.begin().await.unwrap();
    for at in 0..n {
        let org = if at % 2 == 0 { ROOT } else { UNIT };
        let time = UnixTime(NOW.0 + at * 60);
        let detail = json!({ "count": at, "file": "花名册.xlsx" });
        tx.audit(
            &actor(),
            time,
            Event::RosterImported,
            Object::Org(org),
            detail,
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn broken(test: &TestDb) -> Option<Break> {
    let mut tx = test.db.read().await.unwrap();
    audit::verify(&mut tx).await.unwrap().broken
}

pub async fn a_row_is_chained_to_the_row_before(test: TestDb) {
    rows(&test, 3).await;
    let mut tx = test.db.read().await.unwrap();
    let chain = audit::verify(&mut tx).await.unwrap();
    assert_eq!((chain.good, chain.broken), (3, None));
    assert_eq!(chain.head, audit::head(&mut tx).await.unwrap());

    let page = Page {
        offset: 0,
        limit: 9,
    };
    let listed = audit::list(&mut tx, &Filter::default(), page)
        .await
        .unwrap();
    assert_eq!(listed[2].prev_hash, audit::GENESIS);
    assert_eq!(listed[1].prev_hash, listed[2].hash);
    assert_eq!(listed[0].prev_hash, listed[1].hash);
    assert_eq!(listed[0].hash, chain.head.hash);
    assert_eq!(listed[0].actor_name, "张三");
    assert_eq!(listed[0].detail, r#"{"count":2,"file":"花名册.xlsx"}"#);
    assert!(chain.head.short().starts_with("3-"));
}

pub async fn twenty_tasks_append_one_unbroken_chain(test: TestDb) {
    // A second opening stands for a second program: its writers do not share our queue.
    let other = pingyi_storage::Db::open(&test.url).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..20 {
        let db = if n % 2 == 0 { &test.db } else { &other }.clone();
        tasks.spawn(async move {
            for _ in 0..5 {
                let mut tx = db.begin().await.unwrap();
                tx.audit(
                    &actor(),
                    NOW,
                    Event::SignedIn,
                    Object::System,
                    json!({ "task": n }),
                )
                .await
                .unwrap();
                tx.commit().await.unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let mut tx = test.db.read().await.unwrap();
    let chain = audit::verify(&mut tx).await.unwrap();
    assert_eq!((chain.good, chain.broken), (100, None));
}

pub async fn any_altered_field_is_found(test: TestDb) {
    rows(&test, 5).await;
    let changes = [
        (
            "UPDATE audit SET at = at + 1 WHERE seq = 3",
            "UPDATE audit SET at = at - 1 WHERE seq = 3",
        ),
        (
            "UPDATE audit SET account_id = NULL WHERE seq = 3",
            "UPDATE audit SET account_id = (SELECT account_id FROM audit WHERE seq = 1) WHERE seq = 3",
        ),
        (
            "UPDATE audit SET actor_name = '李四' WHERE seq = 3",
            "UPDATE audit SET actor_name = '张三' WHERE seq = 3",
        ),
        (
            "UPDATE audit SET actor_post = '' WHERE seq = 3",
            "UPDATE audit SET actor_post = '组织科科长' WHERE seq = 3",
        ),
        (
            "UPDATE audit SET event = 'SignedIn' WHERE seq = 3",
            "UPDATE audit SET event = 'RosterImported' WHERE seq = 3",
        ),
        (
            "UPDATE audit SET object_kind = 'unit' WHERE seq = 3",
            "UPDATE audit SET object_kind = 'org' WHERE seq = 3",
        ),
        (
            "UPDATE audit SET object_id = '' WHERE seq = 3",
            "UPDATE audit SET object_id = (SELECT object_id FROM audit WHERE seq = 1) WHERE seq = 3",
        ),
    ];
    for (change, undo) in changes {
        test.tamper(change).await;
        assert_eq!(broken(&test).await, Some(Break::Altered(3)), "{change}");
        test.tamper(undo).await;
        assert_eq!(broken(&test).await, None, "{undo}");
    }
    test.tamper("UPDATE audit SET detail = '{}' WHERE seq = 5")
        .await;
    assert_eq!(broken(&test).await, Some(Break::Altered(5)));
    test.tamper("UPDATE audit SET prev_hash = hash WHERE seq = 2")
        .await;
    assert_eq!(broken(&test).await, Some(Break::Unlinked(2)));
    test.tamper("UPDATE audit SET hash = prev_hash WHERE seq = 1")
        .await;
    assert_eq!(broken(&test).await, Some(Break::Altered(1)));
}

pub async fn a_deleted_row_is_found(test: TestDb) {
    rows(&test, 5).await;
    test.tamper("DELETE FROM audit WHERE seq = 4").await;
    assert_eq!(broken(&test).await, Some(Break::Missing(4)));
    // Closing the gap does not help.
    test.tamper("UPDATE audit SET seq = 4 WHERE seq = 5").await;
    assert_eq!(broken(&test).await, Some(Break::Unlinked(4)));
}

pub async fn swapped_rows_are_found(test: TestDb) {
    rows(&test, 5).await;
    test.tamper(
        "UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; \
         UPDATE audit SET seq = 3 WHERE seq = 99",
    )
    .await;
    assert_eq!(broken(&test).await, Some(Break::Unlinked(2)));
}

pub async fn a_cut_off_end_is_found(test: TestDb) {
    rows(&test, 5).await;
    test.tamper("DELETE FROM audit WHERE seq = 5").await;
    assert_eq!(broken(&test).await, Some(Break::Head(5)));
    test.tamper("DELETE FROM audit").await;
    assert_eq!(broken(&test).await, Some(Break::Head(1)));
}

pub async fn the_log_is_listed_newest_first_by_filter(test: TestDb) {
    rows(&test, 10).await;
    let mut tx = test.db.read().await.unwrap();
    let filter = Filter {
        account: actor().account,
        event: Some(Event::RosterImported),
        object: Some(Object::Org(ROOT)),
        from: Some(UnixTime(NOW.0 + 60)),
        until: Some(UnixTime(NOW.0 + 8 * 60)),
    };
    assert_eq!(audit::count(&mut tx, &filter).await.unwrap(), 3);
    let page = Page {
        offset: 1,
        limit: 2,
    };
    let listed = audit::list(&mut tx, &filter, page).await.unwrap();
    assert_eq!(listed.iter().map(|row| row.seq).collect::<Vec<_>>(), [5, 3]);
    let nobody = Filter {
        event: Some(Event::SignedIn),
        ..Filter::default()
    };
    assert_eq!(audit::count(&mut tx, &nobody).await.unwrap(), 0);
}
