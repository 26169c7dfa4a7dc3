//! A made-up campaign in which branches are everywhere between nothing and filed.

use jiff::civil::date;
use pingyi_domain::appraisal::{RoundState, Subject, Treatment, UngradedReason};
use pingyi_domain::count::{Count, MemberMarks};
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::{CampaignId, FilingId, MeetingId, OrgId, PlanId, RoundId};
use pingyi_domain::meeting::{
    Attendance, Basis, Due, Envoy, ExclusionReason, FirstToSpeak, MeetingState, Presence, Role,
};
use pingyi_domain::member::{Member, Post, PostKind, Standing};
use pingyi_domain::org::OrgKind;
use pingyi_domain::plan::{PlanContent, PlanState, PlannedMeeting};
use pingyi_domain::time::UnixTime;
use pingyi_storage::campaign::{Campaign, CampaignStatus};
use pingyi_storage::determination::Determination;
use pingyi_storage::filing::{Filing, FilingVersion};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::plan::{Plan, PlanVersion};
use pingyi_storage::receipt::Receipt;
use pingyi_storage::round::StoredRound;
use pingyi_storage::subject::RoundMember;
use pingyi_storage::{
    Tx, account, attendance, campaign, count, determination, filing, meeting, plan, receipt,
    roster, round, subject,
};
use uuid::Uuid;

use crate::seed::{self, NOW, ROOT, account_id, an_account, an_org};

pub const CAMPAIGN: CampaignId = CampaignId(Uuid::from_u128(0x3000));

/// The size of a made-up campaign.
#[derive(Clone, Copy)]
pub struct Size {
    pub units: u128,
    pub branches: u128,
    pub members: u128,
}

pub fn unit_id(unit: u128) -> OrgId {
    OrgId(Uuid::from_u128(0x10_0000 + unit))
}

/// Branches are numbered through all units.
pub fn branch_id(branch: u128) -> OrgId {
    OrgId(Uuid::from_u128(0x20_0000 + branch))
}

fn later(kind: u128, n: u128) -> Uuid {
    Uuid::from_u128((kind << 64) + n)
}

pub fn plan_id(unit: u128) -> PlanId {
    PlanId(later(1, unit))
}

pub fn meeting_id(branch: u128) -> MeetingId {
    MeetingId(later(2, branch))
}

pub fn round_id(branch: u128, no: u128) -> RoundId {
    RoundId(later(3, branch * 10 + no))
}

pub fn a_campaign() -> Campaign {
    Campaign {
        id: CAMPAIGN,
        slug: "2015-14".into(),
        number: "咸直工通〔2015〕14号".into(),
        title: "关于召开专题组织生活会的通知".into(),
        notice_toml: "number = \"14\"".into(),
        status: CampaignStatus::Issued,
        issued_at: Some(NOW),
        issued_by: Some("张三".into()),
    }
}

pub fn a_plan(unit: u128, org: OrgId, state: PlanState) -> Plan {
    let filed = state == PlanState::Filed;
    Plan {
        id: plan_id(unit),
        campaign_id: CAMPAIGN,
        org_id: org,
        state,
        version: 1,
        filed_version: filed.then_some(1),
        number: filed.then(|| format!("备{unit}")),
    }
}

pub fn a_plan_version(unit: u128, version: u32, branches: &[OrgId]) -> PlanVersion {
    let planned = |(at, &branch): (usize, &OrgId)| PlannedMeeting {
        branch,
        // Every third branch has no time yet.
        starts: (at % 3 != 2).then(|| date(2015, 8, 20).at(9, 30, 0, 0)),
        place: "三楼会议室".into(),
    };
    PlanVersion {
        plan_id: plan_id(unit),
        version,
        content: PlanContent {
            theme: "三严三实".into(),
            meetings: branches.iter().enumerate().map(planned).collect(),
            ..PlanContent::default()
        },
        drafted_by: account_id(1),
        drafted_by_name: "用户1".into(),
        drafted_at: NOW,
        submitted_by: None,
        submitted_by_name: None,
        submitted_at: None,
        late: false,
        decision: None,
        opinion: None,
        reviewer: None,
        reviewer_name: None,
        decided_at: None,
    }
}

pub fn a_meeting(branch: u128, org: OrgId, state: MeetingState) -> Meeting {
    Meeting {
        id: meeting_id(branch),
        campaign_id: CAMPAIGN,
        branch_id: org,
        state,
        basis: None,
        held_on: Some(date(2015, 8, 20)),
        started_at: Some(date(2015, 8, 20).at(9, 30, 0, 0)),
        place: "三楼会议室".into(),
        host: "李四".into(),
        recorder: "王五".into(),
        first: None,
        first_speaker_name: None,
        envoy: None,
        envoy_org_name: None,
        minutes: None,
        opened_at: Some(NOW),
        criticism_done_at: None,
        closed_at: None,
        entered_at: NOW,
    }
}

pub fn a_round(branch: u128, no: u32, state: RoundState) -> StoredRound {
    let voided = state == RoundState::Voided;
    StoredRound {
        id: round_id(branch, u128::from(no)),
        meeting_id: meeting_id(branch),
        no,
        state,
        void_reason: voided.then(|| "收回票多于发出票".into()),
        voided_at: voided.then_some(NOW),
        present: Some(20),
        issued: None,
        collected: None,
        invalid: None,
        settings: "{}".into(),
        opened_at: Some(NOW),
        closed_at: None,
        signed_on: None,
    }
}

pub fn a_filing(n: u128, org: OrgId, kind: FilingKind, state: FilingState) -> Filing {
    Filing {
        id: FilingId(later(4, n)),
        campaign_id: CAMPAIGN,
        org_id: org,
        kind,
        state,
        version: 1,
    }
}

pub fn a_filing_version(filing: &Filing, version: u32) -> FilingVersion {
    FilingVersion {
        filing_id: filing.id,
        version,
        snapshot: "{}".into(),
        report_text: "总结材料".into(),
        filler: "王五".into(),
        contact: "8126000".into(),
        chain_head: "128-9F3C-21AB-77E0".into(),
        submitted_by: Some(account_id(1)),
        submitted_by_name: Some("用户1".into()),
        submitted_at: Some(UnixTime(NOW.0 + 86_400)),
        late: version == 1,
        decision: None,
        opinion: None,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
    }
}

/// The campaign itself, two accounts and the roster.
pub async fn roster_of(tx: &mut Tx, size: Size) {
    let mut changes = roster::Changes::default();
    changes
        .orgs
        .push(an_org(ROOT, None, OrgKind::WorkCommittee, "市直机关工委"));
    for unit in 0..size.units {
        let name = format!("第{unit}局机关党委");
        let kind = OrgKind::PrimaryCommittee;
        changes
            .orgs
            .push(an_org(unit_id(unit), Some(ROOT), kind, &name));
        for branch in unit * size.branches..(unit + 1) * size.branches {
            let name = format!("第{branch}党支部");
            let (id, above) = (branch_id(branch), Some(unit_id(unit)));
            changes.orgs.push(an_org(id, above, OrgKind::Branch, &name));
            people(&mut changes, branch, size.members);
        }
    }
    roster::apply(tx, &changes, NOW).await.unwrap();
    campaign::insert(tx, &a_campaign()).await.unwrap();
    for n in 1..=2 {
        account::insert(tx, &an_account(n)).await.unwrap();
    }
}

fn people(changes: &mut roster::Changes, branch: u128, members: u128) {
    for at in 0..members {
        let n = branch * members + at;
        let probationary = at % 10 == 9;
        changes.added.push(Member {
            standing: if probationary {
                Standing::Probationary
            } else {
                Standing::Full
            },
            unit_leader: at == 1 && branch.is_multiple_of(2),
            ..seed::a_member(n, branch_id(branch))
        });
        // Every fifth branch has no secretary.
        if at == 0 && branch % 5 != 4 {
            changes.posts.push(Post {
                org: branch_id(branch),
                member: seed::member_id(n),
                kind: PostKind::Secretary,
                title: "书记".into(),
            });
        }
    }
}

/// Everything after the roster: each branch is as far as its number says.
pub async fn whole(tx: &mut Tx, size: Size) {
    roster_of(tx, size).await;
    for unit in 0..size.units {
        unit_papers(tx, size, unit).await;
        for branch in unit * size.branches..(unit + 1) * size.branches {
            if branch % 7 != 6 {
                held(tx, size, branch).await;
            }
        }
    }
}

async fn unit_papers(tx: &mut Tx, size: Size, unit: u128) {
    if unit % 4 == 3 {
        return;
    }
    let org_id = unit_id(unit);
    let got = Receipt {
        campaign_id: CAMPAIGN,
        org_id,
        acknowledged_at: NOW,
        by_name: "王五".into(),
    };
    receipt::insert(tx, &got).await.unwrap();
    let state = if unit % 4 == 2 {
        PlanState::Submitted
    } else {
        PlanState::Filed
    };
    plan::insert(tx, &a_plan(unit, org_id, state))
        .await
        .unwrap();
    let branches: Vec<OrgId> = (unit * size.branches..(unit + 1) * size.branches)
        .map(branch_id)
        .collect();
    let mut version = a_plan_version(unit, 1, &branches);
    version.submitted_at = Some(UnixTime(NOW.0 + 3600));
    version.late = unit.is_multiple_of(3);
    if state == PlanState::Filed {
        version.decision = Some(PlanState::Filed);
        version.decided_at = Some(UnixTime(NOW.0 + 90_000));
    }
    plan::insert_version(tx, &version).await.unwrap();
    let filed = a_filing(
        unit,
        org_id,
        FilingKind::UnitSummary,
        FilingState::Submitted,
    );
    filing::insert(tx, &filed).await.unwrap();
    filing::insert_version(tx, &a_filing_version(&filed, 1))
        .await
        .unwrap();
}

async fn held(tx: &mut Tx, size: Size, branch: u128) {
    let mut held = a_meeting(branch, branch_id(branch), MeetingState::CriticismDone);
    let first_member = seed::member_id(branch * size.members);
    held.basis = Some(Basis::Override {
        by: account_id(1),
        reason: "时间冲突".into(),
    });
    held.first = match branch % 3 {
        0 => Some(FirstToSpeak::Secretary),
        1 => Some(FirstToSpeak::Other {
            member: first_member,
            reason: "书记出差".into(),
        }),
        _ => None,
    };
    if branch.is_multiple_of(2) {
        let comment = if branch.is_multiple_of(4) {
            "会议开得好"
        } else {
            " "
        };
        held.envoy = Some(Envoy {
            name: "赵六".into(),
            org: ROOT,
            comment: comment.into(),
        });
        held.minutes = Some("{}".into());
    }
    meeting::insert(tx, &held).await.unwrap();
    attendance::set(tx, held.id, &attendance_of(size, branch))
        .await
        .unwrap();
    if branch.is_multiple_of(5) {
        round::insert(tx, &a_round(branch, 1, RoundState::Voided))
            .await
            .unwrap();
    }
    appraised(tx, size, branch).await;
    let filed = a_filing(
        0x10_0000 + branch,
        branch_id(branch),
        FilingKind::BranchSummary,
        FilingState::Received,
    );
    filing::insert(tx, &filed).await.unwrap();
    filing::insert_version(tx, &a_filing_version(&filed, 1))
        .await
        .unwrap();
}

pub fn attendance_of(size: Size, branch: u128) -> Vec<Attendance> {
    let line = |at: u128| Attendance {
        member: seed::member_id(branch * size.members + at),
        due: if at % 9 == 8 {
            let approver = "李四".into();
            Due::Excluded {
                reason: ExclusionReason::Frail,
                approver,
                on: date(2015, 8, 1),
            }
        } else {
            Due::Yes
        },
        presence: match at % 6 {
            1 => Presence::Absent {
                reason: if branch.is_multiple_of(4) {
                    "出差".into()
                } else {
                    String::new()
                },
            },
            2 | 8 => Presence::Absent {
                reason: "因病".into(),
            },
            5 => Presence::LateAdded,
            _ => Presence::Present,
        },
        role: if at % 20 == 19 {
            Role::Observer
        } else {
            Role::Member
        },
    };
    (0..size.members).map(line).collect()
}

pub fn subjects_of(size: Size, branch: u128) -> Vec<RoundMember> {
    let line = |at: u128| RoundMember {
        seq: u32::try_from(at).unwrap() + 1,
        subject: Subject {
            member: seed::member_id(branch * size.members + at),
            treatment: match at % 10 {
                9 => Treatment::Ungraded {
                    why: UngradedReason::Probationary,
                },
                8 => Treatment::Ungraded {
                    why: UngradedReason::Other {
                        words: "流动党员".into(),
                    },
                },
                7 => Treatment::NotAppraised {
                    why: "停止党籍".into(),
                },
                _ => Treatment::Graded,
            },
        },
        name: format!("党员{at}"),
        standing: Standing::Full,
        post_title: if at == 0 {
            "书记".into()
        } else {
            String::new()
        },
    };
    (0..size.members).map(line).collect()
}

/// A count of all marks 好 for the graded lines.
pub fn count_of(list: &[RoundMember]) -> Count {
    let graded = list
        .iter()
        .filter(|line| line.subject.treatment == Treatment::Graded)
        .count();
    Count {
        issued: 20,
        collected: 19,
        invalid: 1,
        rows: vec![
            MemberMarks {
                marks: vec![15, 2, 0],
                abstain: 1,
                void: 0
            };
            graded
        ],
        group: None,
    }
}

async fn appraised(tx: &mut Tx, size: Size, branch: u128) {
    let no = if branch.is_multiple_of(5) { 2 } else { 1 };
    let mut current = a_round(branch, no, RoundState::Determined);
    current.signed_on = Some(date(2015, 8, 20));
    round::insert(tx, &current).await.unwrap();
    let list = subjects_of(size, branch);
    subject::set(tx, current.id, &list).await.unwrap();
    count::set(tx, current.id, &count_of(&list)).await.unwrap();
    let opinions: Vec<Determination> = list
        .iter()
        .filter(|line| !matches!(line.subject.treatment, Treatment::NotAppraised { .. }))
        .map(|line| an_opinion(line.seq, line.subject.treatment == Treatment::Graded))
        .collect();
    determination::set(tx, current.id, &opinions).await.unwrap();
}

fn an_opinion(seq: u32, graded: bool) -> Determination {
    let grade = if seq.is_multiple_of(4) {
        "fair"
    } else {
        "good"
    };
    Determination {
        seq,
        grade: graded.then(|| grade.into()),
        ungraded_reason: (!graded).then(|| "不定等次".into()),
        note: String::new(),
        decided_on: date(2015, 8, 21),
    }
}
