//! 汇总表 and 总结材料 from a signed tally to the 组织科's receipt, and every way back.

#![expect(
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use std::time::Duration;

use jiff::civil::date;
use pingyi_domain::appraisal::{RoundState, Subject, Treatment};
use pingyi_domain::count::{Count, MemberMarks};
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::{CampaignId, OrgId, RoundId};
use pingyi_domain::meeting::{Attendance, Due, Envoy, MeetingState, Presence, Role};
use pingyi_domain::notice::{Notice, Settings};
use pingyi_storage::audit::Event;
use pingyi_storage::determination::{self, Determination};
use pingyi_storage::filing::{self, Filing, FilingVersion};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::official::{self, OfficialRole, RoundOfficial};
use pingyi_storage::round::{self, StoredRound};
use pingyi_storage::subject::{self, RoundMember};
use pingyi_storage::{attendance, count, meeting, member};
use pingyi_web::testkit::{Kit, NOTICE, NOW, Reply, Who};

/// From 2015-09-15 to 2015-10-02: after the last day.
const AFTER_DEADLINE: i64 = 17 * 86_400;

struct Desk {
    kit: Kit,
    id: CampaignId,
}

impl Desk {
    async fn new() -> Self {
        let kit = Kit::new().await;
        let id = kit.campaign().await;
        Self { kit, id }
    }

    fn path(&self, org: OrgId, rest: &str) -> String {
        format!("/c/{}/o/{org}{rest}", self.id)
    }

    async fn get(&self, who: Who, path: &str) -> Reply {
        self.kit.client(who).await.get(path).await
    }

    async fn post(&self, who: Who, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.kit.client(who).await.post(path, fields).await
    }

    /// A meeting with everybody there and a signed count: the best grade for all but one.
    async fn appraise(&self, branch: OrgId, state: RoundState) -> RoundId {
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

    async fn filed(&self, org: OrgId, kind: FilingKind) -> (Filing, FilingVersion) {
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
    async fn branch_files(&self) {
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
    async fn unit_files(&self, who: Who) -> Reply {
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

const SUBMIT: &[(&str, &str)] = &[
    ("filler", "李秀英"),
    ("contact", "0715-8000000"),
    ("act", "submit"),
];

#[tokio::test]
async fn no_summary_before_the_tally_is_signed() {
    let desk = Desk::new().await;
    let path = desk.path(desk.kit.branch, "/summary");
    let page = desk.get(Who::BranchSecretary, &path).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        page.says("还不能生成汇总表") && page.says("还没有召开专题组织生活会"),
        "{}",
        page.text()
    );
    desk.appraise(desk.kit.branch, RoundState::Counted).await;
    let page = desk.get(Who::BranchSecretary, &path).await;
    assert!(page.says("计票还没有签字确认"), "{}", page.text());
    let refused = desk.post(Who::BranchSecretary, &path, SUBMIT).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.says("还没有签字，不能报送汇总表"),
        "{}",
        refused.text()
    );
    let paper = desk
        .get(
            Who::BranchSecretary,
            &desk.path(desk.kit.branch, "/summary/file/xlsx"),
        )
        .await;
    assert_eq!(paper.status, 422);
    // refused whole: not even a draft
    let mut tx = desk.kit.begin().await;
    let left = filing::find(&mut tx, desk.id, desk.kit.branch, FilingKind::BranchSummary)
        .await
        .unwrap();
    assert_eq!(left, None);
}

#[tokio::test]
async fn the_summary_is_computed_and_only_filler_and_phone_are_asked() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let page = desk
        .get(
            Who::BranchSecretary,
            &desk.path(desk.kit.branch, "/summary"),
        )
        .await;
    let text = page.text();
    assert!(page.says("7 / 87.5") && page.says("4 / 66.7"), "{text}");
    assert!(
        page.says("吴倩") && page.says("应到（正式 9、预备 1）") && page.says("因公出差"),
        "{text}"
    );
    assert!(text.contains(r#"name="filler" value="王建国""#), "{text}");
    assert!(
        page.says("四、4") && page.says("民主评议党员测评汇总表请于9月30日前报市直机关工委组织科"),
        "{text}"
    );
    for format in ["pdf", "docx", "xlsx"] {
        let path = desk.path(desk.kit.branch, &format!("/summary/file/{format}"));
        let paper = desk.get(Who::BranchCommittee, &path).await;
        assert_eq!(paper.status, 200);
        assert!(paper.bytes.len() > 2_000, "{format}");
    }
}

#[tokio::test]
async fn failing_arithmetic_stops_the_filing_and_names_the_member() {
    let desk = Desk::new().await;
    let round = desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let mut tx = desk.kit.begin().await;
    let mut sums = count::get(&mut tx, round).await.unwrap().unwrap();
    sums.rows[1].marks[0] = 1;
    count::set(&mut tx, round, &sums).await.unwrap();
    tx.commit().await.unwrap();
    let path = desk.path(desk.kit.branch, "/summary");
    let page = desk.get(Who::BranchSecretary, &path).await;
    assert!(
        page.says("数字对不上，不能报送") && page.says("第 2 行李秀英"),
        "{}",
        page.text()
    );
    let refused = desk.post(Who::BranchSecretary, &path, SUBMIT).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("汇总表有 1 处对不上"), "{}", refused.text());
}

#[tokio::test]
async fn a_branch_files_its_unit_returns_and_the_next_version_is_received() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let path = desk.path(desk.kit.branch, "/summary");
    let decide = desk.path(desk.kit.branch, "/summary/decide");
    let incomplete = desk
        .post(
            Who::BranchSecretary,
            &path,
            &[("filler", "李秀英"), ("act", "submit")],
        )
        .await;
    assert_eq!(incomplete.status, 422);
    assert!(incomplete.says("没有填写联系电话"), "{}", incomplete.text());
    desk.branch_files().await;
    let (row, version) = desk.filed(desk.kit.branch, FilingKind::BranchSummary).await;
    assert_eq!(
        (row.state, row.version, version.late),
        (FilingState::Submitted, 1, false)
    );
    assert!(version.snapshot.contains("三楼会议室") && !version.chain_head.is_empty());
    // what was handed in cannot be changed
    assert_eq!(
        desk.post(Who::BranchSecretary, &path, SUBMIT).await.status,
        422
    );
    // the branch itself may not decide; the unit needs an opinion to return
    let act = |act: &'static str, version: &'static str, opinion: &'static str| {
        [("act", act), ("version", version), ("opinion", opinion)]
    };
    assert_eq!(
        desk.post(Who::BranchSecretary, &decide, &act("receive", "1", ""))
            .await
            .status,
        403
    );
    let refused = desk
        .post(Who::UnitClerk, &decide, &act("return", "1", ""))
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.says("退回要写明意见") && refused.text().contains("opinion-error"),
        "the form stays, with the error beside its field: {}",
        refused.text()
    );
    assert!(refused.says("退回修改"), "{}", refused.text());
    let back = desk
        .post(
            Who::UnitClerk,
            &decide,
            &act("return", "1", "请补填联系电话。"),
        )
        .await;
    assert_eq!(back.status, 303);
    let page = desk.get(Who::BranchSecretary, &path).await;
    assert!(
        page.says("第 1 稿已退回") && page.says("请补填联系电话。"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains(r#"value="0715-8000000""#),
        "last used telephone is kept"
    );
    desk.branch_files().await;
    assert!(
        desk.post(Who::UnitSecretary, &decide, &act("receive", "1", ""))
            .await
            .says("已有新的变化")
    );
    assert_eq!(
        desk.post(Who::UnitSecretary, &decide, &act("receive", "2", ""))
            .await
            .status,
        303
    );
    let (row, version) = desk.filed(desk.kit.branch, FilingKind::BranchSummary).await;
    assert_eq!((row.state, version.version), (FilingState::Received, 2));
    let page = desk.get(Who::UnitSecretary, &path).await;
    assert!(
        page.says("第 2 稿") && page.says("第 1 稿") && page.says(&version.chain_head),
        "{}",
        page.text()
    );
    let old = desk
        .get(
            Who::UnitSecretary,
            &desk.path(desk.kit.branch, "/summary/v/1/docx"),
        )
        .await;
    assert_eq!(old.status, 200);
    assert_eq!(desk.kit.audited(Event::FilingSubmitted).await.len(), 2);
    assert_eq!(desk.kit.audited(Event::FilingReturned).await.len(), 1);
    assert_eq!(desk.kit.audited(Event::FilingReceived).await.len(), 1);
}

#[tokio::test]
async fn a_directly_attached_branch_is_led_to_the_unit_page() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.attached, RoundState::Determined)
        .await;
    let path = desk.path(desk.kit.attached, "/summary");
    let page = desk.get(Who::AttachedSecretary, &path).await;
    assert!(page.says("随单位材料一起报送"), "{}", page.text());
    assert!(
        page.text()
            .contains(&desk.path(desk.kit.attached, "/unit-summary"))
    );
    let refused = desk.post(Who::AttachedSecretary, &path, SUBMIT).await;
    assert_eq!(refused.status, 422);
    let unit = desk.path(desk.kit.attached, "/unit-summary");
    assert!(
        desk.get(Who::AttachedSecretary, &unit)
            .await
            .says("9 / 90.0%")
    );
    assert_eq!(
        desk.post(Who::AttachedDeputy, &unit, SUBMIT).await.status,
        303
    );
    let (row, _) = desk.filed(desk.kit.attached, FilingKind::UnitSummary).await;
    assert_eq!(row.state, FilingState::Submitted);
}

#[tokio::test]
async fn the_unit_sees_who_is_missing_and_may_still_file() {
    let desk = Desk::new().await;
    let path = desk.path(desk.kit.unit, "/unit-summary");
    let nothing = desk.unit_files(Who::UnitClerk).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.says("所属党支部都还没有上报"), "{}", nothing.text());
    assert!(nothing.says("集中学习三次。"), "what was typed is not lost");
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let page = desk.get(Who::UnitSecretary, &path).await;
    assert!(
        page.says("还没有上报的支部（2 个）") && page.says("计票已签字，汇总表还没有报送"),
        "{}",
        page.text()
    );
    desk.branch_files().await;
    let page = desk.get(Who::UnitSecretary, &path).await;
    assert!(
        page.says("还没有上报的支部（1 个）") && page.says("由支部书记王建国二办理"),
        "{}",
        page.text()
    );
    assert!(
        page.says("应参评党员20人，实参评10人，未参评10人：尚未上报10人"),
        "{}",
        page.text()
    );
    assert!(page.says("“好”9人，占90.0%"), "{}", page.text());
    let sent = desk.unit_files(Who::UnitClerk).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let (_, version) = desk.filed(desk.kit.unit, FilingKind::UnitSummary).await;
    assert!(
        version.snapshot.contains("还没有召开专题组织生活会"),
        "{}",
        version.snapshot
    );
    assert!(version.report_text.contains("集中学习三次。"));
    for doc in ["rollup", "report"] {
        for format in ["pdf", "docx", "xlsx"] {
            let path = desk.path(desk.kit.unit, &format!("/unit-summary/file/{doc}/{format}"));
            assert_eq!(
                desk.get(Who::UnitSecretary, &path).await.status,
                200,
                "{doc} {format}"
            );
        }
    }
}

#[tokio::test]
async fn saving_keeps_the_units_words_while_figures_follow_the_ledger() {
    let desk = Desk::new().await;
    let path = desk.path(desk.kit.unit, "/unit-summary");
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let saved = desk
        .post(
            Who::UnitClerk,
            &path,
            &[("act", "save"), ("problems", "还有不足。")],
        )
        .await;
    assert_eq!(saved.status, 303);
    let before = desk.get(Who::UnitClerk, &path).await;
    assert!(
        before.says("实参评0人") && before.says("还有不足。"),
        "{}",
        before.text()
    );
    desk.branch_files().await;
    let after = desk.get(Who::UnitClerk, &path).await;
    assert!(
        after.says("实参评10人") && after.says("还有不足。"),
        "{}",
        after.text()
    );
    assert_eq!(desk.kit.audited(Event::FilingDrafted).await.len(), 2);
}

#[tokio::test]
async fn the_section_reviews_returns_and_receives_by_somebody_else() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    desk.branch_files().await;
    desk.unit_files(Who::UnitClerk).await;
    let review = desk.path(desk.kit.unit, "/unit-summary/review");
    let queue = desk
        .get(Who::Clerk, &format!("/c/{}/filings", desk.id))
        .await;
    assert!(
        queue.says("等待核收（1）") && queue.says("10 / 20") && queue.says("0 / 2"),
        "{}",
        queue.text()
    );
    assert_eq!(desk.get(Who::UnitSecretary, &review).await.status, 403);
    let page = desk.get(Who::Clerk, &review).await;
    assert!(
        page.says("一致")
            && page.says("报送以后，台帐里的数字没有变化")
            && page.says("集中学习三次。"),
        "{}",
        page.text()
    );
    // the second branch reports later: the review says what changed
    desk.appraise(desk.kit.other, RoundState::Determined).await;
    let other = desk.path(desk.kit.other, "/summary");
    assert_eq!(
        desk.post(Who::OtherSecretary, &other, SUBMIT).await.status,
        303
    );
    let page = desk.get(Who::Clerk, &review).await;
    assert!(
        page.says("市水利局第二党支部：报送时未上报，现在已上报"),
        "{}",
        page.text()
    );
    let act = |act: &'static str, version: &'static str, opinion: &'static str| {
        [("act", act), ("version", version), ("opinion", opinion)]
    };
    let refused = desk
        .post(Who::Clerk, &review, &act("return", "1", ""))
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("opinion-error") && refused.says("退回修改"),
        "the form stays, with the error beside its field: {}",
        refused.text()
    );
    let back = desk
        .post(Who::Clerk, &review, &act("return", "1", "请补报第二支部。"))
        .await;
    assert_eq!(back.location(), format!("/c/{}/filings", desk.id));
    let page = desk
        .get(Who::UnitClerk, &desk.path(desk.kit.unit, "/unit-summary"))
        .await;
    assert!(
        page.says("请补报第二支部。") && page.says("集中学习三次。"),
        "{}",
        page.text()
    );
    desk.kit.clock.advance(AFTER_DEADLINE);
    desk.unit_files(Who::UnitClerk).await;
    let (row, version) = desk.filed(desk.kit.unit, FilingKind::UnitSummary).await;
    assert_eq!((row.version, version.late), (2, true));
    assert!(desk.get(Who::Clerk, &review).await.says("逾期"));
    assert_eq!(
        desk.post(Who::Clerk2, &review, &act("receive", "2", ""))
            .await
            .status,
        303
    );
    let (row, version) = desk.filed(desk.kit.unit, FilingKind::UnitSummary).await;
    assert_eq!(
        (row.state, version.decided_by_name.as_deref()),
        (FilingState::Received, Some("吴科员"))
    );
    for name in ["rollup/xlsx", "rollup/pdf", "ledger/docx"] {
        let path = format!("/c/{}/filings/{name}", desk.id);
        assert_eq!(desk.get(Who::Clerk, &path).await.status, 200, "{name}");
    }
}

#[tokio::test]
async fn who_handed_it_in_does_not_receive_it() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    desk.branch_files().await;
    desk.unit_files(Who::UnitClerk).await;
    // the same person moves to the 组织科
    let mut tx = desk.kit.begin().await;
    let grant = pingyi_storage::grant::Grant {
        account_id: desk.kit.account(Who::UnitClerk),
        role: "committee_clerk".into(),
        org_id: Some(desk.kit.root),
        given_at: NOW,
    };
    pingyi_storage::grant::insert(&mut tx, &grant)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let review = desk.path(desk.kit.unit, "/unit-summary/review");
    assert!(
        desk.get(Who::UnitClerk, &review)
            .await
            .says("须由组织科另一位同志办理")
    );
    let own = desk
        .post(
            Who::UnitClerk,
            &review,
            &[("act", "receive"), ("version", "1")],
        )
        .await;
    assert_eq!(own.status, 422);
    assert!(own.says("这份材料是您报送的"), "{}", own.text());
}

#[tokio::test]
async fn pages_answer_for_the_right_kind_of_organisation_only() {
    let desk = Desk::new().await;
    let get = async |org, rest| desk.get(Who::Clerk, &desk.path(org, rest)).await.status;
    assert_eq!(get(desk.kit.unit, "/summary").await, 404);
    assert_eq!(get(desk.kit.branch, "/unit-summary").await, 404);
    assert_eq!(get(desk.kit.root, "/unit-summary").await, 404);
    assert_eq!(get(desk.kit.branch, "/summary/file/exe").await, 404);
    let other = desk
        .get(Who::OtherSecretary, &desk.path(desk.kit.branch, "/summary"))
        .await;
    assert_eq!(other.status, 403);
    assert_eq!(
        desk.get(
            Who::BranchSecretary,
            &desk.path(desk.kit.unit, "/unit-summary")
        )
        .await
        .status,
        403
    );
    let home = desk.get(Who::Clerk, "/filings").await;
    assert_eq!(home.location(), format!("/c/{}/filings", desk.id));
}

#[tokio::test]
async fn all_papers_are_made_in_the_background_and_fetched_as_one_zip() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    desk.appraise(desk.kit.attached, RoundState::Signed).await;
    let path = format!("/c/{}/papers", desk.id);
    assert!(desk.get(Who::Leader, &path).await.says("还没有生成"));
    assert_eq!(desk.get(Who::UnitSecretary, &path).await.status, 403);
    assert_eq!(
        desk.get(Who::Leader, &format!("{path}/file")).await.status,
        404
    );
    assert_eq!(desk.post(Who::Clerk, &path, &[]).await.status, 303);
    let mut page = desk.get(Who::Clerk, &path).await;
    for _ in 0..600 {
        if page.says("下载压缩包") {
            break;
        }
        assert!(
            page.text().contains(r#"http-equiv="refresh" content="2""#),
            "{}",
            page.text()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
        page = desk.get(Who::Clerk, &path).await;
    }
    assert!(page.says("2 个支部，共 6 个文件"), "{}", page.text());
    assert!(
        page.says("市水利局第二党支部：计票还没有签字确认"),
        "{}",
        page.text()
    );
    let zip = desk.get(Who::Clerk, &format!("{path}/file")).await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip.bytes.clone())).unwrap();
    let names: Vec<String> = archive
        .file_names()
        .map(|n| n.unwrap().into_owned())
        .collect();
    assert_eq!(names.len(), 7, "{names:?}");
    let wanted = "市水利局机关党委/市水利局第一党支部测评汇总表.pdf";
    let mut pdf = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name(wanted).unwrap(), &mut pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(desk.kit.audited(Event::ExportMade).await.len(), 1);
}

#[test]
fn the_notices_annex_has_the_title_of_our_form() {
    let notice = Notice::parse(NOTICE).unwrap();
    assert!(
        notice
            .attachments
            .iter()
            .any(|a| a.title.contains("汇总表"))
    );
}
