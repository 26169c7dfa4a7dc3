//! A branch's results through the pages: feedback, the member's own page, 公示, use, keeping.

use pingyi_domain::appraisal::{RoundState, Subject, Treatment};
use pingyi_domain::ids::{MeetingId, RoundId};
use pingyi_domain::meeting::MeetingState;
use pingyi_domain::member::Standing;
use pingyi_storage::audit::Event;
use pingyi_storage::determination::Determination;
use pingyi_storage::round::StoredRound;
use pingyi_storage::subject::RoundMember;
use pingyi_storage::{determination, feedback, member, publicity, round, subject};
use pingyi_web::testkit::{NOW, Site, Who};

struct Stage {
    site: Site,
    round: RoundId,
}

impl std::ops::Deref for Stage {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Stage {
    /// A branch of ten: all 好 but the tenth, 差.
    async fn determined() -> Self {
        let site = Site::at("").await;
        let round: RoundId = site.kit.app.new_id();
        let on = jiff::civil::date(2015, 9, 14);
        let held = site.hold(MeetingState::Closed, on).await;
        let mut tx = site.kit.begin().await;
        round::insert(&mut tx, &a_round(round, held))
            .await
            .expect("as prepared");
        let members = member::list(&mut tx, site.kit.branch)
            .await
            .expect("as prepared");
        let list: Vec<RoundMember> = (1..)
            .zip(&members)
            .map(|(seq, m)| RoundMember {
                seq,
                subject: Subject {
                    member: m.id,
                    treatment: Treatment::Graded,
                },
                name: m.name.clone(),
                standing: Standing::Full,
                post_title: String::new(),
            })
            .collect();
        subject::set(&mut tx, round, &list)
            .await
            .expect("as prepared");
        let given: Vec<Determination> = (1..=10)
            .map(|seq| Determination {
                seq,
                grade: Some(if seq == 10 { "poor" } else { "good" }.into()),
                ungraded_reason: None,
                note: String::new(),
                decided_on: on,
            })
            .collect();
        determination::set(&mut tx, round, &given)
            .await
            .expect("as prepared");
        tx.commit().await.expect("as prepared");
        Self { site, round }
    }

    /// Everybody is told by the secretary on 15 September.
    async fn told() -> Self {
        let stage = Self::determined().await;
        let ticks: Vec<String> = (1..=10).map(|seq| format!("m_{seq}")).collect();
        let mut fields = vec![
            ("told_on", "2015-09-15"),
            ("teller", "王建国"),
            ("manner", "in_person"),
        ];
        fields.extend(ticks.iter().map(|t| (t.as_str(), "1")));
        let reply = stage
            .post(Who::BranchSecretary, "/results/feedback", &fields)
            .await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        stage
    }

    /// The number of the kit's member without a post in the list.
    async fn seq_of(&self, who: Who) -> u32 {
        let mut tx = self.kit.begin().await;
        let list = subject::list(&mut tx, self.round)
            .await
            .expect("as prepared");
        let me = self.kit.member(who);
        list.iter()
            .find(|l| l.subject.member == me)
            .map_or(0, |l| l.seq)
    }
}

fn a_round(id: RoundId, held: MeetingId) -> StoredRound {
    StoredRound {
        id,
        meeting_id: held,
        no: 1,
        state: RoundState::Determined,
        void_reason: None,
        voided_at: None,
        present: Some(10),
        issued: Some(10),
        collected: Some(10),
        invalid: Some(0),
        settings: "{}".into(),
        opened_at: Some(NOW),
        closed_at: Some(NOW),
        signed_on: Some(jiff::civil::date(2015, 9, 14)),
    }
}

const DRAFT: [(&str, &str); 5] = [
    ("opening", "现将评议结果予以公示。"),
    ("scope", "支部和单位公示栏"),
    ("channel", "党办 0715-8126000、13971234567"),
    ("from_on", "2015-09-15"),
    ("to_on", "2015-09-21"),
];

#[tokio::test]
async fn one_form_tells_everybody_and_keeps_whoever_is_left_for_later() {
    let stage = Stage::determined().await;
    let page = stage.get(Who::BranchSecretary, "/results/feedback").await;
    assert_eq!(
        page.text().matches(" checked").count(),
        10,
        "all are ticked"
    );
    let one = [
        ("told_on", "2015-09-15"),
        ("teller", "王建国"),
        ("manner", "phone"),
        ("m_3", "1"),
    ];
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/results/feedback", &one)
            .await
            .status,
        303
    );
    let page = stage.get(Who::BranchSecretary, "/results/feedback").await;
    assert_eq!(page.text().matches(" checked").count(), 9);
    assert_eq!(stage.kit.details(Event::FeedbackGiven).await.len(), 1);
}

#[tokio::test]
async fn feedback_before_the_opinion_or_of_nobody_is_refused_whole() {
    let stage = Stage::determined().await;
    let early = [
        ("told_on", "2015-09-13"),
        ("teller", "王建国"),
        ("manner", "phone"),
        ("m_3", "1"),
    ];
    let reply = stage
        .post(Who::BranchSecretary, "/results/feedback", &early)
        .await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("早于张伟的评定日期"), "{}", reply.text());
    let nobody = [
        ("told_on", "2015-09-15"),
        ("teller", "王建国"),
        ("manner", "phone"),
    ];
    let reply = stage
        .post(Who::BranchSecretary, "/results/feedback", &nobody)
        .await;
    assert!(reply.says("没有选择党员"));
    let mut tx = stage.kit.begin().await;
    assert!(
        feedback::list(&mut tx, stage.round)
            .await
            .expect("as prepared")
            .is_empty()
    );
}

#[tokio::test]
async fn a_member_acknowledges_and_objects_on_the_own_row_only() {
    let stage = Stage::told().await;
    let page = stage.get(Who::Member, "/results/mine").await;
    assert!(page.says("确认已收到反馈"), "{}", page.text());
    assert!(!page.says("<b>差</b>"), "nobody else's grade is shown");
    assert_eq!(
        stage
            .post(Who::Member, "/results/mine/acknowledge", &[])
            .await
            .status,
        303
    );
    let twice = stage
        .post(Who::Member, "/results/mine/acknowledge", &[])
        .await;
    assert!(twice.says("已经签收过了"));
    let text = [("objection", "本人认为应再考虑")];
    assert_eq!(
        stage
            .post(Who::Member, "/results/mine/object", &text)
            .await
            .status,
        303
    );
    let seq = stage.seq_of(Who::Member).await;
    let mut tx = stage.kit.begin().await;
    let all = feedback::list(&mut tx, stage.round)
        .await
        .expect("as prepared");
    let touched: Vec<u32> = all
        .iter()
        .filter(|f| f.feedback.acknowledged.is_some())
        .map(|f| f.seq)
        .collect();
    assert_eq!(touched, [seq]);
    drop(tx);
    let logged = stage.kit.details(Event::ObjectionRaised).await;
    assert!(
        !logged[0].contains("考虑"),
        "no text in the log: {logged:?}"
    );
}

#[tokio::test]
async fn nobody_reads_a_result_before_being_told() {
    let stage = Stage::determined().await;
    let page = stage.get(Who::Member, "/results/mine").await;
    assert!(page.says("还没有向您反馈"));
    assert_eq!(
        stage
            .post(Who::Member, "/results/mine/acknowledge", &[])
            .await
            .status,
        422
    );
    assert_eq!(
        stage.get(Who::OtherSecretary, "/results/mine").await.status,
        403
    );
}

#[tokio::test]
async fn an_upheld_or_changed_opinion_is_answered_and_the_unit_reads_no_text() {
    let stage = Stage::told().await;
    let at = "/results/member/10";
    let raised = [("on", "2015-09-15"), ("objection", "对等次有意见")];
    assert_eq!(
        stage
            .post(Who::BranchCommittee, &format!("{at}/object"), &raised)
            .await
            .status,
        303
    );
    let unit = stage.get(Who::UnitSecretary, "/results").await;
    assert!(unit.says("有异议，待答复") && !unit.says("对等次有意见"));
    assert_eq!(stage.get(Who::UnitSecretary, at).await.status, 403);
    let mut answer = vec![
        ("on", "2015-09-15"),
        ("by", "王建国"),
        ("handling", "经复核调整"),
        ("outcome", "changed"),
        ("grade", "poor"),
    ];
    let same = stage
        .post(Who::BranchSecretary, &format!("{at}/handle"), &answer)
        .await;
    assert_eq!(same.status, 422, "a change to the same grade is none");
    answer[4].1 = "fair";
    assert_eq!(
        stage
            .post(Who::BranchSecretary, &format!("{at}/handle"), &answer)
            .await
            .status,
        303
    );
    assert_eq!(stage.kit.details(Event::OpinionChanged).await.len(), 1);
    let mut tx = stage.kit.begin().await;
    let now = determination::list(&mut tx, stage.round)
        .await
        .expect("as prepared");
    assert_eq!(now[9].grade.as_deref(), Some("fair"));
}

#[expect(clippy::too_many_lines, reason = "one story told step by step")]
#[tokio::test]
async fn a_notice_is_examined_approved_by_another_and_posted() {
    let stage = Stage::told().await;
    let post = |rest: &'static str, who| stage.post(who, rest, &[]);
    let mut bad = DRAFT;
    bad[0].1 = "请致电王建国１３９７１２３４５６７";
    assert_eq!(
        stage
            .post(Who::BranchCommittee, "/results/publicity", &bad)
            .await
            .status,
        303
    );
    let page = stage.get(Who::BranchSecretary, "/results/publicity").await;
    assert!(page.says("疑似手机号码"), "{}", page.text());
    let refused = post("/results/publicity/approve", Who::BranchSecretary).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/results/publicity", &DRAFT)
            .await
            .status,
        303
    );
    let own = post("/results/publicity/approve", Who::BranchSecretary).await;
    assert!(own.says("不能由您批准"), "{}", own.text());
    assert_eq!(
        post("/results/publicity/approve", Who::BranchCommittee)
            .await
            .status,
        403
    );
    assert_eq!(
        post("/results/publicity/approve", Who::UnitSecretary)
            .await
            .status,
        303
    );
    let later = [("from_on", "2015-09-16"), ("to_on", "2015-09-22")];
    let early = stage
        .post(Who::BranchSecretary, "/results/publicity/post", &later)
        .await;
    assert!(early.says("还没有到开始的日子"), "{}", early.text());
    let today = [("from_on", "2015-09-15"), ("to_on", "2015-09-21")];
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/results/publicity/post", &today)
            .await
            .status,
        303
    );
    let ended = post("/results/publicity/end", Who::BranchSecretary).await;
    assert!(ended.says("最后一天过完"));
    let paper = stage
        .get(Who::UnitClerk, "/results/publicity/paper/docx")
        .await;
    assert_eq!(paper.status, 200);
    let mut tx = stage.kit.begin().await;
    let all = publicity::list(&mut tx, stage.campaign, stage.kit.branch)
        .await
        .expect("as prepared");
    let kept = all[0].snapshot.clone().unwrap_or_default();
    assert!(
        kept.contains("王建国") && !kept.contains("10"),
        "names and grades only: {kept}"
    );
}

#[tokio::test]
async fn praise_or_a_word_on_none_and_help_for_the_last_grade() {
    let stage = Stage::told().await;
    let wrong = [
        ("seq", "10"),
        ("manner", "通报表扬"),
        ("reason", "带头"),
        ("on", "2015-09-15"),
    ];
    let reply = stage
        .post(Who::BranchSecretary, "/results/use/commend", &wrong)
        .await;
    assert_eq!(reply.status, 422, "the last grade is not praised");
    let none = [("why_none", "集体研究，本次不表扬")];
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/results/use/decline", &none)
            .await
            .status,
        303
    );
    let plan = [
        ("seq", "10"),
        ("helper", "王建国"),
        ("measures", "每月谈一次"),
        ("on", "2015-09-15"),
    ];
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/results/use/help", &plan)
            .await
            .status,
        303
    );
    let progress = [
        ("seq", "10"),
        ("content", "按时完成任务"),
        ("on", "2015-09-15"),
    ];
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/results/use/note", &progress)
            .await
            .status,
        303
    );
    let page = stage.get(Who::BranchSecretary, "/results/use").await;
    assert!(page.says("每月谈一次") && page.says("按时完成任务") && page.says("本次不表扬"));
    assert_eq!(
        stage.get(Who::UnitSecretary, "/results/use").await.status,
        403
    );
}

#[tokio::test]
async fn papers_are_destroyed_by_two_people_after_their_term() {
    let stage = Stage::told().await;
    let ballots = [("kind", "sheets"), ("remark", "碎纸，10 张")];
    let held = stage
        .post(Who::BranchSecretary, "/retention/propose", &ballots)
        .await;
    assert!(held.says("还在保管期内"), "{}", held.text());
    stage.kit.clock.advance(11 * 366 * 86_400);
    let texts = [("kind", "results"), ("remark", "保管期满")];
    let reply = stage
        .post(Who::BranchSecretary, "/retention/propose", &texts)
        .await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let mut tx = stage.kit.begin().await;
    let all = pingyi_storage::destruction::list(&mut tx, stage.campaign, stage.kit.branch).await;
    let id = all.expect("as prepared")[0].id.to_string();
    drop(tx);
    let decision = [("id", id.as_str()), ("step", "confirm")];
    let own = stage
        .post(Who::BranchSecretary, "/retention/decide", &decision)
        .await;
    assert!(own.says("要由另一人确认"), "{}", own.text());
    let whole = format!("/c/{}/retention", stage.campaign);
    let clerk = stage.kit.client(Who::Clerk).await;
    let page = clerk.get(&whole).await;
    assert!(
        page.says("等第二人确认") && page.says("/retention\">"),
        "{}",
        page.text()
    );
    assert!(page.says("保管期满，可以销毁"), "{}", page.text());
    assert_eq!(
        stage
            .post(Who::BranchCommittee, "/retention/decide", &decision)
            .await
            .status,
        303
    );
    let page = stage.get(Who::UnitSecretary, "/retention").await;
    assert!(page.says("已销毁"), "{}", page.text());
    assert!(!clerk.get(&whole).await.says("等第二人确认"));
}

#[tokio::test]
async fn slips_tell_the_opinion_and_no_count() {
    let stage = Stage::told().await;
    for rest in ["/results/slips/docx", "/results/slip/10/docx"] {
        let paper = stage.get(Who::BranchSecretary, rest).await;
        assert_eq!(paper.status, 200, "{rest}");
    }
    assert_eq!(
        stage
            .get(Who::UnitSecretary, "/results/slips/docx")
            .await
            .status,
        403
    );
    assert_eq!(stage.get(Who::Member, "/results").await.status, 403);
}

/// The strings of a spreadsheet.
fn strings_of(xlsx: Vec<u8>) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).expect("a spreadsheet");
    let file = zip.by_name("xl/sharedStrings.xml").expect("with strings");
    std::io::read_to_string(file).expect("text")
}

#[tokio::test]
async fn what_the_provincial_system_asks_for_comes_in_its_columns() {
    let stage = Stage::determined().await;
    let unit = format!("/c/{}/o/{}", stage.campaign, stage.kit.unit);
    let client = stage.kit.client(Who::UnitClerk).await;
    let page = client.get(&unit).await;
    assert!(page.says("/platform/xlsx"), "the unit's page leads there");
    let reply = client.get(&format!("{unit}/platform/xlsx")).await;
    assert_eq!(reply.status, 200);
    let text = strings_of(reply.bytes);
    for word in [
        "开展评议日期",
        "结束评议日期",
        "姓名",
        "评议结果",
        "奖惩情况",
        "奖惩原因",
        "2015-09-14",
        "尚有1个党支部",
    ] {
        assert!(text.contains(word), "{word}");
    }
    let told = stage.kit.details(Event::ExportMade).await;
    assert_eq!(told.len(), 1, "who took the names away is on record");
    assert!(told[0].contains("\"rows\":10"), "{told:?}");
}

#[tokio::test]
async fn there_is_no_table_before_there_are_results_and_none_for_members() {
    let stage = Stage::determined().await;
    let other = format!("/c/{}/o/{}", stage.campaign, stage.kit.attached);
    let clerk = stage.kit.client(Who::Clerk).await;
    let early = clerk.get(&format!("{other}/platform/xlsx")).await;
    assert_eq!(early.status, 422);
    assert!(early.says("还没有党支部确定评定意见"));
    assert!(!clerk.get(&other).await.says("/platform/xlsx"));
    let member = stage.get(Who::Member, "/platform/xlsx").await;
    assert_eq!(member.status, 403);
}
