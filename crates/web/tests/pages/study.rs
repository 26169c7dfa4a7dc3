//! Study before the meeting through the pages: sessions, who missed what, 补学, the ledger.

#![expect(
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use pingyi_domain::ids::MemberId;
use pingyi_domain::meeting::MeetingState;
use pingyi_storage::{facts, study};
use pingyi_web::testkit::{NOW, Reply, Site, Who};

const ITEMS: [&str; 5] = [
    "party-rules",
    "general-secretary",
    "province-and-city",
    "required-reading",
    "examples",
];

struct Stage {
    site: Site,
    members: Vec<MemberId>,
}

impl std::ops::Deref for Stage {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Stage {
    async fn new() -> Self {
        let site = Site::at("/study").await;
        let members = site.kit.members().await;
        Self { site, members }
    }

    /// A session on `day` with these items and everybody but the last `absent` members.
    async fn record(&self, rest: &str, day: &str, items: &[&str], absent: usize) -> Reply {
        let there: Vec<String> = self.members.iter().map(ToString::to_string).collect();
        let mut fields = vec![
            ("held_on", day),
            ("place", "三楼会议室"),
            ("host", "王建国"),
        ];
        fields.extend(items.iter().map(|item| ("item", *item)));
        let there = &there[..there.len() - absent];
        fields.extend(there.iter().map(|id| ("at", id.as_str())));
        self.post(Who::BranchSecretary, rest, &fields).await
    }

    async fn behind(&self) -> (usize, u32) {
        let mut tx = self.kit.begin().await;
        let unit = facts::load_unit(&mut tx, self.campaign, self.kit.unit).await;
        let unit = unit.unwrap().unwrap();
        let branch = unit.branches.iter().find(|b| b.org == self.kit.branch);
        let known = &branch.unwrap().records.study;
        (known.covered.len(), known.behind(5))
    }

    async fn hold_meeting(&self) {
        self.hold(MeetingState::Open, NOW.date()).await;
    }
}

#[tokio::test]
async fn everybody_is_there_unless_unticked() {
    let stage = Stage::new().await;
    let blank = stage.get(Who::BranchSecretary, "/new").await.text();
    let ticked = blank.matches("name=\"at\"").count();
    assert_eq!(ticked, stage.members.len());
    assert_eq!(blank.matches(" checked").count(), ticked);

    let reply = stage.record("/new", "2015-09-01", &ITEMS, 2).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(stage.behind().await, (5, 2));
    let page = stage.get(Who::UnitClerk, "").await;
    assert!(page.says("缺席："), "the unit reads it");
    assert!(page.says("2 人没有学全"));
    assert!(page.says("2015年9月15日补录"));
    assert!(!page.says("记录一次学习</a>"), "and only reads it");
}

#[tokio::test]
async fn what_a_member_missed_is_made_up_and_no_gap_any_more() {
    let stage = Stage::new().await;
    stage.record("/new", "2015-09-01", &ITEMS, 1).await;
    let last = stage.members.last().unwrap();
    let gaps: Vec<String> = ITEMS.iter().map(|item| format!("{last}/{item}")).collect();
    let mut fields = vec![("done_on", "2015-09-03"), ("how", "自学原文")];
    fields.extend(gaps.iter().map(|gap| ("gap", gap.as_str())));
    let who = Who::BranchCommittee;
    let reply = stage.post(who, "/makeup", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(stage.behind().await, (5, 0));
    assert!(stage.get(who, "").await.says("10 人全部学全"));

    let member = last.to_string();
    let wrong = [("member", member.as_str()), ("item", "examples")];
    let reply = stage.post(who, "/makeup/remove", &wrong).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(stage.behind().await, (5, 1));
    let mut tx = stage.kit.begin().await;
    let done = study::done_by_member(&mut tx, stage.campaign, *last).await;
    assert_eq!(done.unwrap().len(), 4);
}

#[tokio::test]
async fn a_form_with_a_fault_comes_back_as_typed_and_saves_nothing() {
    let stage = Stage::new().await;
    for (day, items, absent, words) in [
        ("2015-09-20", &ITEMS[..1], 0, "日期在今天以后"),
        ("", &ITEMS[..1], 0, "请填写日期"),
        ("2015-09-01", &ITEMS[..0], 0, "学习内容没有选"),
        ("2015-09-01", &ITEMS[..1], 10, "没有一个人参加"),
        ("2015-09-01", &["no-such-item"][..], 0, "学习内容没有选"),
    ] {
        let reply = stage.record("/new", day, items, absent).await;
        assert_eq!(reply.status, 422, "{words}");
        assert!(reply.says(words), "{words}: {}", reply.text());
        assert!(reply.says("三楼会议室"));
    }
    let reply = stage
        .post(Who::BranchSecretary, "/makeup", &[("how", "自学")])
        .await;
    assert_eq!(reply.status, 422);
    assert_eq!(stage.behind().await, (0, 0));
}

#[tokio::test]
async fn once_the_meeting_is_held_records_stand_and_later_ones_are_marked() {
    let stage = Stage::new().await;
    stage.record("/new", "2015-09-01", &ITEMS[..1], 0).await;
    let mut tx = stage.kit.begin().await;
    let session = study::list(&mut tx, stage.campaign, stage.kit.branch).await;
    let id = session.unwrap()[0].id;
    drop(tx);
    let own = format!("/session/{id}");
    let reply = stage.record(&own, "2015-09-02", &ITEMS[1..3], 0).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    stage.hold_meeting().await;
    let refused = stage.record(&own, "2015-09-02", &ITEMS, 0).await;
    assert!(refused.says("会前的学习记录不再改动"));
    stage.kit.clock.advance(86_400);
    let late = stage.record("/new", "2015-09-16", &ITEMS, 0).await;
    assert!(late.says("组织生活会以后"), "{}", late.text());
    let late = stage.record("/new", "2015-09-14", &ITEMS, 0).await;
    assert_eq!(late.status, 303);
    assert!(stage.get(Who::Clerk, "").await.says("2015年9月16日补录"));
}

#[tokio::test]
async fn the_ledger_is_printed_in_three_formats() {
    let stage = Stage::new().await;
    stage.record("/new", "2015-09-01", &ITEMS[..4], 1).await;
    for format in ["pdf", "docx", "xlsx"] {
        let reply = stage.get(Who::Leader, &format!("/ledger/{format}")).await;
        assert_eq!(reply.status, 200, "{format}");
        assert!(reply.bytes.len() > 1_000);
    }
}

#[tokio::test]
async fn another_branchs_session_is_not_found() {
    let stage = Stage::new().await;
    stage.record("/new", "2015-09-01", &ITEMS, 0).await;
    let mut tx = stage.kit.begin().await;
    let session = study::list(&mut tx, stage.campaign, stage.kit.branch).await;
    let id = session.unwrap()[0].id;
    drop(tx);
    let path = format!(
        "/c/{}/o/{}/study/session/{id}",
        stage.campaign, stage.kit.other
    );
    let client = stage.kit.client(Who::OtherSecretary).await;
    assert_eq!(client.get(&path).await.status, 404);
    assert_eq!(
        client.post(&format!("{path}/remove"), &[]).await.status,
        404
    );
}
