use pingyi_storage::audit::{Break, Event, Object};
use pingyi_storage::{Db, StorageError, backup, check, org};
use serde_json::json;

use crate::engines::TestDb;
use crate::seed::{self, NOW, actor};

async fn seeded(test: &TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    tx.audit(&actor(), NOW, Event::SetupDone, Object::System, json!({}))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

pub async fn a_backup_opens_like_the_original(test: TestDb) {
    seeded(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("备份 1.db");
    let copied = backup::to_file(&test.db, &path).await;
    if test.url.starts_with("postgres") {
        assert!(matches!(copied, Err(StorageError::UsePgDump)));
        return;
    }
    copied.unwrap();
    assert_private(&path);
    let again = backup::to_file(&test.db, &path).await;
    assert!(matches!(again, Err(StorageError::TargetExists(_))));

    let copy = Db::open(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    let mut tx = copy.read().await.unwrap();
    assert_eq!(org::count(&mut tx).await.unwrap(), 4);
    drop(tx);
    assert!(check::check(&copy).await.unwrap().healthy());
}

#[cfg(unix)]
fn assert_private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[cfg(not(unix))]
fn assert_private(_: &std::path::Path) {}

pub async fn the_doctor_finds_what_was_tampered_with(test: TestDb) {
    seeded(&test).await;
    let report = check::check(&test.db).await.unwrap();
    assert!(report.healthy(), "{report:?}");
    assert_eq!(report.chain.good, 1);

    test.tamper("UPDATE audit SET actor_name = '别人'").await;
    let report = check::check(&test.db).await.unwrap();
    assert!(!report.healthy());
    assert_eq!(report.chain.broken, Some(Break::Altered(1)));
}

pub async fn the_doctor_finds_rows_without_a_parent(test: TestDb) {
    if test.url.starts_with("postgres") {
        // There the engine itself never lets it happen.
        return;
    }
    seeded(&test).await;
    test.tamper("PRAGMA foreign_keys = OFF; DELETE FROM org WHERE name = '市水利局机关党委'")
        .await;
    let report = check::check(&test.db).await.unwrap();
    assert_eq!(report.dangling, Some(vec!["org → org".to_owned()]));
    assert!(!report.healthy());
}

pub async fn what_cannot_be_opened_says_why(_: TestDb) {
    let refused = |url: String| async move { Db::open(&url).await.unwrap_err() };
    let error = refused("mysql://root@localhost/x".into()).await;
    assert!(matches!(error, StorageError::BadUrl(_)));
    let error = refused("postgres://nobody@127.0.0.1:1/x".into()).await;
    assert!(matches!(error, StorageError::CannotConnect(_)), "{error:?}");

    let folder = tempfile::tempdir().unwrap();
    let garbage = folder.path().join("garbage.db");
    std::fs::write(&garbage, vec![b'x'; 8192]).unwrap();
    let error = refused(format!("sqlite:{}", garbage.display())).await;
    assert!(matches!(error, StorageError::Corrupt(_)), "{error:?}");
    let error = refused(format!("sqlite:{}", folder.path().display())).await;
    assert!(matches!(error, StorageError::CannotConnect(_)), "{error:?}");
    let error = refused("sqlite:/proc/nowhere/facts.db".into()).await;
    assert!(matches!(error, StorageError::CannotConnect(_)), "{error:?}");
}

pub async fn an_in_memory_database_works_like_a_file(_: TestDb) {
    let db = Db::open("sqlite::memory:").await.unwrap();
    let mut tx = db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    tx.commit().await.unwrap();
    let mut tx = db.read().await.unwrap();
    assert_eq!(org::count(&mut tx).await.unwrap(), 4);
}

pub async fn a_new_file_and_its_side_files_are_private(test: TestDb) {
    let Some(path) = test.url.strip_prefix("sqlite:") else {
        return;
    };
    seeded(&test).await;
    assert_private(path.as_ref());
    assert_private(format!("{path}-wal").as_ref());
}
