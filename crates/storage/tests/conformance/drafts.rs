use pingyi_domain::ids::CampaignId;
use pingyi_domain::time::UnixTime;
use pingyi_storage::StorageError;
use pingyi_storage::notice_draft::{self, NoticeDraft};
use uuid::Uuid;

use crate::engines::TestDb;
use crate::seed::NOW;

fn a_draft(n: u128, slug: &str) -> NoticeDraft {
    NoticeDraft {
        id: CampaignId(Uuid::from_u128(0xD0 + n)),
        slug: slug.into(),
        number: "示直工发〔2026〕1号".into(),
        title: "关于召开组织生活会的通知".into(),
        text: "# 说明\nslug = \"a\"\n".into(),
        version: 1,
        saved_at: UnixTime(NOW.0 + i64::try_from(n).unwrap()),
        saved_by: "周科长".into(),
    }
}

pub async fn a_draft_round_trips_and_can_be_thrown_away(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    let mut draft = a_draft(1, "a");
    notice_draft::insert(&mut tx, &draft).await.unwrap();
    draft.version = 2;
    draft.text.push_str("number = \"二\"\n");
    draft.saved_by = "吴科员".into();
    notice_draft::update(&mut tx, &draft).await.unwrap();
    assert_eq!(
        notice_draft::get(&mut tx, draft.id).await.unwrap(),
        Some(draft.clone())
    );
    assert_eq!(
        notice_draft::find(&mut tx, "a").await.unwrap(),
        Some(draft.clone())
    );
    notice_draft::delete(&mut tx, draft.id).await.unwrap();
    assert_eq!(notice_draft::get(&mut tx, draft.id).await.unwrap(), None);
    let gone = notice_draft::update(&mut tx, &draft).await;
    assert!(gone.is_err(), "nobody saves what was thrown away");
}

pub async fn drafts_stand_last_saved_first_and_have_their_own_names(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    for (n, slug) in [(1, "a"), (3, "b"), (2, "c")] {
        notice_draft::insert(&mut tx, &a_draft(n, slug))
            .await
            .unwrap();
    }
    let slugs: Vec<_> = notice_draft::list(&mut tx)
        .await
        .unwrap()
        .into_iter()
        .map(|d| d.slug)
        .collect();
    assert_eq!(slugs, ["b", "c", "a"]);
    let twice = notice_draft::insert(&mut tx, &a_draft(4, "a")).await;
    assert!(
        matches!(twice, Err(StorageError::Duplicate { .. })),
        "{twice:?}"
    );
}
