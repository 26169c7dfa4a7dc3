use pingyi_storage::audit::{self, Event, Object};
use pingyi_storage::{Db, StorageError, meta, org};
use serde_json::json;

use crate::engines::TestDb;
use crate::seed::{self, NOW, actor};

pub async fn a_dropped_transaction_leaves_nothing_not_even_its_log_row(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    tx.audit(&actor(), NOW, Event::SetupDone, Object::System, json!({}))
        .await
        .unwrap();
    drop(tx);

    let mut tx = test.db.begin().await.unwrap();
    assert_eq!(org::count(&mut tx).await.unwrap(), 0);
    assert_eq!(
        audit::count(&mut tx, &audit::Filter::default())
            .await
            .unwrap(),
        0
    );
    let head = audit::head(&mut tx).await.unwrap();
    assert_eq!((head.seq, head.hash.as_str()), (0, audit::GENESIS));
}

pub async fn a_reading_transaction_refuses_to_write(test: TestDb) {
    let mut tx = test.db.read().await.unwrap();
    let refused = meta::set(&mut tx, "key", "value").await.unwrap_err();
    assert!(matches!(refused, StorageError::ReadOnlyTransaction));
}

pub async fn migrating_twice_changes_nothing(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    tx.commit().await.unwrap();
    let again = Db::open(&test.url).await.unwrap();
    let mut tx = again.read().await.unwrap();
    assert_eq!(org::count(&mut tx).await.unwrap(), 4);
}

pub async fn a_newer_database_is_refused(test: TestDb) {
    test.tamper(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT 9999, 'from the future', success, checksum, 0 FROM _sqlx_migrations \
         WHERE version = 1",
    )
    .await;
    let refused = Db::open(&test.url).await.unwrap_err();
    let known = pingyi_storage::known_version();
    assert!(
        matches!(refused, StorageError::NewerDatabase { found: 9999, known: k } if k == known),
        "{refused:?}"
    );
    assert!(refused.to_string().contains("更新版本"));
}

pub async fn a_changed_migration_is_refused(test: TestDb) {
    test.tamper(
        "UPDATE _sqlx_migrations SET checksum = (SELECT checksum FROM _sqlx_migrations \
         WHERE version = 2) WHERE version = 1",
    )
    .await;
    let refused = Db::open(&test.url).await.unwrap_err();
    assert!(
        matches!(refused, StorageError::ChangedMigration(1)),
        "{refused:?}"
    );
}
