use pingyi_domain::facts::SpeechFacts;
use pingyi_domain::meeting::{Due, ExclusionReason, MeetingState, Presence};
use pingyi_storage::criticism::{self, Criticism};
use pingyi_storage::speech::{self, Speech};
use pingyi_storage::{StorageError, Tx, attendance, facts, meeting, talk};

use crate::campaign_seed::{
    self, CAMPAIGN, Size, a_meeting, attendance_of, branch_id, meeting_id, unit_id,
};
use crate::engines::TestDb;
use crate::seed::member_id;
use crate::talks::a_talk;

/// Branch 0 has members 0 (secretary) to 5; 4 is absent, 5 not due.
const SIZE: Size = Size {
    units: 1,
    branches: 1,
    members: 6,
};

async fn opened(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    meeting::insert(&mut tx, &a_meeting(0, branch_id(0), MeetingState::Open))
        .await
        .unwrap();
    let mut list = attendance_of(SIZE, 0);
    for line in &mut list {
        (line.due, line.presence) = (Due::Yes, Presence::Present);
        if line.member == member_id(4) || line.member == member_id(5) {
            line.presence = Presence::Absent {
                reason: "出差".into(),
            };
        }
        if line.member == member_id(5) {
            line.due = Due::Excluded {
                reason: ExclusionReason::Abroad,
                approver: "赵六".into(),
                on: jiff::civil::date(2015, 8, 1),
            };
        }
    }
    attendance::set(&mut tx, meeting_id(0), &list)
        .await
        .unwrap();
    tx
}

fn speech_of(n: u128, views: &[&str]) -> Speech {
    Speech {
        member: member_id(n),
        words: format!("党员{n}的自我批评"),
        views: views
            .iter()
            .map(|v| ((*v).into(), "宗旨意识".into()))
            .collect(),
        written: n == 4,
        reader: (n == 4).then(|| member_id(1)),
    }
}

fn said(from: u128, to: u128) -> Criticism {
    Criticism {
        from: member_id(from),
        to: member_id(to),
        words: "工作抓得不紧".into(),
        answer: (to == 1).then(|| "接受".into()),
    }
}

async fn counted(tx: &mut Tx) -> SpeechFacts {
    let unit = facts::load_unit(tx, CAMPAIGN, unit_id(0)).await.unwrap();
    unit.unwrap().branches[0].records.speeches.clone()
}

pub async fn speeches_round_trip_in_the_order_of_speaking(test: TestDb) {
    let mut tx = opened(&test).await;
    let first = [speech_of(2, &[]), speech_of(0, &["life", "world"])];
    speech::set(&mut tx, meeting_id(0), &first).await.unwrap();
    assert_eq!(speech::list(&mut tx, meeting_id(0)).await.unwrap(), first);
    let again = [
        speech_of(0, &["values"]),
        speech_of(2, &[]),
        speech_of(4, &[]),
    ];
    speech::set(&mut tx, meeting_id(0), &again).await.unwrap();
    assert_eq!(speech::list(&mut tx, meeting_id(0)).await.unwrap(), again);
}

pub async fn criticisms_round_trip_and_two_people_have_one_line(test: TestDb) {
    let mut tx = opened(&test).await;
    let all = [said(0, 1), said(1, 0), said(2, 1)];
    criticism::set(&mut tx, meeting_id(0), &all).await.unwrap();
    criticism::set(&mut tx, meeting_id(0), &all).await.unwrap();
    assert_eq!(criticism::list(&mut tx, meeting_id(0)).await.unwrap(), all);
    let twice = criticism::set(&mut tx, meeting_id(0), &[said(0, 1), said(0, 1)]).await;
    assert!(matches!(twice, Err(StorageError::Duplicate { .. })));
}

pub async fn what_was_said_is_counted_by_who_was_expected(test: TestDb) {
    let mut tx = opened(&test).await;
    assert_eq!(counted(&mut tx).await, SpeechFacts::default());
    // Member 5 is not due: a speech of theirs is kept and fills nobody's place.
    let speeches = [
        speech_of(0, &["world"]),
        speech_of(1, &[]),
        speech_of(4, &["life", "values"]),
        speech_of(5, &["world"]),
    ];
    speech::set(&mut tx, meeting_id(0), &speeches)
        .await
        .unwrap();
    // 1 was told by the secretary and by 2 and had talked with 2; 2 had talked with nobody.
    let all = [said(0, 1), said(2, 1), said(1, 2), said(3, 0), said(0, 4)];
    criticism::set(&mut tx, meeting_id(0), &all).await.unwrap();
    talk::insert(&mut tx, &a_talk(1, 1, 2)).await.unwrap();
    let mut late = a_talk(2, 0, 3);
    late.entry.held_on = jiff::civil::date(2015, 8, 21);
    talk::insert(&mut tx, &late).await.unwrap();
    assert_eq!(
        counted(&mut tx).await,
        SpeechFacts {
            spoken: 3,
            examined: 2,
            // 0, 1 and 2: member 4 was not there to be criticised face to face.
            criticised: 3,
            // The talk of 0 and 3 came after the meeting of 20 August.
            exchanged: 2,
            by_secretary: 1,
        }
    );
}
