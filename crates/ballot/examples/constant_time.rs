//! One operation on one secret, with everything public fixed: for `scripts/constant-time.sh`.
//!
//! `constant_time GROUP OPERATION SECRET`; `constant_time list` prints every such line.
//! Only what runs inside [`under_measurement`] is counted. Proves nothing by itself.

use std::hint::black_box;

use pingyi_ballot::ballot::{BallotMaker, Row};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::Question;
use pingyi_ballot::group::{Belenios2048, Ed25519, Group, Scalar};
use pingyi_ballot::sample::{KeyForm, Sample, appraisal};
use pingyi_ballot::tally::EncryptedTally;
use pingyi_ballot::tally::PartialDecryption;
use pingyi_ballot::trustee::SecretKey;
use rand::SeedableRng;
use rand::rngs::StdRng;

type Failure = Box<dyn std::error::Error>;

/// Chosen answer; "n" is none. Secrets of one kind have names of one length: the length of a command
/// line moves the stack.
const CHOICES: [&str; 4] = ["0", "1", "2", "n"];
/// Voting codes: all lowest digits, all highest, two with nothing special.
const CODES: [&str; 4] = [
    "11111-111111-11111-111111",
    "zzzzz-zzzzzz-zzzzz-zzzzzz",
    "MvQxQ-ceM7Df-vDjU7-1SvygE",
    "7fYkP-2xWm9a-QnB4t-hLsD3V",
];
/// Keys: one bit, 252 bits, q − 1, two with nothing special.
const KEYS: [&str; 5] = ["one", "all", "max", "any", "odd"];
/// Operations and the secrets each is tried with.
const OPERATIONS: [(&str, &[&str]); 9] = [
    ("row", &CHOICES),
    ("row-with-blank", &CHOICES),
    ("columns", &CHOICES),
    // without none: how many answers are handed in may be seen
    ("answers", &["0", "1", "2"]),
    ("derive", &CODES),
    ("sign", &CODES),
    ("key", &KEYS),
    ("share", &KEYS),
    // not constant time, and documented so: the measurement must notice
    ("control", &KEYS),
];

/// The callgrind run collects what happens between entering and leaving this.
#[inline(never)]
fn under_measurement<T>(operation: impl FnOnce() -> T) -> T {
    black_box(operation())
}

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["list"] => list(),
        [Ed25519::NAME, operation, secret] => run::<Ed25519>(operation, secret)?,
        [Belenios2048::NAME, operation, secret] => run::<Belenios2048>(operation, secret)?,
        _ => return Err("constant_time GROUP OPERATION SECRET, or: constant_time list".into()),
    }
    Ok(())
}

fn list() {
    for group in [Ed25519::NAME, Belenios2048::NAME] {
        for (operation, secrets) in OPERATIONS {
            for secret in secrets {
                println!("{group} {operation} {secret}");
            }
        }
    }
}

/// The same numbers in every run.
fn fixed(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn run<G: Group>(operation: &str, secret: &str) -> Result<(), Failure> {
    let blank = operation == "row-with-blank";
    let question = appraisal("党员", blank.then_some(true), u32::from(blank));
    let sample = Sample::<G>::new(KeyForm::Single(1), 1, vec![question.clone()], &mut fixed(1));
    // makes the tables of the election key and runs everything once
    sample.vote(0, &[vec![0]], &mut fixed(2));
    match operation {
        "row" | "row-with-blank" => row(&sample, &question, secret)?,
        "columns" => {
            let columns = columns(&question, secret)?;
            black_box(under_measurement(|| Row::of_columns(&question, columns))?);
        }
        "answers" => {
            let answer = secret.parse()?;
            black_box(under_measurement(|| Row::of(&question, &[answer]))?);
        }
        "derive" => {
            let code = VotingCode::parse(secret)?;
            let uuid = &sample.poll.election().uuid;
            under_measurement(|| code.secret::<G>(uuid).public());
        }
        "sign" => sign(&sample, secret)?,
        "key" => {
            let key = key::<G>(secret)?;
            let mut rng = fixed(5);
            under_measurement(|| key.document(None, &mut rng));
        }
        "share" => share(&sample, secret)?,
        "control" => {
            let key = key::<G>(secret)?;
            under_measurement(|| key.to_decimal());
        }
        other => return Err(format!("no operation {other}").into()),
    }
    Ok(())
}

/// Columns of a row, the blank one first where there is one.
fn columns(question: &Question, choice: &str) -> Result<Vec<u8>, Failure> {
    let mut columns = vec![0; question.columns()];
    let first = usize::from(question.has_blank());
    match choice {
        "n" if question.has_blank() => columns[0] = 1,
        "n" => {}
        answer => columns[first + answer.parse::<usize>()?] = 1,
    }
    Ok(columns)
}

/// Encrypts and proves one row.
fn row<G: Group>(sample: &Sample<G>, question: &Question, choice: &str) -> Result<(), Failure> {
    let row = Row::of_columns(question, columns(question, choice)?)?;
    let maker = BallotMaker::new(&sample.poll, &sample.codes[0]);
    let mut rng = fixed(3);
    under_measurement(|| maker.row(0, &row, &mut rng));
    Ok(())
}

/// Signs a ballot of one row.
fn sign<G: Group>(sample: &Sample<G>, code: &str) -> Result<(), Failure> {
    let maker = BallotMaker::new(&sample.poll, &VotingCode::parse(code)?);
    let row = Row::of(&sample.poll.election().questions[0], &[0])?;
    let mut rng = fixed(4);
    let row = maker.row(0, &row, &mut rng);
    under_measurement(|| maker.seal(vec![row], &mut rng));
    Ok(())
}

/// Opens the sums of one ballot, with proofs.
fn share<G: Group>(sample: &Sample<G>, secret: &str) -> Result<(), Failure> {
    let key = key::<G>(secret)?;
    let mut tally = EncryptedTally::empty(sample.poll.election());
    let ballot = sample.vote(0, &[vec![1]], &mut fixed(6));
    tally.add(&pingyi_ballot::ballot::check(&sample.poll, &ballot.bytes)?.rows);
    let mut rng = fixed(7);
    let fingerprint = sample.poll.fingerprint();
    under_measurement(|| PartialDecryption::make(&key, fingerprint, &tally, &mut rng));
    Ok(())
}

fn key<G: Group>(name: &str) -> Result<SecretKey<G>, Failure> {
    let exponent: Scalar<G> = match name {
        "one" => Scalar::ONE,
        "all" => Scalar::from_wide(&ones()),
        "max" => -Scalar::<G>::ONE,
        "any" => Scalar::random(&mut fixed(8)),
        "odd" => Scalar::random(&mut fixed(9)),
        other => return Err(format!("no key {other}").into()),
    };
    Ok(SecretKey::from_decimal(&exponent.to_decimal())?)
}

/// 252 bits, all set.
fn ones() -> [u8; 64] {
    let mut bytes = [0; 64];
    bytes[32..].fill(0xff);
    bytes[32] = 0x0f;
    bytes
}
