//! A meeting edge by edge, its figures, its quorum and its envoy.

use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::notice::Settings;
use crate::org::{Org, OrgKind, OrgTree};

const NOON: UnixTime = UnixTime(1_442_721_600);

fn branch(n: u128) -> OrgId {
    OrgId(Uuid::from_u128(n))
}

fn planned() -> Planned {
    Planned {
        id: MeetingId(Uuid::from_u128(5)),
        branch: branch(4),
    }
}

fn filed_plan() -> Basis {
    Basis::FiledPlan {
        plan: PlanId(Uuid::from_u128(9)),
        version: 1,
    }
}

fn open() -> Open {
    planned().open(filed_plan(), NOON).unwrap()
}

/// Planned --> Open: open
#[test]
fn a_meeting_opens_on_a_filed_plan_or_on_a_reason() {
    assert_eq!(open().held_on(), date(2015, 9, 20));
    let by = AccountId(Uuid::from_u128(1));
    let overridden = |reason: &str| Basis::Override {
        by,
        reason: reason.into(),
    };
    let refused = planned().open(overridden(""), NOON).unwrap_err();
    assert_eq!(refused, MeetingError::NoFiledPlan);
    assert!(planned().open(overridden("方案已口头同意"), NOON).is_ok());
}

/// Open --> CriticismDone: end_criticism
#[test]
fn the_secretary_speaks_first_or_there_is_a_reason() {
    let other = |reason: &str| FirstToSpeak::Other {
        member: MemberId(Uuid::from_u128(2)),
        reason: reason.into(),
    };
    let refused = open().end_criticism(other(" "), NOON).unwrap_err();
    assert_eq!(refused, MeetingError::NotSecretaryFirst);
    assert!(
        open()
            .end_criticism(other("书记住院，副书记主持"), NOON)
            .is_ok()
    );
    assert!(open().end_criticism(FirstToSpeak::Secretary, NOON).is_ok());
}

/// CriticismDone --> Closed: close
#[test]
fn a_meeting_closes_after_the_criticism() {
    let done = open().end_criticism(FirstToSpeak::Secretary, NOON).unwrap();
    let closed = done.close(UnixTime(NOON.0 + 3600)).unwrap();
    assert_eq!(closed.criticism.open.planned, planned());
}

#[test]
fn the_appraisal_waits_for_the_end_of_the_criticism() {
    let over = MeetingState::ALL.iter().map(|s| s.criticism_over());
    assert_eq!(over.collect::<Vec<_>>(), [false, false, true, true]);
}

fn line(due: Due, presence: Presence) -> Attendance {
    Attendance {
        member: MemberId(Uuid::nil()),
        due,
        presence,
        role: Role::Member,
    }
}

fn excluded() -> Due {
    Due::Excluded {
        reason: ExclusionReason::Abroad,
        approver: "李四".into(),
        on: date(2015, 9, 1),
    }
}

#[test]
fn figures_count_due_present_absent_and_observers() {
    let absent = || Presence::Absent {
        reason: "出差".into(),
    };
    let observer = |presence| Attendance {
        role: Role::Observer,
        ..line(Due::Yes, presence)
    };
    let list = [
        line(Due::Yes, Presence::Present),
        line(Due::Yes, Presence::Present),
        line(Due::Yes, absent()),
        line(excluded(), absent()),
        line(excluded(), Presence::Present),
        line(Due::Yes, Presence::LateAdded),
        observer(Presence::Present),
        observer(absent()),
    ];
    let expected = Figures {
        due: 3,
        present: 4,
        absent: 1,
        observers: 1,
        late_added: 2,
        excluded: 1,
    };
    let sum = figures(&list);
    assert_eq!(sum, expected);
    // docs/DOMAIN.md §2.5 invariant 1: P ≤ D + late_added
    assert!(sum.present <= sum.due + sum.late_added);
}

#[test]
fn a_unit_leader_is_on_the_list_as_an_ordinary_member() {
    let [ordinary, observer, missing] = [1, 2, 3].map(|n| MemberId(Uuid::from_u128(n)));
    let present = line(Due::Yes, Presence::Present);
    let list = [
        Attendance {
            member: ordinary,
            ..present.clone()
        },
        Attendance {
            member: observer,
            role: Role::Observer,
            ..present
        },
    ];
    let leaders = [ordinary, observer, missing];
    assert_eq!(misplaced_leaders(&list, &leaders), [observer, missing]);
}

#[test]
fn quorum_warns_below_two_thirds_and_again_at_half() {
    let settings = Settings::default();
    let table = [
        (10, 10, QuorumFinding::Met),
        (9, 6, QuorumFinding::Met),
        (10, 6, QuorumFinding::BelowWarn),
        (10, 5, QuorumFinding::BelowRequired),
        (10, 0, QuorumFinding::BelowRequired),
    ];
    for (due, present, finding) in table {
        let figures = Figures {
            due,
            present,
            ..Figures::default()
        };
        assert_eq!(figures.quorum(&settings), finding, "{present} of {due}");
    }
}

#[test]
fn late_additions_do_not_make_up_for_absentees() {
    let figures = Figures {
        due: 10,
        present: 6,
        late_added: 2,
        ..Figures::default()
    };
    assert_eq!(
        figures.quorum(&Settings::default()),
        QuorumFinding::BelowRequired
    );
}

fn tree() -> OrgTree {
    let org = |n, parent: Option<u128>, kind| Org {
        id: branch(n),
        parent: parent.map(branch),
        kind,
        name: String::new(),
    };
    OrgTree::new(vec![
        org(1, None, OrgKind::WorkCommittee),
        org(2, Some(1), OrgKind::PrimaryCommittee),
        org(4, Some(2), OrgKind::Branch),
        org(5, Some(1), OrgKind::Branch),
    ])
}

#[test]
fn an_envoy_comes_from_above_and_never_from_the_branch_itself() {
    let sent = |to, from, name| Envoy::sent(&tree(), branch(to), branch(from), name);
    assert_eq!(sent(4, 4, "王五"), Err(EnvoyError::OwnBranch));
    assert_eq!(sent(4, 5, "王五"), Err(EnvoyError::NotSuperior));
    assert_eq!(sent(4, 2, " "), Err(EnvoyError::NoName));
    assert!(sent(4, 2, "王五").is_ok());
    assert!(sent(4, 1, "王五").is_ok());
    // A directly attached branch: its superior is the 工委.
    let mut envoy = sent(5, 1, " 王五 ").unwrap();
    assert_eq!(envoy.name, "王五");
    assert!(!envoy.commented());
    envoy.comment = "查摆问题较准".into();
    assert!(envoy.commented());
}
