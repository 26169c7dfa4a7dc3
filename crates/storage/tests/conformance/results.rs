//! Feedback, 公示, use of results and destruction, on both engines.

use jiff::civil::{Date, date};
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::facts::ResultFacts;
use pingyi_domain::ids::{DestructionId, PublicityId};
use pingyi_domain::meeting::MeetingState;
use pingyi_domain::results::{
    Acknowledged, DestructionState, Feedback, Handling, Kind, Manner, Outcome, PublicityState,
};
use pingyi_storage::destruction::{self, StoredDestruction};
use pingyi_storage::determination::{self, Determination};
use pingyi_storage::feedback::{self, DESTROYED, StoredFeedback};
use pingyi_storage::publicity::{self, Publicity, PublicityObjection};
use pingyi_storage::result_use::{self, Commendation, Declined, HelpNote, HelpPlan};
use pingyi_storage::{StorageError, Tx, facts, meeting, platform, round, subject};
use uuid::Uuid;

use crate::campaign_seed::{
    self, CAMPAIGN, Size, a_meeting, a_round, branch_id, round_id, subjects_of, unit_id,
};
use crate::engines::TestDb;
use crate::seed::{NOW, account_id, member_id};

const SIZE: Size = Size {
    units: 1,
    branches: 2,
    members: 8,
};

const DAY: Date = date(2015, 9, 14);

/// A determined round of the first branch: the last of the list is 差.
async fn determined(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    let held = a_meeting(0, branch_id(0), MeetingState::Closed);
    meeting::insert(&mut tx, &held).await.unwrap();
    let round = a_round(0, 1, RoundState::Determined);
    round::insert(&mut tx, &round).await.unwrap();
    let list = subjects_of(SIZE, 0);
    subject::set(&mut tx, round.id, &list).await.unwrap();
    let given: Vec<Determination> = (1..=7).map(opinion).collect();
    determination::set(&mut tx, round.id, &given).await.unwrap();
    tx
}

fn opinion(seq: u32) -> Determination {
    Determination {
        seq,
        grade: Some(if seq == 7 { "poor" } else { "good" }.into()),
        ungraded_reason: None,
        note: String::new(),
        decided_on: if seq == 1 { date(2015, 9, 11) } else { DAY },
    }
}

fn told(seq: u32) -> StoredFeedback {
    StoredFeedback {
        seq,
        feedback: Feedback::told(DAY, "李四（书记）".into(), Manner::InPerson),
        entered_at: NOW,
    }
}

fn answered(seq: u32) -> StoredFeedback {
    let said = told(seq).feedback.acknowledge(Acknowledged::Own, DAY);
    let objected = said.unwrap().object("不同意".into(), DAY).unwrap();
    let handling = Handling {
        text: "复核后维持".into(),
        by: "李四".into(),
        on: date(2015, 9, 15),
        outcome: Outcome::Upheld,
    };
    StoredFeedback {
        feedback: objected.handle(handling).unwrap(),
        ..told(seq)
    }
}

fn a_publicity(no: u32, state: PublicityState) -> Publicity {
    Publicity {
        id: PublicityId(Uuid::from_u128(u128::from(no))),
        campaign_id: CAMPAIGN,
        branch_id: branch_id(0),
        round_id: round_id(0, 1),
        no,
        state,
        scope: "支部和单位公示栏".into(),
        opening: "现予公示".into(),
        channel: "党办 0715-8126000".into(),
        from_on: DAY,
        to_on: date(2015, 9, 18),
        drafted_by: account_id(1),
        drafted_by_name: "用户1".into(),
        drafted_at: NOW,
        approved_by: None,
        approved_by_name: None,
        approved_at: None,
        posted_at: None,
        ended_at: None,
        withdrawn_at: None,
        withdrawn_reason: None,
        snapshot: None,
    }
}

async fn facts_of(tx: &mut Tx) -> ResultFacts {
    let unit = facts::load_branch(tx, CAMPAIGN, unit_id(0), branch_id(0))
        .await
        .unwrap()
        .unwrap();
    unit.branches[0].records.results.clone()
}

pub async fn feedback_round_trips_with_its_answer(test: TestDb) {
    let mut tx = determined(&test).await;
    let round = round_id(0, 1);
    for one in [told(1), told(2)] {
        feedback::insert(&mut tx, round, &one).await.unwrap();
    }
    feedback::update(&mut tx, round, &answered(2))
        .await
        .unwrap();
    let all = feedback::list(&mut tx, round).await.unwrap();
    assert_eq!(all, [told(1), answered(2)]);
    let twice = feedback::insert(&mut tx, round, &told(1))
        .await
        .unwrap_err();
    assert!(matches!(twice, StorageError::Duplicate { .. }), "{twice:?}");
}

async fn own_of(tx: &mut Tx) -> Option<feedback::Own> {
    feedback::of_member(tx, (CAMPAIGN, branch_id(0)), member_id(6))
        .await
        .unwrap()
}

pub async fn a_member_finds_the_own_result_only(test: TestDb) {
    let mut tx = determined(&test).await;
    let own = own_of(&mut tx).await.unwrap();
    assert_eq!((own.seq, own.grade.as_deref()), (7, Some("poor")));
    assert_eq!(own.feedback, None);
    feedback::insert(&mut tx, own.round_id, &told(7))
        .await
        .unwrap();
    feedback::insert(&mut tx, own.round_id, &told(1))
        .await
        .unwrap();
    let own = own_of(&mut tx).await.unwrap();
    assert_eq!(own.feedback, Some(told(7)));
    let elsewhere = feedback::of_member(&mut tx, (CAMPAIGN, branch_id(1)), member_id(6)).await;
    assert_eq!(elsewhere.unwrap(), None);
}

pub async fn an_opinion_is_changed_alone(test: TestDb) {
    let mut tx = determined(&test).await;
    let changed = Determination {
        grade: Some("fair".into()),
        ..opinion(7)
    };
    feedback::change_opinion(&mut tx, round_id(0, 1), &changed)
        .await
        .unwrap();
    let now = determination::list(&mut tx, round_id(0, 1)).await.unwrap();
    assert_eq!(now.len(), 7);
    assert_eq!(now[6], changed);
    assert_eq!(now[5], opinion(6));
}

pub async fn a_public_notice_round_trips_and_the_newest_is_told(test: TestDb) {
    let mut tx = determined(&test).await;
    let first = a_publicity(1, PublicityState::Draft);
    publicity::insert(&mut tx, &first).await.unwrap();
    let taken_back = Publicity {
        state: PublicityState::Withdrawn,
        approved_by: Some(account_id(2)),
        approved_by_name: Some("用户2".into()),
        approved_at: Some(NOW),
        posted_at: Some(NOW),
        ended_at: Some(NOW),
        withdrawn_at: Some(NOW),
        withdrawn_reason: Some("名单有误".into()),
        snapshot: Some("{}".into()),
        ..first
    };
    publicity::update(&mut tx, &taken_back).await.unwrap();
    let second = a_publicity(2, PublicityState::Posted);
    publicity::insert(&mut tx, &second).await.unwrap();
    let all = publicity::list(&mut tx, CAMPAIGN, branch_id(0))
        .await
        .unwrap();
    assert_eq!(all, [taken_back, second]);
    let newest = facts_of(&mut tx).await.publicity.unwrap();
    assert_eq!((newest.state, newest.from), (PublicityState::Posted, DAY));
    let again = Publicity {
        id: PublicityId(Uuid::from_u128(9)),
        ..a_publicity(2, PublicityState::Draft)
    };
    let refused = publicity::insert(&mut tx, &again).await.unwrap_err();
    assert!(
        matches!(refused, StorageError::Duplicate { .. }),
        "{refused:?}"
    );
}

pub async fn an_objection_to_a_notice_is_answered_once(test: TestDb) {
    let mut tx = determined(&test).await;
    let posted = a_publicity(1, PublicityState::Posted);
    publicity::insert(&mut tx, &posted).await.unwrap();
    let raised = PublicityObjection {
        seq: 1,
        received_on: DAY,
        content: Some("对等次有不同意见".into()),
        handled_on: None,
        handling: None,
        handled_by: None,
    };
    publicity::add_objection(&mut tx, posted.id, &raised)
        .await
        .unwrap();
    let answer = (DAY, "经核实维持", "李四");
    publicity::handle_objection(&mut tx, posted.id, 1, answer)
        .await
        .unwrap();
    let now = publicity::objections(&mut tx, posted.id).await.unwrap();
    assert_eq!(now[0].handling.as_deref(), Some("经核实维持"));
    let twice = publicity::handle_objection(&mut tx, posted.id, 1, answer).await;
    assert!(matches!(twice, Err(StorageError::Stale)));
}

pub async fn praise_and_help_round_trip(test: TestDb) {
    let mut tx = determined(&test).await;
    let round = round_id(0, 1);
    let praise = Commendation {
        seq: 1,
        manner: "支部大会表扬".into(),
        reason: "带头破解难题".into(),
        given_on: DAY,
        entered_at: NOW,
    };
    for _ in 0..2 {
        result_use::commend(&mut tx, round, &praise).await.unwrap();
    }
    assert_eq!(
        result_use::commendations(&mut tx, round).await.unwrap(),
        [praise]
    );
    let plan = a_plan();
    result_use::help(&mut tx, round, &plan).await.unwrap();
    result_use::add_help_note(&mut tx, round, &a_note())
        .await
        .unwrap();
    result_use::help(&mut tx, round, &plan).await.unwrap();
    assert_eq!(
        result_use::help_plans(&mut tx, round).await.unwrap(),
        [plan]
    );
    assert_eq!(
        result_use::help_notes(&mut tx, round).await.unwrap(),
        [a_note()]
    );
    let nobody = Declined {
        reason: "集体研究本次不表扬".into(),
        noted_on: DAY,
    };
    result_use::set_declined(&mut tx, round, Some(&nobody))
        .await
        .unwrap();
    assert_eq!(
        result_use::declined(&mut tx, round).await.unwrap(),
        Some(nobody)
    );
    result_use::withdraw_commendation(&mut tx, round, 1)
        .await
        .unwrap();
    result_use::set_declined(&mut tx, round, None)
        .await
        .unwrap();
    assert_eq!(result_use::declined(&mut tx, round).await.unwrap(), None);
}

fn a_plan() -> HelpPlan {
    HelpPlan {
        seq: 7,
        helper: "李四".into(),
        measures: Some("每月谈一次".into()),
        started_on: DAY,
        entered_at: NOW,
    }
}

fn a_note() -> HelpNote {
    HelpNote {
        seq: 7,
        no: 1,
        noted_on: DAY,
        content: Some("有进步".into()),
    }
}

pub async fn results_are_told_to_the_rules(test: TestDb) {
    let mut tx = determined(&test).await;
    let round = round_id(0, 1);
    assert_eq!(
        facts_of(&mut tx).await,
        ResultFacts {
            decided_on: Some(date(2015, 9, 11)),
            ..ResultFacts::default()
        }
    );
    feedback::insert(&mut tx, round, &answered(1))
        .await
        .unwrap();
    let open = StoredFeedback {
        feedback: told(2).feedback.object("不同意".into(), DAY).unwrap(),
        ..told(2)
    };
    feedback::insert(&mut tx, round, &open).await.unwrap();
    result_use::help(&mut tx, round, &a_plan()).await.unwrap();
    let got = facts_of(&mut tx).await;
    assert_eq!(
        (got.fed_back, got.acknowledged, got.open_objections),
        (2, 1, 1)
    );
    assert_eq!(got.last_told_on, Some(DAY));
    assert_eq!(got.helped, [("poor".to_owned(), 1)]);
    assert!(!got.none_commended);
}

pub async fn destroyed_texts_are_gone_and_days_stay(test: TestDb) {
    let mut tx = determined(&test).await;
    let round = round_id(0, 1);
    feedback::insert(&mut tx, round, &answered(1))
        .await
        .unwrap();
    result_use::help(&mut tx, round, &a_plan()).await.unwrap();
    result_use::add_help_note(&mut tx, round, &a_note())
        .await
        .unwrap();
    let erase = (CAMPAIGN, branch_id(0));
    let paper = destruction::erase(&mut tx, erase.0, erase.1, Kind::Sheets).await;
    assert_eq!(paper.unwrap(), 0);
    let elsewhere = destruction::erase(&mut tx, erase.0, branch_id(1), Kind::Results).await;
    assert_eq!(elsewhere.unwrap(), 0);
    let gone = destruction::erase(&mut tx, erase.0, erase.1, Kind::Results).await;
    assert_eq!(gone.unwrap(), 3);
    let left = feedback::get(&mut tx, round, 1).await.unwrap().unwrap();
    let objection = left.feedback.objection.unwrap();
    assert_eq!(
        (objection.text.as_str(), objection.raised_on),
        (DESTROYED, DAY)
    );
    let plans = result_use::help_plans(&mut tx, round).await.unwrap();
    assert_eq!(
        (plans[0].measures.as_deref(), plans[0].started_on),
        (None, DAY)
    );
}

pub async fn a_destruction_is_decided_once(test: TestDb) {
    let mut tx = determined(&test).await;
    let proposed = StoredDestruction {
        id: DestructionId(Uuid::from_u128(1)),
        campaign_id: CAMPAIGN,
        branch_id: branch_id(0),
        kind: Kind::Sheets,
        state: DestructionState::Proposed,
        remark: "碎纸".into(),
        proposed_by: account_id(1),
        proposed_by_name: "用户1".into(),
        proposed_at: NOW,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        removed: None,
    };
    destruction::insert(&mut tx, &proposed).await.unwrap();
    let done = StoredDestruction {
        state: DestructionState::Done,
        decided_by: Some(account_id(2)),
        decided_by_name: Some("用户2".into()),
        decided_at: Some(NOW),
        removed: Some(0),
        ..proposed
    };
    destruction::decide(&mut tx, &done).await.unwrap();
    let all = destruction::list(&mut tx, CAMPAIGN, branch_id(0))
        .await
        .unwrap();
    assert_eq!(all, vec![done.clone()]);
    let twice = destruction::decide(&mut tx, &done).await;
    assert!(matches!(twice, Err(StorageError::Stale)));
}

pub async fn results_are_listed_for_the_provincial_system(test: TestDb) {
    let mut tx = determined(&test).await;
    let praised = Commendation {
        seq: 2,
        manner: "支部大会表扬".into(),
        reason: "结对帮扶两户".into(),
        given_on: DAY,
        entered_at: NOW,
    };
    result_use::commend(&mut tx, round_id(0, 1), &praised)
        .await
        .unwrap();
    let rows = platform::list(&mut tx, CAMPAIGN, unit_id(0)).await.unwrap();
    assert_eq!(rows.len(), subjects_of(SIZE, 0).len(), "one branch met");
    assert_eq!(rows[1].manner.as_deref(), Some("支部大会表扬"));
    assert_eq!(rows[1].praised_for.as_deref(), Some("结对帮扶两户"));
    assert_eq!(rows[6].grade.as_deref(), Some("poor"));
    assert_eq!(rows[0].decided_on, Some(date(2015, 9, 11)));
    assert_eq!(rows[0].manner, None);
    let branch = platform::list(&mut tx, CAMPAIGN, branch_id(0)).await;
    assert_eq!(branch.unwrap(), rows);
    let other = platform::list(&mut tx, CAMPAIGN, branch_id(1)).await;
    assert_eq!(other.unwrap(), []);
}
