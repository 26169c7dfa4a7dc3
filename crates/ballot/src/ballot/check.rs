//! Everything that can be checked of one ballot without any secret. Not constant time.
//!
//! All commitments of the ballot are recomputed first and spelled in one go (one inversion for
//! all), then every hash is compared. Powers on one base share their work, and the subgroup test
//! of that base is one exponent more (see `group::work`).

use std::ops::Range;

use super::{Ciphertext, WrittenBallot, WrittenCiphertext, WrittenRow, binding, row_binding};
use crate::ballot::make::{individual_prefix, signature_prefix};
use crate::election::{Poll, Question};
use crate::group::{Base, Element, Group, Outside, Scalar, Term, Unchecked, Work};
use crate::hash::Fingerprint;
use crate::json::{self, JsonFault};
use crate::proof::{Proof, challenge};

/// A place in a ballot. Rows and columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The credential.
    Credential,
    /// One encrypted choice.
    Choice {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
    },
    /// The proof that a choice is 0 or 1.
    Individual {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
    },
    /// The proof about the number of choices.
    Overall {
        /// Row.
        row: usize,
    },
    /// The proof that a row is not blank or nothing else.
    Blank {
        /// Row.
        row: usize,
    },
    /// The signature.
    Signature,
}

/// Why a ballot is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BallotFault {
    /// Not the canonical JSON of a ballot.
    #[error("not a ballot: {0}")]
    Json(#[from] JsonFault),
    /// Made for an election of another name.
    #[error("made for another election")]
    OtherElection,
    /// Made for another text of this election.
    #[error("made for another text of the election")]
    OtherFingerprint,
    /// Another number of rows than the election has questions.
    #[error("{found} rows, expected {expected}")]
    Rows {
        /// In the ballot.
        found: usize,
        /// In the election.
        expected: usize,
    },
    /// A row has another number of choices or proofs than its question.
    #[error("row {} has another shape than its question", .row + 1)]
    Shape {
        /// Row, from 0.
        row: usize,
    },
    /// A point outside the subgroup of prime order.
    #[error("{0:?}: outside the group")]
    OutsideGroup(Place),
    /// A proof that does not hold.
    #[error("{0:?}: the proof does not hold")]
    Proof(Place),
    /// The signature is of other content.
    #[error("the signature is of other content")]
    SignedOther,
}

/// A ballot whose every proof holds. Whether its credential may vote is asked elsewhere.
#[derive(Debug, Clone)]
pub struct CheckedBallot<G: Group> {
    /// As written.
    pub credential: String,
    /// Row by row, column by column.
    pub rows: Vec<Vec<Ciphertext<G>>>,
    /// Of the ballot's bytes.
    pub tracker: Fingerprint,
}

/// Checks spelling, shape, group membership, every proof and the signature.
pub fn check<G: Group>(poll: &Poll<G>, bytes: &[u8]) -> Result<CheckedBallot<G>, BallotFault> {
    let ballot: WrittenBallot<G> = json::read_canonical(bytes)?;
    check_frame(poll, &ballot)?;
    let unsigned = Fingerprint::of(&without_signature(bytes, &ballot));
    if unsigned != ballot.signature.hash {
        return Err(BallotFault::SignedOther);
    }
    let mut sheet = Sheet::new();
    sheet.signature(&ballot);
    let binding = binding(poll.fingerprint(), ballot.credential.text());
    for (row, question) in poll.election().questions.iter().enumerate() {
        sheet.row(row, question, &ballot.answers[row]);
    }
    sheet.settle(poll, &binding, &ballot)?;
    Ok(CheckedBallot {
        credential: ballot.credential.text().to_owned(),
        rows: ballot.answers.iter().map(in_group).collect(),
        tracker: Fingerprint::of(bytes),
    })
}

/// Names and numbers, before anything is computed.
fn check_frame<G: Group>(poll: &Poll<G>, ballot: &WrittenBallot<G>) -> Result<(), BallotFault> {
    let election = poll.election();
    if ballot.election_uuid != election.uuid.as_str() {
        return Err(BallotFault::OtherElection);
    }
    if ballot.election_hash != poll.fingerprint() {
        return Err(BallotFault::OtherFingerprint);
    }
    let (found, expected) = (ballot.answers.len(), election.questions.len());
    if found != expected {
        return Err(BallotFault::Rows { found, expected });
    }
    let mut rows = election.questions.iter().zip(&ballot.answers);
    match rows.position(|(question, row)| !has_shape(question, row)) {
        Some(row) => Err(BallotFault::Shape { row }),
        None => Ok(()),
    }
}

fn has_shape<G: Group>(question: &Question, row: &WrittenRow<G>) -> bool {
    let overall = question.range().count() + usize::from(question.has_blank());
    row.choices.len() == question.columns()
        && row.individual_proofs.len() == question.columns()
        && row.overall_proof.len() == overall
        && row.blank_proof.is_some() == question.has_blank()
}

/// The canonical ballot ends with its signature; what was signed ends before it.
pub(super) fn without_signature<G: Group>(bytes: &[u8], ballot: &WrittenBallot<G>) -> Vec<u8> {
    let signature = json::to_bytes(&ballot.signature).len();
    let tail = ",\"signature\":".len() + signature + "}".len();
    let mut unsigned = bytes[..bytes.len() - tail].to_vec();
    unsigned.push(b'}');
    unsigned
}

/// The rows of a ballot that was accepted before; its bytes are known to be the same.
///
/// # Panics
/// If they are not.
pub(crate) fn rows_of_checked<G: Group>(bytes: &[u8]) -> Vec<Vec<Ciphertext<G>>> {
    let ballot: WrittenBallot<G> = json::read(bytes).expect("it was read before");
    ballot.answers.iter().map(in_group).collect()
}

/// Called after every point was found in the group.
fn in_group<G: Group>(row: &WrittenRow<G>) -> Vec<Ciphertext<G>> {
    let checked = |choice: &WrittenCiphertext<G>| Ciphertext {
        alpha: Element::from_checked(choice.alpha.point),
        beta: Element::from_checked(choice.beta.point),
    };
    row.choices.iter().map(checked).collect()
}

/// A hash to compare once the commitments are spelled.
struct Claim<G: Group> {
    place: Place,
    /// Its commitments, as terms of the work.
    commitments: Range<usize>,
    /// The index among the products of the one it speaks of, if it does; its β comes after it.
    sum: Option<usize>,
    /// What the challenges add up to.
    challenge: Scalar<G>,
}

/// A ciphertext as two bases of the work.
#[derive(Clone, Copy)]
struct Pair {
    alpha: usize,
    beta: usize,
}

/// One alternative of a proof: this ciphertext encrypts this value.
struct Alternative<'a, G: Group> {
    of: Pair,
    value: u32,
    proof: &'a Proof<G>,
}

/// The working sheet of one ballot: what to compute, and which hashes must come out.
struct Sheet<G: Group> {
    work: Work<G>,
    /// Where each base stands in the ballot; a product stands nowhere.
    places: Vec<Option<Place>>,
    products: usize,
    claims: Vec<Claim<G>>,
}

impl<G: Group> Sheet<G> {
    const fn new() -> Self {
        Self {
            work: Work::new(),
            places: Vec::new(),
            products: 0,
            claims: Vec::new(),
        }
    }

    /// g^s·credential^c.
    fn signature(&mut self, ballot: &WrittenBallot<G>) {
        let proof = &ballot.signature.proof;
        let base = self.written(&ballot.credential, Place::Credential);
        let first = self.work.term(Term {
            base,
            power: proof.challenge,
            of_g: proof.response,
            of_y: Scalar::ZERO,
        });
        self.claims.push(Claim {
            place: Place::Signature,
            commitments: first..first + 1,
            sum: None,
            challenge: proof.challenge,
        });
    }

    fn row(&mut self, row: usize, question: &Question, written: &WrittenRow<G>) {
        let choices: Vec<Pair> = written
            .choices
            .iter()
            .enumerate()
            .map(|(column, choice)| self.choice(choice, Place::Choice { row, column }))
            .collect();
        for (column, (proofs, &of)) in written.individual_proofs.iter().zip(&choices).enumerate() {
            let values = proofs.iter().zip([0, 1]);
            let alternatives = values.map(|(proof, value)| Alternative { of, value, proof });
            self.claim(Place::Individual { row, column }, None, alternatives);
        }
        let (spelled, sum) = self.sum(&choices[usize::from(question.has_blank())..]);
        let values = written.overall_proof.iter();
        if let Some(proofs) = &written.blank_proof {
            let either = [choices[0], sum].into_iter().zip(proofs);
            let alternatives = either.map(|(of, proof)| Alternative {
                of,
                value: 0,
                proof,
            });
            self.claim(Place::Blank { row }, None, alternatives);
            let allowed = question.range().map(|value| (sum, value));
            let any = std::iter::once((choices[0], 1)).chain(allowed).zip(values);
            let alternatives = any.map(|((of, value), proof)| Alternative { of, value, proof });
            self.claim(Place::Overall { row }, None, alternatives);
        } else {
            let allowed = question.range().zip(values);
            let alternatives = allowed.map(|(value, proof)| Alternative {
                of: sum,
                value,
                proof,
            });
            self.claim(Place::Overall { row }, Some(spelled), alternatives);
        }
    }

    fn written(&mut self, point: &Unchecked<G>, place: Place) -> usize {
        self.places.push(Some(place));
        self.work.base(Base::Written(point.point))
    }

    fn choice(&mut self, choice: &WrittenCiphertext<G>, place: Place) -> Pair {
        Pair {
            alpha: self.written(&choice.alpha, place),
            beta: self.written(&choice.beta, place),
        }
    }

    /// The product of these ciphertexts, and its index among the products.
    fn sum(&mut self, choices: &[Pair]) -> (usize, Pair) {
        let spelled = self.products;
        self.products += 2;
        let mut product = |part: fn(&Pair) -> usize| {
            self.places.push(None);
            self.work
                .base(Base::Product(choices.iter().map(part).collect()))
        };
        let alpha = product(|pair| pair.alpha);
        let beta = product(|pair| pair.beta);
        (spelled, Pair { alpha, beta })
    }

    /// For each alternative A = g^s·α^c and B = y^s·(β/g^value)^c.
    fn claim<'a>(
        &mut self,
        place: Place,
        sum: Option<usize>,
        alternatives: impl Iterator<Item = Alternative<'a, G>>,
    ) {
        let first = self.work.terms.len();
        let mut challenge = Scalar::ZERO;
        for Alternative { of, value, proof } in alternatives {
            challenge = challenge + proof.challenge;
            self.work.term(Term {
                base: of.alpha,
                power: proof.challenge,
                of_g: proof.response,
                of_y: Scalar::ZERO,
            });
            self.work.term(Term {
                base: of.beta,
                power: proof.challenge,
                of_g: -(Scalar::from(value) * proof.challenge),
                of_y: proof.response,
            });
        }
        self.claims.push(Claim {
            place,
            commitments: first..self.work.terms.len(),
            sum,
            challenge,
        });
    }

    /// Computes and spells everything and compares every hash with its challenges.
    fn settle(
        &self,
        poll: &Poll<G>,
        binding: &str,
        ballot: &WrittenBallot<G>,
    ) -> Result<(), BallotFault> {
        let spelled = G::evaluate(poll.windows(), &self.work).map_err(|Outside(base)| {
            let place = self.places[base].expect("only written points are tested");
            BallotFault::OutsideGroup(place)
        })?;
        let rows: Vec<String> = ballot
            .answers
            .iter()
            .map(|row| row_binding(binding, &row.choices))
            .collect();
        for claim in &self.claims {
            let sum = claim.sum.map(|at| &spelled.products[at..at + 2]);
            let prefix = match (claim.place, sum) {
                (Place::Individual { row, column }, _) => {
                    individual_prefix(binding, &ballot.answers[row].choices[column])
                }
                (Place::Overall { row }, Some([alpha, beta])) => {
                    format!("prove|{}|{alpha},{beta}|", rows[row])
                }
                (Place::Overall { row }, _) => format!("bproof1|{}|", rows[row]),
                (Place::Blank { row }, _) => format!("bproof0|{}|", rows[row]),
                (Place::Signature | Place::Credential | Place::Choice { .. }, _) => {
                    signature_prefix(ballot.signature.hash)
                }
            };
            let hash = challenge::<G>(&prefix, &spelled.terms[claim.commitments.clone()]);
            if hash != claim.challenge {
                return Err(BallotFault::Proof(claim.place));
            }
        }
        Ok(())
    }
}
