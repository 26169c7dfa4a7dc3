//! Everything that can be checked of one ballot without any secret. Not constant time.
//!
//! All commitments of the ballot are recomputed first and spelled in one go (one inversion for
//! all), then every hash is compared. Powers on one base share their work, and the subgroup test
//! of that base is one exponent more (see `group::vartime`).

use std::ops::Range;

use super::{Ciphertext, WrittenBallot, WrittenCiphertext, WrittenRow, binding, row_binding};
use crate::ballot::make::{individual_prefix, signature_prefix};
use crate::election::{Poll, Question};
use crate::group::{Digits, Element, Group, Scalar, order_digits, powers};
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
    let mut sheet = Sheet::new(poll);
    sheet.signature(&ballot)?;
    let binding = binding(poll.fingerprint(), ballot.credential.text());
    for (row, question) in poll.election().questions.iter().enumerate() {
        sheet.row(row, question, &ballot.answers[row])?;
    }
    sheet.settle(&binding, &ballot)?;
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

/// Called after every point was found in the group.
fn in_group<G: Group>(row: &WrittenRow<G>) -> Vec<Ciphertext<G>> {
    let checked = |choice: &WrittenCiphertext<G>| Ciphertext {
        alpha: Element::from_checked(choice.alpha.point),
        beta: Element::from_checked(choice.beta.point),
    };
    row.choices.iter().map(checked).collect()
}

/// One alternative of a proof: the claimed value and where its two commitments go.
struct Use<'a, G: Group> {
    proof: &'a Proof<G>,
    value: u32,
    slot: usize,
}

/// A hash to compare once the commitments are spelled.
struct Claim<G: Group> {
    place: Place,
    commitments: Range<usize>,
    /// Where the product a proof speaks of is spelled, if it has one.
    sum: Option<usize>,
    challenge: Scalar<G>,
}

/// The working sheet of one ballot: points to spell, and what their hashes must be.
struct Sheet<'a, G: Group> {
    poll: &'a Poll<G>,
    points: Vec<G::Point>,
    claims: Vec<Claim<G>>,
    order: Digits,
}

impl<'a, G: Group> Sheet<'a, G> {
    fn new(poll: &'a Poll<G>) -> Self {
        Self {
            poll,
            points: Vec::new(),
            claims: Vec::new(),
            order: order_digits::<G>(),
        }
    }

    /// g^s·credential^c.
    fn signature(&mut self, ballot: &WrittenBallot<G>) -> Result<(), BallotFault> {
        let proof = &ballot.signature.proof;
        let exponents = [digits::<G>(&proof.challenge), self.order];
        let found = powers::<G>(&ballot.credential.point, &exponents);
        if found[1] != G::identity() {
            return Err(BallotFault::OutsideGroup(Place::Credential));
        }
        let fixed = G::generator_windows().power(&proof.response.to_uint());
        let commitments = self.reserve(1);
        self.points[commitments.start] = G::operate(&fixed, &found[0]);
        self.claim(
            Place::Signature,
            commitments,
            None,
            std::slice::from_ref(proof),
        );
        Ok(())
    }

    fn row(
        &mut self,
        row: usize,
        question: &Question,
        written: &WrittenRow<G>,
    ) -> Result<(), BallotFault> {
        let blank = usize::from(question.has_blank());
        let mut uses: Vec<Vec<Use<'_, G>>> = Vec::new();
        for (column, proofs) in written.individual_proofs.iter().enumerate() {
            let place = Place::Individual { row, column };
            uses.push(self.place_uses(place, proofs, 0..2, None));
        }
        let sum = product(&written.choices[blank..]);
        let of_sum = if let Some(proofs) = &written.blank_proof {
            self.blank_uses(row, question, written, proofs, &mut uses[0])
        } else {
            let spelled = self.points.len();
            self.points.extend([sum.0, sum.1]);
            let values = question.range();
            let proofs = &written.overall_proof;
            self.place_uses(Place::Overall { row }, proofs, values, Some(spelled))
        };
        for (column, (choice, uses)) in written.choices.iter().zip(&uses).enumerate() {
            let place = Place::Choice { row, column };
            let base = (choice.alpha.point, choice.beta.point);
            self.commit(&base, uses, Some(place))?;
        }
        self.commit(&sum, &of_sum, None)
    }

    /// With a blank choice two proofs speak of both the blank choice and the sum of the others.
    fn blank_uses<'p>(
        &mut self,
        row: usize,
        question: &Question,
        written: &'p WrittenRow<G>,
        proofs: &'p [Proof<G>; 2],
        of_blank: &mut Vec<Use<'p, G>>,
    ) -> Vec<Use<'p, G>> {
        let mut either = self.place_uses(Place::Blank { row }, proofs, [0, 0], None);
        let values = std::iter::once(1).chain(question.range());
        let any = self.place_uses(Place::Overall { row }, &written.overall_proof, values, None);
        let mut of_sum = either.split_off(1);
        of_blank.append(&mut either);
        for (index, alternative) in any.into_iter().enumerate() {
            let of = if index == 0 {
                &mut *of_blank
            } else {
                &mut of_sum
            };
            of.push(alternative);
        }
        of_sum
    }

    /// Reserves the commitments of one proof and notes its claim.
    fn place_uses<'p>(
        &mut self,
        place: Place,
        proofs: &'p [Proof<G>],
        values: impl IntoIterator<Item = u32>,
        sum: Option<usize>,
    ) -> Vec<Use<'p, G>> {
        let commitments = self.reserve(2 * proofs.len());
        let first = commitments.start;
        self.claim(place, commitments, sum, proofs);
        let slots = (first..).step_by(2);
        proofs
            .iter()
            .zip(values)
            .zip(slots)
            .map(|((proof, value), slot)| Use { proof, value, slot })
            .collect()
    }

    fn reserve(&mut self, count: usize) -> Range<usize> {
        let first = self.points.len();
        self.points.resize(first + count, G::identity());
        first..first + count
    }

    fn claim(
        &mut self,
        place: Place,
        commitments: Range<usize>,
        sum: Option<usize>,
        proofs: &[Proof<G>],
    ) {
        let challenge = proofs.iter().map(|proof| proof.challenge).sum();
        self.claims.push(Claim {
            place,
            commitments,
            sum,
            challenge,
        });
    }

    /// A = g^s·α^c and B = y^s·(β/g^value)^c for every use of (α, β); `place`: test membership too.
    fn commit(
        &mut self,
        (alpha, beta): &(G::Point, G::Point),
        uses: &[Use<'_, G>],
        place: Option<Place>,
    ) -> Result<(), BallotFault> {
        let mut exponents: Vec<Digits> = uses
            .iter()
            .map(|alternative| digits::<G>(&alternative.proof.challenge))
            .collect();
        exponents.extend(place.map(|_| self.order));
        let (of_alpha, of_beta) = (
            powers::<G>(alpha, &exponents),
            powers::<G>(beta, &exponents),
        );
        if let Some(place) = place {
            let inside = |found: &[G::Point]| found.last() == Some(&G::identity());
            if !(inside(&of_alpha) && inside(&of_beta)) {
                return Err(BallotFault::OutsideGroup(place));
            }
        }
        for (alternative, (a, b)) in uses.iter().zip(of_alpha.iter().zip(&of_beta)) {
            self.put(alternative, a, b);
        }
        Ok(())
    }

    fn put(&mut self, alternative: &Use<'_, G>, a: &G::Point, b: &G::Point) {
        let Proof {
            challenge,
            response,
        } = alternative.proof;
        let response = response.to_uint();
        let g = G::generator_windows();
        let mut second = G::operate(b, &self.poll.windows().power(&response));
        if alternative.value > 0 {
            let shift = -(Scalar::<G>::from(alternative.value) * *challenge);
            second = G::operate(&second, &g.power(&shift.to_uint()));
        }
        self.points[alternative.slot] = G::operate(a, &g.power(&response));
        self.points[alternative.slot + 1] = second;
    }

    /// Spells all points and compares every hash with its challenges.
    fn settle(&self, binding: &str, ballot: &WrittenBallot<G>) -> Result<(), BallotFault> {
        let spelled = G::encode_all(&self.points);
        let mut row_text = (usize::MAX, String::new());
        for claim in &self.claims {
            let prefix = match claim.place {
                Place::Signature => signature_prefix(ballot.signature.hash),
                Place::Individual { row, column } => {
                    individual_prefix(binding, &ballot.answers[row].choices[column])
                }
                Place::Overall { row } | Place::Blank { row } => {
                    if row_text.0 != row {
                        row_text = (row, row_binding(binding, &ballot.answers[row].choices));
                    }
                    let sum = claim.sum.map(|at| (&spelled[at], &spelled[at + 1]));
                    row_prefix(claim.place, &row_text.1, sum)
                }
                Place::Credential | Place::Choice { .. } => continue,
            };
            let hash = challenge::<G>(&prefix, &spelled[claim.commitments.clone()]);
            if hash != claim.challenge {
                return Err(BallotFault::Proof(claim.place));
            }
        }
        Ok(())
    }
}

/// What a proof about a whole row is bound to.
fn row_prefix(place: Place, row: &str, sum: Option<(&String, &String)>) -> String {
    match (place, sum) {
        (_, Some((alpha, beta))) => format!("prove|{row}|{alpha},{beta}|"),
        (Place::Blank { .. }, None) => format!("bproof0|{row}|"),
        (_, None) => format!("bproof1|{row}|"),
    }
}

fn digits<G: Group>(exponent: &Scalar<G>) -> Digits {
    Digits::of(&exponent.to_uint(), G::SIGNED_DIGITS)
}

fn product<G: Group>(choices: &[WrittenCiphertext<G>]) -> (G::Point, G::Point) {
    let start = (G::identity(), G::identity());
    choices.iter().fold(start, |(alpha, beta), choice| {
        (
            G::operate(&alpha, &choice.alpha.point),
            G::operate(&beta, &choice.beta.point),
        )
    })
}
