//! The box as the administrator of a `PostgreSQL` server sees it, system columns and free space
//! included. What is found before settling shows that the attack works.

use std::time::Duration;

use pingyi_storage::ballot::{self, Ballot, Cast};
use pingyi_storage::{Db, ballot_box, settle};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};

use crate::box_seed::{BOX, ROOM, ballot, cast, credential, open_box, shuffled};
use crate::engines::TestDb;
use crate::search::{by_credential, holds, order_in};
use crate::seed::NOW;

/// A server's tables as its administrator sees them.
struct Server(PgConnection);

impl Server {
    async fn of(test: &TestDb) -> Option<Self> {
        if !test.url.starts_with("postgres") {
            return None;
        }
        Some(Self(PgConnection::connect(&test.url).await.unwrap()))
    }

    async fn texts(&mut self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        sqlx::query_scalar(sql)
            .fetch_all(&mut self.0)
            .await
            .unwrap()
    }

    async fn toast(&mut self) -> String {
        let sql = "SELECT reltoastrelid::regclass::text FROM pg_class \
                   WHERE oid = 'ballot'::regclass";
        self.texts(sql).await.remove(0)
    }

    /// The first version of each ballot by the numbers of values out of line.
    async fn order_of_values(&mut self, slips: u32) -> Vec<u32> {
        let toast = self.toast().await;
        let sql = format!("SELECT chunk_data FROM {toast} WHERE chunk_seq = 0 ORDER BY chunk_id");
        let rows = sqlx::query(AssertSqlSafe(sql))
            .fetch_all(&mut self.0)
            .await
            .unwrap();
        let heads = rows.iter().map(|row| row.get::<Vec<u8>, _>(0));
        heads.flat_map(|head| order_in(&head, slips)).collect()
    }

    /// The files of the table and its values, free space included.
    async fn files(&mut self) -> Vec<u8> {
        sqlx::query("CHECKPOINT")
            .execute(&mut self.0)
            .await
            .unwrap();
        let mut files = Vec::new();
        for table in ["ballot".to_owned(), self.toast().await] {
            let sql = format!("SELECT pg_read_binary_file(pg_relation_filepath('{table}'))");
            let file: Vec<u8> = sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_one(&mut self.0)
                .await
                .unwrap();
            files.extend(file);
        }
        files
    }
}

/// Pairs in the same order less pairs in the opposite one, from -1 to 1 (Kendall).
fn agreement(one: &[String], other: &[String]) -> f64 {
    let place = |item: &String| other.iter().position(|found| found == item).unwrap();
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (at, first) in one.iter().enumerate() {
        for second in &one[at + 1..] {
            sum += if place(first) < place(second) {
                1.0
            } else {
                -1.0
            };
            pairs += 1.0;
        }
    }
    sum / pairs
}

pub async fn rows_on_a_server_do_not_tell_the_order(test: TestDb) {
    const SLIPS: u32 = 40;
    let Some(mut server) = Server::of(&test).await else {
        return;
    };
    open_box(&test.db, SLIPS, ROOM).await;
    let order = shuffled(SLIPS, 3);
    let mut cast_so_far = Vec::new();
    for &slip in &order[..35] {
        cast(&test.db, &ballot(slip, 1)).await;
        cast_so_far.push(credential(slip));
        let versions = server.texts("SELECT DISTINCT xmin::text FROM ballot").await;
        assert_eq!(versions.len(), 1);
    }
    // As pg_dump reads them in mid-vote.
    let rows = "SELECT credential FROM ballot WHERE is_cast = 1 ORDER BY ctid";
    let rows = server.texts(rows).await;
    assert_eq!(rows.len(), 35);
    let agreement = agreement(&cast_so_far, &rows);
    assert!(agreement.abs() < 0.5, "{agreement}");
}

pub async fn settling_clears_old_versions_on_a_server(test: TestDb) {
    const SLIPS: u32 = 20;
    let Some(mut server) = Server::of(&test).await else {
        return;
    };
    open_box(&test.db, SLIPS, ROOM).await;
    cast(&test.db, &ballot(0, 9)).await;
    let order = shuffled(SLIPS, 4);
    for &slip in &order {
        cast(&test.db, &ballot(slip, 1)).await;
    }
    let values = server.order_of_values(SLIPS).await;
    assert_eq!(values, order, "what the values tell until then");
    assert!(holds(&server.files().await, 0, 9));

    let mut tx = test.db.begin().await.unwrap();
    ballot_box::void(&mut tx, BOX, "断电", NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert!(settled(&test.db, &mut server, &order).await);
    let versions = server.texts("SELECT DISTINCT xmin::text FROM ballot").await;
    assert_eq!(versions.len(), 1);
    let rows = "SELECT credential FROM ballot ORDER BY ctid";
    assert!(server.texts(rows).await.is_sorted());
}

pub async fn settling_changes_no_ballot(test: TestDb) {
    open_box(&test.db, 5, ROOM).await;
    for slip in [4, 0, 2] {
        cast(&test.db, &ballot(slip, 1)).await;
    }
    let before = kept(&test.db).await;
    assert_eq!(before.len(), 3);
    settle::settle(&test.db, BOX).await.unwrap();
    assert_eq!(kept(&test.db).await, before);
    // Also in mid-vote: those still out can be cast.
    assert_eq!(cast(&test.db, &ballot(1, 1)).await, Cast::First);
}

async fn kept(db: &Db) -> Vec<Ballot> {
    let mut tx = db.read().await.unwrap();
    ballot::list(&mut tx, BOX).await.unwrap()
}

/// Old versions stay while older transactions run: those of tests beside this one.
async fn settled(db: &Db, server: &mut Server, order: &[u32]) -> bool {
    let slips = u32::try_from(order.len()).unwrap();
    for _ in 0..100 {
        settle::settle(db, BOX).await.unwrap();
        let values = server.order_of_values(slips).await;
        if values == by_credential(order) && !holds(&server.files().await, 0, 9) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    false
}
