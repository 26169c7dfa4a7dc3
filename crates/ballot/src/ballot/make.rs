//! From a voter's choices to a sealed ballot.
//!
//! Constant time in the choices, the randomness and the credential's key: the same powers are
//! computed for every choice, and selection is by masks (`subtle`). Branched on is only whether a row
//! is a vote at all (as many answers as the question allows), and how many answers were handed in.

use rand_core::CryptoRng;
use serde::Serialize;
use subtle::{Choice, ConstantTimeEq, ConstantTimeGreater, ConstantTimeLess};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{Signature, WrittenBallot, WrittenCiphertext, WrittenRow, binding, row_binding};
use crate::choice::{Alternative, prove};
use crate::credential::{CredentialKey, VotingCode};
use crate::election::{Poll, Question};
use crate::group::{Element, Group, Scalar, Unchecked};
use crate::hash::Fingerprint;
use crate::json;
use crate::proof::Proof;

/// What a voter chose in one row. Secret.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Row(Vec<u8>);

/// Choices that the question does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a choice the question allows")]
pub struct NotAVote;

impl Row {
    /// These answers (by index, each once) and no others. None at all is a blank row where blank
    /// is a counted choice.
    pub fn of(question: &Question, answers: &[usize]) -> Result<Self, NotAVote> {
        if answers.len() > question.answers.len() {
            return Err(NotAVote);
        }
        let count = |column: usize| -> u8 {
            let hits = answers.iter().map(|answer| answer.ct_eq(&column));
            hits.map(|hit| hit.unwrap_u8()).sum()
        };
        let mut columns: Vec<u8> = (0..question.answers.len()).map(count).collect();
        // an answer that does not exist hits no column
        let hits: usize = columns.iter().copied().map(usize::from).sum();
        let all_known = hits.ct_eq(&answers.len());
        if question.has_blank() {
            columns.insert(0, u8::from(answers.is_empty()));
        }
        let row = Self::of_columns(question, columns)?;
        if bool::from(all_known) {
            Ok(row)
        } else {
            Err(NotAVote)
        }
    }

    /// One 0 or 1 per column, the blank one first. Branches on whether it is a vote, not on which.
    pub fn of_columns(question: &Question, columns: Vec<u8>) -> Result<Self, NotAVote> {
        let row = Self(columns);
        if row.0.len() != question.columns() {
            return Err(NotAVote);
        }
        let bits = row.0.iter().fold(Choice::from(1), |bits, column| {
            bits & (column.ct_eq(&0) | column.ct_eq(&1))
        });
        let (blank, answers) = row.0.split_at(usize::from(question.has_blank()));
        let chosen: u32 = answers.iter().copied().map(u32::from).sum();
        let is_blank = blank
            .iter()
            .fold(Choice::from(0), |any, column| any | column.ct_eq(&1));
        let in_range = !chosen.ct_lt(&question.min) & !chosen.ct_gt(&question.max);
        let allowed = (is_blank & chosen.ct_eq(&0)) | (!is_blank & in_range);
        if bool::from(bits & allowed) {
            Ok(row)
        } else {
            Err(NotAVote)
        }
    }
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Row(…)")
    }
}

/// A row that is encrypted and proved; it can be made before the others are chosen.
#[derive(Debug, Clone)]
pub struct EncryptedRow<G: Group>(WrittenRow<G>);

/// A ballot ready for the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedBallot {
    /// Canonical JSON.
    pub bytes: Vec<u8>,
    /// 43 digits of Base64 over the bytes: by these the voter finds the ballot again.
    pub tracker: Fingerprint,
}

/// Makes the ballot of one voting code.
pub struct BallotMaker<'a, G: Group> {
    poll: &'a Poll<G>,
    key: CredentialKey<G>,
    credential: Unchecked<G>,
    binding: String,
}

impl<'a, G: Group> BallotMaker<'a, G> {
    /// For this code. Whether it may vote is not known here.
    pub fn new(poll: &'a Poll<G>, code: &VotingCode) -> Self {
        let key = code.secret::<G>(&poll.election().uuid);
        let credential = Unchecked::from(key.public());
        let binding = binding(poll.fingerprint(), credential.text());
        Self {
            poll,
            key,
            credential,
            binding,
        }
    }

    /// Encrypts and proves one row. Constant time in the choices.
    ///
    /// # Panics
    /// If the election has no question of this index.
    pub fn row(&self, index: usize, row: &Row, rng: &mut impl CryptoRng) -> EncryptedRow<G> {
        let question = &self.poll.election().questions[index];
        let secrets = Secrets::draw(row, rng);
        let choices = secrets.encrypt(self.poll);
        let individual_proofs = self.individual_proofs(&secrets, &choices, rng);
        let text = row_binding(&self.binding, &choices);
        let (overall_proof, blank_proof) = if question.has_blank() {
            let (blank, overall) = self.blank_proofs(question, &secrets, &text, rng);
            (overall, Some(blank))
        } else {
            (self.overall_proof(question, &secrets, &text, rng), None)
        };
        EncryptedRow(WrittenRow {
            choices,
            individual_proofs,
            overall_proof,
            blank_proof,
        })
    }

    /// Puts the rows together and signs.
    pub fn seal(&self, rows: Vec<EncryptedRow<G>>, rng: &mut impl CryptoRng) -> SealedBallot {
        self.seal_written(rows.into_iter().map(|row| row.0).collect(), rng)
    }

    /// Signs these rows, whatever they are.
    pub(super) fn seal_written(
        &self,
        answers: Vec<WrittenRow<G>>,
        rng: &mut impl CryptoRng,
    ) -> SealedBallot {
        let unsigned = Unsigned {
            election_uuid: self.poll.election().uuid.as_str(),
            election_hash: self.poll.fingerprint(),
            credential: &self.credential,
            answers: &answers,
        };
        let hash = Fingerprint::of(&json::to_bytes(&unsigned));
        let proof = Proof::of_knowledge(self.key.exponent(), &signature_prefix(hash), rng);
        let bytes = json::to_bytes(&WrittenBallot {
            election_uuid: unsigned.election_uuid.to_owned(),
            election_hash: unsigned.election_hash,
            credential: self.credential.clone(),
            answers,
            signature: Signature { hash, proof },
        });
        let tracker = Fingerprint::of(&bytes);
        SealedBallot { bytes, tracker }
    }

    /// All rows at once.
    pub fn make(&self, rows: &[Row], rng: &mut impl CryptoRng) -> SealedBallot {
        let rows = rows
            .iter()
            .enumerate()
            .map(|(index, row)| self.row(index, row, rng))
            .collect();
        self.seal(rows, rng)
    }

    /// Each choice is 0 or 1.
    fn individual_proofs(
        &self,
        secrets: &Secrets<G>,
        choices: &[WrittenCiphertext<G>],
        rng: &mut impl CryptoRng,
    ) -> Vec<[Proof<G>; 2]> {
        let numbers = secrets.numbers.iter().copied().map(i64::from);
        numbers
            .zip(&secrets.randomness)
            .zip(choices)
            .map(|((number, randomness), choice)| {
                let prefix = individual_prefix(&self.binding, choice);
                let offsets = [number, number - 1];
                self.one_of(randomness, &offsets, &prefix, rng)
            })
            .map(pair)
            .collect()
    }

    /// The choices add up to a number the question allows.
    fn overall_proof(
        &self,
        question: &Question,
        secrets: &Secrets<G>,
        row: &str,
        rng: &mut impl CryptoRng,
    ) -> Vec<Proof<G>> {
        let (number, randomness) = secrets.sum(0);
        let sum = encrypt(self.poll, number, &randomness);
        let prefix = format!("prove|{row}|{},{}|", sum.alpha.text(), sum.beta.text());
        let offsets: Vec<i64> = question
            .range()
            .map(|value| number - i64::from(value))
            .collect();
        self.one_of(&randomness, &offsets, &prefix, rng)
    }

    /// Not blank or nothing else; blank or an allowed number of answers.
    fn blank_proofs(
        &self,
        question: &Question,
        secrets: &Secrets<G>,
        row: &str,
        rng: &mut impl CryptoRng,
    ) -> ([Proof<G>; 2], Vec<Proof<G>>) {
        let blank = i64::from(secrets.numbers[0]);
        let first = &secrets.randomness[0];
        let (number, randomness) = secrets.sum(1);
        let of_blank = |offset| Alternative {
            randomness: first,
            offset,
        };
        let of_sum = |offset| Alternative {
            randomness: &randomness,
            offset,
        };
        let table = self.poll.table();
        let either = [of_blank(blank), of_sum(number)];
        let blank_proof = prove(table, &either, &format!("bproof0|{row}|"), rng);
        let values = question
            .range()
            .map(|value| of_sum(number - i64::from(value)));
        let any: Vec<_> = std::iter::once(of_blank(blank - 1)).chain(values).collect();
        let overall = prove(table, &any, &format!("bproof1|{row}|"), rng);
        (pair(blank_proof), overall)
    }

    fn one_of(
        &self,
        randomness: &Scalar<G>,
        offsets: &[i64],
        prefix: &str,
        rng: &mut impl CryptoRng,
    ) -> Vec<Proof<G>> {
        let alternatives: Vec<_> = offsets
            .iter()
            .map(|&offset| Alternative { randomness, offset })
            .collect();
        prove(self.poll.table(), &alternatives, prefix, rng)
    }
}

impl<G: Group> std::fmt::Debug for BallotMaker<'_, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BallotMaker(…)")
    }
}

/// What the signature is bound to.
pub(super) fn signature_prefix(hash: Fingerprint) -> String {
    format!("sig|{hash}|")
}

/// What the proof of one choice is bound to.
pub(super) fn individual_prefix<G: Group>(binding: &str, choice: &WrittenCiphertext<G>) -> String {
    format!(
        "prove|{binding}|{},{}|",
        choice.alpha.text(),
        choice.beta.text()
    )
}

fn pair<G: Group>(proofs: Vec<Proof<G>>) -> [Proof<G>; 2] {
    proofs.try_into().expect("two alternatives give two proofs")
}

/// (g^r, y^r·g^m), constant time in both.
fn encrypt<G: Group>(poll: &Poll<G>, number: i64, randomness: &Scalar<G>) -> WrittenCiphertext<G> {
    let mask = Element::<G>::from_checked(G::table_power(poll.table(), &randomness.to_uint()));
    WrittenCiphertext {
        alpha: Element::generator_power(randomness).into(),
        beta: (mask * Element::generator_power(&Scalar::from(number))).into(),
    }
}

/// The numbers of a row and the randomness each is encrypted with.
struct Secrets<G: Group> {
    numbers: Vec<u8>,
    randomness: Vec<Scalar<G>>,
}

impl<G: Group> Secrets<G> {
    fn draw(row: &Row, rng: &mut impl CryptoRng) -> Self {
        Self {
            numbers: row.0.clone(),
            randomness: row.0.iter().map(|_| Scalar::random(rng)).collect(),
        }
    }

    fn encrypt(&self, poll: &Poll<G>) -> Vec<WrittenCiphertext<G>> {
        let numbers = self.numbers.iter().copied().map(i64::from);
        numbers
            .zip(&self.randomness)
            .map(|(number, randomness)| encrypt(poll, number, randomness))
            .collect()
    }

    /// Of the columns from `first` on: their number and the randomness of their product.
    fn sum(&self, first: usize) -> (i64, Scalar<G>) {
        let number = self.numbers[first..].iter().copied().map(i64::from).sum();
        (number, self.randomness[first..].iter().copied().sum())
    }
}

impl<G: Group> Drop for Secrets<G> {
    fn drop(&mut self) {
        self.numbers.zeroize();
        self.randomness.zeroize();
    }
}

/// What is signed.
#[derive(Serialize)]
#[serde(bound = "")]
struct Unsigned<'a, G: Group> {
    election_uuid: &'a str,
    election_hash: Fingerprint,
    credential: &'a Unchecked<G>,
    answers: &'a [WrittenRow<G>],
}
