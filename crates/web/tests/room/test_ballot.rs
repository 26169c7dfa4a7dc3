//! The public test ballot before voting, with honest and with lying phones.

use pingyi_room::BackKind;
use pingyi_storage::audit::{self, Event, Filter, Page};

use crate::evening::Evening;
use crate::room::Room;

const MIXED: [Option<usize>; 10] = [
    Some(0),
    Some(1),
    None,
    Some(2),
    Some(0),
    None,
    Some(1),
    Some(0),
    Some(0),
    Some(2),
];

#[tokio::test]
async fn a_test_ballot_is_opened_for_all_and_its_slip_votes_no_more() {
    let mut evening = Evening::ready(Room::prepared(4).await).await;
    let opened = evening.opened(4, &MIXED).await;
    let heard = evening.test(&opened).await;
    assert_eq!(heard.word(), "tested", "{}", heard.text());
    let shown = evening.projector().await;
    assert_eq!(shown["test"]["agrees"], true);
    assert_eq!(
        shown["test"]["rows"][0],
        serde_json::json!(["王建国", "好"])
    );
    assert_eq!(shown["test"]["rows"][2][1], "弃权");
    assert_eq!((&shown["tested"], &shown["spare"]), (&1.into(), &1.into()));
    assert!(evening.room.page().await.says("含试投 1"));
    assert_eq!(evening.test(&opened).await.word(), "handed_back");

    evening.hand_back(5, BackKind::Spare).await;
    assert_eq!(evening.room.step("/open", &[]).await.status, 303);
    let cast = evening.cast(opened.ballot.as_bytes()).await;
    assert_eq!(cast.word(), "handed_back");
    let shown = evening.projector().await;
    assert!(shown["test"].is_null(), "forgotten when voting begins");
    assert_eq!(shown["drawn"], 4);
    for slip in 0..4 {
        evening.vote(slip, Some(0)).await;
    }
    assert_eq!(evening.close().await.status, 303);
    for phone in 0..2 {
        evening.count(phone).await;
    }
    let who = pingyi_web::testkit::Who::BranchSecretary;
    let archive = evening.room.get(who, "/box/archive").await;
    let archive = String::from_utf8_lossy(&archive.bytes);
    assert!(!archive.contains(&opened.ballot));
    assert_eq!(archive.matches("\"type\":\"Ballot\"").count(), 4);
}

#[tokio::test]
async fn a_phone_that_seals_something_else_is_shown_up_and_its_slip_is_gone_too() {
    let mut evening = Evening::ready(Room::prepared(4).await).await;
    let mut lies = evening.opened(4, &MIXED).await;
    lies.choices[2] = Some(2);
    let heard = evening.test(&lies).await;
    assert_eq!(heard.word(), "differs");
    assert!(heard.text().contains("不一致"));
    let shown = evening.projector().await;
    assert_eq!(shown["test"]["agrees"], false);
    assert_eq!(shown["test"]["rows"][2][1], "差", "what the phone says");
    let honest = evening.opened(4, &MIXED).await;
    assert_eq!(evening.test(&honest).await.word(), "handed_back");
    let mut swapped = evening.opened(5, &MIXED).await;
    swapped.randomness[0].swap(0, 1);
    assert_eq!(evening.test(&swapped).await.word(), "differs");
    let mut tx = evening.room.kit.begin().await;
    let filter = Filter {
        event: Some(Event::BallotTested),
        ..Filter::default()
    };
    let all = Page {
        offset: 0,
        limit: 9,
    };
    let rows = audit::list(&mut tx, &filter, all).await.unwrap();
    assert_eq!(rows.len(), 2);
}

#[tokio::test]
async fn what_is_no_ballot_of_this_box_is_refused_and_nothing_is_shown() {
    let mut evening = Evening::ready(Room::prepared(4).await).await;
    let path = format!("/b/{}/test", evening.id);
    assert_eq!(evening.room.tell(&path, b"{}").await.word(), "not_proper");
    let good = evening.opened(4, &MIXED).await;
    let mut altered = good.clone();
    altered.ballot = altered
        .ballot
        .replacen("challenge\":\"1", "challenge\":\"2", 1);
    altered.ballot = altered
        .ballot
        .replacen("response\":\"3", "response\":\"4", 1);
    assert_eq!(evening.test(&altered).await.word(), "not_proper");
    let mut short = good.clone();
    short.choices.pop();
    assert_eq!(evening.test(&short).await.word(), "not_proper");
    let shown = evening.projector().await;
    assert!(shown["test"].is_null() && shown["tested"] == 0);
    assert_eq!(evening.test(&good).await.word(), "tested");
}

#[tokio::test]
async fn once_voting_has_begun_nothing_is_opened_any_more() {
    let mut evening = Evening::open(4).await;
    let opened = evening.opened(0, &MIXED).await;
    assert_eq!(evening.test(&opened).await.word(), "not_now");
    let page = format!("/b/{}?test=1", evening.id);
    let heard = evening.room.ask(&page).await;
    assert!(heard.status.is_client_error() && heard.text().contains("试投票只能在"));
    let cast = evening.cast(opened.ballot.as_bytes()).await;
    assert_eq!(cast.word(), "cast", "the slip is as good as before");
    assert!(evening.projector().await["test"].is_null());
}

#[tokio::test]
async fn the_page_is_in_test_mode_only_when_asked_for() {
    let evening = Evening::ready(Room::prepared(4).await).await;
    let plain = evening.room.ask(&format!("/b/{}", evening.id)).await.text();
    assert!(!plain.contains("data-test"));
    let test = format!("/b/{}?test=1", evening.id);
    assert!(
        evening
            .room
            .ask(&test)
            .await
            .text()
            .contains("data-test=\"yes\"")
    );
    assert!(evening.room.page().await.text().contains("?test=1"));
}
