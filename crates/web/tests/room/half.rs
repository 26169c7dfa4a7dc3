//! Rooms in which some vote on paper beside the slips of the others.

use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ballot_box::BoxState;
use pingyi_room::BackKind;
use pingyi_storage::audit::{self, Event, Filter, Page};
use pingyi_storage::{ballot_box, count};
use pingyi_web::testkit::{Reply, Who};

use crate::evening::Evening;
use crate::room::Room;

/// Nine present: five hold slips, the others paper; all spares are back.
async fn ready() -> Evening {
    with(9, 5).await
}

async fn with(present: usize, slips: usize) -> Evening {
    let mut evening = Evening::ready(Room::prepared(present).await).await;
    for spare in slips..present + 2 {
        evening.hand_back(spare, BackKind::Spare).await;
    }
    evening
}

/// Open, and the five have voted: four 好, one hands the slip back.
async fn voted() -> Evening {
    let mut evening = ready().await;
    let reply = evening.room.step("/open", &[("paper", "4")]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    for slip in 0..4 {
        assert_eq!(evening.vote(slip, Some(0)).await.word(), "cast");
    }
    evening.hand_back(4, BackKind::HandedBack).await;
    evening
}

/// Four sheets, one of them invalid: two 好, one 一般 in every row.
async fn type_sheets(evening: &Evening, who: Who) -> Reply {
    let mut fields = vec![
        ("collected".to_owned(), "4".to_owned()),
        ("invalid".into(), "1".into()),
    ];
    for row in 0..10 {
        fields.push((format!("m_{row}_0"), "2".into()));
        fields.push((format!("m_{row}_1"), "1".into()));
    }
    evening.room.post_owned(who, "/count", &fields).await
}

async fn typed_twice(evening: &Evening) {
    for who in [Who::BranchSecretary, Who::BranchCommittee] {
        let reply = type_sheets(evening, who).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
    }
}

async fn counted(evening: &mut Evening) {
    for phone in 0..2 {
        let heard = evening.count(phone).await;
        assert_eq!(heard.word(), "share", "{}", heard.text());
    }
}

async fn joined(evening: &Evening) {
    let room = &evening.room;
    let round = room.rounds().await.pop().unwrap();
    assert_eq!(round.state, RoundState::Counted);
    let mut tx = room.kit.begin().await;
    let sums = count::get(&mut tx, round.id).await.unwrap().unwrap();
    assert_eq!((sums.issued, sums.collected, sums.invalid), (9, 8, 1));
    for row in &sums.rows {
        assert_eq!((row.marks.as_slice(), row.abstain), (&[6, 1, 0][..], 0));
    }
    let filter = Filter {
        event: Some(Event::CountsJoined),
        ..Filter::default()
    };
    let all = Page {
        offset: 0,
        limit: 9,
    };
    let rows = audit::list(&mut tx, &filter, all).await.unwrap();
    assert_eq!(rows.len(), 1);
    drop(tx);
    let sheet = room.get(Who::BranchSecretary, "/count-sheet/docx").await;
    assert_eq!(sheet.status, 200);
    let archive = room.get(Who::BranchSecretary, "/box/archive").await;
    assert_eq!(archive.status, 200);
}

#[tokio::test]
async fn slips_and_sheets_are_one_count_when_the_sheets_come_first() {
    let mut evening = voted().await;
    let shown = evening.projector().await;
    let numbers = ["present", "drawn", "paper", "cast", "handed_back", "out"];
    let numbers = numbers.map(|name| shown[name].as_u64().unwrap());
    assert_eq!(numbers, [9, 5, 4, 4, 1, 0]);
    let early = type_sheets(&evening, Who::BranchSecretary).await;
    assert!(early.says("投票还没有截止"));
    let reply = evening.close_with(&[("paper_collected", "4")]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let round = evening.room.rounds().await.pop().unwrap();
    assert_eq!((round.issued, round.collected), (Some(9), Some(8)));
    let once = type_sheets(&evening, Who::BranchSecretary).await;
    assert_eq!(once.status, 303, "{}", once.text());
    let twice = type_sheets(&evening, Who::BranchSecretary).await;
    assert!(twice.says("第二遍须由另一人录入"), "{}", twice.text());
    let second = type_sheets(&evening, Who::BranchCommittee).await;
    assert_eq!(second.status, 303, "{}", second.text());
    assert_eq!(evening.room.state().await, RoundState::Closed);
    let page = evening.room.get(Who::BranchSecretary, "/count").await;
    assert!(page.says("两遍录入一致"), "{}", page.text());
    counted(&mut evening).await;
    joined(&evening).await;
}

#[tokio::test]
async fn slips_and_sheets_are_one_count_when_the_phones_come_first() {
    let mut evening = voted().await;
    evening.close_with(&[("paper_collected", "4")]).await;
    counted(&mut evening).await;
    assert_eq!(evening.room.state().await, RoundState::Closed);
    assert_eq!(evening.room.stored().await.state, BoxState::Counted);
    let page = evening.room.page().await;
    assert!(page.says("电子票已计票") && !page.says("看测评结果"));
    // one part apart is nobody's to see
    let apart = evening.room.get(Who::BranchSecretary, "/box/archive").await;
    assert!(apart.says("两种票合计以后再下载"));
    typed_twice(&evening).await;
    joined(&evening).await;
}

#[tokio::test]
async fn a_sheet_that_does_not_add_up_to_the_sheets_is_refused() {
    let evening = voted().await;
    evening.close_with(&[("paper_collected", "3")]).await;
    let reply = type_sheets(&evening, Who::BranchSecretary).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("登记收回 3 张"));
    let fixed = [("paper_collected", "4")];
    assert_eq!(evening.room.step("/paper", &fixed).await.status, 303);
    let round = evening.room.rounds().await.pop().unwrap();
    assert_eq!(round.collected, Some(8));
    typed_twice(&evening).await;
    let late = evening.room.step("/paper", &fixed).await;
    assert!(late.says("现在不能更正"));
}

#[tokio::test]
async fn no_sheet_back_needs_no_typing() {
    let mut evening = voted().await;
    evening.close_with(&[("paper_collected", "0")]).await;
    let nothing = evening.room.get(Who::BranchSecretary, "/count").await;
    assert_eq!(nothing.status, 422);
    counted(&mut evening).await;
    let round = evening.room.rounds().await.pop().unwrap();
    assert_eq!(round.state, RoundState::Counted);
    assert_eq!((round.issued, round.collected), (Some(9), Some(4)));
}

#[tokio::test]
async fn the_number_of_sheets_back_is_asked_and_too_many_void_the_round() {
    let evening = voted().await;
    let reply = evening.close_with(&[]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("请填写收回的纸质测评表张数"));
    let many = [("paper_collected", "5")];
    let reply = evening.room.step("/close", &many).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("多于发出的 4 张") && reply.text().contains("value=\"5\""));
    assert_eq!(evening.room.stored().await.state, BoxState::LastCall);
    let sure = [("paper_collected", "5"), ("confirm", "1")];
    let reply = evening.room.step("/close", &sure).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(evening.room.state().await, RoundState::Voided);
    let id = evening.room.rounds().await[0].id;
    let mut tx = evening.room.kit.begin().await;
    let kept = ballot_box::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(kept.state, BoxState::Voided);
}

#[tokio::test]
async fn a_part_that_is_too_small_is_stopped_or_told_before_opening() {
    // three slips beside six sheets: the archive would tell
    let evening = with(9, 3).await;
    let reply = evening.room.step("/open", &[("paper", "6")]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("不能少于 4 人"), "{}", reply.text());
    let sure = [("paper", "6"), ("confirm", "1")];
    assert_eq!(evening.room.step("/open", &sure).await.status, 422);
    // two sheets beside seven slips: told, and opened when sure
    let evening = with(9, 7).await;
    let reply = evening.room.step("/open", &[("paper", "2")]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("只有 2 人") && reply.says("公用设备"));
    assert_eq!(evening.room.stored().await.state, BoxState::Ready);
    let sure = [("paper", "2"), ("confirm", "1")];
    assert_eq!(evening.room.step("/open", &sure).await.status, 303);
}

#[tokio::test]
async fn nobody_has_both_a_slip_and_a_sheet() {
    let evening = ready().await;
    let reply = evening.room.step("/open", &[("paper", "5")]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("合计多于到会可投票的 9 人"));
    let reply = evening.room.step("/open", &[("paper", "四")]).await;
    assert!(reply.says("请用数字填写"));
}
