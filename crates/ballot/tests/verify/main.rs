//! One archive per check of the verifier: exactly one thing is wrong in it, everything else (hashes,
//! links, chain, signatures, sums) was made right again, and the report must name that thing.
//! Beside them archives that hold, in all forms.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod ballots;
mod by_hand;
mod count;
#[path = "../archive/forge.rs"]
mod forge;
mod holds;
mod hostile;
mod order;
mod setup;
mod weights;

use std::io::Cursor;

use pingyi_ballot::archive::{Entry, Owned, Reader, SetupData, SizedTally};
use pingyi_ballot::ballot::SealedBallot;
use pingyi_ballot::election::Question;
use pingyi_ballot::group::{Ed25519, Group};
use pingyi_ballot::hash::Digest;
use pingyi_ballot::sample::{KeyForm, Sample, appraisal};
use pingyi_ballot::tally::CountResult;
use pingyi_ballot::verify::{Fault, Policy, Report, Verdict, verify};
use rand::SeedableRng;
use rand::rngs::StdRng;

use forge::Link;

/// Timestamp of [`Sample::begin`]'s archives.
const TIMESTAMP: u64 = 1_795_431_321;
/// The point of order 2, (0, −1): on the curve, outside the subgroup.
const OUTSIDE: &str = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";

fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut reader = Reader::open(Cursor::new(bytes)).unwrap();
    std::iter::from_fn(|| reader.next_event().unwrap()).collect()
}

fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

/// What a voter answers: the chosen answers of each question.
type Vote = (usize, Vec<Vec<usize>>);

/// An election that was held to its end.
struct Held<G: Group> {
    sample: Sample<G>,
    ballots: Vec<SealedBallot>,
    archive: Vec<u8>,
    result: CountResult,
}

impl<G: Group> Held<G> {
    fn links(&self) -> Vec<Link> {
        forge::links(&self.archive)
    }
}

/// These votes, one ballot each in this order, opened by as few as can.
fn hold<G: Group>(form: KeyForm, questions: Vec<Question>, votes: &[Vote]) -> Held<G> {
    let rng = &mut rng(7);
    let sample = Sample::<G>::new(form, 3, questions, rng);
    let ballots = votes
        .iter()
        .map(|(voter, answers)| sample.vote(*voter, answers, rng))
        .collect();
    held(sample, ballots, &Sample::<G>::enough(form))
}

/// The archive of these ballots, opened by these owners.
fn held<G: Group>(sample: Sample<G>, ballots: Vec<SealedBallot>, owners: &[u32]) -> Held<G> {
    let mut writer = sample.begin(Vec::new()).unwrap();
    for ballot in &ballots {
        writer.ballot(&ballot.bytes).unwrap();
    }
    let result = sample.finish(&mut writer, &ballots, owners, &mut rng(8));
    Held {
        result: result.unwrap(),
        archive: writer.into_inner(),
        sample,
        ballots,
    }
}

/// Two members, one with a blank column; three ballots by two voters.
fn small_of(form: KeyForm) -> Held<Ed25519> {
    let questions = vec![appraisal("甲", None, 0), appraisal("乙", Some(true), 0)];
    let votes = [
        (0, vec![vec![0], vec![2]]),
        (1, vec![vec![], vec![]]),
        (0, vec![vec![1], vec![0]]),
    ];
    hold(form, questions, &votes)
}

fn small() -> Held<Ed25519> {
    small_of(KeyForm::Single(1))
}

/// Without its last item.
fn shorten<T>(list: &mut Vec<T>) {
    list.truncate(list.len() - 1);
}

fn check(archive: &[u8]) -> Report {
    check_with(archive, Policy::default())
}

fn check_with(archive: &[u8], policy: Policy) -> Report {
    verify(Cursor::new(archive), policy, &mut |_| ()).unwrap()
}

/// Makes what names other members name those that stand there now.
fn relink(link: &mut Link) {
    let digest = |bytes: &Vec<u8>| Digest::of(bytes);
    match (link.kind.as_str(), link.data.as_mut_slice()) {
        ("Setup", [election, trustees, credentials, last]) => {
            let parts = SetupData {
                election: digest(election),
                trustees: digest(trustees),
                credentials: digest(credentials),
            };
            *last = parts.to_bytes();
        }
        ("EncryptedTally", [tally, last]) => {
            let sized = SizedTally::parse(last).unwrap();
            let encrypted_tally = digest(tally);
            *last = SizedTally {
                encrypted_tally,
                ..sized
            }
            .to_bytes();
        }
        ("PartialDecryption", [share, last]) => {
            let owner = Owned::parse(last).unwrap().owner;
            let payload = digest(share);
            *last = Owned { owner, payload }.to_bytes();
        }
        _ => {}
    }
}

/// The archive of these links, with every hash right.
fn sealed(links: &[Link]) -> Vec<u8> {
    let mut links = links.to_vec();
    links.iter_mut().for_each(relink);
    forge::chain(&links)
}

/// The one thing that is wrong.
#[track_caller]
fn only_fault_of(mut report: Report) -> Fault {
    assert_eq!(report.verdict(), Verdict::Rejected);
    assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
    report.faults.remove(0)
}

#[track_caller]
fn only_fault(links: &[Link]) -> Fault {
    only_fault_of(check(&sealed(links)))
}

/// Asserts what the only fault of these links is.
macro_rules! refused {
    ($links:expr, $pattern:pat $(if $guard:expr)?) => {
        let fault = crate::only_fault($links);
        let matching = matches!(fault, $pattern $(if $guard)?);
        assert!(matching, "{fault:?}");
    };
}
use refused;
