//! Whole elections with made-up voters, for tests, benchmarks and `examples/election.rs`.
//!
//! Holds every secret of everybody in one place: never for a real vote.

use std::collections::BTreeMap;

use rand_core::CryptoRng;

use crate::archive::{ArchiveError, Durable, Writer};
use crate::ballot::{BallotMaker, CheckedBallot, Row, SealedBallot, check};
use crate::credential::{VotingCode, listed};
use crate::election::{Election, Poll, Question, Uuid};
use crate::group::{Element, Group};
use crate::json;
use crate::tally::{CountResult, EncryptedTally, PartialDecryption, combine};
use crate::trustee::deal::{Certificates, assemble, inputs_for};
use crate::trustee::{Context, Document, SecretKey, Seed, TrusteeSet};

/// Who holds the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyForm {
    /// That many, all needed.
    Single(u32),
    /// `needed` of `of`.
    Threshold {
        /// Enough to count.
        needed: u32,
        /// Members.
        of: u32,
    },
    /// One who is always needed, and two of three.
    Mixed,
}

impl KeyForm {
    /// By the names that scripts use.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "single1" => Some(Self::Single(1)),
            "single3" => Some(Self::Single(3)),
            "pedersen2of3" => Some(Self::Threshold { needed: 2, of: 3 }),
            "mixed" => Some(Self::Mixed),
            _ => None,
        }
    }
}

/// An election ready for ballots, with all its secrets.
pub struct Sample<G: Group> {
    /// The election as read from its bytes.
    pub poll: Poll<G>,
    /// Member of the archive.
    pub election: Vec<u8>,
    /// Member of the archive.
    pub trustees: Vec<u8>,
    /// Member of the archive.
    pub credentials: Vec<u8>,
    /// One per voter.
    pub codes: Vec<VotingCode>,
    /// Keys or shares by owner.
    pub keys: BTreeMap<u32, SecretKey<G>>,
}

impl<G: Group> Sample<G> {
    /// Makes keys, codes and the election.
    ///
    /// # Panics
    /// If the questions are impossible.
    pub fn new(
        form: KeyForm,
        voters: usize,
        questions: Vec<Question>,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let (documents, keys) = key_holders(form, rng);
        let trustees = TrusteeSet::check(&documents).expect("our own trustees hold");
        let uuid = Uuid::random(rng);
        let codes: Vec<VotingCode> = (0..voters).map(|_| VotingCode::random(rng)).collect();
        let public: Vec<Element<G>> = codes
            .iter()
            .map(|code| code.secret::<G>(&uuid).public())
            .collect();
        let mut election =
            Election::new(uuid, "民主评议党员测评", trustees.public_key(), questions);
        "示例".clone_into(&mut election.description);
        let election = json::to_bytes(&election);
        Self {
            poll: Poll::read(&election).expect("our own election reads back"),
            election,
            trustees: json::to_bytes(&documents),
            credentials: json::to_bytes(&listed(&public)),
            codes,
            keys: keys
                .into_iter()
                .zip(1..)
                .map(|(key, owner)| (owner, key))
                .collect(),
        }
    }

    /// A voter's ballot: the chosen answers of each question.
    ///
    /// # Panics
    /// If there is no such voter, or a question does not allow the answers.
    pub fn vote(
        &self,
        voter: usize,
        answers: &[Vec<usize>],
        rng: &mut impl CryptoRng,
    ) -> SealedBallot {
        let questions = self.poll.election().questions.iter();
        let rows: Vec<Row> = questions
            .zip(answers)
            .map(|(question, answers)| Row::of(question, answers).expect("an allowed choice"))
            .collect();
        BallotMaker::new(&self.poll, &self.codes[voter]).make(&rows, rng)
    }

    /// The set-up event.
    pub fn begin<W: std::io::Write + Durable>(&self, out: W) -> Result<Writer<W>, ArchiveError> {
        let mut writer = Writer::create(out, 1_795_431_321)?;
        writer.setup(&self.election, &self.trustees, &self.credentials)?;
        Ok(writer)
    }

    /// Adds up the last ballot of each credential, opens the sums with the shares of these owners
    /// and writes everything from the end of voting to the result.
    ///
    /// # Panics
    /// If a ballot is not of this election, or the owners are too few.
    pub fn finish<W: std::io::Write + Durable>(
        &self,
        writer: &mut Writer<W>,
        ballots: &[SealedBallot],
        owners: &[u32],
        rng: &mut impl CryptoRng,
    ) -> Result<CountResult, ArchiveError> {
        let last = self.last_ballots(ballots);
        let mut tally = EncryptedTally::empty(self.poll.election());
        for ballot in last.values() {
            tally.add(&ballot.rows);
        }
        let counted = last.len() as u64;
        writer.end_ballots()?;
        writer.encrypted_tally(&json::to_bytes(&tally), counted, counted)?;
        let mut shares = BTreeMap::new();
        for owner in owners {
            let key = &self.keys[owner];
            let share = PartialDecryption::make(key, self.poll.fingerprint(), &tally, rng);
            writer.partial_decryption(*owner, &json::to_bytes(&share))?;
            shares.insert(*owner, share);
        }
        let trustees = TrusteeSet::read(&self.trustees).expect("our own trustees hold");
        let result = combine(&trustees, &shares, &tally, counted).expect("enough shares");
        writer.result(&json::to_bytes(&result))?;
        Ok(result)
    }

    fn last_ballots(&self, ballots: &[SealedBallot]) -> BTreeMap<String, CheckedBallot<G>> {
        let checked = ballots.iter().map(|ballot| {
            let ballot = check(&self.poll, &ballot.bytes).expect("our own ballots hold");
            (ballot.credential.clone(), ballot)
        });
        checked.collect()
    }

    /// As few owners as can count: all single ones and enough of a group.
    pub fn enough(form: KeyForm) -> Vec<u32> {
        match form {
            KeyForm::Single(all) => (1..=all).collect(),
            // not the first ones, so that the weights of the shares matter
            KeyForm::Threshold { needed, of } => (of - needed + 1..=of).collect(),
            KeyForm::Mixed => vec![1, 2, 4],
        }
    }
}

impl<G: Group> std::fmt::Debug for Sample<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sample({:?})", self.poll)
    }
}

/// A question with the notice's grades.
pub fn appraisal(member: &str, blank: Option<bool>, min: u32) -> Question {
    Question {
        answers: ["好", "一般", "差"].map(str::to_owned).into(),
        blank,
        min,
        max: 1,
        question: member.to_owned(),
    }
}

fn key_holders<G: Group>(
    form: KeyForm,
    rng: &mut impl CryptoRng,
) -> (Vec<Document<G>>, Vec<SecretKey<G>>) {
    match form {
        KeyForm::Single(count) => (0..count).map(|_| single(rng)).unzip(),
        KeyForm::Threshold { needed, of } => {
            let (document, keys) = threshold(needed, of, rng);
            (vec![document], keys)
        }
        KeyForm::Mixed => {
            let (first, key) = single(rng);
            let (group, shares) = threshold(2, 3, rng);
            let keys = std::iter::once(key).chain(shares).collect();
            (vec![first, group], keys)
        }
    }
}

fn single<G: Group>(rng: &mut impl CryptoRng) -> (Document<G>, SecretKey<G>) {
    let key = SecretKey::random(rng);
    (Document::Single(key.document(None, rng)), key)
}

/// All messages of a group of key holders, as docs/BALLOT.md describes them.
pub(crate) fn threshold<G: Group>(
    needed: u32,
    of: u32,
    rng: &mut impl CryptoRng,
) -> (Document<G>, Vec<SecretKey<G>>) {
    let seeds: Vec<Seed> = (0..of).map(|_| Seed::random(rng)).collect();
    let mut signed = Vec::new();
    for (seed, index) in seeds.iter().zip(1..) {
        let context = Context {
            group: G::NAME.to_owned(),
            size: of,
            threshold: needed,
            index,
        };
        signed.push(seed.certificate::<G>(context, rng));
    }
    let certificates = Certificates::check(&signed, needed).expect("our own certificates hold");
    let mut deals = Vec::new();
    for seed in &seeds {
        deals.push(certificates.deal(seed, rng).expect("a member deals"));
    }
    let mut outputs = Vec::new();
    for (seed, index) in seeds.iter().zip(1..) {
        let inputs = inputs_for(&deals, index).expect("a share for each");
        let output = certificates.finish(seed, &inputs, rng);
        outputs.push(output.expect("our own shares hold"));
    }
    let reopen = |(seed, output): (&Seed, &crate::trustee::deal::Output<G>)| {
        certificates
            .reopen(seed, &output.private_key)
            .expect("a member opens his own share")
    };
    let keys = seeds.iter().zip(&outputs).map(reopen).collect();
    (
        Document::Pedersen(assemble(&certificates, &deals, &outputs)),
        keys,
    )
}
