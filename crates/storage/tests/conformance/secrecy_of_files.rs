//! The box as an attacker sees it who has the file, its side files and every backup. What is found
//! before settling shows that the attack works.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use pingyi_storage::{Db, backup, ballot_box, ballot_key, org, settle};
use sqlx::{Connection as _, SqliteConnection};

use crate::box_seed::{self, BOX, ROOM, ballot, boxes, cast, open_box, shuffled};
use crate::engines::TestDb;
use crate::search::{by_credential, holds, order_in};
use crate::seed::NOW;

fn beside(path: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", path.display()))
}

/// The same slips; the ballots in this order, some of them after another one of the same slip.
struct Evening {
    order: Vec<u32>,
    changed_minds: Vec<u32>,
}

/// Returns the file, and a backup made before the box was settled.
async fn vote(path: &Path, evening: &Evening) -> [Vec<u8>; 2] {
    let db = Db::open(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    for &slip in &evening.order {
        if evening.changed_minds.contains(&slip) {
            cast(&db, &ballot(slip, 9)).await;
        }
        cast(&db, &ballot(slip, 1)).await;
    }
    let copy = beside(path, ".backup");
    backup::to_file(&db, &copy).await.unwrap();
    settle::settle(&db, BOX).await.unwrap();
    db.close().await;
    [path, &copy].map(|file| std::fs::read(file).unwrap())
}

pub async fn another_order_of_casting_leaves_the_same_file(test: TestDb) {
    const SLIPS: u32 = 40;
    let Some(path) = test.url.strip_prefix("sqlite:").map(PathBuf::from) else {
        return;
    };
    open_box(&test.db, SLIPS, ROOM).await;
    test.db.close().await;
    let second = beside(&path, ".second");
    std::fs::copy(&path, &second).unwrap();

    let mut order = shuffled(SLIPS, 1);
    order.truncate(30);
    let changed_minds = vec![order[3], order[4], order[20]];
    let mut backwards = order.clone();
    backwards.reverse();
    let one = Evening {
        order: order.clone(),
        changed_minds,
    };
    let two = Evening {
        order: backwards,
        changed_minds: Vec::new(),
    };
    let [file_one, backup_one] = vote(&path, &one).await;
    let [file_two, backup_two] = vote(&second, &two).await;
    // Not assert_eq!: it would print megabytes.
    assert!(file_one == file_two, "the files differ");
    assert!(backup_one == backup_two, "the backups differ");
    for bytes in [&file_one, &backup_one] {
        assert_eq!(order_in(bytes, SLIPS), by_credential(&order));
        for &slip in &one.changed_minds {
            assert!(!holds(bytes, slip, 9));
        }
    }
}

pub async fn what_is_deleted_is_gone_from_the_file(test: TestDb) {
    let Some(path) = test.url.strip_prefix("sqlite:").map(PathBuf::from) else {
        return;
    };
    let mut tx = test.db.begin().await.unwrap();
    boxes(&mut tx, 1).await;
    let scrutineers = box_seed::scrutineers(BOX);
    ballot_key::set(&mut tx, BOX, &scrutineers).await.unwrap();
    ballot_key::set_document(&mut tx, BOX, 2, "a key made before")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    settle::settle(&test.db, BOX).await.unwrap();
    let is_there = || {
        let file = std::fs::read(&path).unwrap();
        file.windows(17).any(|found| found == b"a key made before")
    };
    assert!(is_there());
    let mut tx = test.db.begin().await.unwrap();
    // One less, so that nothing is written over what was there.
    ballot_key::set(&mut tx, BOX, &scrutineers[..1])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    settle::settle(&test.db, BOX).await.unwrap();
    assert!(!is_there());
}

/// Numbers of the pages that hold ballots.
async fn pages_of_ballots(path: &Path) -> HashSet<u32> {
    let url = path.display().to_string();
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let pages = sqlx::query_scalar("SELECT pageno FROM dbstat WHERE name = 'ballot'")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    pages.into_iter().collect()
}

/// Page numbers in the wal-index, stale ones included (<https://sqlite.org/walformat.html> §2).
fn pages_in_index(shm: &[u8]) -> Vec<u32> {
    let block = |(at, block): (usize, &[u8])| {
        let header = if at == 0 { 136 } else { 0 };
        let numbers = block[header..4096 * 4].as_chunks::<4>().0;
        let numbers = numbers.iter().map(|number| u32::from_ne_bytes(*number));
        numbers.collect::<Vec<u32>>()
    };
    let blocks = shm.chunks_exact(32 * 1024).enumerate();
    blocks.flat_map(block).filter(|page| *page != 0).collect()
}

/// Voting with a log longer than the first block of its index; returns the order of casting. Slip 0
/// is cast twice, the first time before all.
async fn vote_with_a_long_log(db: &Db, slips: u32) -> Vec<u32> {
    let mut tx = db.begin().await.unwrap();
    boxes(&mut tx, 1).await;
    tx.commit().await.unwrap();
    // A reader keeps the log from being reused.
    let mut reader = db.read().await.unwrap();
    org::count(&mut reader).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    box_seed::ready(&mut tx, BOX, slips, 400_000).await;
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    tx.commit().await.unwrap();
    cast(db, &ballot(0, 9)).await;
    let order = shuffled(slips, 2);
    for &slip in &order {
        cast(db, &ballot(slip, 1)).await;
    }
    order
}

pub async fn settling_clears_the_log_and_its_index(test: TestDb) {
    const SLIPS: u32 = 50;
    let Some(path) = test.url.strip_prefix("sqlite:").map(PathBuf::from) else {
        return;
    };
    let read = |suffix| std::fs::read(beside(&path, suffix)).unwrap();
    let order = vote_with_a_long_log(&test.db, SLIPS).await;
    let ballots = pages_of_ballots(&path).await;
    let log = read("-wal");
    assert_eq!(
        order_in(&log, SLIPS),
        order,
        "what the log tells until then"
    );
    assert!(holds(&log, 0, 9));
    let listed = pages_in_index(&read("-shm"));
    let beyond = listed.iter().skip(4062);
    assert!(beyond.filter(|page| ballots.contains(page)).count() > 50);

    settle::settle(&test.db, BOX).await.unwrap();
    assert_eq!(read("-wal"), b"");
    let left = pages_in_index(&read("-shm"));
    let of_ballots = left.iter().filter(|page| ballots.contains(page));
    assert_eq!((of_ballots.count(), left.is_empty()), (0, false));
    let file = read("");
    assert!(!holds(&file, 0, 9));
    assert_eq!(order_in(&file, SLIPS), by_credential(&order));
}
