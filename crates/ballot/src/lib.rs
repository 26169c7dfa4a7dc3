//! The verifiable secret ballot of 通知 三、3, by the published Belenios specification.
//!
//! Homomorphic questions only: encrypt, prove, sign, add up, open the sums, verify.
//! Pure: readers, writers and randomness come in as arguments. It knows neither the notice,
//! nor storage, nor HTTP. "Specification" is the published one of Belenios; docs/BALLOT.md says
//! where practice differs from it.

pub mod archive;
pub mod ballot;
mod base58;
mod choice;
pub mod credential;
pub mod election;
pub mod group;
pub mod hash;
pub mod json;
pub mod proof;
pub mod sample;
pub mod tally;
pub mod trustee;
#[cfg(test)]
mod vectors;
pub mod verify;

/// A source of randomness that gives the same numbers for the same seed: for tests only.
#[cfg(test)]
pub(crate) fn test_rng(seed: u64) -> impl rand_core::CryptoRng {
    <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(seed)
}
