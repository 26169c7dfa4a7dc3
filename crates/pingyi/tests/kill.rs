//! The server dies in mid-vote, again and again: no ballot that was acknowledged is lost.
//!
//! The room is set up over the data folder, then the real program serves it, is killed with SIGKILL
//! at random moments while ballots come in over HTTP, and is started again. `PINGYI_SEED` repeats a
//! run. A power cut is not tried: the kernel's cache outlives the process.

#![expect(
    clippy::unwrap_used,
    dead_code,
    reason = "tests say what happens from top to bottom; the devices can do more than is asked here"
)]

#[path = "../../web/tests/room/evening.rs"]
mod evening;
mod kill_server;
#[path = "../../web/tests/room/room.rs"]
mod room;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use evening::Evening;
use kill_server::{Caller, Server};
use pingyi_ballot::verify::{Policy, Verdict, verify};
use pingyi_storage::{Db, ballot};
use pingyi_web::testkit::{KEY, Kit, Who};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use room::Room;

const VOTERS: usize = 10;
const KILLS: usize = 20;
/// Voters sending at the same time.
const DEVICES: usize = 3;
/// Ballots that a device would send if nobody killed the server.
const BALLOTS: usize = 40;

/// A slip and one of the ballots made with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sent {
    slip: usize,
    choice: usize,
}

/// What a device knows of its slips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// The server said that it is in the box.
    Acknowledged(Sent),
    /// The connection broke before an answer.
    Nothing(Sent),
}

/// Every slip's ballots, one for each way of voting, by slip and choice.
type Sealed = Vec<Vec<Vec<u8>>>;

#[tokio::test(flavor = "multi_thread")]
async fn killed_twenty_times_in_mid_vote_the_server_loses_no_acknowledged_ballot() {
    let seed = seed();
    println!("PINGYI_SEED={seed}");
    let rng = &mut StdRng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key"), KEY).unwrap();
    let mut evening = set_up(folder.path()).await;
    let sealed = seal(&mut evening).await;
    evening.room.kit.app.db.clone().close().await;

    let mut acknowledged: BTreeMap<usize, usize> = BTreeMap::new();
    let mut unanswered = 0;
    for _ in 0..KILLS {
        let heard = serve_and_kill(folder.path(), &evening.id, &sealed, &acknowledged, rng);
        evening.room.0.kit.reopen(database(folder.path()).await);
        let stored = stored(&evening, &sealed).await;
        unanswered += settle(heard, &stored, &mut acknowledged);
        evening.room.kit.app.db.clone().close().await;
        assert_eq!(stored.len(), acknowledged.len(), "seed {seed}");
    }
    println!("{unanswered} ballots went unanswered");
    evening.room.0.kit.reopen(database(folder.path()).await);
    finish(&mut evening, &sealed, acknowledged).await;
}

/// Other moments in every run.
fn seed() -> u64 {
    let given = std::env::var("PINGYI_SEED");
    given.map_or_else(|_| rand::random(), |seed| seed.parse().unwrap())
}

async fn database(folder: &Path) -> Db {
    let file: PathBuf = folder.join("pingyi.db");
    Db::open(&format!("sqlite:{}", file.display()))
        .await
        .unwrap()
}

async fn set_up(folder: &Path) -> Evening {
    let kit = Kit::over(database(folder).await).await;
    Evening::open_in(Room::prepared_in(kit, VOTERS).await).await
}

async fn seal(evening: &mut Evening) -> Sealed {
    let mut sealed = Vec::new();
    for slip in 0..VOTERS {
        let mut ways = Vec::new();
        for choice in 0..3 {
            ways.push(evening.seal(slip, &[Some(choice); 10]).await);
        }
        sealed.push(ways);
    }
    sealed
}

/// Starts the program, lets the devices vote, kills it some milliseconds after some answers.
fn serve_and_kill(
    folder: &Path,
    box_id: &str,
    sealed: &Sealed,
    acknowledged: &BTreeMap<usize, usize>,
    rng: &mut StdRng,
) -> Vec<Heard> {
    let server = Server::start(folder);
    let (tell, heard) = channel();
    let devices: Vec<JoinHandle<()>> = (0..DEVICES)
        .map(|device| {
            let own = (device..VOTERS).step_by(DEVICES);
            let plan: Vec<(Sent, Vec<u8>)> = plan(own, acknowledged, rng)
                .into_iter()
                .map(|sent| (sent, sealed[sent.slip][sent.choice].clone()))
                .collect();
            let caller = Caller::new(server.port, &format!("/b/{box_id}/cast"));
            let tell = tell.clone();
            std::thread::spawn(move || vote(caller, &plan, &tell))
        })
        .collect();
    drop(tell);
    let mut all = some(&heard, rng.random_range(0..6));
    std::thread::sleep(Duration::from_micros(rng.random_range(0..40_000)));
    server.kill();
    all.extend(heard.iter());
    for device in devices {
        device.join().unwrap();
    }
    all
}

/// First what was acknowledged before the last kill, once more; then other ballots of other slips.
fn plan(
    own: impl Iterator<Item = usize> + Clone,
    acknowledged: &BTreeMap<usize, usize>,
    rng: &mut StdRng,
) -> Vec<Sent> {
    let again = own.clone().find_map(|slip| {
        let choice = *acknowledged.get(&slip)?;
        Some(Sent { slip, choice })
    });
    let slips: Vec<usize> = own.collect();
    let mut plan: Vec<Sent> = again.into_iter().collect();
    for _ in 0..BALLOTS {
        let slip = slips[rng.random_range(0..slips.len())];
        let choice = rng.random_range(0..3);
        plan.push(Sent { slip, choice });
    }
    plan
}

fn vote(mut caller: Caller, plan: &[(Sent, Vec<u8>)], tell: &Sender<Heard>) {
    for (nth, (sent, bytes)) in plan.iter().enumerate() {
        let Ok(answer) = caller.post(bytes) else {
            tell.send(Heard::Nothing(*sent)).unwrap();
            return;
        };
        let is_again = nth == 0 && plan.len() > BALLOTS;
        match answer.status {
            200 => {
                let same = answer.body.contains("\"same\"");
                assert!(same || !is_again, "once more, but {}", answer.body);
                tell.send(Heard::Acknowledged(*sent)).unwrap();
            }
            // two ballots of a box with one word code, or too many at once: refused, said so
            409 | 503 => assert!(
                ["same_word", "busy"]
                    .iter()
                    .any(|word| answer.body.contains(word)),
                "{}",
                answer.body
            ),
            other => panic!("{other} {}", answer.body),
        }
    }
}

fn some(heard: &Receiver<Heard>, count: usize) -> Vec<Heard> {
    (0..count).map_while(|_| heard.recv().ok()).collect()
}

/// Which ballot each slip has in the box.
async fn stored(evening: &Evening, sealed: &Sealed) -> BTreeMap<usize, usize> {
    let id = evening.id.parse().unwrap();
    let mut tx = evening.room.kit.begin().await;
    let list = ballot::list(&mut tx, id).await.unwrap();
    let find = |bytes: &Vec<u8>| {
        let ways = sealed.iter().enumerate();
        let mut found =
            ways.filter_map(|(slip, ways)| Some((slip, ways.iter().position(|way| way == bytes)?)));
        found.next().expect("a ballot that nobody sent")
    };
    list.iter().map(|ballot| find(&ballot.bytes)).collect()
}

/// Each slip has the last ballot that was acknowledged, or the one sent after it that went
/// unanswered. Says how many went unanswered.
fn settle(
    heard: Vec<Heard>,
    stored: &BTreeMap<usize, usize>,
    acknowledged: &mut BTreeMap<usize, usize>,
) -> usize {
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    for one in heard {
        match one {
            Heard::Acknowledged(sent) => drop(acknowledged.insert(sent.slip, sent.choice)),
            Heard::Nothing(sent) => drop(open.insert(sent.slip, sent.choice)),
        }
    }
    for (slip, choice) in &*acknowledged {
        let kept = stored.get(slip);
        assert!(
            kept == Some(choice) || kept.is_some() && kept == open.get(slip),
            "slip {slip}: {kept:?}"
        );
    }
    for (&slip, &choice) in stored {
        acknowledged.insert(slip, choice);
    }
    open.len()
}

/// Whoever has not voted does; sending once more changes nothing; the box closes, counts, and its
/// archive is accepted with exactly these ballots.
async fn finish(evening: &mut Evening, sealed: &Sealed, mut kept: BTreeMap<usize, usize>) {
    for (slip, ways) in sealed.iter().enumerate() {
        let choice = *kept.entry(slip).or_insert(0);
        evening.cast(&ways[choice]).await;
        assert_eq!(evening.cast(&ways[choice]).await.word(), "same");
    }
    let reply = evening.close().await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    for phone in 0..2 {
        assert_eq!(evening.count(phone).await.word(), "share");
    }
    let file = evening.room.get(Who::BranchSecretary, "/box/archive").await;
    let mut quiet = |_| ();
    let report = verify(Cursor::new(&file.bytes), Policy::default(), &mut quiet).unwrap();
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
    let mut expected = vec![0; 3];
    for choice in kept.values() {
        expected[*choice] += 1;
    }
    let result = report.result.unwrap();
    assert!(
        result.result.iter().all(|row| *row == expected),
        "{:?} {expected:?}",
        result.result
    );
}
