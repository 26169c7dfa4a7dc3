//! Reminders: the call list, the calendar read back, the address and the digest for it.

use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::audit::Event;
use pingyi_storage::email;
use pingyi_web::reminders::{digests, sent};
use pingyi_web::testkit::{Kit, Reply, Who};

struct Stage {
    kit: Kit,
    campaign: CampaignId,
}

impl Stage {
    async fn new() -> Self {
        let kit = Kit::new().await;
        let campaign = kit.campaign().await;
        Self { kit, campaign }
    }

    async fn get(&self, who: Who, org: OrgId, rest: &str) -> Reply {
        let path = format!("/c/{}/o/{org}/{rest}", self.campaign);
        self.kit.client(who).await.get(&path).await
    }

    async fn set(&self, who: Who, address: &str) -> Reply {
        let client = self.kit.client(who).await;
        client.post("/email", &[("email", address)]).await
    }

    async fn letters(&self) -> Vec<(String, String)> {
        let made = digests(&self.kit.app).await.expect("digests");
        made.into_iter().map(|d| (d.address, d.body)).collect()
    }
}

#[tokio::test]
async fn the_section_rings_units_and_a_unit_its_branches() {
    let stage = Stage::new().await;
    let root = stage.get(Who::Clerk, stage.kit.root, "calls").await;
    assert!(
        root.says("市水利局机关党委") && root.says("张伟二"),
        "{}",
        root.text()
    );
    assert!(
        root.says("签收") && root.says("逾期"),
        "the plan is overdue"
    );
    assert!(!root.says("王建国（书记）"), "a branch is rung by its unit");
    let unit = stage
        .get(Who::UnitClerk, stage.kit.unit, "calls?show=all")
        .await;
    assert!(unit.says("市水利局第一党支部") && unit.says("王建国（书记）"));
    assert!(
        unit.says("会前学习") || unit.says("学习"),
        "{}",
        unit.text()
    );
    let text = unit.text();
    let at = |name: &str| text.find(name).expect(name);
    assert!(
        at("市水利局第一党支部") < at("市水利局第二党支部"),
        "roster order"
    );
}

#[tokio::test]
async fn what_is_due_in_more_than_a_week_is_no_call_yet() {
    let stage = Stage::new().await;
    let urgent = stage
        .get(Who::UnitClerk, stage.kit.unit, "calls")
        .await
        .text();
    let all = stage
        .get(Who::UnitClerk, stage.kit.unit, "calls?show=all")
        .await
        .text();
    assert!(all.contains("还有 15 天"), "{all}");
    assert!(!urgent.contains("还有 15 天"));
}

#[tokio::test]
async fn telephone_numbers_are_for_those_who_ring() {
    let stage = Stage::new().await;
    for (who, org) in [
        (Who::Leader, stage.kit.root),
        (Who::BranchSecretary, stage.kit.unit),
        (Who::UnitClerk, stage.kit.root),
        (Who::UnitClerk, stage.kit.attached),
    ] {
        assert_eq!(stage.get(who, org, "calls").await.status, 403, "{who:?}");
    }
    let sheet = stage
        .get(Who::UnitSecretary, stage.kit.unit, "calls/sheet/docx")
        .await;
    assert!(sheet.status == 200 && !sheet.bytes.is_empty());
}

/// Name and value of every property of every event, as a calendar reads them.
fn events(file: &str) -> Vec<Vec<(String, String)>> {
    let unfolded = icalendar::parser::unfold(file);
    let read = icalendar::parser::read_calendar(&unfolded).expect("a calendar");
    let of = |c: &icalendar::parser::Component<'_>| {
        let pairs = c.properties.iter();
        pairs
            .map(|p| (p.name.to_string(), p.val.to_string()))
            .collect()
    };
    read.components.iter().map(of).collect()
}

fn value<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    let found = event.iter().find(|(key, _)| key == name);
    found.map_or("", |(_, value)| value)
}

#[tokio::test]
async fn the_calendar_holds_deadlines_dues_and_meetings_and_is_read_back() {
    let stage = Stage::new().await;
    let client = stage.kit.client(Who::BranchSecretary).await;
    let base = format!("/c/{}/o/{}/meeting", stage.campaign, stage.kit.branch);
    let opening = [
        ("held_on", "2015-09-15"),
        ("began", "09:00"),
        ("place", "三楼会议室，东侧"),
        ("host", "王建国"),
        ("reason", "方案随后补报"),
    ];
    let opened = client.post(&format!("{base}/open"), &opening).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let reply = stage
        .get(Who::Member, stage.kit.branch, "calendar/file")
        .await;
    assert_eq!(reply.status, 200);
    let kind = reply.headers["content-type"].to_str().expect("text");
    assert_eq!(kind, "text/calendar; charset=utf-8");
    let file = reply.text();
    assert!(file.contains("X-WR-TIMEZONE:Asia/Shanghai\r\n"));
    assert!(file.lines().all(|line| line.len() <= 75), "folded");
    let events = events(&file);
    let find = |title: &str| {
        let of = |e: &&Vec<_>| value(e, "SUMMARY").contains(title);
        events.iter().find(of).expect(title)
    };
    let plan = find("工作方案报备案截止");
    assert_eq!(
        (value(plan, "DTSTART"), value(plan, "DTEND")),
        ("20150831", "20150901")
    );
    assert_eq!(value(find("交纳9月份党费"), "DTSTART"), "20150930");
    let held = find("市水利局第一党支部");
    assert_eq!(
        value(held, "DTSTART"),
        "20150915T010000Z",
        "nine o'clock in Xianning"
    );
    assert_eq!(value(held, "LOCATION"), "三楼会议室，东侧");
    let ids: std::collections::HashSet<_> = events.iter().map(|e| value(e, "UID")).collect();
    assert_eq!(ids.len(), events.len(), "every event has its own id");
    let other = stage
        .get(Who::OtherSecretary, stage.kit.other, "calendar/file")
        .await;
    assert!(!other.says("三楼会议室"), "another branch's meeting");
    let unit = stage
        .get(Who::UnitClerk, stage.kit.unit, "calendar/file")
        .await;
    assert!(unit.says("三楼会议室"));
}

#[tokio::test]
async fn an_address_is_kept_changed_and_taken_out_by_its_owner() {
    let stage = Stage::new().await;
    let wrong = stage.set(Who::UnitSecretary, "zhang at mail").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("zhang at mail") && wrong.says("写法不对"));
    assert_eq!(
        stage
            .set(Who::UnitSecretary, "zhang@example.gov.cn")
            .await
            .status,
        303
    );
    let client = stage.kit.client(Who::UnitSecretary).await;
    assert!(client.get("/email").await.says("zhang@example.gov.cn"));
    let other = stage.kit.client(Who::UnitClerk).await;
    assert!(!other.get("/email").await.says("zhang@example.gov.cn"));
    assert_eq!(stage.set(Who::UnitSecretary, "").await.status, 303);
    let mut tx = stage.kit.begin().await;
    assert!(email::list(&mut tx).await.expect("list").is_empty());
}

#[tokio::test]
async fn everybody_is_reminded_of_their_own_tasks_once_a_day() {
    let stage = Stage::new().await;
    stage.set(Who::UnitSecretary, "unit@example.gov.cn").await;
    stage
        .set(Who::BranchSecretary, "branch@example.gov.cn")
        .await;
    stage.set(Who::Member, "member@example.gov.cn").await;
    let letters = stage.letters().await;
    let of = |address: &str| {
        let found = letters.iter().find(|(to, _)| to == address);
        found.map(|(_, body)| body.clone())
    };
    let unit = of("unit@example.gov.cn").expect("a letter");
    assert!(
        unit.contains("市水利局机关党委") && unit.contains("逾期"),
        "{unit}"
    );
    let branch = of("branch@example.gov.cn").expect("a letter");
    assert!(branch.contains("市水利局第一党支部") && !branch.contains("第二党支部"));
    assert_eq!(
        of("member@example.gov.cn"),
        None,
        "a member owes no office anything"
    );
    let id = stage.kit.account(Who::UnitSecretary);
    sent(&stage.kit.app, id, 3).await.expect("marked");
    let logged = stage.kit.audited(Event::ReminderSent).await;
    assert_eq!(logged.len(), 1, "one row per letter");
    assert_eq!(
        logged[0].detail, r#"{"matters":3}"#,
        "neither address nor text"
    );
    assert_eq!(logged[0].object_id, id.to_string());
    let admin = stage.kit.client(Who::AuditAdmin).await;
    let log = admin.get("/admin/audit").await;
    assert!(
        log.says("邮件提醒待办") && log.says("事项数：3"),
        "{}",
        log.text()
    );
    let again: Vec<_> = stage
        .letters()
        .await
        .into_iter()
        .map(|(to, _)| to)
        .collect();
    assert_eq!(again, ["branch@example.gov.cn"], "not twice on one day");
    stage.kit.clock.advance(86_400);
    assert_eq!(stage.letters().await.len(), 2, "the next day again");
}
