//! An electronic round under the notice of 2019: four grades, and a last line for the leading group.

use pingyi_domain::appraisal::RoundState;
use pingyi_storage::{count, facts};
use pingyi_web::testkit::Who;

use crate::evening::Evening;
use crate::room::Room;

#[tokio::test]
async fn four_grades_and_the_leading_group_are_voted_and_counted_from_data_alone() {
    let mut evening = Evening::open_in(Room::prepared_2019(5).await).await;
    let poll = evening.poll().await;
    let questions = &poll.election().questions;
    let grades = ["优秀", "合格", "基本合格", "不合格"];
    assert!(questions.iter().all(|q| q.answers == grades));
    assert_eq!(questions.last().unwrap().question, "支部班子");
    let members = questions.len() - 1;
    for slip in 0..5 {
        let mut answers = vec![Some(0); members];
        answers.push([Some(3), Some(1), Some(1), None, Some(1)][slip]);
        let bytes = evening.seal(slip, &answers).await;
        assert_eq!(evening.cast(&bytes).await.word(), "cast");
    }
    assert_eq!(evening.close().await.status, 303);
    for phone in 0..2 {
        assert_eq!(evening.count(phone).await.word(), "share");
    }
    let room = &evening.room;
    let round = room.rounds().await.pop().unwrap();
    assert_eq!(round.state, RoundState::Counted);
    let mut tx = room.kit.begin().await;
    let sums = count::get(&mut tx, round.id).await.unwrap().unwrap();
    assert_eq!(sums.rows.len(), members);
    let group = sums.group.unwrap();
    assert_eq!(
        (group.marks.as_slice(), group.abstain),
        (&[0, 3, 0, 1][..], 1)
    );
    let known = facts::load(&mut tx, room.campaign).await.unwrap();
    let branches = known.units.iter().flat_map(|unit| &unit.branches);
    let mut mine = branches.filter(|b| b.org == room.kit.branch);
    let appraisal = mine.find_map(|b| b.appraisal.as_ref()).unwrap();
    assert!(appraisal.group);
    drop(tx);
    let page = room.get(Who::BranchSecretary, "").await;
    assert!(page.says("支部班子") && page.says("基本合格"));
}

#[tokio::test]
async fn the_count_sheet_prints_the_hash_that_the_projector_shows() {
    let mut evening = Evening::open(4).await;
    for slip in 0..4 {
        evening.vote(slip, Some(0)).await;
    }
    evening.close().await;
    for phone in 0..2 {
        evening.count(phone).await;
    }
    let sha256 = evening.projector().await["archive"]
        .as_str()
        .unwrap()
        .to_owned();
    let sheet = evening
        .room
        .get(Who::BranchSecretary, "/count-sheet/xlsx")
        .await;
    let tables = pingyi_documents::sheet::read("a.xlsx", &sheet.bytes).unwrap();
    let text = format!("{tables:?}");
    assert!(
        text.contains(&format!("SHA-256：{} ", &sha256[..8])),
        "{text}"
    );
    assert!(text.contains(&sha256[56..]));
}
