//! Tokens of other systems, on both engines.

use jiff::civil::date;
use pingyi_domain::ids::{ApiTokenId, OrgId};
use pingyi_domain::time::UnixTime;
use pingyi_storage::api_token::{self, ApiToken};
use pingyi_storage::{StorageError, Tx};
use uuid::Uuid;

use crate::campaign_seed::{self, Size, unit_id};
use crate::engines::TestDb;
use crate::seed::NOW;

async fn ready(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    let size = Size {
        units: 2,
        branches: 2,
        members: 4,
    };
    campaign_seed::roster_of(&mut tx, size).await;
    tx
}

fn token(n: u128, org: OrgId) -> ApiToken {
    ApiToken {
        id: ApiTokenId(Uuid::from_u128(n)),
        org_id: org,
        name: "单位办公系统".into(),
        token_hash: format!("hash {n}"),
        made_by: "李书记".into(),
        made_at: NOW,
        last_day: date(2015, 12, 31),
        revoked_by: None,
        revoked_at: None,
    }
}

pub async fn a_token_is_found_by_its_hash_and_listed_by_its_scope(test: TestDb) {
    let mut tx = ready(&test).await;
    let all = [
        token(1, unit_id(0)),
        token(2, unit_id(0)),
        token(3, unit_id(1)),
    ];
    for one in &all {
        api_token::insert(&mut tx, one).await.unwrap();
    }
    let found = api_token::find(&mut tx, "hash 2").await.unwrap();
    assert_eq!(found.as_ref(), Some(&all[1]));
    assert_eq!(api_token::find(&mut tx, "hash").await.unwrap(), None);
    let own = api_token::list(&mut tx, unit_id(0)).await.unwrap();
    assert_eq!(own, [all[1].clone(), all[0].clone()]);
    let same = ApiToken {
        id: ApiTokenId(Uuid::from_u128(9)),
        ..all[0].clone()
    };
    let twice = api_token::insert(&mut tx, &same).await.unwrap_err();
    assert!(matches!(twice, StorageError::Duplicate { .. }), "{twice:?}");
}

pub async fn a_token_is_revoked_once(test: TestDb) {
    let mut tx = ready(&test).await;
    let one = token(1, unit_id(0));
    api_token::insert(&mut tx, &one).await.unwrap();
    let at = UnixTime(NOW.0 + 60);
    api_token::revoke(&mut tx, one.id, "周科长", at)
        .await
        .unwrap();
    let found = api_token::find(&mut tx, "hash 1").await.unwrap().unwrap();
    assert_eq!(found.revoked_by.as_deref(), Some("周科长"));
    assert_eq!(found.revoked_at, Some(at));
    let again = api_token::revoke(&mut tx, one.id, "某人", at).await;
    assert!(matches!(again, Err(StorageError::Stale)), "{again:?}");
}
