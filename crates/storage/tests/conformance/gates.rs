use jiff::civil::date;
use pingyi_domain::gates::GateState;
use pingyi_domain::ids::{CheckId, DrawId, LeaderId, OrgId, SupervisorId};
use pingyi_domain::supervision::{CheckMode, CheckState};
use pingyi_storage::draw::Draw;
use pingyi_storage::envoy_plan::EnvoyPlan;
use pingyi_storage::gate::Turn;
use pingyi_storage::leader::{Leader, Visit};
use pingyi_storage::spot_check::SpotCheck;
use pingyi_storage::supervisor::Supervisor;
use pingyi_storage::{
    StorageError, Tx, draw, envoy_plan, facts, gate, leader, spot_check, supervisor,
};
use uuid::Uuid;

use crate::campaign_seed::{self, CAMPAIGN, Size, branch_id, unit_id};
use crate::engines::TestDb;
use crate::seed::{NOW, ROOT, member_id};

const SIZE: Size = Size {
    units: 2,
    branches: 4,
    members: 20,
};

async fn ready(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    tx
}

fn turn(branch: OrgId, gate: &str, seq: u32, state: GateState) -> Turn {
    Turn {
        campaign_id: CAMPAIGN,
        branch_id: branch,
        gate: gate.into(),
        seq,
        state,
        words: "逐人补写".into(),
        member_id: (seq == 1).then(|| member_id(3)),
        by_name: "李书记".into(),
        at: NOW,
    }
}

pub async fn a_gate_stands_where_its_newest_turn_left_it(test: TestDb) {
    let mut tx = ready(&test).await;
    let at = branch_id(0);
    let turns = [
        turn(at, "awareness", 1, GateState::Passed),
        turn(at, "focus", 1, GateState::Returned),
        turn(at, "focus", 2, GateState::Reworked),
        turn(at, "measures", 1, GateState::Returned),
    ];
    for one in &turns {
        gate::insert(&mut tx, one).await.unwrap();
    }
    assert_eq!(gate::list(&mut tx, CAMPAIGN, at).await.unwrap(), turns);
    let newest = gate::list_newest(&mut tx, CAMPAIGN).await.unwrap();
    assert_eq!(newest.len(), 3);
    let ledger = facts::load(&mut tx, CAMPAIGN).await.unwrap();
    let mut branches = ledger.units.iter().flat_map(|u| &u.branches);
    let found = &branches.find(|b| b.org == at).unwrap().records.gates;
    assert_eq!((found.passed, found.returned, found.reworked), (1, 1, 1));
    let again = gate::insert(&mut tx, &turns[0]).await.unwrap_err();
    assert!(matches!(again, StorageError::Duplicate { .. }));
}

pub async fn an_envoy_is_assigned_changed_and_taken_back(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut plan = EnvoyPlan {
        campaign_id: CAMPAIGN,
        branch_id: branch_id(1),
        name: "赵六".into(),
        post: "组织委员".into(),
        member_id: Some(member_id(3)),
        org_id: unit_id(0),
        by_name: "李书记".into(),
        at: NOW,
    };
    envoy_plan::set(&mut tx, &plan).await.unwrap();
    plan.name = "钱七".into();
    plan.member_id = None;
    envoy_plan::set(&mut tx, &plan).await.unwrap();
    let found = envoy_plan::find(&mut tx, CAMPAIGN, branch_id(1)).await;
    assert_eq!(found.unwrap(), Some(plan.clone()));
    assert_eq!(envoy_plan::list(&mut tx, CAMPAIGN).await.unwrap(), [plan]);
    envoy_plan::delete(&mut tx, CAMPAIGN, branch_id(1))
        .await
        .unwrap();
    assert!(
        envoy_plan::list(&mut tx, CAMPAIGN)
            .await
            .unwrap()
            .is_empty()
    );
}

fn a_draw() -> Draw {
    Draw {
        id: DrawId(Uuid::from_u128(0x50)),
        campaign_id: CAMPAIGN,
        list_text: "pingyi-draw-1\t1/5\t5\n".into(),
        list_hash: "ab".repeat(32),
        frozen_by: "周科长".into(),
        frozen_at: NOW,
        seed: None,
        drawn_by: None,
        drawn_at: None,
    }
}

pub async fn a_draw_is_frozen_and_held_once(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut one = a_draw();
    let branches = [branch_id(0), branch_id(1), branch_id(2)];
    draw::insert(&mut tx, &one, &branches).await.unwrap();
    one.seed = Some("4613".into());
    one.drawn_by = Some("周科长".into());
    one.drawn_at = Some(NOW);
    draw::hold(&mut tx, &one, &[1]).await.unwrap();
    assert_eq!(draw::list(&mut tx, CAMPAIGN).await.unwrap(), [one.clone()]);
    assert_eq!(draw::get(&mut tx, one.id).await.unwrap(), Some(one.clone()));
    let drawn = draw::lines(&mut tx, one.id).await.unwrap();
    let sample: Vec<_> = drawn
        .iter()
        .filter(|l| l.drawn)
        .map(|l| l.branch_id)
        .collect();
    assert_eq!((drawn.len(), sample), (3, vec![branch_id(1)]));
    one.seed = Some("1".into());
    let again = draw::hold(&mut tx, &one, &[2]).await.unwrap_err();
    assert!(matches!(again, StorageError::Stale));
}

fn a_check(n: u128, branch: OrgId) -> SpotCheck {
    SpotCheck {
        id: CheckId(Uuid::from_u128(0x60 + n)),
        campaign_id: CAMPAIGN,
        branch_id: branch,
        mode: CheckMode::Phone,
        state: CheckState::Demanded,
        checked_on: date(2015, 9, 12),
        draw_id: None,
        answers: "[]".into(),
        finding: "学习记录缺一次".into(),
        demand: "补学一次".into(),
        due_on: Some(date(2015, 9, 20)),
        reply: String::new(),
        replied_by: None,
        replied_at: None,
        closing: String::new(),
        closed_by: None,
        closed_at: None,
        entered_by: "周科长".into(),
        entered_at: NOW,
    }
}

pub async fn a_check_round_trips_and_moves_only_from_where_it_was(test: TestDb) {
    let mut tx = ready(&test).await;
    let team = Supervisor {
        id: SupervisorId(Uuid::from_u128(0x70)),
        campaign_id: CAMPAIGN,
        name: "吴科员".into(),
        post: "科员".into(),
        unit_id: Some(unit_id(1)),
        active: true,
    };
    supervisor::insert(&mut tx, &team).await.unwrap();
    let mut check = a_check(0, branch_id(0));
    spot_check::insert(&mut tx, &check, &[team.id])
        .await
        .unwrap();
    assert_eq!(
        spot_check::checkers(&mut tx, check.id).await.unwrap(),
        ["吴科员"]
    );
    check.state = CheckState::Replied;
    check.reply = "已补学".into();
    spot_check::update(&mut tx, &check, CheckState::Demanded)
        .await
        .unwrap();
    assert_eq!(
        spot_check::get(&mut tx, check.id).await.unwrap(),
        Some(check.clone())
    );
    let stale = spot_check::update(&mut tx, &check, CheckState::Demanded).await;
    assert!(matches!(stale.unwrap_err(), StorageError::Stale));
    let gone = Supervisor {
        active: false,
        ..team
    };
    supervisor::update(&mut tx, &gone).await.unwrap();
    assert_eq!(supervisor::list(&mut tx, CAMPAIGN).await.unwrap(), [gone]);
}

#[expect(clippy::cognitive_complexity, reason = "one story told step by step")]
pub async fn the_committees_own_work_is_counted(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut frozen = a_draw();
    draw::insert(&mut tx, &frozen, &[branch_id(0)])
        .await
        .unwrap();
    let draws = facts::load(&mut tx, CAMPAIGN)
        .await
        .unwrap()
        .committee
        .draws;
    assert_eq!(draws, 0, "frozen and not drawn");
    frozen.seed = Some("1".into());
    draw::hold(&mut tx, &frozen, &[0]).await.unwrap();
    for (n, branch) in [(0, 0), (1, 0), (2, 1)] {
        let check = a_check(n, branch_id(branch));
        spot_check::insert(&mut tx, &check, &[]).await.unwrap();
    }
    for (n, branches) in [(1, vec![0, 1]), (2, vec![])] {
        let one = Leader {
            id: LeaderId(Uuid::from_u128(n)),
            campaign_id: CAMPAIGN,
            name: format!("领导{n}"),
            post: "副书记".into(),
        };
        leader::insert(&mut tx, &one).await.unwrap();
        leader::set_links(&mut tx, one.id, &[unit_id(0)])
            .await
            .unwrap();
        for branch in branches {
            let visit = Visit {
                leader_id: one.id,
                branch_id: branch_id(branch),
                visited_on: date(2015, 9, 10),
                entered_by: "周科长".into(),
                entered_at: NOW,
            };
            leader::insert_visit(&mut tx, &visit).await.unwrap();
        }
    }
    assert_eq!(leader::list(&mut tx, CAMPAIGN).await.unwrap().len(), 2);
    assert_eq!(leader::links(&mut tx, CAMPAIGN).await.unwrap().len(), 2);
    assert_eq!(leader::visits(&mut tx, CAMPAIGN).await.unwrap().len(), 2);
    let found = facts::load(&mut tx, CAMPAIGN).await.unwrap().committee;
    assert_eq!(
        (found.org, found.draws, found.checked, found.visits),
        (Some(ROOT), 1, 2, vec![2, 0])
    );
}
