//! 台帐 through the pages: what it tells, what it never tells, and links for a check.

use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::meeting::MeetingState;
use pingyi_storage::{audit, ledger_link};
use pingyi_web::testkit::{Kit, Reply, Sitting, Who};

struct Stage {
    kit: Kit,
    campaign: CampaignId,
}

impl Stage {
    async fn new() -> Self {
        let sitting = Sitting::new(8, MeetingState::CriticismDone).await;
        Self {
            campaign: sitting.campaign,
            kit: sitting.kit,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/c/{}/o/{}{rest}", self.campaign, self.kit.branch)
    }

    async fn page(&self, who: Who) -> Reply {
        let client = self.kit.client(who).await;
        client.get(&self.path("/ledger")).await
    }

    async fn make(&self, who: Who, purpose: &str, days: &str) -> Reply {
        let client = self.kit.client(who).await;
        let fields = [("purpose", purpose), ("days", days)];
        client.post(&self.path("/ledger/link"), &fields).await
    }

    /// Makes a link and reads its address off the page that shows it.
    async fn address(&self) -> (String, String) {
        let made = self.make(Who::BranchSecretary, "督导专班查看", "3").await;
        assert_eq!(made.status, 303, "{}", made.text());
        let at = made.location().to_owned();
        let client = self.kit.client(Who::BranchSecretary).await;
        let text = client.get(&at).await.text();
        let (_, rest) = text.split_once("/t/").expect("an address");
        let token: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        assert_eq!(token.len(), 32);
        (at, format!("/t/{token}"))
    }

    async fn open(&self, address: &str) -> Reply {
        self.kit.client(Who::Visitor).await.get(address).await
    }

    async fn log(&self) -> Vec<audit::AuditRow> {
        let mut tx = self.kit.begin().await;
        let page = audit::Page {
            offset: 0,
            limit: 200,
        };
        audit::list(&mut tx, &audit::Filter::default(), page)
            .await
            .expect("log")
    }
}

#[tokio::test]
async fn the_ledger_tells_everything_by_clause_with_late_entries_marked() {
    let stage = Stage::new().await;
    let secretary = stage.kit.client(Who::BranchSecretary).await;
    let session = [
        ("held_on", "2015-09-01"),
        ("place", "三楼会议室"),
        ("host", "王建国"),
    ];
    let keys = pingyi_domain::notice::Notice::parse(pingyi_web::testkit::NOTICE).expect("notice");
    let item = ("item", keys.study[0].key.as_str());
    let there = stage.kit.member(Who::BranchSecretary).to_string();
    let fields: Vec<_> = session
        .into_iter()
        .chain([item, ("at", there.as_str())])
        .collect();
    let reply = secretary.post(&stage.path("/study/new"), &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    for who in [Who::BranchCommittee, Who::UnitClerk, Who::Leader] {
        let page = stage.page(who).await;
        assert_eq!(page.status, 200);
        for words in [
            "集中学习",
            "2015年9月15日补录",
            "应到 10 人，实到 8 人",
            "直接责任人：王建国",
            "日志校验码",
            "没有记录",
        ] {
            assert!(page.says(words), "{who:?} {words}: {}", page.text());
        }
    }
    let text = stage.page(Who::Leader).await.text();
    let order = [
        "会前学习",
        "谈心谈话",
        "工作方案",
        "自我批评",
        "民主评议党员",
    ];
    let places: Vec<_> = order.iter().map(|w| text.find(w).expect(w)).collect();
    assert!(places.is_sorted(), "the notice's order: {places:?}");
}

#[tokio::test]
async fn private_texts_are_never_in_the_ledger() {
    let stage = Stage::new().await;
    let client = stage.kit.client(Who::BranchSecretary).await;
    let secret = "某某同志作风漂浮";
    let activity = [
        ("form", "forum"),
        ("mode", "face_to_face"),
        ("source", "masses"),
        ("held_on", "2015-09-10"),
        ("place", "服务大厅"),
        ("convenor", "王建国"),
        ("heard", "6"),
    ];
    let made = client.post(&stage.path("/opinions/new"), &activity).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let typed = [
        ("about_0", "branch"),
        ("text_0", secret),
        ("about", "branch"),
        ("text", secret),
    ];
    client.post(made.location(), &typed).await;
    let page = stage.page(Who::BranchSecretary).await;
    assert!(
        page.says("座谈") && page.says("听取 6 人意见"),
        "{}",
        page.text()
    );
    assert!(!page.says(secret));
}

#[tokio::test]
async fn a_link_opens_the_same_page_without_login_and_every_opening_is_logged() {
    let stage = Stage::new().await;
    let (_, address) = stage.address().await;
    for _ in 0..2 {
        let page = stage.open(&address).await;
        assert_eq!(page.status, 200);
        assert!(page.says("民主评议党员") && page.says("只读页面"));
        assert!(
            !page.says("<form") && !page.says("csrf"),
            "nothing to press"
        );
        assert!(page.headers.get("set-cookie").is_none());
    }
    let log = stage.log().await;
    let opened = log.iter().filter(|row| row.event == "LedgerOpened");
    assert_eq!(opened.count(), 2);
    let token = address.trim_start_matches("/t/");
    assert!(log.iter().all(|row| !format!("{row:?}").contains(token)));
    assert!(stage.page(Who::BranchSecretary).await.says("打开次数\">2<"));
}

#[tokio::test]
async fn a_link_opens_nothing_once_it_is_over_or_taken_back() {
    let stage = Stage::new().await;
    let (at, address) = stage.address().await;
    let client = stage.kit.client(Who::UnitSecretary).await;
    let revoked = client.post(&format!("{at}/revoke"), &[]).await;
    assert_eq!(revoked.status, 303, "{}", revoked.text());
    let gone = stage.open(&address).await;
    assert_eq!(gone.status, 410);
    assert!(gone.says("收回") && !gone.says("民主评议党员"));
    assert_eq!(client.post(&format!("{at}/revoke"), &[]).await.status, 422);

    let (_, address) = stage.address().await;
    assert_eq!(stage.open(&address).await.status, 200);
    stage.kit.clock.advance(3 * 86_400);
    assert_eq!(
        stage.open(&address).await.status,
        410,
        "three days are over"
    );
}

#[tokio::test]
async fn a_link_needs_a_purpose_and_at_most_seven_days() {
    let stage = Stage::new().await;
    for (purpose, days) in [("", "3"), ("督导", "0"), ("督导", "8"), ("督导", "x")] {
        let reply = stage.make(Who::UnitClerk, purpose, days).await;
        assert_eq!(reply.status, 422, "{purpose} {days}");
        assert!(reply.says("没有填写") || reply.says("1 到 7 天"));
    }
    assert!(
        !stage.page(Who::Leader).await.says("开出链接"),
        "leaders read only"
    );
    let mut tx = stage.kit.begin().await;
    let links = ledger_link::list(&mut tx, stage.campaign, stage.kit.branch).await;
    assert!(links.expect("links").is_empty(), "nothing half-saved");
}

#[tokio::test]
async fn wrong_addresses_run_into_a_limit_and_right_ones_do_not() {
    let stage = Stage::new().await;
    let (_, address) = stage.address().await;
    let visitor = stage.kit.client(Who::Visitor).await;
    let mut answers = Vec::new();
    for n in 0..200 {
        answers.push(visitor.get(&format!("/t/{n:032x}")).await.status.as_u16());
    }
    assert_eq!(answers[0], 404);
    assert_eq!(answers[199], 429);
    assert_eq!(visitor.get(&address).await.status, 200);
}

#[tokio::test]
async fn a_link_belongs_to_its_branch() {
    let stage = Stage::new().await;
    let (at, _) = stage.address().await;
    let swap = |org: OrgId| at.replace(&stage.kit.branch.to_string(), &org.to_string());
    let unit = stage.kit.client(Who::UnitSecretary).await;
    assert_eq!(unit.get(&swap(stage.kit.other)).await.status, 404);
    let other = stage.kit.client(Who::OtherSecretary).await;
    assert_eq!(other.get(&at).await.status, 403);
}

#[tokio::test]
async fn the_ledger_comes_in_every_format() {
    let stage = Stage::new().await;
    let client = stage.kit.client(Who::UnitClerk).await;
    for format in ["pdf", "docx", "xlsx"] {
        let reply = client
            .get(&stage.path(&format!("/ledger/paper/{format}")))
            .await;
        assert!(reply.status == 200 && !reply.bytes.is_empty(), "{format}");
    }
}
