//! What two people destroyed is told nowhere, and its bytes are gone. // docs/DOMAIN.md §3.6

use std::path::PathBuf;

use pingyi_domain::ids::OpinionId;
use pingyi_domain::meeting::MeetingState;
use pingyi_domain::opinion::{Given, Handling, Source};
use pingyi_domain::results::Kind;
use pingyi_domain::talk::Matter;
use pingyi_storage::criticism::{self, Criticism};
use pingyi_storage::destruction;
use pingyi_storage::feedback::DESTROYED;
use pingyi_storage::problem_list::ProblemList;
use pingyi_storage::speech::{self, Speech};
use pingyi_storage::{Tx, measure, meeting, opinion, problem_list, settle, talk};
use uuid::Uuid;

use crate::campaign_seed::{self, CAMPAIGN, Size, a_meeting, branch_id, meeting_id};
use crate::engines::TestDb;
use crate::lists::{a_list, a_version};
use crate::opinions::an_activity;
use crate::seed::member_id;
use crate::talks::a_talk;

const SIZE: Size = Size {
    units: 1,
    branches: 2,
    members: 6,
};

const SECRET: &str = "只有当事人知道的话";

/// Kinds with texts, and in how many rows of the seed.
const TEXTS: [(Kind, u32); 4] = [
    (Kind::Talks, 1),
    (Kind::Opinions, 1),
    (Kind::Lists, 3),
    (Kind::Speeches, 3),
];

/// Every private text there is before the opinions of an appraisal, in branch 0.
async fn said(test: &TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    let mut held = a_talk(1, 0, 2);
    held.gist.problem = Some(SECRET.into());
    held.matter = Matter::Open {
        what: SECRET.into(),
    };
    talk::insert(&mut tx, &held).await.unwrap();
    heard(&mut tx).await;
    listed(&mut tx).await;
    spoken(&mut tx).await;
    tx.commit().await.unwrap();
}

async fn heard(tx: &mut Tx) {
    let activity = an_activity(1, Source::Masses);
    opinion::insert_activity(tx, &activity).await.unwrap();
    let given = Given {
        id: OpinionId(Uuid::from_u128(0x9300)),
        about: Some(member_id(2)),
        text: SECRET.into(),
    };
    opinion::insert(tx, activity.id, &[given]).await.unwrap();
    for mut one in opinion::list(tx, CAMPAIGN, branch_id(0)).await.unwrap() {
        one.handling = Some(Handling::Explained);
        one.handling_note = Some(SECRET.into());
        opinion::update(tx, &one).await.unwrap();
    }
}

/// Two versions and one measure.
async fn listed(tx: &mut Tx) {
    let list = ProblemList {
        branch_id: branch_id(0),
        ..a_list(1)
    };
    problem_list::insert(tx, &list).await.unwrap();
    for n in [1, 2] {
        let mut version = a_version(&list, n);
        version.content.items[0].fact = SECRET.into();
        version.content.items[0].cause = SECRET.into();
        version.comment = Some(SECRET.into());
        problem_list::insert_version(tx, &version).await.unwrap();
        if n == 1 {
            measure::sync(tx, &list, &version.content.items)
                .await
                .unwrap();
        }
    }
}

async fn spoken(tx: &mut Tx) {
    let held = a_meeting(0, branch_id(0), MeetingState::Closed);
    meeting::insert(tx, &held).await.unwrap();
    let speech = Speech {
        member: member_id(1),
        words: SECRET.into(),
        views: vec![("world".into(), SECRET.into())],
        written: false,
        reader: None,
    };
    speech::set(tx, held.id, &[speech]).await.unwrap();
    let criticism = Criticism {
        from: member_id(1),
        to: member_id(2),
        words: SECRET.into(),
        answer: Some(SECRET.into()),
    };
    criticism::set(tx, held.id, &[criticism]).await.unwrap();
}

pub async fn every_private_text_of_a_branch_is_erased(test: TestDb) {
    said(&test).await;
    let mut tx = test.db.begin().await.unwrap();
    for (kind, rows) in TEXTS {
        let other = destruction::erase(&mut tx, CAMPAIGN, branch_id(1), kind).await;
        assert_eq!(other.unwrap(), 0, "another branch keeps its {kind:?}");
        let own = destruction::erase(&mut tx, CAMPAIGN, branch_id(0), kind).await;
        assert_eq!(own.unwrap(), rows, "{kind:?}");
        let again = destruction::erase(&mut tx, CAMPAIGN, branch_id(0), kind).await;
        assert_eq!(again.unwrap(), 0, "{kind:?} are gone once");
    }
    what_stays(&mut tx).await;
}

/// Days, counts and the ledger's words.
async fn what_stays(tx: &mut Tx) {
    let talks = talk::list(tx, CAMPAIGN, branch_id(0)).await.unwrap();
    assert_eq!(
        (talks.len(), talks[0].written, talks[0].raised),
        (1, false, false)
    );
    let opinions = opinion::list(tx, CAMPAIGN, branch_id(0)).await.unwrap();
    assert_eq!(opinions[0].text, DESTROYED);
    assert_eq!(
        (opinions[0].about_id, opinions[0].handling),
        (None, Some(Handling::Explained))
    );
    let speeches = speech::list(tx, meeting_id(0)).await.unwrap();
    assert_eq!(speeches[0].words, DESTROYED);
    let list = a_list(1);
    let versions = problem_list::list_versions(tx, list.id).await.unwrap();
    assert!(
        versions
            .iter()
            .all(|v| v.content.items.is_empty() && v.handed_at.is_some())
    );
    let item = a_version(&list, 1).content.items.remove(0);
    let kept = measure::get(tx, item.id).await.unwrap().unwrap();
    assert_eq!(
        (kept.problem.as_str(), kept.words),
        (DESTROYED, item.measure)
    );
}

pub async fn destroyed_words_are_nowhere_in_the_file(test: TestDb) {
    let Some(path) = test.url.strip_prefix("sqlite:").map(PathBuf::from) else {
        return;
    };
    said(&test).await;
    settle::texts(&test.db).await.unwrap();
    let is_there = || {
        ["", "-wal"].iter().any(|suffix| {
            let file = std::fs::read(format!("{}{suffix}", path.display())).unwrap_or_default();
            file.windows(SECRET.len())
                .any(|found| found == SECRET.as_bytes())
        })
    };
    assert!(is_there());
    let mut tx = test.db.begin().await.unwrap();
    for (kind, _) in TEXTS {
        destruction::erase(&mut tx, CAMPAIGN, branch_id(0), kind)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    settle::texts(&test.db).await.unwrap();
    assert!(!is_there());
}
