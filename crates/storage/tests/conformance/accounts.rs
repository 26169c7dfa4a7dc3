use pingyi_domain::time::UnixTime;
use pingyi_storage::account::AccountStatus;
use pingyi_storage::activation::Activation;
use pingyi_storage::grant::Grant;
use pingyi_storage::session::Session;
use pingyi_storage::{StorageError, account, activation, grant, member, session};

use crate::engines::TestDb;
use crate::seed::{self, NOW, UNIT, account_id, an_account};

pub async fn an_account_round_trips(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    member::insert(&mut tx, &seed::a_member(1, seed::BRANCH))
        .await
        .unwrap();
    let mut account = an_account(1);
    account::insert(&mut tx, &account).await.unwrap();
    assert_eq!(
        account::get(&mut tx, account.id).await.unwrap(),
        Some(account.clone())
    );

    account.member_id = Some(seed::member_id(1));
    account.password_hash = Some("$argon2id$…".into());
    account.password_changed_at = Some(NOW);
    account.failed_count = 4;
    account.locked_until = Some(UnixTime(NOW.0 + 600));
    account.status = AccountStatus::Active;
    account::update(&mut tx, &account).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.db.read().await.unwrap();
    assert_eq!(
        account::find(&mut tx, "user1").await.unwrap(),
        Some(account.clone())
    );
    let found = account::find_by_member(&mut tx, seed::member_id(1))
        .await
        .unwrap();
    assert_eq!(found, Some(account.clone()));
    assert_eq!(account::list(&mut tx).await.unwrap(), [account]);
    assert_eq!(account::count(&mut tx).await.unwrap(), 1);
}

pub async fn a_login_is_unique(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    account::insert(&mut tx, &an_account(1)).await.unwrap();
    let mut second = an_account(2);
    second.login = "user1".into();
    let refused = account::insert(&mut tx, &second).await.unwrap_err();
    assert!(matches!(refused, StorageError::Duplicate { key } if key == "account_login"));
}

pub async fn a_grant_is_given_once_and_withdrawn(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    account::insert(&mut tx, &an_account(1)).await.unwrap();
    let scoped = Grant {
        account_id: account_id(1),
        role: "unit_clerk".into(),
        org_id: Some(UNIT),
        given_at: NOW,
    };
    let everywhere = Grant {
        org_id: None,
        role: "audit_admin".into(),
        ..scoped.clone()
    };
    grant::insert(&mut tx, &scoped).await.unwrap();
    grant::insert(&mut tx, &everywhere).await.unwrap();
    tx.commit().await.unwrap();

    for again in [&scoped, &everywhere] {
        let mut tx = test.db.begin().await.unwrap();
        let refused = grant::insert(&mut tx, again).await.unwrap_err();
        assert!(
            matches!(refused, StorageError::Duplicate { .. }),
            "{refused:?}"
        );
    }

    let mut tx = test.db.begin().await.unwrap();
    assert_eq!(
        grant::list(&mut tx, account_id(1)).await.unwrap(),
        [everywhere, scoped]
    );
    grant::delete(&mut tx, account_id(1), "audit_admin", None)
        .await
        .unwrap();
    grant::delete(&mut tx, account_id(1), "unit_clerk", Some(UNIT))
        .await
        .unwrap();
    assert!(grant::list_all(&mut tx).await.unwrap().is_empty());
}

pub async fn a_code_is_used_once_and_not_after_its_time(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    account::insert(&mut tx, &an_account(1)).await.unwrap();
    let code = |hash: &str| Activation {
        account_id: account_id(1),
        code_hash: hash.into(),
        expires_at: UnixTime(NOW.0 + 60),
        used_at: None,
    };
    activation::insert(&mut tx, &code("first")).await.unwrap();
    activation::insert(&mut tx, &code("second")).await.unwrap();
    // A newer code replaces an older unused one.
    assert_eq!(activation::find(&mut tx, "first").await.unwrap(), None);

    let late = activation::update_used(&mut tx, "second", UnixTime(NOW.0 + 60)).await;
    assert!(matches!(late, Err(StorageError::Stale)));
    activation::update_used(&mut tx, "second", NOW)
        .await
        .unwrap();
    let again = activation::update_used(&mut tx, "second", NOW).await;
    assert!(matches!(again, Err(StorageError::Stale)));
    let used = activation::find(&mut tx, "second").await.unwrap().unwrap();
    assert_eq!(used.used_at, Some(NOW));
}

pub async fn a_session_expires_and_can_be_ended(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    account::insert(&mut tx, &an_account(1)).await.unwrap();
    let signed_in = |token: &str| Session {
        token_hash: token.into(),
        account_id: account_id(1),
        csrf: "csrf".into(),
        created_at: NOW,
        seen_at: NOW,
        expires_at: UnixTime(NOW.0 + 1800),
    };
    for token in ["a", "b", "c"] {
        session::insert(&mut tx, &signed_in(token)).await.unwrap();
    }
    let at = |seconds| UnixTime(NOW.0 + seconds);
    assert_eq!(
        session::find(&mut tx, "a", at(1799)).await.unwrap(),
        Some(signed_in("a"))
    );
    assert_eq!(session::find(&mut tx, "a", at(1800)).await.unwrap(), None);

    session::update_seen(&mut tx, "a", at(1000), at(2800))
        .await
        .unwrap();
    let prolonged = session::find(&mut tx, "a", at(2000))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(prolonged.seen_at, at(1000));

    session::delete(&mut tx, "b").await.unwrap();
    assert_eq!(session::find(&mut tx, "b", NOW).await.unwrap(), None);
    assert_eq!(session::delete_expired(&mut tx, at(1800)).await.unwrap(), 1);
    assert_eq!(
        session::delete_of_account(&mut tx, account_id(1))
            .await
            .unwrap(),
        1
    );
}
