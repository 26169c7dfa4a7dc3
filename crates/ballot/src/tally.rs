//! From ballots to the result: add up, open the sums, read the numbers off.
//!
//! The last ballot of each credential counts. No single ballot is ever opened.
//! Constant time: [`PartialDecryption::make`] in the key. The rest works on public values.
//! Source: Belenios specification 4.16, 4.18, 4.19.

mod logarithm;
mod share;

use serde::{Deserialize, Serialize};

use crate::ballot::Ciphertext;
use crate::election::Election;
use crate::group::Group;

pub use logarithm::SmallLogarithms;
pub use share::{CountFault, PartialDecryption, ShareFault, combine};

/// The encrypted sums, question by question, column by column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct EncryptedTally<G: Group>(pub Vec<Vec<Ciphertext<G>>>);

impl<G: Group> EncryptedTally<G> {
    /// The sums of no ballots.
    pub fn empty(election: &Election<G>) -> Self {
        let zeros = |columns| vec![Ciphertext::zero(); columns];
        let questions = election.questions.iter();
        Self(
            questions
                .map(|question| zeros(question.columns()))
                .collect(),
        )
    }

    /// Adds a ballot's rows.
    pub fn add(&mut self, rows: &[Vec<Ciphertext<G>>]) {
        self.merge(rows, |ciphertext| *ciphertext);
    }

    /// Takes a ballot's rows out again: its voter has cast another one.
    pub fn remove(&mut self, rows: &[Vec<Ciphertext<G>>]) {
        self.merge(rows, Ciphertext::negated);
    }

    fn merge(
        &mut self,
        rows: &[Vec<Ciphertext<G>>],
        change: impl Fn(&Ciphertext<G>) -> Ciphertext<G>,
    ) {
        for (sums, row) in self.0.iter_mut().zip(rows) {
            for (sum, ciphertext) in sums.iter_mut().zip(row) {
                *sum = *sum * change(ciphertext);
            }
        }
    }

    /// Whether it has a column for each answer of each question.
    pub fn fits(&self, election: &Election<G>) -> bool {
        self.0.len() == election.questions.len()
            && self
                .0
                .iter()
                .zip(&election.questions)
                .all(|(sums, question)| sums.len() == question.columns())
    }
}

/// The opened sums: question by question, the blank column first where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountResult {
    /// Votes per question and column.
    pub result: Vec<Vec<u64>>,
}

#[cfg(test)]
mod tests;
