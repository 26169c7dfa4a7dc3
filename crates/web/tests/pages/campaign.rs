//! The notice: issuing, reading, acknowledging, and who has not yet.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use jiff::civil::date;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::notice::Notice;
use pingyi_storage::audit::{self, AuditRow, Event, Filter, Page};
use pingyi_storage::campaign::Campaign;
use pingyi_storage::{campaign, receipt};
use pingyi_web::testkit::{Client, Kit, NOTICE, Reply, Who};

const ISSUE: &str = "/notices/xianning-2015-14/issue";

const FIELDS: [(&str, &str); 6] = [
    ("number", "咸直工通〔2015〕14号"),
    ("date", "2015-08-17"),
    ("plan", "2015-09-20"),
    ("meeting", "2015-10-15"),
    ("summary", "2015-10-20"),
    ("sure", "1"),
];

async fn issue(client: &Client, changed: &[(&str, &str)]) -> Reply {
    let fields: Vec<_> = FIELDS
        .into_iter()
        .map(|(name, value)| {
            let other = changed.iter().find(|(n, _)| *n == name);
            (name, other.map_or(value, |(_, v)| *v))
        })
        .filter(|(_, value)| *value != "-")
        .collect();
    client.post(ISSUE, &fields).await
}

async fn campaigns(kit: &Kit) -> Vec<Campaign> {
    campaign::list(&mut kit.begin().await).await.unwrap()
}

async fn log(kit: &Kit, event: Event) -> Vec<AuditRow> {
    let filter = Filter {
        event: Some(event),
        ..Filter::default()
    };
    let page = Page {
        offset: 0,
        limit: 20,
    };
    audit::list(&mut kit.begin().await, &filter, page)
        .await
        .unwrap()
}

#[tokio::test]
async fn issuing_makes_a_campaign_that_keeps_exactly_what_was_issued() {
    let kit = Kit::new().await;
    let client = kit.client(Who::Clerk).await;
    let reply = issue(&client, &[("number", "咸直工通〔2015〕99号")]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let all = campaigns(&kit).await;
    assert_eq!(all.len(), 1);
    assert_eq!(reply.location(), format!("/c/{}/notice", all[0].id));
    let stored = Notice::parse(&all[0].notice_toml).unwrap();
    let mut meant = Notice::parse(NOTICE).unwrap();
    meant.number = "咸直工通〔2015〕99号".into();
    meant.deadlines.plan = date(2015, 9, 20);
    meant.deadlines.meeting = date(2015, 10, 15);
    meant.deadlines.summary = date(2015, 10, 20);
    assert_eq!(stored, meant);
    assert_eq!(all[0].issued_by.as_deref(), Some("周科长"));
    let rows = log(&kit, Event::CampaignIssued).await;
    assert_eq!(rows.len(), 1);
    assert!(rows[0].detail.contains("2015-09-20") && rows[0].detail.contains("\"units\":2"));
}

#[tokio::test]
async fn moved_days_stand_in_a_line_of_their_own_and_the_text_keeps_its_words() {
    let kit = Kit::new().await;
    let client = kit.client(Who::Clerk).await;
    let at = issue(&client, &[]).await.location().to_owned();
    let page = kit.client(Who::Member).await.get(&at).await;
    assert!(page.says("于8月31日前报机关工委组织科审核备案"));
    assert!(page.says("本次执行日期：工作方案2015年9月20日前报送"));
}

#[tokio::test]
async fn a_notice_issued_with_its_own_days_needs_no_such_line() {
    let kit = Kit::new().await;
    let client = kit.client(Who::Clerk).await;
    let own = [
        ("plan", "2015-08-31"),
        ("meeting", "2015-09-30"),
        ("summary", "2015-09-30"),
    ];
    let at = issue(&client, &own).await.location().to_owned();
    let page = client.get(&at).await;
    assert!(page.says("于8月31日前") && !page.says("本次执行日期"));
}

#[tokio::test]
async fn a_form_with_anything_wrong_issues_nothing_and_keeps_what_was_typed() {
    let kit = Kit::new().await;
    let client = kit.client(Who::Clerk).await;
    for (name, value, says) in [
        ("plan", "2015-10-16", "早于"),
        ("date", "2015-09-21", "早于"),
        ("summary", "十月", "不是日期"),
        ("number", "", "没有填写发文字号"),
        ("sure", "-", "勾选确认"),
    ] {
        let reply = issue(&client, &[(name, value)]).await;
        assert_eq!(reply.status, 422, "{name}");
        assert!(reply.says(says), "{name}: {}", reply.text());
        assert!(reply.says("2015-10-15"), "the other days are still there");
    }
    assert!(campaigns(&kit).await.is_empty());
    assert!(log(&kit, Event::CampaignIssued).await.is_empty());
}

#[tokio::test]
async fn a_number_of_another_year_than_the_date_is_warned_of_once() {
    let kit = Kit::new().await;
    let client = kit.client(Who::Clerk).await;
    let other = "咸直工通〔2014〕14号";
    let warned = issue(&client, &[("number", other)]).await;
    assert_eq!(warned.status, 422);
    assert!(
        warned.says("文号年份与印发日期不一致") && warned.says("value=\"2014/2015\""),
        "{}",
        warned.text()
    );
    let mut again: Vec<_> = FIELDS.into_iter().filter(|(n, _)| *n != "number").collect();
    again.extend([("number", other), ("years_seen", "2014/2015")]);
    assert_eq!(client.post(ISSUE, &again).await.status, 303);
    assert_eq!(campaigns(&kit).await[0].number, other);
}

#[tokio::test]
async fn without_units_nothing_is_issued() {
    let kit = Kit::new().await;
    let mut tx = kit.begin().await;
    for unit in [kit.unit, kit.attached] {
        let mut org = pingyi_storage::org::get(&mut tx, unit)
            .await
            .unwrap()
            .unwrap();
        org.parent = Some(kit.branch);
        pingyi_storage::org::update(&mut tx, &org).await.unwrap();
    }
    tx.commit().await.unwrap();
    let reply = issue(&kit.client(Who::Clerk).await, &[]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("先导入党员名册"));
}

#[tokio::test]
async fn a_notice_is_issued_once() {
    let kit = Kit::new().await;
    let client = kit.client(Who::Clerk).await;
    assert_eq!(issue(&client, &[]).await.status, 303);
    let again = issue(&client, &[]).await;
    assert_eq!(again.status, 422);
    assert!(again.says("已经印发过"));
    assert_eq!(campaigns(&kit).await.len(), 1);
    assert!(client.get("/notices").await.says("签收情况"));
}

#[tokio::test]
async fn the_committee_previews_and_only_the_section_issues() {
    let kit = Kit::new().await;
    let leader = kit.client(Who::Leader).await;
    let preview = leader.get("/notices/xianning-2015-14").await;
    assert!(
        preview.says("二、4")
            && !preview.says("二、4b")
            && preview.says("于8月31日前报机关工委组织科审核备案")
    );
    assert!(preview.says("《民主评议党员测评汇总表》") && preview.says("不能进入下一步"));
    assert_eq!(issue(&leader, &[]).await.status, 403);
    for who in [Who::UnitSecretary, Who::BranchSecretary, Who::SystemAdmin] {
        let client = kit.client(who).await;
        assert_eq!(client.get("/notices").await.status, 403, "{who:?}");
        assert_eq!(issue(&client, &[]).await.status, 403, "{who:?}");
    }
    assert_eq!(leader.get("/notices/unknown").await.status, 404);
}

#[tokio::test]
async fn the_form_says_how_many_units_it_goes_to_and_warns_of_days_gone_by() {
    let kit = Kit::new().await;
    let page = kit.client(Who::Clerk).await.get(ISSUE).await;
    assert!(
        page.says("确认印发给 2 个直属党组织（共 3 个支部）"),
        "{}",
        page.text()
    );
    // The kit's day is 2015-09-15; the notice's plans were due on 08-31.
    assert!(page.says("原来的日期已经过去"));
}

#[tokio::test]
async fn before_issuing_the_burden_is_shown_with_its_reasons() {
    let kit = Kit::new().await;
    let leader = kit.client(Who::Leader).await;
    let page = leader.get("/notices/xianning-2015-14").await;
    assert!(
        page.says("本通知要求每个支部（按 20 名党员计）约填写"),
        "{}",
        page.text()
    );
    assert!(page.says("项由系统自动得出") && page.says("由到会情况得出"));
    assert!(
        page.says("一起填，不另填"),
        "the plan's contents are typed once"
    );
    assert!(!page.says("超过了设定的"), "within its own limit");
    // a notice with fewer requirements asks less
    let of = |page: &Reply| {
        let text = page.text();
        let rest = text.split("名党员计）约填写 ").nth(1).unwrap().to_owned();
        rest.split(' ').next().unwrap().parse::<u32>().unwrap()
    };
    let other = leader.get("/notices/national-2019").await;
    assert!(of(&other) > 0 && of(&other) < of(&page));
}

#[tokio::test]
async fn the_notice_leaves_as_pdf_and_word() {
    let kit = Kit::new().await;
    let id = kit.campaign().await;
    let client = kit.client(Who::BranchSecretary).await;
    let pdf = client.get(&format!("/c/{id}/notice.pdf")).await;
    assert!(pdf.bytes.starts_with(b"%PDF"), "{}", pdf.text());
    let word = client.get(&format!("/c/{id}/notice.docx")).await;
    assert!(word.bytes.starts_with(b"PK"), "{}", word.text());
    let visitor = kit.client(Who::Visitor).await;
    assert_eq!(
        visitor.get(&format!("/c/{id}/notice.pdf")).await.location(),
        "/login"
    );
}

fn receipt_path(kit: &Kit, id: CampaignId) -> String {
    format!("/c/{id}/o/{}/receipt", kit.unit)
}

#[tokio::test]
async fn a_unit_acknowledges_once_and_it_is_recorded_by_whom_and_when() {
    let kit = Kit::new().await;
    let id = kit.campaign().await;
    let path = receipt_path(&kit, id);
    let secretary = kit.client(Who::UnitSecretary).await;
    assert!(secretary.get(&path).await.says(">签收</button>"));
    let reply = secretary.post(&path, &[]).await;
    assert_eq!(
        (reply.status.as_u16(), reply.location()),
        (303, path.as_str())
    );
    let row = receipt::get(&mut kit.begin().await, id, kit.unit)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (row.by_name.as_str(), row.acknowledged_at),
        ("张伟二", kit.app.now())
    );
    let after = secretary.get(&path).await;
    assert!(after.says("已签收：2015-09-15 10:00，张伟二") && !after.says(">签收</button>"));
    let notice = secretary.get(&format!("/c/{id}/notice")).await;
    assert!(notice.says("由张伟二签收") && !notice.says(">签收</a>"));
    let again = kit.client(Who::UnitClerk).await.post(&path, &[]).await;
    assert_eq!(again.status, 422);
    assert!(again.says("由张伟二签收"));
    assert_eq!(log(&kit, Event::ReceiptAcknowledged).await.len(), 1);
}

#[tokio::test]
async fn only_the_unit_acknowledges_and_only_a_unit_can() {
    let kit = Kit::new().await;
    let id = kit.campaign().await;
    let path = receipt_path(&kit, id);
    for who in [
        Who::BranchSecretary,
        Who::AttachedSecretary,
        Who::Clerk,
        Who::Member,
    ] {
        assert_eq!(
            kit.client(who).await.post(&path, &[]).await.status,
            403,
            "{who:?}"
        );
    }
    let branch = format!("/c/{id}/o/{}/receipt", kit.branch);
    let secretary = kit.client(Who::UnitSecretary).await;
    assert_eq!(secretary.post(&branch, &[]).await.status, 404);
    assert!(
        receipt::list(&mut kit.begin().await, id)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn the_committee_sees_who_has_not_received_first_and_nobody_else_sees_it() {
    let kit = Kit::new().await;
    let id = kit.campaign().await;
    kit.client(Who::UnitSecretary)
        .await
        .post(&receipt_path(&kit, id), &[])
        .await;
    let page = kit
        .client(Who::Leader)
        .await
        .get(&format!("/c/{id}/receipts"))
        .await;
    let text = page.text();
    let waiting = text.find("市委办公室党支部").unwrap();
    let done = text.find("市水利局机关党委").unwrap();
    assert!(waiting < done && text.contains("张伟二"));
    assert!(text.contains("书记 王建国办"), "whom to remind");
    for who in [
        Who::UnitSecretary,
        Who::UnitClerk,
        Who::BranchSecretary,
        Who::AuditAdmin,
    ] {
        for end in ["", ".pdf", ".xlsx"] {
            let reply = kit
                .client(who)
                .await
                .get(&format!("/c/{id}/receipts{end}"))
                .await;
            assert_eq!(reply.status, 403, "{who:?} {end}");
        }
    }
    let clerk = kit.client(Who::Clerk).await;
    assert!(
        clerk
            .get(&format!("/c/{id}/receipts.xlsx"))
            .await
            .bytes
            .starts_with(b"PK")
    );
    assert!(
        clerk
            .get(&format!("/c/{id}/receipts.pdf"))
            .await
            .bytes
            .starts_with(b"%PDF")
    );
}

#[tokio::test]
async fn the_navigation_leads_to_the_current_campaign_or_says_what_to_do_first() {
    let kit = Kit::new().await;
    let clerk = kit.client(Who::Clerk).await;
    for path in ["/receipts", "/plans"] {
        let page = clerk.get(path).await;
        assert!(
            page.says("还没有印发通知") && page.says("/notices"),
            "{path}"
        );
    }
    let id = kit.campaign().await;
    assert_eq!(
        clerk.get("/receipts").await.location(),
        format!("/c/{id}/receipts")
    );
    assert_eq!(
        clerk.get("/plans").await.location(),
        format!("/c/{id}/plans")
    );
}
