//! A campaign in which branches have appraised, and the papers that go up from it: what the tests
//! of filing share.

#![expect(
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use jiff::civil::date;
use pingyi_domain::appraisal::{RoundState, Subject, Treatment};
use pingyi_domain::count::{Count, MemberMarks};
use pingyi_domain::filing::FilingKind;
use pingyi_domain::ids::{CampaignId, OrgId, RoundId};
use pingyi_domain::meeting::{Attendance, Due, Envoy, MeetingState, Presence, Role};
use pingyi_domain::notice::Settings;
use pingyi_storage::determination::{self, Determination};
use pingyi_storage::filing::{self, Filing, FilingVersion};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::official::{self, OfficialRole, RoundOfficial};
use pingyi_storage::round::{self, StoredRound};
use pingyi_storage::subject::{self, RoundMember};
use pingyi_storage::{attendance, count, meeting, member};
use pingyi_web::testkit::{Kit, NOW, Reply, Who};

/// From 2015-09-15 to 2015-10-02: after the last day.
pub(super) const AFTER_DEADLINE: i64 = 17 * 86_400;

pub(super) struct Desk {
    pub kit: Kit,
    pub id: CampaignId,
}

impl Desk {
    pub async fn new() -> Self {
        let kit = Kit::new().await;
        let id = kit.campaign().await;
        Self { kit, id }
    }

    pub fn path(&self, org: OrgId, rest: &str) -> String {
        format!("/c/{}/o/{org}{rest}", self.id)
    }

    pub async fn get(&self, who: Who, path: &str) -> Reply {
        self.kit.client(who).await.get(path).await
    }

    pub async fn post(&self, who: Who, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.kit.client(who).await.post(path, fields).await
    }

    /// A meeting with everybody there and a signed count: the best grade for all but one.
    pub async fn appraise(&self, branch: OrgId, state: RoundState) -> RoundId {
        let mut tx = self.kit.begin().await;
        let people = member::list(&mut tx, branch).await.unwrap();
        let held = Meeting {
            id: self.kit.app.new_id(),
            campaign_id: self.id,
            branch_id: branch,
            state: MeetingState::Closed,
            basis: None,
            held_on: Some(date(2015, 9, 10)),
            started_at: Some(date(2015, 9, 10).at(14, 30, 0, 0)),
            place: "三楼会议室".into(),
            host: "王建国".into(),
            recorder: "李秀英".into(),
            first: None,
            first_speaker_name: None,
            envoy: Some(Envoy {
                name: "周启航".into(),
                org: self.kit.root,
                comment: "点评".into(),
            }),
            envoy_org_name: Some("市直机关工委".into()),
            minutes: None,
            opened_at: Some(NOW),
            criticism_done_at: Some(NOW),
            closed_at: Some(NOW),
            entered_at: NOW,
        };
        meeting::insert(&mut tx, &held).await.unwrap();
        let mut list: Vec<Attendance> = people
            .iter()
            .map(|m| Attendance {
                member: m.id,
                due: Due::Yes,
                presence: Presence::Present,
                role: Role::Member,
            })
            .collect();
        list[8].presence = Presence::Absent {
            reason: "因公出差".into(),
        };
        attendance::set(&mut tx, held.id, &list).await.unwrap();
        let row = StoredRound {
            id: self.kit.app.new_id(),
            meeting_id: held.id,
            no: 1,
            state,
            void_reason: None,
            voided_at: None,
            present: Some(9),
            issued: Some(9),
            collected: Some(9),
            invalid: Some(1),
            settings: serde_json::to_string(&Settings::default()).unwrap(),
            opened_at: Some(NOW),
            closed_at: Some(NOW),
            signed_on: Some(date(2015, 9, 10)),
        };
        round::insert(&mut tx, &row).await.unwrap();
        let lines: Vec<RoundMember> = (1_u32..)
            .zip(&people)
            .map(|(seq, m)| RoundMember {
                seq,
                subject: Subject {
                    member: m.id,
                    treatment: Treatment::Graded,
                },
                name: m.name.clone(),
                standing: m.standing,
                post_title: String::new(),
            })
            .collect();
        subject::set(&mut tx, row.id, &lines).await.unwrap();
        let rows = (0..lines.len())
            .map(|at| MemberMarks {
                marks: if at == 3 {
                    vec![2, 4, 0]
                } else {
                    vec![7, 1, 0]
                },
                abstain: if at == 3 { 2 } else { 0 },
                void: 0,
            })
            .collect();
        let sums = Count {
            issued: 9,
            collected: 9,
            invalid: 1,
            rows,
            group: None,
        };
        count::set(&mut tx, row.id, &sums).await.unwrap();
        let names = [
            (OfficialRole::Scrutineer, "周启航"),
            (OfficialRole::Teller, "刘洋"),
        ];
        let officials: Vec<RoundOfficial> = names
            .iter()
            .map(|(role, name)| RoundOfficial {
                role: *role,
                name: (*name).into(),
                org_name: String::new(),
                member_id: None,
            })
            .collect();
        official::set(&mut tx, row.id, &officials).await.unwrap();
        if state == RoundState::Determined {
            let given: Vec<Determination> = lines
                .iter()
                .map(|line| Determination {
                    seq: line.seq,
                    grade: Some(if line.seq == 4 { "fair" } else { "good" }.into()),
                    ungraded_reason: None,
                    note: String::new(),
                    decided_on: date(2015, 9, 10),
                })
                .collect();
            determination::set(&mut tx, row.id, &given).await.unwrap();
        }
        tx.commit().await.unwrap();
        row.id
    }

    pub async fn filed(&self, org: OrgId, kind: FilingKind) -> (Filing, FilingVersion) {
        let mut tx = self.kit.begin().await;
        let found = filing::find(&mut tx, self.id, org, kind)
            .await
            .unwrap()
            .expect("a filing");
        let version = filing::get_version(&mut tx, found.id, found.version)
            .await
            .unwrap();
        (found, version.expect("a version"))
    }

    /// The first branch hands its 汇总表 in.
    pub async fn branch_files(&self) {
        let reply = self
            .post(
                Who::BranchSecretary,
                &self.path(self.kit.branch, "/summary"),
                SUBMIT,
            )
            .await;
        assert_eq!(reply.status, 303, "{}", reply.text());
    }

    /// The unit hands both papers in.
    pub async fn unit_files(&self, who: Who) -> Reply {
        let fields = [
            SUBMIT,
            &[
                ("prepare", "集中学习三次。"),
                ("problems", "个别措施没有时限。"),
            ],
        ]
        .concat();
        self.post(who, &self.path(self.kit.unit, "/unit-summary"), &fields)
            .await
    }
}

pub(super) const SUBMIT: &[(&str, &str)] = &[
    ("filler", "李秀英"),
    ("contact", "0715-8000000"),
    ("act", "submit"),
];
