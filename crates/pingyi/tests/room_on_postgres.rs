//! The same evening over PostgreSQL: what is in the box, what is refused, and the count.
//!
//! Needs `PINGYI_TEST_PG` (scripts/pg-test.sh); says so where it is not set.

#![expect(
    clippy::unwrap_used,
    dead_code,
    reason = "tests say what happens from top to bottom; the devices can do more than is asked here"
)]

#[path = "../../web/tests/room/evening.rs"]
mod evening;
#[path = "../../web/tests/room/room.rs"]
mod room;

use std::io::{Cursor, Write};

use evening::Evening;
use pingyi_ballot::verify::{Policy, Verdict, verify};
use pingyi_domain::appraisal::RoundState;
use pingyi_storage::Db;
use pingyi_web::testkit::{Kit, Who};
use room::Room;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A schema of its own on the server; `None` when no server was named.
async fn database() -> Option<Db> {
    let Ok(server) = std::env::var("PINGYI_TEST_PG") else {
        let required = std::env::var("PINGYI_REQUIRE_PG").is_ok();
        assert!(
            !required,
            "PINGYI_REQUIRE_PG is set, but PINGYI_TEST_PG is not"
        );
        let line = b"SKIPPED on PostgreSQL: an evening (use scripts/pg-test.sh)\n";
        std::io::stderr().write_all(line).unwrap();
        return None;
    };
    let schema = format!("evening_{}", std::process::id());
    let mut connection = PgConnection::connect(&server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .execute(&mut connection)
        .await
        .unwrap();
    let url = format!("{server}?options[search_path]={schema}");
    Some(Db::open(&url).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_evening_over_postgresql_ends_in_the_same_count() {
    let Some(db) = database().await else { return };
    let room = Room::prepared_in(Kit::over(db).await, 4).await;
    let mut evening = Evening::open_in(room).await;
    for (slip, choice) in [(0, Some(0)), (1, Some(2)), (2, None)] {
        assert_eq!(evening.vote(slip, choice).await.word(), "cast");
    }
    let changed = evening.seal(1, &[Some(1); 10]).await;
    assert_eq!(evening.cast(&changed).await.word(), "replaced");
    assert_eq!(evening.cast(&changed).await.word(), "same");
    let back = evening
        .hand_back(3, pingyi_room::BackKind::HandedBack)
        .await;
    assert_eq!(back.word(), "handed_back");
    assert_eq!(evening.vote(3, None).await.word(), "handed_back");
    let reply = evening.close().await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(
        evening.cast(&changed).await.word(),
        "same",
        "told even after closing"
    );
    for phone in 0..2 {
        assert_eq!(evening.count(phone).await.word(), "share");
    }
    assert_eq!(evening.room.state().await, RoundState::Counted);
    let file = evening.room.get(Who::BranchSecretary, "/box/archive").await;
    let mut quiet = |_| ();
    let report = verify(Cursor::new(&file.bytes), Policy::default(), &mut quiet).unwrap();
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
    let rows = report.result.unwrap().result;
    assert!(rows.iter().all(|row| *row == [1, 1, 0]), "{rows:?}");
}
