//! Checking a ballot beside the tools of others, in processor time on this machine.
//!
//! `eval "$(scripts/oracle-tools.sh)"; cargo bench -p pingyi-ballot --bench peers`. 30 rows of three
//! answers, min 0, max 1, three single trustees. Goals: at most a tenth of belenios-tool 3.0's
//! `verify-ballot` (both on Ed25519), at most a thirtieth of 2.0's `verify` (it has BELENIOS-2048
//! only; ours on Ed25519, which is what rooms use). Without the tools it says so.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop on any surprise")]

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};

use pingyi_ballot::ballot::{SealedBallot, check};
use pingyi_ballot::group::{Belenios2048, Ed25519, Group};
use pingyi_ballot::sample::{KeyForm, Sample, appraisal};
use rand::SeedableRng;
use rand::rngs::StdRng;

const ROWS: usize = 30;
const BALLOTS: u32 = 6;

fn main() {
    let (sample, ballots) = election::<Ed25519>();
    let ours = cpu_of_ours(&sample, &ballots);
    println!("check a ballot of {ROWS} rows, processor milliseconds");
    println!("  pingyi, Ed25519                       {ours:8.1}");
    if let Some(tool) = tool("BELENIOS_TOOL_3") {
        let theirs = verify_ballot(&tool, &sample, &ballots);
        print_peer("3.0 verify-ballot, Ed25519", theirs, ours, 10);
    }
    if let Some(tool) = tool("BELENIOS_TOOL_2") {
        let (sample, ballots) = election::<Belenios2048>();
        let same_group = cpu_of_ours(&sample, &ballots);
        println!("  pingyi, BELENIOS-2048                 {same_group:8.1}");
        let theirs = verify(&tool, &sample, &ballots);
        print_peer("2.0 verify, BELENIOS-2048", theirs, ours, 30);
    }
}

fn print_peer(name: &str, theirs: f64, ours: f64, goal: u32) {
    let ratio = theirs / ours;
    println!("  {name:36}  {theirs:8.1}   {ratio:5.1} times ours   goal {goal}");
}

fn tool(variable: &str) -> Option<String> {
    let found = std::env::var(variable).ok().filter(|path| !path.is_empty());
    if found.is_none() {
        println!("  SKIPPED: {variable} is not set; see scripts/oracle-tools.sh");
    }
    found
}

fn election<G: Group>() -> (Sample<G>, Vec<SealedBallot>) {
    let rng = &mut StdRng::seed_from_u64(1);
    let questions = vec![appraisal("党员", None, 0); ROWS];
    let sample = Sample::new(KeyForm::Single(3), BALLOTS as usize, questions, rng);
    let answers = vec![vec![0]; ROWS];
    let ballots = (0..BALLOTS as usize)
        .map(|voter| sample.vote(voter, &answers, rng))
        .collect();
    (sample, ballots)
}

/// Per ballot, over a second or so.
fn cpu_of_ours<G: Group>(sample: &Sample<G>, ballots: &[SealedBallot]) -> f64 {
    let rounds = 10;
    let before = cpu(14);
    for _ in 0..rounds {
        for ballot in ballots {
            black_box(check(&sample.poll, &ballot.bytes).unwrap());
        }
    }
    (cpu(14) - before) / f64::from(rounds * BALLOTS)
}

/// One run per ballot against the archive after its set-up, less the start of the program.
fn verify_ballot(tool: &str, sample: &Sample<Ed25519>, ballots: &[SealedBallot]) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let archive = sample.begin(Vec::new()).unwrap().into_inner();
    std::fs::write(folder.path().join("election.bel"), archive).unwrap();
    let file = folder.path().join("ballot.json");
    let before = cpu(16);
    for ballot in ballots {
        std::fs::write(&file, &ballot.bytes).unwrap();
        let words = ["verify-ballot", "--ballot", file.to_str().unwrap()];
        run(tool, &words, folder.path());
    }
    let whole = cpu(16) - before;
    (whole - f64::from(BALLOTS) * start(tool)) / f64::from(BALLOTS)
}

/// One run over the open box, less a run over the empty one.
fn verify(tool: &str, sample: &Sample<Belenios2048>, ballots: &[SealedBallot]) -> f64 {
    let mut times = [0.0; 2];
    for (time, ballots) in times.iter_mut().zip([&[], ballots]) {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = sample.begin(Vec::new()).unwrap();
        for ballot in ballots {
            writer.ballot(&ballot.bytes).unwrap();
        }
        std::fs::write(folder.path().join("election.bel"), writer.into_inner()).unwrap();
        let before = cpu(16);
        run(tool, &["verify"], folder.path());
        *time = cpu(16) - before;
    }
    (times[1] - times[0]) / f64::from(BALLOTS)
}

/// What starting the program costs.
fn start(tool: &str) -> f64 {
    let before = cpu(16);
    for _ in 0..10 {
        let mut command = Command::new(tool);
        assert!(
            command
                .arg("--version")
                .stdout(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
    }
    (cpu(16) - before) / 10.0
}

fn run(tool: &str, words: &[&str], folder: &Path) {
    let mut command = Command::new(tool);
    command.arg("election").args(words).arg("--dir").arg(folder);
    let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(done.unwrap().success(), "{tool} refuses");
}

/// User and system milliseconds of this process (field 14 on) or of its children (field 16 on),
/// from `/proc/self/stat`, in the kernel's hundredths of a second.
fn cpu(field: usize) -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    // the second field is a name in brackets and may hold spaces
    let rest = stat.rsplit(')').next().unwrap();
    let fields: Vec<f64> = rest
        .split_whitespace()
        .skip(field - 3)
        .take(2)
        .map(|ticks| ticks.parse().unwrap())
        .collect();
    fields.iter().sum::<f64>() * 10.0
}
