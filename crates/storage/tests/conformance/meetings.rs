use pingyi_domain::appraisal::RoundState;
use pingyi_domain::count::Count;
use pingyi_domain::entry::Entry;
use pingyi_domain::meeting::{Basis, Envoy, FirstToSpeak, MeetingState};
use pingyi_domain::plan::PlanState;
use pingyi_domain::time::UnixTime;
use pingyi_storage::count_entry::{self, CountEntry};
use pingyi_storage::determination::{self, Determination};
use pingyi_storage::observer::{self, Observer};
use pingyi_storage::official::{self, OfficialRole, RoundOfficial};
use pingyi_storage::{StorageError, Tx, attendance, count, meeting, plan, round, subject};

use crate::campaign_seed::{
    self, CAMPAIGN, Size, a_meeting, a_plan, a_round, attendance_of, branch_id, count_of, plan_id,
    round_id, subjects_of, unit_id,
};
use crate::engines::TestDb;
use crate::seed::{NOW, ROOT, account_id, member_id};

const SIZE: Size = Size {
    units: 1,
    branches: 2,
    members: 20,
};

async fn ready(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    tx
}

/// A meeting with one round and its list.
async fn with_round(test: &TestDb) -> Tx {
    let mut tx = ready(test).await;
    let held = a_meeting(0, branch_id(0), MeetingState::CriticismDone);
    meeting::insert(&mut tx, &held).await.unwrap();
    round::insert(&mut tx, &a_round(0, 1, RoundState::Open))
        .await
        .unwrap();
    subject::set(&mut tx, round_id(0, 1), &subjects_of(SIZE, 0))
        .await
        .unwrap();
    tx
}

pub async fn a_meeting_round_trips_step_by_step(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut held = a_meeting(0, branch_id(0), MeetingState::Planned);
    meeting::insert(&mut tx, &held).await.unwrap();
    assert_eq!(
        meeting::get(&mut tx, held.id).await.unwrap(),
        Some(held.clone())
    );

    let filed = a_plan(0, unit_id(0), PlanState::Filed);
    plan::insert(&mut tx, &filed).await.unwrap();
    held.state = MeetingState::Open;
    held.basis = Some(Basis::FiledPlan {
        plan: plan_id(0),
        version: 1,
    });
    held.first = Some(FirstToSpeak::Secretary);
    held.first_speaker_name = Some("李四".into());
    meeting::update(&mut tx, &held).await.unwrap();
    assert_eq!(
        meeting::find(&mut tx, CAMPAIGN, branch_id(0))
            .await
            .unwrap(),
        Some(held.clone())
    );

    held.state = MeetingState::Closed;
    held.basis = Some(Basis::Override {
        by: account_id(1),
        reason: "时间冲突".into(),
    });
    held.first = Some(FirstToSpeak::Other {
        member: member_id(3),
        reason: "书记出差".into(),
    });
    held.envoy = Some(Envoy {
        name: "赵六".into(),
        org: ROOT,
        comment: "开得好".into(),
    });
    held.envoy_org_name = Some("市直机关工委".into());
    held.minutes = Some(r#"{"self":"…"}"#.into());
    held.criticism_done_at = Some(UnixTime(NOW.0 + 60));
    held.closed_at = Some(UnixTime(NOW.0 + 120));
    meeting::update(&mut tx, &held).await.unwrap();
    assert_eq!(meeting::list(&mut tx, CAMPAIGN).await.unwrap(), [held]);
}

pub async fn a_branch_meets_once_for_a_notice(test: TestDb) {
    let mut tx = ready(&test).await;
    meeting::insert(&mut tx, &a_meeting(0, branch_id(0), MeetingState::Open))
        .await
        .unwrap();
    let twice = a_meeting(1, branch_id(0), MeetingState::Open);
    let refused = meeting::insert(&mut tx, &twice).await.unwrap_err();
    assert!(
        matches!(refused, StorageError::Duplicate { key } if key == "meeting_campaign_id_branch_id")
    );
}

pub async fn attendance_and_observers_round_trip(test: TestDb) {
    let mut tx = ready(&test).await;
    let held = a_meeting(0, branch_id(0), MeetingState::Open);
    meeting::insert(&mut tx, &held).await.unwrap();
    let list = attendance_of(SIZE, 0);
    attendance::set(&mut tx, held.id, &list[..5]).await.unwrap();
    attendance::set(&mut tx, held.id, &list).await.unwrap();
    assert_eq!(attendance::list(&mut tx, held.id).await.unwrap(), list);

    let guests =
        [("钱七", "入党积极分子"), ("孙八", "群众代表")].map(|(name, capacity)| Observer {
            name: name.into(),
            capacity: capacity.into(),
        });
    observer::set(&mut tx, held.id, &guests).await.unwrap();
    assert_eq!(observer::list(&mut tx, held.id).await.unwrap(), guests);
}

pub async fn a_round_round_trips_and_the_newest_not_void_counts(test: TestDb) {
    let mut tx = with_round(&test).await;
    let mut first = a_round(0, 1, RoundState::Voided);
    round::update(&mut tx, &first).await.unwrap();
    let current = round::find_current(&mut tx, first.meeting_id)
        .await
        .unwrap();
    assert_eq!(current, Some(first.clone()));

    let second = a_round(0, 2, RoundState::Prepared);
    round::insert(&mut tx, &second).await.unwrap();
    let mut third = a_round(0, 3, RoundState::Voided);
    third.closed_at = Some(NOW);
    third.signed_on = Some(jiff::civil::date(2015, 8, 20));
    round::insert(&mut tx, &third).await.unwrap();
    let current = round::find_current(&mut tx, first.meeting_id)
        .await
        .unwrap();
    assert_eq!(current.as_ref(), Some(&second));
    let all = round::list(&mut tx, first.meeting_id).await.unwrap();
    assert_eq!(all, [first.clone(), second, third]);

    first.id = round_id(0, 9);
    let refused = round::insert(&mut tx, &first).await.unwrap_err();
    assert!(matches!(refused, StorageError::Duplicate { key } if key == "round_meeting_id_no"));
}

#[expect(clippy::cognitive_complexity, reason = "one story told step by step")]
pub async fn the_list_the_count_and_the_opinions_round_trip(test: TestDb) {
    let mut tx = with_round(&test).await;
    let id = round_id(0, 1);
    let list = subject::list(&mut tx, id).await.unwrap();
    assert_eq!(list, subjects_of(SIZE, 0));

    assert_eq!(count::get(&mut tx, id).await.unwrap(), None);
    let agreed = count_of(&list);
    count::set(&mut tx, id, &agreed).await.unwrap();
    count::set(&mut tx, id, &agreed).await.unwrap();
    assert_eq!(count::get(&mut tx, id).await.unwrap(), Some(agreed.clone()));
    let with_group = Count {
        group: Some(agreed.rows[0].clone()),
        ..agreed.clone()
    };
    for one in [&with_group, &agreed, &with_group] {
        count::set(&mut tx, id, one).await.unwrap();
        assert_eq!(count::get(&mut tx, id).await.unwrap().as_ref(), Some(one));
    }
    let mut short = agreed;
    short.rows.pop();
    let refused = count::set(&mut tx, id, &short).await.unwrap_err();
    assert!(matches!(refused, StorageError::BadValue { .. }));

    let opinions =
        [(1, Some("good"), None), (9, None, Some("流动党员"))].map(|(seq, grade, why)| {
            let decided_on = jiff::civil::date(2015, 8, 21);
            let (grade, ungraded_reason) = (grade.map(str::to_owned), why.map(str::to_owned));
            Determination {
                seq,
                grade,
                ungraded_reason,
                note: "备注".into(),
                decided_on,
            }
        });
    determination::set(&mut tx, id, &opinions).await.unwrap();
    assert_eq!(determination::list(&mut tx, id).await.unwrap(), opinions);

    let officials = [
        (OfficialRole::Scrutineer, None),
        (OfficialRole::Teller, Some(member_id(2))),
    ]
    .map(|(role, member_id)| {
        let (name, org_name) = ("赵六".into(), "市直机关工委".into());
        RoundOfficial {
            role,
            name,
            org_name,
            member_id,
        }
    });
    official::set(&mut tx, id, &officials).await.unwrap();
    assert_eq!(official::list(&mut tx, id).await.unwrap(), officials);
}

pub async fn opinions_only_on_listed_members(test: TestDb) {
    let mut tx = with_round(&test).await;
    let stranger = Determination {
        seq: 99,
        grade: Some("good".into()),
        ungraded_reason: None,
        note: String::new(),
        decided_on: jiff::civil::date(2015, 8, 21),
    };
    let refused = determination::set(&mut tx, round_id(0, 1), &[stranger])
        .await
        .unwrap_err();
    assert!(matches!(refused, StorageError::Dangling));
}

pub async fn second_teller_must_differ_from_first(test: TestDb) {
    let mut tx = with_round(&test).await;
    let id = round_id(0, 1);
    let typed = |slot, account| CountEntry {
        slot,
        entry: Entry {
            by: account_id(account),
            count: count_of(&subjects_of(SIZE, 0)),
        },
        by_name: format!("用户{account}"),
        entered_at: NOW,
    };
    let (mut first, second) = (typed(1, 1), typed(2, 2));
    count_entry::insert(&mut tx, id, &first).await.unwrap();
    count_entry::insert(&mut tx, id, &second).await.unwrap();
    first.entry.count.invalid = 2;
    first.entered_at = UnixTime(NOW.0 + 9);
    count_entry::update(&mut tx, id, &first).await.unwrap();
    // Nobody writes into the other's slot.
    let other = count_entry::update(&mut tx, id, &typed(1, 2)).await;
    assert!(matches!(other, Err(StorageError::Stale)));
    assert_eq!(
        count_entry::list(&mut tx, id).await.unwrap(),
        [first.clone(), second]
    );
    count_entry::delete(&mut tx, id).await.unwrap();

    count_entry::insert(&mut tx, id, &first).await.unwrap();
    let refused = count_entry::insert(&mut tx, id, &typed(2, 1))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, StorageError::Duplicate { key } if key == "count_entry_round_id_account_id")
    );
}

pub async fn there_is_no_third_teller(test: TestDb) {
    let mut tx = with_round(&test).await;
    let third = CountEntry {
        slot: 3,
        entry: Entry {
            by: account_id(1),
            count: count_of(&subjects_of(SIZE, 0)),
        },
        by_name: "用户1".into(),
        entered_at: NOW,
    };
    let refused = count_entry::insert(&mut tx, round_id(0, 1), &third)
        .await
        .unwrap_err();
    assert!(matches!(refused, StorageError::Refused(_)), "{refused:?}");
}
