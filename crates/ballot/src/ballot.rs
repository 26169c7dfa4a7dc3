//! Ballots: encrypt, prove, sign; check all of it.
//!
//! Source: Belenios specification 4.11–4.15.

mod check;
mod make;

use serde::{Deserialize, Serialize};

use crate::group::{Element, Group, Unchecked};
use crate::hash::Fingerprint;
use crate::proof::Proof;

pub(crate) use check::rows_of_checked;
pub use check::{BallotFault, CheckedBallot, Place, check};
pub use make::{BallotMaker, EncryptedRow, NotAVote, Row, SealedBallot};

/// One encrypted number, as written: (g^r, y^r·g^m).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct WrittenCiphertext<G: Group> {
    /// g^r.
    pub alpha: Unchecked<G>,
    /// y^r·g^m.
    pub beta: Unchecked<G>,
}

/// One row of a ballot, as written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct WrittenRow<G: Group> {
    /// One per column, the blank one first.
    pub choices: Vec<WrittenCiphertext<G>>,
    /// Each choice is 0 or 1.
    pub individual_proofs: Vec<[Proof<G>; 2]>,
    /// The choices add up to a number the question allows (or the row is blank).
    pub overall_proof: Vec<Proof<G>>,
    /// Not blank, or nothing else chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank_proof: Option<[Proof<G>; 2]>,
}

/// By the holder of the voting code.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Signature<G: Group> {
    /// Of the ballot without its signature.
    pub hash: Fingerprint,
    /// Knowledge of the credential's exponent, bound to the hash.
    pub proof: Proof<G>,
}

/// A ballot as written. Reading it checks spellings; [`check`] checks everything else.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct WrittenBallot<G: Group> {
    /// The election's name.
    pub election_uuid: String,
    /// φ.
    pub election_hash: Fingerprint,
    /// g^(the code's exponent).
    pub credential: Unchecked<G>,
    /// The rows.
    pub answers: Vec<WrittenRow<G>>,
    /// By the holder of the code.
    pub signature: Signature<G>,
}

/// One encrypted number, both parts in the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Ciphertext<G: Group> {
    /// g^r.
    pub alpha: Element<G>,
    /// y^r·g^m.
    pub beta: Element<G>,
}

impl<G: Group> Ciphertext<G> {
    /// Encrypts 0 without randomness: the empty sum.
    pub fn zero() -> Self {
        Self {
            alpha: Element::identity(),
            beta: Element::identity(),
        }
    }

    /// Encrypts minus the number.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            alpha: self.alpha.inverse(),
            beta: self.beta.inverse(),
        }
    }
}

impl<G: Group> std::ops::Mul for Ciphertext<G> {
    type Output = Self;
    /// Encrypts the sum of both numbers.
    fn mul(self, other: Self) -> Self {
        Self {
            alpha: self.alpha * other.alpha,
            beta: self.beta * other.beta,
        }
    }
}

/// What every proof of a ballot is bound to: φ and the credential.
pub(crate) fn binding(fingerprint: Fingerprint, credential: &str) -> String {
    format!("{fingerprint}|{credential}")
}

/// What the proofs about a whole row are bound to besides: all its ciphertexts.
pub(crate) fn row_binding<G: Group>(binding: &str, choices: &[WrittenCiphertext<G>]) -> String {
    let mut text = format!("{binding}|");
    for (index, choice) in choices.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(choice.alpha.text());
        text.push(',');
        text.push_str(choice.beta.text());
    }
    text
}

#[cfg(test)]
mod tests;
