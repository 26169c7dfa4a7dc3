//! Heart-to-heart talks through the pages: entered, confirmed, read by whom, counted.

#![expect(
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use jiff::civil::date;
use pingyi_domain::ids::MemberId;
use pingyi_domain::meeting::MeetingState;
use pingyi_domain::talk::Confirmation;
use pingyi_storage::audit::Event;
use pingyi_storage::talk::{self, Entry};
use pingyi_web::testkit::{Reply, Site, Who};

struct Stage(Site);

impl std::ops::Deref for Stage {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0
    }
}

impl Stage {
    async fn new() -> Self {
        Self(Site::at("").await)
    }

    async fn talks(&self) -> Vec<Entry> {
        let mut tx = self.kit.begin().await;
        let branch = self.kit.branch;
        talk::list(&mut tx, self.campaign, branch).await.unwrap()
    }

    /// The secretary talked with these, by place on the roster.
    async fn talked(&self, who: Who, one: usize, others: &[usize], on: &str) -> Reply {
        let ids = self.kit.members().await;
        let one = ids[one].to_string();
        let boxes: Vec<String> = others.iter().map(|&o| format!("w_{}", ids[o])).collect();
        let mut fields = vec![("one", one.as_str()), ("held_on", on), ("place", "谈心室")];
        fields.extend(boxes.iter().map(|b| (b.as_str(), "1")));
        self.post(who, "/talks", &fields).await
    }

    async fn met_on_the_tenth(&self) {
        self.hold(MeetingState::Open, date(2015, 9, 10)).await;
    }
}

const SECRETARY: Who = Who::BranchSecretary;

#[tokio::test]
async fn several_talks_of_one_day_are_entered_at_once_and_the_missing_ones_shrink() {
    let stage = Stage::new().await;
    // One pair of two with a post, and eight ordinary members.
    let before = stage.get(SECRETARY, "/talks").await;
    assert!(before.says("<b>0 / 9</b>"), "{}", before.text());
    assert!(before.says("支委之间：王建国与李秀英"));
    let reply = stage.talked(SECRETARY, 0, &[1, 2, 3], "2015-09-01").await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(stage.talks().await.len(), 3);
    assert_eq!(stage.kit.audited(Event::TalksRecorded).await.len(), 1);
    let after = stage.get(SECRETARY, "/talks").await;
    assert!(after.says("<b>3 / 9</b>") && !after.says("支委之间："));
    let home = stage.get(SECRETARY, "").await;
    assert!(
        home.says("按职务应谈 9 对，还有 6 对没有谈"),
        "{}",
        home.text()
    );
    let all = stage
        .talked(Who::BranchCommittee, 1, &[4, 5, 6, 7, 8, 9], "2015-09-02")
        .await;
    assert_eq!(all.status, 303);
    let done = stage.get(SECRETARY, "/talks").await;
    assert!(done.says("按职务应谈的都谈过了"));
}

#[tokio::test]
async fn what_cannot_be_true_is_refused_whole_with_what_was_typed() {
    let stage = Stage::new().await;
    stage.met_on_the_tenth().await;
    for (one, others, on, words) in [
        (0, &[0, 3][..], "2015-09-01", "谈话双方是同一个人"),
        (0, &[], "2015-09-01", "请至少勾选一名谈话对象"),
        (0, &[3], "2015-09-16", "2015年9月10日的组织生活会以后"),
        (0, &[3], "2015-09-11", "2015年9月10日的组织生活会以后"),
        (0, &[3], "九月一日", "请填写谈话日期"),
    ] {
        let reply = stage.talked(SECRETARY, one, others, on).await;
        assert_eq!(reply.status, 422, "{words}");
        assert!(
            reply.says(words) && reply.says("value=\"谈心室\""),
            "{words}"
        );
    }
    let stranger = stage.kit.member(Who::OtherSecretary);
    let one = stage.kit.members().await[0].to_string();
    let with = format!("w_{stranger}");
    let fields = [
        ("one", one.as_str()),
        ("held_on", "2015-09-01"),
        (with.as_str(), "1"),
    ];
    let reply = stage.post(SECRETARY, "/talks", &fields).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("谈话双方都应是本支部党员"));
    assert_eq!(stage.talks().await, []);
}

#[tokio::test]
async fn who_enters_a_talk_stands_by_it_and_the_other_confirms() {
    let stage = Stage::new().await;
    // The kit's member is the sixth on the roster.
    stage.talked(SECRETARY, 0, &[5], "2015-09-01").await;
    let entry = stage.talks().await.remove(0);
    let how = |e: &Entry| e.parties().map(|p| p.confirmed.map(|(how, _)| how));
    assert_eq!(how(&entry), [Some(Confirmation::Entered), None]);
    let page = stage
        .get(Who::Member, &format!("/talks/{}", entry.id))
        .await;
    assert!(page.says("请您确认"), "{}", page.text());
    let rest = format!("/talks/{}/confirm", entry.id);
    // Nobody confirms for the other.
    let third = stage.post(Who::BranchCommittee, &rest, &[]).await;
    assert_eq!(third.status, 422);
    assert!(third.says("您不是谈话的一方"));
    let done = stage.post(Who::Member, &rest, &[]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let twice = stage.post(Who::Member, &rest, &[]).await;
    assert!(twice.says("已经确认过"));
    let entry = stage.talks().await.remove(0);
    assert_eq!(how(&entry)[1], Some(Confirmation::Online));
    // What the other stands by is not withdrawn behind their back, nor moved to another day.
    let gone = stage
        .post(SECRETARY, &format!("/talks/{}/withdraw", entry.id), &[])
        .await;
    assert!(gone.status == 422 && gone.says("对方已经确认"));
    let moved = stage
        .post(
            SECRETARY,
            &format!("/talks/{}", entry.id),
            &[("held_on", "2015-09-02")],
        )
        .await;
    assert!(moved.status == 422 && moved.says("不能再改"));
}

#[tokio::test]
async fn a_talk_entered_for_two_others_waits_for_both_and_may_be_signed_on_paper() {
    let stage = Stage::new().await;
    stage
        .talked(Who::BranchCommittee, 0, &[6], "2015-09-01")
        .await;
    let entry = stage.talks().await.remove(0);
    assert!(entry.parties().iter().all(|p| p.confirmed.is_none()));
    let [one, other] = entry
        .parties()
        .map(|p| format!("s_{}_{}", entry.id, p.member));
    let early = [(one.as_str(), "1"), ("signed_on", "2015-09-20")];
    let reply = stage.post(SECRETARY, "/talks/signed", &early).await;
    assert!(reply.status == 422 && reply.says("签字日期在今天以后"));
    let none = stage
        .post(SECRETARY, "/talks/signed", &[("signed_on", "2015-09-02")])
        .await;
    assert!(none.status == 422 && none.says("请勾选已经在纸质记录上签字的人"));
    let both = [
        (one.as_str(), "1"),
        (other.as_str(), "1"),
        ("signed_on", "2015-09-02"),
    ];
    let reply = stage.post(SECRETARY, "/talks/signed", &both).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let entry = stage.talks().await.remove(0);
    let paper = Some((Confirmation::Paper, date(2015, 9, 2)));
    assert!(entry.parties().iter().all(|p| p.confirmed == paper));
    // A mistaken entry that nobody confirmed on their own page can still be withdrawn.
    let gone = stage
        .post(SECRETARY, &format!("/talks/{}/withdraw", entry.id), &[])
        .await;
    assert_eq!(gone.status, 303);
    assert_eq!(stage.talks().await, []);
    assert_eq!(stage.kit.audited(Event::TalkWithdrawn).await.len(), 1);
}

#[tokio::test]
async fn words_are_read_by_the_two_and_by_the_branch_committee_with_a_line_in_the_log() {
    let stage = Stage::new().await;
    stage.talked(SECRETARY, 0, &[5], "2015-09-01").await;
    stage.talked(SECRETARY, 0, &[6], "2015-09-01").await;
    let talks = stage.talks().await;
    let of = |who: MemberId| talks.iter().find(|t| t.party(who).is_some()).unwrap().id;
    let mine = format!("/talks/{}", of(stage.kit.member(Who::Member)));
    let theirs = format!("/talks/{}", of(stage.kit.members().await[6]));
    let words = [
        ("held_on", "2015-09-01"),
        ("problem", "窗口服务态度生硬"),
        ("matter", "轮休安排有意见"),
    ];
    for talk in [&mine, &theirs] {
        assert_eq!(stage.post(SECRETARY, talk, &words).await.status, 303);
    }
    assert!(stage.get(Who::Member, &mine).await.says("窗口服务态度生硬"));
    assert_eq!(stage.get(Who::Member, &theirs).await.status, 403);
    assert_eq!(stage.kit.audited(Event::PapersRead).await.len(), 0);
    assert!(
        stage
            .get(Who::BranchCommittee, &mine)
            .await
            .says("轮休安排有意见")
    );
    assert_eq!(
        stage.kit.audited(Event::PapersRead).await.len(),
        2,
        "a line for each party"
    );
    for who in [Who::UnitSecretary, Who::Clerk, Who::Leader] {
        let page = stage.get(who, "/talks").await;
        assert!(
            page.says("2015年9月1日") && page.says("<b>2 / 9</b>"),
            "{who:?}"
        );
        assert!(!page.says("窗口服务") && !page.says("轮休安排"), "{who:?}");
        assert_eq!(stage.get(who, &mine).await.status, 403, "{who:?}");
        let paper = stage.get(who, &format!("{mine}/paper/pdf")).await;
        assert_eq!(paper.status, 403, "{who:?}");
    }
}

#[tokio::test]
async fn a_matter_left_open_is_shown_until_it_is_settled() {
    let stage = Stage::new().await;
    stage.talked(SECRETARY, 0, &[5], "2015-09-01").await;
    let talk = format!("/talks/{}", stage.talks().await[0].id);
    let open = [("held_on", "2015-09-01"), ("matter", "值班安排")];
    stage.post(SECRETARY, &talk, &open).await;
    assert!(
        stage
            .get(SECRETARY, "/meeting")
            .await
            .says("还有 1 件问题没有解决")
    );
    assert!(
        stage
            .get(SECRETARY, "")
            .await
            .says("谈出 1 个问题，还有 1 个没有解决")
    );
    let settle = |on| {
        [
            ("held_on", "2015-09-01"),
            ("matter", "值班安排"),
            ("settled_on", on),
        ]
    };
    let early = stage.post(SECRETARY, &talk, &settle("2015-08-30")).await;
    assert!(early.status == 422 && early.says("解决日期早于谈话日期"));
    let done = stage.post(SECRETARY, &talk, &settle("2015-09-08")).await;
    assert_eq!(done.status, 303);
    assert!(
        !stage
            .get(SECRETARY, "/meeting")
            .await
            .says("件问题没有解决")
    );
}

#[tokio::test]
async fn the_papers_come_in_every_format() {
    let stage = Stage::new().await;
    stage.talked(SECRETARY, 0, &[1, 5], "2015-09-01").await;
    let talk = format!("/talks/{}/paper", stage.talks().await[0].id);
    for base in ["/talks/matrix", "/talks/form", &talk] {
        for format in ["pdf", "docx", "xlsx"] {
            let reply = stage.get(SECRETARY, &format!("{base}/{format}")).await;
            assert_eq!(reply.status, 200, "{base} {format}");
            assert!(reply.bytes.len() > 1000, "{base} {format}");
        }
    }
}

#[tokio::test]
async fn a_talk_of_another_branch_or_campaign_is_not_found_here() {
    let stage = Stage::new().await;
    stage.talked(SECRETARY, 0, &[5], "2015-09-01").await;
    let id = stage.talks().await[0].id;
    let elsewhere = format!("/c/{}/o/{}/talks/{id}", stage.campaign, stage.kit.other);
    let client = stage.kit.client(Who::OtherSecretary).await;
    assert_eq!(client.get(&elsewhere).await.status, 404);
    assert_eq!(stage.get(SECRETARY, "/talks/nonsense").await.status, 404);
}
