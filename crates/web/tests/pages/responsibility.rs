//! 责任表 and 上级派员 through the pages.

use pingyi_domain::ids::CampaignId;
use pingyi_storage::envoy_plan;
use pingyi_web::testkit::{Kit, Who};

async fn stage() -> (Kit, CampaignId) {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    (kit, campaign)
}

#[tokio::test]
async fn both_responsibilities_come_from_the_posts_and_vacancies_show() {
    let (kit, campaign) = stage().await;
    let clerk = kit.client(Who::UnitClerk).await;
    let page = clerk
        .get(&format!("/c/{campaign}/o/{}/responsibility", kit.unit))
        .await;
    assert!(page.says("第一责任人") && page.says("张伟二"));
    assert!(page.says("直接责任人") && page.says("王建国"));
    assert!(!page.says("空缺"), "no vacancy here");
    let whole = kit
        .client(Who::Leader)
        .await
        .get(&format!("/c/{campaign}/o/{}/responsibility", kit.root))
        .await;
    assert!(whole.says("直属支部，由一人承担"), "one person is both");
    let paper = clerk
        .get(&format!("/c/{campaign}/o/{}/responsibility/docx", kit.unit))
        .await;
    assert_eq!(paper.status, 200);
}

#[tokio::test]
async fn envoys_are_assigned_in_one_form_and_prefill_the_meeting() {
    let (kit, campaign) = stage().await;
    let path = format!("/c/{campaign}/o/{}/envoys", kit.unit);
    let (one, two) = (format!("e_{}", kit.branch), format!("e_{}", kit.other));
    let unit = kit.client(Who::UnitSecretary).await;
    let reply = unit
        .post(&path, &[(&one, "张伟二"), (&two, "外请老李")])
        .await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let mut tx = kit.begin().await;
    let plans = envoy_plan::list(&mut tx, campaign).await.expect("plans");
    drop(tx);
    let known = plans.iter().find(|p| p.name == "张伟二").expect("assigned");
    assert_eq!(
        (known.post.as_str(), known.member_id.is_some()),
        ("机关党委书记", true)
    );
    let outside = plans
        .iter()
        .find(|p| p.name == "外请老李")
        .expect("assigned");
    assert!(outside.member_id.is_none());
    let branch = kit.client(Who::BranchSecretary).await;
    let base = format!("/c/{campaign}/o/{}/meeting", kit.branch);
    let opening = [
        ("held_on", "2015-09-15"),
        ("began", "09:00"),
        ("place", "三楼会议室"),
        ("host", "王建国"),
        ("reason", "方案随后补报"),
    ];
    let opened = branch.post(&format!("{base}/open"), &opening).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    assert!(branch.get(&base).await.says("value=\"张伟二\""));
    let taken_back = unit.post(&path, &[(&one, ""), (&two, "外请老李")]).await;
    assert_eq!(taken_back.status, 303);
    let mut tx = kit.begin().await;
    assert_eq!(
        envoy_plan::list(&mut tx, campaign)
            .await
            .expect("plans")
            .len(),
        1
    );
}

#[tokio::test]
async fn a_directly_attached_branch_gets_its_envoy_from_the_committee() {
    let (kit, campaign) = stage().await;
    let own = kit.client(Who::AttachedSecretary).await;
    let field = format!("e_{}", kit.attached);
    let path = format!("/c/{campaign}/o/{}/envoys", kit.attached);
    assert_eq!(own.post(&path, &[(&field, "自己")]).await.status, 422);
    let root = format!("/c/{campaign}/o/{}/envoys", kit.root);
    let clerk = kit.client(Who::Clerk).await;
    assert!(clerk.get(&root).await.says("市委办公室党支部"));
    assert_eq!(clerk.post(&root, &[(&field, "郑书记")]).await.status, 303);
}
