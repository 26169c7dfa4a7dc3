//! 汇总表 and 总结材料 from a signed tally to the 组织科's receipt, and every way back.

#![expect(
    clippy::too_many_lines,
    reason = "tests say what happens from top to bottom"
)]

use pingyi_domain::appraisal::RoundState;
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_storage::audit::Event;
use pingyi_storage::count;
use pingyi_storage::filing::{self};
use pingyi_web::testkit::Who;

use super::filing_desk::{Desk, SUBMIT};

#[tokio::test]
async fn no_summary_before_the_tally_is_signed() {
    let desk = Desk::new().await;
    let path = desk.path(desk.kit.branch, "/summary");
    let page = desk.get(Who::BranchSecretary, &path).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        page.says("还不能生成汇总表") && page.says("还没有召开专题组织生活会"),
        "{}",
        page.text()
    );
    desk.appraise(desk.kit.branch, RoundState::Counted).await;
    let page = desk.get(Who::BranchSecretary, &path).await;
    assert!(page.says("计票还没有签字确认"), "{}", page.text());
    let refused = desk.post(Who::BranchSecretary, &path, SUBMIT).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.says("还没有签字，不能报送汇总表"),
        "{}",
        refused.text()
    );
    let paper = desk
        .get(
            Who::BranchSecretary,
            &desk.path(desk.kit.branch, "/summary/file/xlsx"),
        )
        .await;
    assert_eq!(paper.status, 422);
    // refused whole: not even a draft
    let mut tx = desk.kit.begin().await;
    let left = filing::find(&mut tx, desk.id, desk.kit.branch, FilingKind::BranchSummary)
        .await
        .unwrap();
    assert_eq!(left, None);
}

#[tokio::test]
async fn the_summary_is_computed_and_only_filler_and_phone_are_asked() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let page = desk
        .get(
            Who::BranchSecretary,
            &desk.path(desk.kit.branch, "/summary"),
        )
        .await;
    let text = page.text();
    assert!(page.says("7 / 87.5") && page.says("4 / 66.7"), "{text}");
    assert!(
        page.says("吴倩") && page.says("应到（正式 9、预备 1）") && page.says("因公出差"),
        "{text}"
    );
    assert!(text.contains(r#"name="filler" value="王建国""#), "{text}");
    assert!(
        page.says("四、4") && page.says("民主评议党员测评汇总表请于9月30日前报市直机关工委组织科"),
        "{text}"
    );
    for format in ["pdf", "docx", "xlsx"] {
        let path = desk.path(desk.kit.branch, &format!("/summary/file/{format}"));
        let paper = desk.get(Who::BranchCommittee, &path).await;
        assert_eq!(paper.status, 200);
        assert!(paper.bytes.len() > 2_000, "{format}");
    }
}

#[tokio::test]
async fn failing_arithmetic_stops_the_filing_and_names_the_member() {
    let desk = Desk::new().await;
    let round = desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let mut tx = desk.kit.begin().await;
    let mut sums = count::get(&mut tx, round).await.unwrap().unwrap();
    sums.rows[1].marks[0] = 1;
    count::set(&mut tx, round, &sums).await.unwrap();
    tx.commit().await.unwrap();
    let path = desk.path(desk.kit.branch, "/summary");
    let page = desk.get(Who::BranchSecretary, &path).await;
    assert!(
        page.says("数字对不上，不能报送") && page.says("第 2 行李秀英"),
        "{}",
        page.text()
    );
    let refused = desk.post(Who::BranchSecretary, &path, SUBMIT).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("汇总表有 1 处对不上"), "{}", refused.text());
}

#[tokio::test]
async fn a_branch_files_its_unit_returns_and_the_next_version_is_received() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let path = desk.path(desk.kit.branch, "/summary");
    let decide = desk.path(desk.kit.branch, "/summary/decide");
    let incomplete = desk
        .post(
            Who::BranchSecretary,
            &path,
            &[("filler", "李秀英"), ("act", "submit")],
        )
        .await;
    assert_eq!(incomplete.status, 422);
    assert!(incomplete.says("没有填写联系电话"), "{}", incomplete.text());
    desk.branch_files().await;
    let (row, version) = desk.filed(desk.kit.branch, FilingKind::BranchSummary).await;
    assert_eq!(
        (row.state, row.version, version.late),
        (FilingState::Submitted, 1, false)
    );
    assert!(version.snapshot.contains("三楼会议室") && !version.chain_head.is_empty());
    // what was handed in cannot be changed
    assert_eq!(
        desk.post(Who::BranchSecretary, &path, SUBMIT).await.status,
        422
    );
    // the branch itself may not decide; the unit needs an opinion to return
    let act = |act: &'static str, version: &'static str, opinion: &'static str| {
        [("act", act), ("version", version), ("opinion", opinion)]
    };
    assert_eq!(
        desk.post(Who::BranchSecretary, &decide, &act("receive", "1", ""))
            .await
            .status,
        403
    );
    let refused = desk
        .post(Who::UnitClerk, &decide, &act("return", "1", ""))
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.says("退回要写明意见") && refused.text().contains("opinion-error"),
        "the form stays, with the error beside its field: {}",
        refused.text()
    );
    assert!(refused.says("退回修改"), "{}", refused.text());
    let back = desk
        .post(
            Who::UnitClerk,
            &decide,
            &act("return", "1", "请补填联系电话。"),
        )
        .await;
    assert_eq!(back.status, 303);
    let page = desk.get(Who::BranchSecretary, &path).await;
    assert!(
        page.says("第 1 稿已退回") && page.says("请补填联系电话。"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains(r#"value="0715-8000000""#),
        "last used telephone is kept"
    );
    desk.branch_files().await;
    assert!(
        desk.post(Who::UnitSecretary, &decide, &act("receive", "1", ""))
            .await
            .says("已有新的变化")
    );
    assert_eq!(
        desk.post(Who::UnitSecretary, &decide, &act("receive", "2", ""))
            .await
            .status,
        303
    );
    let (row, version) = desk.filed(desk.kit.branch, FilingKind::BranchSummary).await;
    assert_eq!((row.state, version.version), (FilingState::Received, 2));
    let page = desk.get(Who::UnitSecretary, &path).await;
    assert!(
        page.says("第 2 稿") && page.says("第 1 稿") && page.says(&version.chain_head),
        "{}",
        page.text()
    );
    let old = desk
        .get(
            Who::UnitSecretary,
            &desk.path(desk.kit.branch, "/summary/v/1/docx"),
        )
        .await;
    assert_eq!(old.status, 200);
    assert_eq!(desk.kit.audited(Event::FilingSubmitted).await.len(), 2);
    assert_eq!(desk.kit.audited(Event::FilingReturned).await.len(), 1);
    assert_eq!(desk.kit.audited(Event::FilingReceived).await.len(), 1);
}

#[tokio::test]
async fn a_directly_attached_branch_is_led_to_the_unit_page() {
    let desk = Desk::new().await;
    desk.appraise(desk.kit.attached, RoundState::Determined)
        .await;
    let path = desk.path(desk.kit.attached, "/summary");
    let page = desk.get(Who::AttachedSecretary, &path).await;
    assert!(page.says("随单位材料一起报送"), "{}", page.text());
    assert!(
        page.text()
            .contains(&desk.path(desk.kit.attached, "/unit-summary"))
    );
    let refused = desk.post(Who::AttachedSecretary, &path, SUBMIT).await;
    assert_eq!(refused.status, 422);
    let unit = desk.path(desk.kit.attached, "/unit-summary");
    assert!(
        desk.get(Who::AttachedSecretary, &unit)
            .await
            .says("9 / 90.0%")
    );
    assert_eq!(
        desk.post(Who::AttachedDeputy, &unit, SUBMIT).await.status,
        303
    );
    let (row, _) = desk.filed(desk.kit.attached, FilingKind::UnitSummary).await;
    assert_eq!(row.state, FilingState::Submitted);
}

#[tokio::test]
async fn the_unit_sees_who_is_missing_and_may_still_file() {
    let desk = Desk::new().await;
    let path = desk.path(desk.kit.unit, "/unit-summary");
    let nothing = desk.unit_files(Who::UnitClerk).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.says("所属党支部都还没有上报"), "{}", nothing.text());
    assert!(nothing.says("集中学习三次。"), "what was typed is not lost");
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let page = desk.get(Who::UnitSecretary, &path).await;
    assert!(
        page.says("还没有上报的支部（2 个）") && page.says("计票已签字，汇总表还没有报送"),
        "{}",
        page.text()
    );
    desk.branch_files().await;
    let page = desk.get(Who::UnitSecretary, &path).await;
    assert!(
        page.says("还没有上报的支部（1 个）") && page.says("由支部书记王建国二办理"),
        "{}",
        page.text()
    );
    assert!(
        page.says("应参评党员20人，实参评10人，未参评10人：尚未上报10人"),
        "{}",
        page.text()
    );
    assert!(page.says("“好”9人，占90.0%"), "{}", page.text());
    let sent = desk.unit_files(Who::UnitClerk).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let (_, version) = desk.filed(desk.kit.unit, FilingKind::UnitSummary).await;
    assert!(
        version.snapshot.contains("还没有召开专题组织生活会"),
        "{}",
        version.snapshot
    );
    assert!(version.report_text.contains("集中学习三次。"));
    for doc in ["rollup", "report"] {
        for format in ["pdf", "docx", "xlsx"] {
            let path = desk.path(desk.kit.unit, &format!("/unit-summary/file/{doc}/{format}"));
            assert_eq!(
                desk.get(Who::UnitSecretary, &path).await.status,
                200,
                "{doc} {format}"
            );
        }
    }
}

#[tokio::test]
async fn saving_keeps_the_units_words_while_figures_follow_the_ledger() {
    let desk = Desk::new().await;
    let path = desk.path(desk.kit.unit, "/unit-summary");
    desk.appraise(desk.kit.branch, RoundState::Determined).await;
    let saved = desk
        .post(
            Who::UnitClerk,
            &path,
            &[("act", "save"), ("problems", "还有不足。")],
        )
        .await;
    assert_eq!(saved.status, 303);
    let before = desk.get(Who::UnitClerk, &path).await;
    assert!(
        before.says("实参评0人") && before.says("还有不足。"),
        "{}",
        before.text()
    );
    desk.branch_files().await;
    let after = desk.get(Who::UnitClerk, &path).await;
    assert!(
        after.says("实参评10人") && after.says("还有不足。"),
        "{}",
        after.text()
    );
    assert_eq!(desk.kit.audited(Event::FilingDrafted).await.len(), 2);
}
