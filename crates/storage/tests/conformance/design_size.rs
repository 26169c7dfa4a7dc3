//! Times at the design size, 1,000 branches with 22,000 members. Run on purpose:
//! `cargo test --release -p pingyi-storage design_size -- --ignored --nocapture`

use std::time::Duration;

use pingyi_storage::{facts, member, roster};

use crate::campaign_seed::{self, CAMPAIGN, Size, unit_id};
use crate::engines::TestDb;
use crate::seed::{self, BRANCH, NOW, a_member};

const SIZE: Size = Size {
    units: 125,
    branches: 8,
    members: 22,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, to be run in release"]
async fn sqlite() {
    measure(TestDb::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, to be run in release"]
async fn pg() {
    if let Some(test) = TestDb::pg("design_size").await {
        measure(test).await;
    }
}

async fn measure(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::whole(&mut tx, SIZE).await;
    tx.commit().await.unwrap();
    // What autovacuum does within a minute.
    test.tamper("ANALYZE").await;
    let load = async || {
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(
            facts::load(&mut tx, CAMPAIGN).await.unwrap().units.len(),
            125
        );
    };
    times("facts::load, 1,000 branches, 22,000 members", 200, load).await;
    let cache = facts::Cache::default();
    let load = async || {
        let mut tx = test.db.read().await.unwrap();
        cache.load(&mut tx, CAMPAIGN).await.unwrap();
    };
    times("facts::Cache::load, nothing changed", 200, load).await;
    let load = async || {
        let mut tx = test.db.read().await.unwrap();
        facts::load_unit(&mut tx, CAMPAIGN, unit_id(60))
            .await
            .unwrap()
            .unwrap();
    };
    times("facts::load_unit, 8 branches", 200, load).await;
    let load = async || {
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(roster::list(&mut tx).await.unwrap().len(), 22_000);
    };
    times("roster::list, 22,000 members", 20, load).await;
    import().await;
}

async fn import() {
    let changes = roster::Changes {
        added: (0..6416).map(|n| a_member(n, BRANCH)).collect(),
        ..roster::Changes::default()
    };
    let run = async || {
        let test = TestDb::sqlite().await;
        let mut tx = test.db.begin().await.unwrap();
        seed::tree(&mut tx).await;
        tx.commit().await.unwrap();
        let started = now();
        let mut tx = test.db.begin().await.unwrap();
        roster::apply(&mut tx, &changes, NOW).await.unwrap();
        tx.commit().await.unwrap();
        println!(
            "roster::apply, 6,416 members on SQLite: {:?}",
            started.elapsed()
        );
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(member::count(&mut tx).await.unwrap(), 6416);
    };
    for _ in 0..3 {
        run().await;
    }
}

async fn times(what: &str, runs: usize, work: impl AsyncFn()) {
    // The first runs fill the caches of statements and pages.
    work().await;
    let cpu_before = cpu();
    let mut taken: Vec<Duration> = Vec::with_capacity(runs);
    for _ in 0..runs {
        let started = now();
        work().await;
        taken.push(started.elapsed());
    }
    taken.sort();
    let (median, p99) = (taken[runs / 2], taken[runs * 99 / 100]);
    let each = cpu().saturating_sub(cpu_before) / u32::try_from(runs).unwrap();
    println!("{what}: median {median:?}, p99 {p99:?}; CPU of this process {each:?} each");
}

/// User and system time so far, which other programs on the machine do not lengthen much.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    // Fields 14 and 15 of proc(5), counted from after the name; 100 ticks a second on Linux.
    let fields = stat
        .rsplit(") ")
        .next()
        .unwrap()
        .split(' ')
        .skip(11)
        .take(2);
    let ticks: u64 = fields.map(|field| field.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a measurement needs the real clock"
)]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}
