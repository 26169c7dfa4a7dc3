//! Opinions through the pages: activities, the unsigned collection, who reads what, answers.

#![expect(
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use pingyi_domain::ids::{ActivityId, MemberId};
use pingyi_domain::meeting::MeetingState;
use pingyi_domain::opinion::{CollectionState, Handling};
use pingyi_storage::audit::Event;
use pingyi_storage::opinion::Opinion;
use pingyi_storage::{opinion, opinion_collection};
use pingyi_web::testkit::{Reply, Site, Who};

const SECRETARY: Who = Who::BranchSecretary;

struct Stage(Site);

impl std::ops::Deref for Stage {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0
    }
}

impl Stage {
    async fn new() -> Self {
        Self(Site::at("/opinions").await)
    }

    /// A forum among people served; its page.
    async fn forum(&self) -> String {
        let reply = self.post(SECRETARY, "/new", &FORUM).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        let to = reply.location().to_owned();
        to.split_once("/opinions").unwrap().1.to_owned()
    }

    /// A collection until 20 September; its page and its address.
    async fn collection(&self) -> (String, String) {
        let fields = [
            ("source", "masses"),
            ("last_day", "2015-09-20"),
            ("convenor", "王建国"),
        ];
        let reply = self.post(SECRETARY, "/collect", &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        let page = reply
            .location()
            .split_once("/opinions")
            .unwrap()
            .1
            .to_owned();
        let shown = self.get(SECRETARY, &page).await.text();
        let (_, rest) = shown.split_once("/y/").unwrap();
        let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        (page, format!("/y/{token}"))
    }

    /// As a stranger's browser: no cookie, no token.
    async fn give(&self, address: &str, about: &str, text: &str) -> Reply {
        let visitor = self.kit.client(Who::Visitor).await;
        let body = format!(
            "about={about}&text={}",
            pingyi_web::kernel::html::query_escape(text)
        );
        let kind = "application/x-www-form-urlencoded";
        visitor.post_raw(address, kind, body.into_bytes()).await
    }

    async fn all(&self) -> Vec<Opinion> {
        let mut tx = self.kit.begin().await;
        let list = opinion::list(&mut tx, self.campaign, self.kit.branch).await;
        list.unwrap()
    }

    fn member(&self) -> MemberId {
        self.kit.member(Who::Member)
    }
}

const FORUM: [(&str, &str); 7] = [
    ("form", "forum"),
    ("mode", "face_to_face"),
    ("source", "served"),
    ("held_on", "2015-09-10"),
    ("place", "办事大厅"),
    ("convenor", "王建国"),
    ("heard", "8"),
];

fn activity_of(page: &str) -> ActivityId {
    page.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_forum_is_recorded_and_its_opinions_are_typed_and_answered() {
    let stage = Stage::new().await;
    let page = stage.forum().await;
    let about = stage.member().to_string();
    let typed = [
        ("text_1", "办事慢"),
        ("about_1", about.as_str()),
        ("text_2", "下基层少"),
        ("about_2", "branch"),
        ("text_3", " "),
        ("about_3", "branch"),
    ];
    let reply = stage.post(SECRETARY, &page, &typed).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let all = stage.all().await;
    assert_eq!(all.len(), 2);
    let own = all.iter().find(|o| o.about_id.is_some()).unwrap();
    let id = own.id.to_string();
    let path = format!("/about/{about}");
    let fields = [
        ("opinion", id.as_str()),
        ("about", about.as_str()),
        ("category", "four-difficulties"),
        ("handling", "explained"),
    ];
    let reply = stage.post(SECRETARY, &path, &fields).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("请写明怎么说明的"), "{}", reply.text());
    let mut answered = fields.to_vec();
    answered.push(("note", "当面说明流程"));
    let reply = stage.post(SECRETARY, &path, &answered).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let stored = stage.all().await;
    let stored = stored.iter().find(|o| o.id == own.id).unwrap();
    assert_eq!(stored.handling, Some(Handling::Explained));
    assert_eq!(stored.text, "办事慢");
    // Sent on to the branch as a whole.
    answered[1].1 = "branch";
    stage.post(SECRETARY, &path, &answered).await;
    assert!(stage.all().await.iter().all(|o| o.about_id.is_none()));
}

#[tokio::test]
async fn a_collection_is_offered_until_the_meeting_only() {
    let stage = Stage::new().await;
    assert!(stage.get(SECRETARY, "").await.says("发起不记名征求"));
    let day = jiff::civil::date(2015, 9, 14);
    stage.0.hold(MeetingState::Closed, day).await;
    let page = stage.get(SECRETARY, "").await;
    assert!(page.says("记录座谈、访谈") && !page.says("发起不记名征求"));
    let refused = stage.get(SECRETARY, "/collect").await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("会前征求意见不能再发起"));
}

#[tokio::test]
async fn what_is_typed_wrong_comes_back_and_nothing_is_saved() {
    let stage = Stage::new().await;
    for (field, value, words) in [
        ("form", "meal", "请选择征求意见的形式"),
        ("source", "", "请选择征求意见的对象"),
        ("held_on", "2015-09-30", "日期在今天以后"),
        ("place", "", "地点没有填写"),
        ("heard", "很多", "人数请写成整数"),
    ] {
        let mut fields = FORUM;
        let place = fields.iter().position(|(name, _)| *name == field).unwrap();
        fields[place].1 = value;
        let reply = stage.post(SECRETARY, "/new", &fields).await;
        assert_eq!(reply.status, 422, "{field}");
        assert!(reply.says(words), "{words}: {}", reply.text());
    }
    let page = stage.forum().await;
    let long = "长".repeat(501);
    let fields = [
        ("text_1", "好"),
        ("about_1", "branch"),
        ("text_2", long.as_str()),
        ("about_2", "branch"),
    ];
    let reply = stage.post(SECRETARY, &page, &fields).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("最多 500 个字"));
    assert!(stage.all().await.is_empty());
    for (day, words) in [("2015-09-01", "已经过了"), ("2016-09-01", "太远")] {
        let fields = [("source", "masses"), ("last_day", day), ("convenor", "甲")];
        let reply = stage.post(SECRETARY, "/collect", &fields).await;
        assert!(reply.says(words), "{}", reply.text());
    }
}

#[tokio::test]
async fn an_unsigned_opinion_sets_no_cookie_and_leaves_no_trace_in_the_log() {
    let stage = Stage::new().await;
    let (page, address) = stage.collection().await;
    let visitor = stage.kit.client(Who::Visitor).await;
    let shown = visitor.get(&address).await;
    assert_eq!(shown.status, 200);
    assert!(shown.headers.get("set-cookie").is_none());
    let text = shown.text();
    assert!(!text.contains("<script"), "works without scripts");
    assert!(!text.contains("csrf"));
    let before = stage.kit.audited(None::<Event>).await.len();
    let reply = stage.give(&address, "branch", "态度要改进").await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert!(reply.headers.get("set-cookie").is_none());
    assert_eq!(visitor.get(reply.location()).await.status, 200);
    assert_eq!(stage.kit.audited(None::<Event>).await.len(), before);

    let mut tx = stage.kit.begin().await;
    let found = opinion_collection::get(&mut tx, activity_of(&page)).await;
    let found = found.unwrap().unwrap();
    assert_eq!(found.received, 1);
    let text = "态度要改进".as_bytes();
    let held = found.envelope.windows(text.len()).any(|w| w == text);
    assert!(!held, "what lies in the database is sealed");
}

#[tokio::test]
async fn nobody_reads_before_the_close_and_few_are_not_counted_aloud() {
    let stage = Stage::new().await;
    let (page, address) = stage.collection().await;
    let about = stage.member().to_string();
    for n in 1..=2 {
        stage.give(&address, &about, &format!("意见{n}")).await;
    }
    let shown = stage.get(SECRETARY, &page).await;
    assert!(shown.says("不足 3 条，不显示条数"));
    stage.give(&address, "branch", "意见3").await;
    let shown = stage.get(SECRETARY, &page).await;
    assert!(shown.says("3 条"), "{}", shown.text());
    assert!(stage.all().await.is_empty());
    let hidden = stage.get(SECRETARY, &format!("/about/{about}")).await;
    assert!(hidden.says("没有意见"));

    let reply = stage.post(SECRETARY, &format!("{page}/close"), &[]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let all = stage.all().await;
    assert_eq!(all.len(), 3);
    assert!(all.iter().map(|o| o.id).is_sorted());
    assert!(all.iter().all(|o| o.id.0.get_version_num() == 4));
    let mut tx = stage.kit.begin().await;
    let found = opinion_collection::get(&mut tx, activity_of(&page)).await;
    assert_eq!(found.unwrap().unwrap().state, CollectionState::Closed);
    drop(tx);
    let again = stage.post(SECRETARY, &format!("{page}/close"), &[]).await;
    assert_eq!(again.status, 422);
    let late = stage.give(&address, "branch", "晚了").await;
    assert_eq!(late.status, 409);
    assert!(late.says("已经截止"));
    assert_eq!(stage.all().await.len(), 3);
}

#[tokio::test]
async fn after_its_last_day_a_collection_takes_nothing_and_waits_to_be_closed() {
    let stage = Stage::new().await;
    let (page, address) = stage.collection().await;
    stage.give(&address, "branch", "及时").await;
    stage.kit.clock.advance(6 * 86_400);
    let late = stage.give(&address, "branch", "迟了").await;
    assert_eq!(late.status, 409);
    assert!(stage.get(SECRETARY, "").await.says("到期待截止"));
    assert!(stage.all().await.is_empty());
    stage.post(SECRETARY, &format!("{page}/close"), &[]).await;
    assert_eq!(stage.all().await.len(), 1);
}

#[tokio::test]
async fn too_many_at_once_are_asked_to_come_back() {
    let stage = Stage::new().await;
    let (_, address) = stage.collection().await;
    for n in 0..60 {
        let reply = stage.give(&address, "branch", &format!("意见{n}")).await;
        assert_eq!(reply.status, 303);
    }
    let reply = stage.give(&address, "branch", "第六十一条").await;
    assert_eq!(reply.status, 429);
    assert!(reply.says("请稍后再试") && reply.says("第六十一条"));
    stage.kit.clock.advance(1);
    let reply = stage.give(&address, "branch", "第六十一条").await;
    assert_eq!(reply.status, 303);
}

#[tokio::test]
async fn a_faulty_opinion_comes_back_as_typed() {
    let stage = Stage::new().await;
    let (_, address) = stage.collection().await;
    let stranger = stage.kit.member(Who::OtherSecretary).to_string();
    for (about, text, words) in [
        ("branch", "  ", "意见没有填写"),
        ("nobody", "好", "请选择对支部整体还是"),
        (stranger.as_str(), "好", "请选择对支部整体还是"),
    ] {
        let reply = stage.give(&address, about, text).await;
        assert_eq!(reply.status, 422, "{words}");
        assert!(reply.says(words));
    }
    assert_eq!(stage.give("/y/0123", "branch", "好").await.status, 404);
}

#[tokio::test]
async fn texts_are_for_the_branch_committee_and_the_member_concerned() {
    let stage = Stage::new().await;
    let page = stage.forum().await;
    let about = stage.member().to_string();
    let typed = [("text_1", "话说得重"), ("about_1", about.as_str())];
    stage.post(SECRETARY, &page, &typed).await;
    for who in [Who::UnitSecretary, Who::Clerk, Who::Leader] {
        let shown = stage.get(who, "").await;
        assert_eq!(shown.status, 200);
        assert!(shown.says("1 条意见") && !shown.says("话说得重"), "{who:?}");
        assert!(!shown.says("/about/"), "{who:?}: not even on whom");
        let refused = stage.get(who, &format!("/about/{about}")).await;
        assert_eq!(refused.status, 403, "{who:?}");
    }
    let slip = format!("/slip/{about}/pdf");
    assert_eq!(stage.get(Who::Member, &slip).await.status, 200);
    assert_eq!(stage.kit.audited(Event::PapersRead).await.len(), 0);
    assert_eq!(stage.get(SECRETARY, &slip).await.status, 200);
    let read = stage
        .get(Who::BranchCommittee, &format!("/about/{about}"))
        .await;
    assert!(read.says("话说得重"));
    assert_eq!(stage.kit.audited(Event::PapersRead).await.len(), 2);
    let own = stage.kit.member(SECRETARY).to_string();
    let other = stage.get(Who::Member, &format!("/slip/{own}/pdf")).await;
    assert_eq!(other.status, 403, "another member's slip");
}

#[tokio::test]
async fn sheet_and_summary_are_printed_in_three_formats() {
    let stage = Stage::new().await;
    let page = stage.forum().await;
    let typed = [("text_1", "办事慢"), ("about_1", "branch")];
    stage.post(SECRETARY, &page, &typed).await;
    let (collection, _) = stage.collection().await;
    let poster = stage.get(SECRETARY, &format!("{collection}/print")).await;
    assert!(poster.says("<svg") && poster.says("2015年9月20日"));
    for format in ["pdf", "docx", "xlsx"] {
        for paper in ["sheet", "summary"] {
            let reply = stage.get(SECRETARY, &format!("/{paper}/{format}")).await;
            assert_eq!(reply.status, 200, "{paper} {format}");
        }
    }
}
