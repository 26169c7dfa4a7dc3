//! Sends ballots over several connections, at full speed or at a given rate.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pingyi_storage::ballot_box::BoxId;
use tokio::task::JoinSet;

use super::Failure;
use super::cast::Line;
use super::ready::Sealed;
use crate::figure::Stopwatch;

/// How long a device that was told to ask again waits, as the booth does at first.
const AGAIN: Duration = Duration::from_millis(100);

/// When each ballot is due.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    every: Duration,
    /// Sends the next one whatever the answer was.
    stubborn: bool,
}

impl Pace {
    /// Each as soon as a connection is free.
    pub const FULL: Self = Self {
        every: Duration::ZERO,
        stubborn: false,
    };

    /// So many a second, whether earlier ones were answered or not.
    pub fn rate(per_second: f64) -> Self {
        Self {
            every: Duration::from_secs_f64(1.0 / per_second),
            ..Self::FULL
        }
    }

    /// Does not ask again when told that too many wait.
    pub const fn stubborn(self) -> Self {
        Self {
            stubborn: true,
            ..self
        }
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Run {
    /// From when a ballot was due to its acknowledgement.
    pub times: Vec<Duration>,
    /// Slips with an acknowledged ballot.
    pub slips: HashSet<(BoxId, usize)>,
    /// Answers that said: too many wait, ask again.
    pub busy: usize,
    /// Ballots to be sealed again.
    pub same_word: usize,
    /// The whole run.
    pub seconds: f64,
}

impl Run {
    /// Acknowledged ballots a second.
    pub fn rate(&self) -> f64 {
        f64::from(u32::try_from(self.times.len()).unwrap_or(u32::MAX)) / self.seconds
    }
}

/// Sends all of them over so many connections.
pub async fn run(
    listen: &str,
    ballots: Vec<Sealed>,
    lines: usize,
    pace: Pace,
) -> Result<Run, Failure> {
    let queue = Arc::new(Queue {
        ballots,
        next: AtomicUsize::new(0),
        pace,
        watch: Stopwatch::start(),
    });
    let mut devices = JoinSet::new();
    for _ in 0..lines {
        let line = Line::open(listen).await?;
        devices.spawn(device(Arc::clone(&queue), line));
    }
    let mut all = Run::default();
    while let Some(one) = devices.join_next().await {
        let one = one??;
        all.times.extend(one.times);
        all.slips.extend(one.slips);
        all.busy += one.busy;
        all.same_word += one.same_word;
    }
    all.seconds = queue.watch.seconds();
    Ok(all)
}

struct Queue {
    ballots: Vec<Sealed>,
    next: AtomicUsize,
    pace: Pace,
    watch: Stopwatch,
}

async fn device(queue: Arc<Queue>, mut line: Line) -> std::io::Result<Run> {
    let mut run = Run::default();
    loop {
        let nth = queue.next.fetch_add(1, Ordering::Relaxed);
        let Some(ballot) = queue.ballots.get(nth) else {
            return Ok(run);
        };
        let due = queue.pace.every * u32::try_from(nth).unwrap_or(u32::MAX);
        tokio::time::sleep(due.saturating_sub(queue.watch.elapsed())).await;
        // at a given rate a late start is part of the wait
        let from = if due.is_zero() {
            queue.watch.elapsed()
        } else {
            due
        };
        loop {
            let answer = line.cast(ballot).await?;
            match answer.status {
                200 => {
                    run.times.push(queue.watch.elapsed().saturating_sub(from));
                    run.slips.insert(ballot.slip);
                }
                503 => {
                    run.busy += 1;
                    if !queue.pace.stubborn {
                        tokio::time::sleep(AGAIN).await;
                        continue;
                    }
                }
                409 if answer.body.contains("same_word") => run.same_word += 1,
                other => return Err(std::io::Error::other(format!("{other} {}", answer.body))),
            }
            break;
        }
    }
}
