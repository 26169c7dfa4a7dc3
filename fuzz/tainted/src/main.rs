//! Every operation on a secret, with the secret marked as undefined for valgrind's memcheck.
//!
//! Memcheck follows marked bits through every computation and reports each branch and each address
//! that depends on one. There is no way to unmark a value that is published, so the spelling of public
//! texts is reported too; `scripts/constant_time.py` knows these. Proves nothing without valgrind.

use std::convert::Infallible;
use std::ffi::c_void;
use std::hint::black_box;

use crabgrind::memcheck::{MemState, mark_mem};
use crabgrind::{RunMode, run_mode};
use pingyi_ballot::ballot::{BallotMaker, Row};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::group::{Belenios2048, Ed25519, Group};
use pingyi_ballot::sample::{KeyForm, Sample, appraisal};
use pingyi_ballot::tally::{EncryptedTally, PartialDecryption};
use pingyi_ballot::trustee::SecretKey;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_core::{TryCryptoRng, TryRng};

/// From here on these bytes are secret.
fn mark<T: ?Sized>(secret: &T) {
    let start = std::ptr::from_ref(secret).cast::<c_void>().cast_mut();
    assert_eq!(run_mode(), RunMode::Valgrind, "nothing is watched");
    // this version takes memcheck's answer the wrong way round
    let _ = mark_mem(start, size_of_val(secret), MemState::Undefined);
}

/// Randomness that nobody may learn.
struct Marked(StdRng);

impl TryRng for Marked {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let word = self.0.try_next_u32()?;
        mark(&word);
        Ok(black_box(word))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let word = self.0.try_next_u64()?;
        mark(&word);
        Ok(black_box(word))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(bytes)?;
        mark(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Marked {}

fn fixed(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn marked(seed: u64) -> Marked {
    Marked(fixed(seed))
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [Ed25519::NAME, operation] => run::<Ed25519>(operation),
        [Belenios2048::NAME, operation] => run::<Belenios2048>(operation),
        _ => panic!("tainted GROUP row|row-with-blank|derive|sign|key|share|control"),
    }
}

fn run<G: Group>(operation: &str) {
    let blank = operation == "row-with-blank";
    let question = appraisal("党员", blank.then_some(true), u32::from(blank));
    let sample = Sample::<G>::new(KeyForm::Single(1), 1, vec![question], &mut fixed(1));
    // makes the tables of the election key
    let ballot = sample.vote(0, &[vec![0]], &mut fixed(2));
    match operation {
        "row" | "row-with-blank" => row(&sample),
        "derive" => {
            let code = VotingCode::random(&mut fixed(3));
            mark(code.reveal());
            black_box(
                black_box(&code)
                    .secret::<G>(&sample.poll.election().uuid)
                    .public(),
            );
        }
        "sign" => sign(&sample),
        "key" => {
            let key = SecretKey::<G>::random(&mut marked(4));
            black_box(key.document(None, &mut marked(5)));
        }
        "share" => {
            let mut tally = EncryptedTally::empty(sample.poll.election());
            let checked = pingyi_ballot::ballot::check(&sample.poll, &ballot.bytes);
            tally.add(&checked.expect("our own ballot").rows);
            let key = SecretKey::<G>::random(&mut marked(6));
            let fingerprint = sample.poll.fingerprint();
            black_box(PartialDecryption::make(
                &key,
                fingerprint,
                &tally,
                &mut marked(7),
            ));
        }
        "control" => {
            // not constant time, and documented so: memcheck must report it
            let key = SecretKey::<G>::random(&mut marked(8));
            black_box(key.to_decimal());
        }
        other => panic!("no operation {other}"),
    }
}

/// The choice and the randomness are secret.
fn row<G: Group>(sample: &Sample<G>) {
    let question = &sample.poll.election().questions[0];
    let mut columns = vec![0; question.columns()];
    columns[1] = 1;
    mark(columns.as_slice());
    let row = Row::of_columns(question, black_box(columns)).expect("a vote");
    let maker = BallotMaker::new(&sample.poll, &sample.codes[0]);
    black_box(maker.row(0, &row, &mut marked(9)));
}

/// The code is secret; the rows are not.
fn sign<G: Group>(sample: &Sample<G>) {
    let question = &sample.poll.election().questions[0];
    let public = BallotMaker::new(&sample.poll, &sample.codes[0]);
    let row = Row::of(question, &[0]).expect("a vote");
    let row = public.row(0, &row, &mut fixed(10));
    let code = VotingCode::random(&mut fixed(11));
    mark(code.reveal());
    let maker = BallotMaker::new(&sample.poll, black_box(&code));
    black_box(maker.seal(vec![row], &mut marked(12)));
}
