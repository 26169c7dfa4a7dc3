use jiff::civil::date;
use pingyi_domain::facts::StudyFacts;
use pingyi_domain::ids::{MemberId, StudyId};
use pingyi_domain::meeting::{Attendance, Due, ExclusionReason, MeetingState, Presence, Role};
use pingyi_storage::study::{self, Makeup, Session};
use pingyi_storage::{Tx, attendance, facts, meeting, member};
use uuid::Uuid;

use crate::campaign_seed::{self, CAMPAIGN, Size, a_meeting, branch_id, meeting_id, unit_id};
use crate::engines::TestDb;
use crate::seed::NOW;

const SIZE: Size = Size {
    units: 1,
    branches: 2,
    members: 4,
};

async fn ready(test: &TestDb) -> (Tx, Vec<MemberId>) {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    let members = member::list(&mut tx, branch_id(0)).await.unwrap();
    (tx, members.into_iter().map(|m| m.id).collect())
}

fn a_session(n: u128, day: i8) -> Session {
    Session {
        id: StudyId(Uuid::from_u128(0x9000 + n)),
        campaign_id: CAMPAIGN,
        branch_id: branch_id(0),
        held_on: date(2015, 8, day),
        place: "三楼会议室".into(),
        host: "王建国".into(),
        note: None,
        entered_at: NOW,
    }
}

fn keys(items: &[&str]) -> Vec<String> {
    items.iter().map(|&item| item.to_owned()).collect()
}

async fn known(tx: &mut Tx) -> StudyFacts {
    let unit = facts::load_unit(tx, CAMPAIGN, unit_id(0)).await.unwrap();
    unit.unwrap().branches[0].records.study.clone()
}

pub async fn a_session_round_trips_and_can_be_taken_out(test: TestDb) {
    let (mut tx, members) = ready(&test).await;
    let mut session = a_session(1, 20);
    let there: Vec<_> = members.iter().map(|m| (*m, true)).collect();
    study::insert(&mut tx, &session, &keys(&["b", "a"]), &there)
        .await
        .unwrap();
    session.note = Some("读原文".into());
    session.held_on = date(2015, 8, 21);
    study::update(&mut tx, &session, &keys(&["a"]), &there[..2])
        .await
        .unwrap();
    let stored = study::get(&mut tx, CAMPAIGN, branch_id(0), session.id).await;
    assert_eq!(stored.unwrap(), Some(session.clone()));
    let other = study::get(&mut tx, CAMPAIGN, branch_id(1), session.id).await;
    assert_eq!(other.unwrap(), None, "another branch's");
    let list = study::list(&mut tx, CAMPAIGN, branch_id(0)).await.unwrap();
    assert_eq!(list, [session.clone()]);
    let items = study::items(&mut tx, CAMPAIGN, branch_id(0)).await.unwrap();
    assert_eq!(items.len(), 1);
    let who = study::attendance(&mut tx, CAMPAIGN, branch_id(0)).await;
    assert_eq!(who.unwrap().len(), 2);
    study::delete(&mut tx, session.id).await.unwrap();
    assert_eq!(known(&mut tx).await, StudyFacts::default());
}

pub async fn a_member_is_behind_until_made_up_or_excluded(test: TestDb) {
    let (mut tx, members) = ready(&test).await;
    let there: Vec<_> = members.iter().map(|m| (*m, *m != members[3])).collect();
    study::insert(&mut tx, &a_session(1, 20), &keys(&["a", "b"]), &there)
        .await
        .unwrap();
    let facts = known(&mut tx).await;
    assert_eq!((facts.sessions, facts.due(), facts.behind(2)), (1, 4, 1));
    assert_eq!(facts.covered, ["a", "b"]);

    let makeup = Makeup {
        member: members[3],
        item: "a".into(),
        done_on: date(2015, 8, 22),
        how: "自学原文".into(),
        entered_at: NOW,
    };
    study::insert_makeup(&mut tx, CAMPAIGN, &makeup)
        .await
        .unwrap();
    assert_eq!(known(&mut tx).await.behind(2), 1);
    let done = study::done_by_member(&mut tx, CAMPAIGN, members[3]).await;
    assert_eq!(done.unwrap(), ["a"]);
    let all = study::studied(&mut tx, CAMPAIGN, branch_id(0))
        .await
        .unwrap();
    assert_eq!(all.len(), 7);
    let listed = study::makeups(&mut tx, CAMPAIGN, branch_id(0)).await;
    assert_eq!(listed.unwrap(), [makeup]);

    meeting::insert(&mut tx, &a_meeting(0, branch_id(0), MeetingState::Open))
        .await
        .unwrap();
    let away = Attendance {
        member: members[3],
        due: Due::Excluded {
            reason: ExclusionReason::Abroad,
            approver: "机关党委".into(),
            on: date(2015, 8, 1),
        },
        presence: Presence::Absent {
            reason: String::new(),
        },
        role: Role::Member,
    };
    attendance::set(&mut tx, meeting_id(0), &[away])
        .await
        .unwrap();
    let facts = known(&mut tx).await;
    assert_eq!((facts.due(), facts.behind(2)), (3, 0));
}

pub async fn a_session_after_the_meeting_does_not_count(test: TestDb) {
    let (mut tx, _) = ready(&test).await;
    let mut held = a_meeting(0, branch_id(0), MeetingState::Open);
    held.held_on = Some(date(2015, 8, 20));
    meeting::insert(&mut tx, &held).await.unwrap();
    study::insert(&mut tx, &a_session(1, 21), &keys(&["a"]), &[])
        .await
        .unwrap();
    let facts = known(&mut tx).await;
    assert_eq!((facts.sessions, facts.covered.len()), (0, 0));
    study::insert(&mut tx, &a_session(2, 20), &keys(&["a"]), &[])
        .await
        .unwrap();
    assert_eq!(known(&mut tx).await.covered, ["a"]);
}
