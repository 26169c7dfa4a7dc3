//! What the 组织科 does with what units filed, and who may see and fetch it.

#![expect(
    clippy::too_many_lines,
    reason = "tests say what happens from top to bottom"
)]

use std::time::Duration;

use super::filing_desk::{AFTER_DEADLINE, Desk, SUBMIT};
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::notice::Notice;
use pingyi_storage::audit::Event;
use pingyi_web::testkit::{NOTICE, NOW, Who};

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
