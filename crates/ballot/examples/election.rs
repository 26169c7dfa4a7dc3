//! Makes an election with made-up voters and writes its archive.
//!
//! `cargo run --release -p pingyi-ballot --example election -- --voters 30 --questions 30 --out x.bel`
//! `--group Ed25519|BELENIOS-2048`, `--trustees single1|single3|pedersen2of3|mixed`, `--blank`,
//! `--min 0|1`, `--revotes K` (the first K voters vote again), `--seed S`. Prints the result.

use std::fs::File;

use pingyi_ballot::ballot::SealedBallot;
use pingyi_ballot::group::{Belenios2048, Ed25519, Group};
use pingyi_ballot::json;
use pingyi_ballot::sample::{KeyForm, Sample, appraisal};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rayon::prelude::*;

/// What is asked for on the command line.
struct Arguments {
    group: String,
    form: KeyForm,
    voters: usize,
    questions: usize,
    blank: bool,
    min: u32,
    revotes: usize,
    seed: u64,
    out: String,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments = parse(std::env::args().skip(1))?;
    match arguments.group.as_str() {
        Ed25519::NAME => make::<Ed25519>(&arguments),
        Belenios2048::NAME => make::<Belenios2048>(&arguments),
        other => Err(format!("no such group: {other}").into()),
    }
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Arguments, Failure> {
    let mut arguments = Arguments {
        group: Ed25519::NAME.to_owned(),
        form: KeyForm::Single(3),
        voters: 30,
        questions: 30,
        blank: false,
        min: 0,
        revotes: 0,
        seed: 1,
        out: "election.bel".to_owned(),
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--blank" => arguments.blank = true,
            "--group" => arguments.group = value()?,
            "--trustees" => {
                let name = value()?;
                arguments.form = KeyForm::from_name(&name).ok_or(format!("no form {name}"))?;
            }
            "--voters" => arguments.voters = value()?.parse()?,
            "--questions" => arguments.questions = value()?.parse()?,
            "--min" => arguments.min = value()?.parse()?,
            "--revotes" => arguments.revotes = value()?.parse()?,
            "--seed" => arguments.seed = value()?.parse()?,
            "--out" => arguments.out = value()?,
            _ => return Err(format!("not known: {word}").into()),
        }
    }
    Ok(arguments)
}

fn make<G: Group>(arguments: &Arguments) -> Result<(), Failure> {
    let rng = &mut StdRng::seed_from_u64(arguments.seed);
    let blank = arguments.blank.then_some(true);
    let questions = (1..=arguments.questions)
        .map(|number| appraisal(&format!("党员{number:02}"), blank, arguments.min))
        .collect();
    let sample = Sample::<G>::new(arguments.form, arguments.voters, questions, rng);
    let mut writer = sample.begin(File::create(&arguments.out)?)?;
    let voters = (0..arguments.voters).chain(0..arguments.revotes.min(arguments.voters));
    let seeds: Vec<(usize, u64)> = voters.map(|voter| (voter, rng.random())).collect();
    let mut ballots: Vec<SealedBallot> = Vec::new();
    // in portions on all cores; the ballots stay in memory for the sums
    for portion in seeds.chunks(256) {
        let made: Vec<SealedBallot> = portion
            .par_iter()
            .map(|&(voter, seed)| random_vote(&sample, arguments, voter, seed))
            .collect();
        for ballot in &made {
            writer.ballot(&ballot.bytes)?;
        }
        ballots.extend(made);
    }
    let owners = Sample::<G>::enough(arguments.form);
    let result = sample.finish(&mut writer, &ballots, &owners, rng)?;
    println!("{}", json::to_text(&result));
    Ok(())
}

/// Any answer, or none where that is allowed.
fn random_vote<G: Group>(
    sample: &Sample<G>,
    arguments: &Arguments,
    voter: usize,
    seed: u64,
) -> SealedBallot {
    let rng = &mut StdRng::seed_from_u64(seed);
    let may_abstain = arguments.blank || arguments.min == 0;
    let answers: Vec<Vec<usize>> = (0..arguments.questions)
        .map(|_| {
            let answer = rng.random_range(0..3 + usize::from(may_abstain));
            (answer < 3).then_some(answer).into_iter().collect()
        })
        .collect();
    sample.vote(voter, &answers, rng)
}
