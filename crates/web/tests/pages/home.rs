//! First pages by role, the overview's figures, and 「还差什么」 with its buttons.

use pingyi_storage::receipt;
use pingyi_web::testkit::{Kit, Who};

#[tokio::test]
async fn everybody_lands_where_their_work_is() {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    let rows = [
        (Who::Visitor, "/login".to_owned()),
        (Who::SystemAdmin, "/admin/system".into()),
        (Who::SecurityAdmin, "/admin/accounts".into()),
        (Who::AuditAdmin, "/admin/audit".into()),
        (Who::Clerk, format!("/c/{campaign}")),
        (Who::Leader, format!("/c/{campaign}")),
        (Who::UnitSecretary, format!("/c/{campaign}/o/{}", kit.unit)),
        (
            Who::BranchSecretary,
            format!("/c/{campaign}/o/{}", kit.branch),
        ),
        (
            Who::AttachedSecretary,
            format!("/c/{campaign}/o/{}", kit.attached),
        ),
    ];
    for (who, to) in rows {
        let reply = kit.client(who).await.get("/").await;
        assert_eq!(reply.location(), to, "{who:?}");
    }
    let member = kit.client(Who::Member).await.get("/").await;
    assert_eq!(member.location(), "/me");
}

#[tokio::test]
async fn an_empty_installation_leads_to_its_setup() {
    let kit = Kit::empty().await;
    let reply = kit.client(Who::Visitor).await.get("/").await;
    assert_eq!(reply.location(), "/setup");
}

#[tokio::test]
async fn before_a_notice_the_clerk_is_told_what_to_do() {
    let kit = Kit::new().await;
    let reply = kit.client(Who::Clerk).await.get("/").await;
    assert!(reply.says("去印发通知"));
}

#[tokio::test]
async fn the_overview_counts_branches_and_members() {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    let page = kit
        .client(Who::Clerk)
        .await
        .get(&format!("/c/{campaign}"))
        .await;
    assert_eq!(page.status, 200);
    assert!(page.says("<b>0 / 3</b>"), "three branches, none held");
    assert!(page.says("<b>0 / 30</b>"), "thirty members, none appraised");
    assert!(
        page.says("已过 15 天"),
        "the plan's deadline was 15 days ago"
    );
    assert!(page.says("还有 15 天"));
    assert!(page.says("形成年度考评依据"));
    assert!(
        !page.says("本系统暂不记录"),
        "everything this notice asks is recorded"
    );
}

#[tokio::test]
async fn the_list_says_clause_words_actor_and_leads_there() {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    let path = format!("/c/{campaign}/o/{}", kit.unit);
    let page = kit.client(Who::UnitSecretary).await.get(&path).await;
    assert!(page.says("于8月31日前报机关工委组织科审核备案"));
    assert!(page.says("二、4："));
    assert!(page.says(&format!("href=\"{path}/receipt\"")));
    assert!(page.says(&format!("href=\"{path}/plan\"")));
    // Signing for the notice comes first, although it has no last day and the plan is late.
    let text = page.text();
    assert!(text.find(&format!("{path}/receipt")) < text.find(&format!("{path}/plan\"")));
    // The clerk sees the same list, but the buttons are the unit's.
    let page = kit.client(Who::Clerk).await.get(&path).await;
    assert!(page.says("由直属党组织办理"));
    assert!(!page.says(&format!("class=\"button\" href=\"{path}/receipt\"")));
}

#[tokio::test]
async fn a_fact_in_storage_takes_a_line_off_the_list() {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    let mut tx = kit.begin().await;
    let row = receipt::Receipt {
        campaign_id: campaign,
        org_id: kit.unit,
        acknowledged_at: pingyi_web::testkit::NOW,
        by_name: "张伟二".into(),
    };
    receipt::insert(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    let path = format!("/c/{campaign}/o/{}", kit.unit);
    let page = kit.client(Who::UnitSecretary).await.get(&path).await;
    assert!(!page.says(&format!("href=\"{path}/receipt\"")));
    let missing = format!("/c/{campaign}/missing/receipt-acknowledged");
    let page = kit.client(Who::Clerk).await.get(&missing).await;
    assert!(
        page.says("市委办公室党支部") && !page.says("市水利局机关党委"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_directly_attached_branch_has_both_lists_on_one_page() {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    let path = format!("/c/{campaign}/o/{}", kit.attached);
    let page = kit.client(Who::AttachedSecretary).await.get(&path).await;
    assert!(page.says("签收通知") && page.says("召开专题组织生活会"));
    assert!(page.says("直属工委"));
}

#[tokio::test]
async fn nothing_found_is_said_with_a_way_on() {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    let page = kit
        .client(Who::Clerk)
        .await
        .get(&format!("/c/{campaign}?q=没有这个"))
        .await;
    assert!(page.says("没有符合条件的党组织"));
    let page = kit.client(Who::Clerk).await.get("/c/not-an-id").await;
    assert!(page.status.is_client_error());
}
