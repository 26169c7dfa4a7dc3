use std::path::{Path, PathBuf};

use jiff::civil::date;
use pingyi_domain::ids::{ActivityId, MemberId, OpinionId};
use pingyi_domain::opinion::{ActivityForm, CollectionState, Given, Handling, Mode, Source};
use pingyi_storage::opinion::Activity;
use pingyi_storage::{Db, StorageError, Tx, facts, member, opinion, opinion_collection, settle};
use uuid::Uuid;

use crate::campaign_seed::{self, CAMPAIGN, Size, branch_id, unit_id};
use crate::engines::TestDb;
use crate::seed::NOW;

const SIZE: Size = Size {
    units: 1,
    branches: 1,
    members: 3,
};

const COLLECTION: ActivityId = ActivityId(Uuid::from_u128(0x9100));

pub fn an_activity(n: u128, source: Source) -> Activity {
    Activity {
        id: ActivityId(Uuid::from_u128(0x9100 + n)),
        campaign_id: CAMPAIGN,
        branch_id: branch_id(0),
        form: ActivityForm::Forum,
        mode: Mode::BackToBack,
        source,
        held_on: date(2015, 8, 20),
        place: "堤防处".into(),
        convenor: "王建国".into(),
        heard: Some(8),
        entered_at: NOW,
    }
}

fn given(n: u128, about: Option<MemberId>) -> Given {
    Given {
        id: OpinionId(Uuid::from_u128(0x9200 + n)),
        about,
        text: format!("第{n}条意见"),
    }
}

async fn ready(db: &Db) -> (Tx, MemberId) {
    let mut tx = db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    let members = member::list(&mut tx, branch_id(0)).await.unwrap();
    (tx, members[0].id)
}

pub async fn activities_and_opinions_are_told_as_counts(test: TestDb) {
    let (mut tx, who) = ready(&test.db).await;
    for (n, source) in [(1, Source::Members), (2, Source::Served)] {
        let activity = an_activity(n, source);
        opinion::insert_activity(&mut tx, &activity).await.unwrap();
    }
    let first = an_activity(1, Source::Members).id;
    let list = [given(2, Some(who)), given(1, None), given(3, Some(who))];
    opinion::insert(&mut tx, first, &list).await.unwrap();
    let about = opinion::list_about(&mut tx, CAMPAIGN, who).await.unwrap();
    assert_eq!(about.len(), 2);
    let mut answered = about[0].clone();
    answered.handling = Some(Handling::Explained);
    answered.handling_note = Some("已当面说明".into());
    opinion::update(&mut tx, &answered).await.unwrap();
    let read = opinion::get(&mut tx, CAMPAIGN, branch_id(0), answered.id).await;
    assert_eq!(read.unwrap(), Some(answered));

    let unit = facts::load_unit(&mut tx, CAMPAIGN, unit_id(0)).await;
    let known = unit.unwrap().unwrap().branches[0].records.opinions.clone();
    assert_eq!((known.activities, known.outside), (2, 1));
    assert_eq!(
        (known.opinions, known.unanswered, known.collecting),
        (3, 2, 0)
    );
    let tallies = opinion::tallies(&mut tx, CAMPAIGN, branch_id(0))
        .await
        .unwrap();
    let counts: Vec<_> = tallies
        .iter()
        .map(|t| (t.about, t.opinions, t.unanswered))
        .collect();
    assert_eq!(counts, [(None, 1, 1), (Some(who), 2, 1)]);
    assert_eq!(
        opinion::list(&mut tx, CAMPAIGN, branch_id(0))
            .await
            .unwrap()
            .len(),
        3
    );
}

pub async fn an_envelope_is_passed_on_one_by_one_and_opened_once(test: TestDb) {
    let (mut tx, _) = ready(&test.db).await;
    let activity = an_activity(0, Source::Masses);
    opinion::insert_activity(&mut tx, &activity).await.unwrap();
    opinion_collection::insert(&mut tx, COLLECTION, "hash", date(2015, 9, 1))
        .await
        .unwrap();
    opinion_collection::receive(&mut tx, COLLECTION, vec![1; 9], 1)
        .await
        .unwrap();
    let twice = opinion_collection::receive(&mut tx, COLLECTION, vec![2; 9], 1).await;
    assert!(matches!(twice, Err(StorageError::Stale)));
    let found = opinion_collection::find(&mut tx, "hash")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((found.received, found.envelope), (1, vec![1; 9]));

    let today = date(2015, 9, 2);
    let all = [given(2, None), given(1, None)];
    opinion_collection::close(&mut tx, COLLECTION, today, &all)
        .await
        .unwrap();
    let late = opinion_collection::receive(&mut tx, COLLECTION, vec![2; 9], 2).await;
    assert!(matches!(late, Err(StorageError::Stale)));
    let again = opinion_collection::close(&mut tx, COLLECTION, today, &all).await;
    assert!(matches!(again, Err(StorageError::Stale)));
    let found = opinion_collection::get(&mut tx, COLLECTION)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.state, CollectionState::Closed);
    assert!(found.envelope.is_empty());
}

/// The same opinions in this order; what an envelope holds is sorted, so here stands its size.
async fn collect(path: &Path, order: &[u128]) -> Vec<u8> {
    let db = Db::open(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    for (before, _) in order.iter().enumerate() {
        let received = u32::try_from(before).unwrap() + 1;
        let mut tx = db.begin().await.unwrap();
        opinion_collection::receive(&mut tx, COLLECTION, vec![7; 16_384], received)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let all: Vec<Given> = order.iter().map(|n| given(*n, None)).collect();
    let mut tx = db.begin().await.unwrap();
    opinion_collection::close(&mut tx, COLLECTION, date(2015, 9, 2), &all)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    settle::collections(&db).await.unwrap();
    db.close().await;
    std::fs::read(path).unwrap()
}

pub async fn another_order_of_giving_leaves_the_same_file(test: TestDb) {
    let Some(path) = test.url.strip_prefix("sqlite:").map(PathBuf::from) else {
        return;
    };
    let (mut tx, _) = ready(&test.db).await;
    let activity = an_activity(0, Source::Masses);
    opinion::insert_activity(&mut tx, &activity).await.unwrap();
    opinion_collection::insert(&mut tx, COLLECTION, "hash", date(2015, 9, 1))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    settle::collections(&test.db).await.unwrap();
    test.db.close().await;
    let second = PathBuf::from(format!("{}.second", path.display()));
    std::fs::copy(&path, &second).unwrap();

    let order: Vec<u128> = vec![9, 3, 12, 1, 7, 30, 2];
    let backwards: Vec<u128> = order.iter().rev().copied().collect();
    let one = collect(&path, &order).await;
    let two = collect(&second, &backwards).await;
    // Not assert_eq!: it would print megabytes.
    // The first hundred bytes count writes of the file, which a checkpoint may add to.
    assert!(one[100..] == two[100..], "the files differ");
    let place = |n: u128| {
        let text = format!("第{n}条意见").into_bytes();
        one.windows(text.len()).position(|found| found == text)
    };
    let mut places: Vec<_> = [1, 2, 3, 7, 9, 12, 30].map(place).to_vec();
    assert!(places.iter().all(Option::is_some));
    // SQLite fills a page from its end.
    places.reverse();
    assert!(places.is_sorted(), "rows lie in the order of their ids");
}
