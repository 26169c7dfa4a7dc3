//! `pingyi-bench room`: ballots over HTTP, as the devices of many rooms send them.
//!
//! Ballots are made beforehand with the code of the product; what is timed is the real program on
//! loopback: receiving, checking every proof, storing durably, answering. The generator runs on the
//! same machine, so its own processor time is stated apart. Three hundred rooms are open throughout.

mod cast;
mod drive;
mod ready;

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;
use std::time::Duration;

use pingyi_ballot::ballot::check;
use pingyi_simulate::{Mix, Size, committee};
use pingyi_storage::{ballot, ballot_box};

use crate::figure::{Figure, Measured, Stopwatch, percentile, processor_seconds};
use crate::ground;
use crate::start::{first_page, free_port, serve};
use drive::{Pace, Run};
use pingyi_simulate::booth::Booth;
use ready::Sealed;

type Failure = Box<dyn Error>;
type Slips = HashSet<(ballot_box::BoxId, usize)>;

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct Load {
    /// 同时开着的票箱
    #[arg(long, default_value_t = 300, value_name = "个")]
    rooms: usize,
    /// 其中人多的会场，每个 100 人；其余每个 3 人
    #[arg(long, default_value_t = 10, value_name = "个")]
    large: usize,
    /// 同时投票的连接
    #[arg(long, default_value_t = 6, value_name = "条")]
    lines: usize,
}

/// At least so many ballots a second, and an answer within half a second at half of what was reached.
const RATE: f64 = 80.0;
const WAIT: f64 = 500.0;

/// Prepares the rooms, serves them, casts, and looks that everything acknowledged is there.
pub async fn measure(load: &Load) -> Measured {
    let folder = tempfile::tempdir()?;
    eprintln!("正在准备 {} 个票箱和选票……", load.rooms);
    let booths = prepare(folder.path(), load).await?;
    let (large, small) = booths.split_at(load.large.min(booths.len()));
    let ballots = Ballots {
        first: ready::seal(large, 0),
        second: ready::seal(large, 1),
        scattered: ready::seal(small, 0),
        others: ready::seal(&small[..small.len().min(50)], 1),
    };
    let bound = bound(&booths[0], &ballots.first[0])?;
    std::fs::write(folder.path().join("key"), ground::KEY)?;
    let listen = free_port().await?;
    let mut server = serve(&listen, folder.path())?;
    first_page(&listen, Stopwatch::start()).await?;
    let bench = Bench {
        listen,
        process: server.id().unwrap_or_default().to_string(),
        lines: load.lines,
    };
    let result = bench.figures(ballots, &bound).await;
    // at once, so that only what was durable is there afterwards
    server.kill().await?;
    let (mut figures, acknowledged) = result?;
    let kept = kept(folder.path(), &booths).await?;
    figures.push(Figure::beside(
        "　断电式结束（SIGKILL）后箱内票数",
        kept,
        "张",
    ));
    if (kept - acknowledged).abs() > 0.5 {
        return Err(format!("确认收到 {acknowledged} 张，箱内只有 {kept} 张").into());
    }
    Ok(figures)
}

/// One core checks one ballot after the other, and nothing else needs time.
struct Bound {
    check: Duration,
    cores: usize,
}

impl Bound {
    fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.cores).unwrap_or(u32::MAX)) / self.check.as_secs_f64()
    }
}

fn bound(booth: &Booth, sealed: &Sealed) -> Result<Bound, Failure> {
    let mut best = Duration::MAX;
    for _ in 0..20 {
        let watch = Stopwatch::start();
        check(&booth.poll, &sealed.bytes)?;
        best = best.min(watch.elapsed());
    }
    let cores = std::thread::available_parallelism()?.get();
    Ok(Bound { check: best, cores })
}

async fn prepare(folder: &Path, load: &Load) -> Result<Vec<Booth>, Failure> {
    let db = ground::open(folder).await?;
    let size = Size {
        units: load.rooms.div_ceil(8).max(1),
        branches: load.rooms,
        members: load.rooms * 5,
    };
    let made = committee(ground::order(&db, Mix::Done), size).await?;
    let voters = (0..load.rooms).map(|room| if room < load.large { 100 } else { 3 });
    let voters: Vec<usize> = voters.collect();
    let booths = ready::open(&db, made.campaign, &voters).await?;
    db.close().await;
    Ok(booths)
}

/// The program under test.
struct Bench {
    listen: String,
    process: String,
    lines: usize,
}

/// Processor time a ballot, in milliseconds.
struct Spent {
    server: f64,
    own: f64,
}

/// What is cast, run by run.
struct Ballots {
    /// In the large rooms.
    first: Vec<Sealed>,
    /// A change of mind of each of them.
    second: Vec<Sealed>,
    /// A few in each of the other rooms.
    scattered: Vec<Sealed>,
    /// Changes of mind in some of those, while somebody floods.
    others: Vec<Sealed>,
}

impl Bench {
    async fn figures(
        &self,
        ballots: Ballots,
        bound: &Bound,
    ) -> Result<(Vec<Figure>, f64), Failure> {
        let own = ballots.first[0].clone();
        eprintln!("正在投票：全速……");
        let (full, spent) = self.run(ballots.first, Pace::FULL).await?;
        let rate = full.rate();
        let mut figures = vec![
            Figure::at_least("投票：每秒收下、核对并落盘", rate, RATE, "张"),
            Figure::beside("　服务程序每张用处理器", spent.server, "毫秒"),
            Figure::beside("　测试程序自己每张用处理器", spent.own, "毫秒"),
            Figure::beside("　单核核对一张（30 行）", ms(bound.check), "毫秒"),
            Figure::beside(
                "　只算核对的上限（核数 ÷ 单核用时）",
                bound.per_second(),
                "张",
            ),
            Figure::beside("　达到上限的", 100.0 * rate / bound.per_second(), "%"),
        ];
        eprintln!("正在投票：一半负荷，全部改投……");
        let (mut half, _) = self.run(ballots.second, Pace::rate(rate / 2.0)).await?;
        figures.push(Figure::new(
            "　一半负荷时等待 p99",
            percentile(&mut half.times, 99),
            WAIT,
            "毫秒",
        ));
        figures.push(Figure::beside(
            "　一半负荷时等待 p50",
            percentile(&mut half.times, 50),
            "毫秒",
        ));
        eprintln!("正在投票：其余票箱各几张……");
        let (few, _) = self.run(ballots.scattered, Pace::FULL).await?;
        figures.push(Figure::beside(
            "　全部票箱同时开着，各投几张",
            few.rate(),
            "张",
        ));
        let same_word = count(full.same_word + few.same_word);
        figures.push(Figure::beside(
            "　校验码恰好相同，须重新封票",
            same_word,
            "张",
        ));
        let (more, others) = self.flood(own, ballots.others).await?;
        figures.extend(more);
        // a ballot to be sealed again is in the box once its holder's next one is acknowledged
        let runs = [full.slips, half.slips, few.slips, others];
        let slips: HashSet<_> = runs.into_iter().flatten().collect();
        Ok((figures, count(slips.len())))
    }

    /// A run, and what it cost on either side.
    async fn run(&self, ballots: Vec<Sealed>, pace: Pace) -> Result<(Run, Spent), Failure> {
        let all = count(ballots.len());
        let now = || {
            [self.process.as_str(), "self"]
                .map(|process| processor_seconds(process).unwrap_or_default())
        };
        let before = now();
        let run = drive::run(&self.listen, ballots, self.lines, pace).await?;
        let after = now();
        let spent = Spent {
            server: 1000.0 * (after[0] - before[0]) / all,
            own: 1000.0 * (after[1] - before[1]) / all,
        };
        Ok((run, spent))
    }

    /// One slip's holder sends his ballot a thousand times a second; others vote meanwhile.
    /// Also answers with the slips whose ballots were acknowledged.
    async fn flood(
        &self,
        own: Sealed,
        others: Vec<Sealed>,
    ) -> Result<(Vec<Figure>, Slips), Failure> {
        eprintln!("正在投票：一个人每秒发 1000 次，其他人照常投票……");
        let many = vec![own; 5000];
        let flood = drive::run(&self.listen, many, 32, Pace::rate(1000.0).stubborn());
        let calm = drive::run(&self.listen, others, 4, Pace::rate(30.0));
        let (flood, mut calm) = tokio::try_join!(flood, calm)?;
        let answers = count(flood.times.len() + flood.busy) / flood.seconds;
        let slips = flood.slips.into_iter().chain(calm.slips).collect();
        let figures = vec![
            Figure::beside("　一个人每秒发 1000 次：每秒答复", answers, "次"),
            Figure::beside("　　其中请他稍后再试", count(flood.busy), "次"),
            Figure::beside(
                "　　同时其他人等待 p99",
                percentile(&mut calm.times, 99),
                "毫秒",
            ),
        ];
        Ok((figures, slips))
    }
}

/// How many ballots are in all boxes, as storage has them now.
async fn kept(folder: &Path, booths: &[Booth]) -> Result<f64, Failure> {
    let db = ground::open(folder).await?;
    let mut tx = db.read().await?;
    let mut all = 0;
    for booth in booths {
        all += ballot::count(&mut tx, booth.id).await?;
    }
    Ok(f64::from(all))
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
