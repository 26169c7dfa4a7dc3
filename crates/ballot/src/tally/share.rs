//! Each key holder's part in opening the sums, and putting the parts together.

use std::collections::BTreeMap;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use super::{CountResult, EncryptedTally, SmallLogarithms};
use crate::ballot::Ciphertext;
use crate::group::{Element, Group, Scalar};
use crate::hash::Fingerprint;
use crate::proof::Proof;
use crate::trustee::{SecretKey, Trustee, TrusteeSet};

/// What one owner of a key contributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct PartialDecryption<G: Group> {
    /// α^key of each sum.
    pub decryption_factors: Vec<Vec<Element<G>>>,
    /// That it is the same key as in the owner's public key.
    pub decryption_proofs: Vec<Vec<Proof<G>>>,
}

/// Why a share is refused. Rows and columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareFault {
    /// Another number of factors or proofs than there are sums.
    #[error("another shape than the encrypted sums")]
    Shape,
    /// A proof that does not hold.
    #[error("row {}, column {}: the proof does not hold", .row + 1, .column + 1)]
    Proof {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
    },
}

/// Why shares do not give a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountFault {
    /// A share that is needed is missing.
    #[error("the share of owner {0} is missing")]
    Missing(u32),
    /// Fewer members of a group than needed.
    #[error("{found} shares of the group from owner {first} on, {needed} are needed")]
    TooFew {
        /// Number of the group's first member.
        first: u32,
        /// Shares there.
        found: usize,
        /// Shares needed.
        needed: u32,
    },
    /// A sum larger than the number of ballots: the ballots cannot be what was opened.
    #[error("row {}, column {}: no number up to the number of ballots", .row + 1, .column + 1)]
    TooLarge {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
    },
}

impl<G: Group> PartialDecryption<G> {
    /// Makes a share of these sums. Constant time in the key.
    pub fn make(
        key: &SecretKey<G>,
        fingerprint: Fingerprint,
        tally: &EncryptedTally<G>,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let prefix = prefix(fingerprint, &key.public());
        let mut factor = |sum: &Ciphertext<G>| {
            let factor = sum.alpha.pow(key.exponent());
            let proof = Proof::of_equality(key.exponent(), &sum.alpha, &prefix, rng);
            (factor, proof)
        };
        let rows = tally.0.iter();
        let (decryption_factors, decryption_proofs) = rows
            .map(|sums| sums.iter().map(&mut factor).unzip())
            .unzip();
        Self {
            decryption_factors,
            decryption_proofs,
        }
    }

    /// Whether every factor was made with the key of this owner.
    pub fn check(
        &self,
        public: &Element<G>,
        fingerprint: Fingerprint,
        tally: &EncryptedTally<G>,
    ) -> Result<(), ShareFault> {
        let expected = lengths(&tally.0);
        if lengths(&self.decryption_factors) != expected
            || lengths(&self.decryption_proofs) != expected
        {
            return Err(ShareFault::Shape);
        }
        let prefix = prefix(fingerprint, public);
        for (row, sums) in tally.0.iter().enumerate() {
            for (column, sum) in sums.iter().enumerate() {
                let factor = &self.decryption_factors[row][column];
                let proof = &self.decryption_proofs[row][column];
                if !proof.shows_equality(public, &sum.alpha, factor, &prefix) {
                    return Err(ShareFault::Proof { row, column });
                }
            }
        }
        Ok(())
    }
}

fn lengths<T>(rows: &[Vec<T>]) -> Vec<usize> {
    rows.iter().map(Vec::len).collect()
}

/// What the proof of a share is bound to.
fn prefix<G: Group>(fingerprint: Fingerprint, public: &Element<G>) -> String {
    format!("decrypt|{fingerprint}|{public}|")
}

/// Opens the sums with checked shares, by owner. `ballots`: no sum may be larger.
///
/// Of a group the first `threshold` shares there are used; further ones change nothing.
pub fn combine<G: Group>(
    trustees: &TrusteeSet<G>,
    shares: &BTreeMap<u32, PartialDecryption<G>>,
    tally: &EncryptedTally<G>,
    ballots: u64,
) -> Result<CountResult, CountFault> {
    let weights = weights(trustees, shares)?;
    let table = SmallLogarithms::up_to(ballots);
    let mut result = Vec::new();
    for (row, sums) in tally.0.iter().enumerate() {
        let mut numbers = Vec::new();
        for (column, sum) in sums.iter().enumerate() {
            let factors = weights.iter().map(|(owner, weight)| {
                let factor = shares[owner].decryption_factors[row][column];
                weight.map_or(factor, |weight| factor.pow(&weight))
            });
            let opened = sum.beta * factors.product::<Element<G>>().inverse();
            let number = table
                .of(&opened)
                .ok_or(CountFault::TooLarge { row, column })?;
            numbers.push(number);
        }
        result.push(numbers);
    }
    Ok(CountResult { result })
}

/// An owner, and the exponent his share gets if it is one of a group's.
type Weighted<G> = (u32, Option<Scalar<G>>);

/// The owners whose shares are used; members of a group with their Lagrange coefficient.
fn weights<G: Group>(
    trustees: &TrusteeSet<G>,
    shares: &BTreeMap<u32, PartialDecryption<G>>,
) -> Result<Vec<Weighted<G>>, CountFault> {
    let mut weights = Vec::new();
    for trustee in trustees.trustees() {
        match trustee {
            Trustee::Single { owner, .. } => {
                if !shares.contains_key(owner) {
                    return Err(CountFault::Missing(*owner));
                }
                weights.push((*owner, None));
            }
            Trustee::Pedersen {
                first,
                threshold,
                keys,
                ..
            } => {
                let members = keys.iter().zip(1_u32..).map(|(_, index)| index);
                let there: Vec<u32> = members
                    .filter(|index| shares.contains_key(&(first + index - 1)))
                    .collect();
                let needed = usize::try_from(*threshold).unwrap_or(usize::MAX);
                let used = there.get(..needed).ok_or(CountFault::TooFew {
                    first: *first,
                    found: there.len(),
                    needed: *threshold,
                })?;
                let members = used.iter();
                weights
                    .extend(members.map(|&index| (first + index - 1, Some(lagrange(index, used)))));
            }
        }
    }
    Ok(weights)
}

/// Π_{k≠d} k/(k−d), which brings shares on a polynomial back to its value at 0.
pub(super) fn lagrange<G: Group>(index: u32, used: &[u32]) -> Scalar<G> {
    let others = used.iter().filter(|&&other| other != index);
    let (above, below) = others.fold((Scalar::ONE, Scalar::ONE), |(above, below), &other| {
        let other = Scalar::from(other);
        (above * other, below * (other - Scalar::from(index)))
    });
    // members have different numbers, so the product below is not 0
    above * below.invert().unwrap_or(Scalar::ONE)
}
