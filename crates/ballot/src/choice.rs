//! Proof that an encrypted number is one of several values, without saying which.
//!
//! Proving is constant time in the number and takes the same steps for every alternative: each
//! gets commitments g^w and y^w·g^(offset·c); the offset is 0 for the true one, whose challenge is
//! put right afterwards. Verifying is in [`crate::ballot`].
//! Source: Belenios specification 4.13, 4.14.

use rand_core::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroize;

use crate::group::{Element, Group, Scalar};
use crate::proof::{Proof, challenge};

/// One value the encrypted number might have.
#[derive(Clone, Copy)]
pub(crate) struct Alternative<'a, G: Group> {
    /// Randomness of the ciphertext it speaks of. Secret.
    pub(crate) randomness: &'a Scalar<G>,
    /// The encrypted number minus the value: 0 if it is the true one. Secret.
    pub(crate) offset: i64,
}

/// What the prover drew for one alternative.
struct Draw<G: Group> {
    w: Scalar<G>,
    challenge: Scalar<G>,
    /// Whether this is the first alternative that holds.
    chosen: Choice,
}

impl<G: Group> Drop for Draw<G> {
    fn drop(&mut self) {
        self.w.zeroize();
    }
}

/// Proves that at least one of the alternatives holds. Constant time in all of them.
pub(crate) fn prove<G: Group>(
    table: &G::Table,
    alternatives: &[Alternative<'_, G>],
    prefix: &str,
    rng: &mut impl CryptoRng,
) -> Vec<Proof<G>> {
    let draws = draw(alternatives, rng);
    let mut commitments = Vec::with_capacity(2 * draws.len());
    for (alternative, draw) in alternatives.iter().zip(&draws) {
        let shift = Scalar::from(alternative.offset) * draw.challenge;
        commitments.push(G::generator_power(&draw.w.to_uint()));
        commitments.push(G::operate(
            &G::table_power(table, &draw.w.to_uint()),
            Element::<G>::generator_power(&shift).point(),
        ));
    }
    let hash = challenge::<G>(prefix, &G::encode_all(&commitments));
    answer(alternatives, &draws, hash)
}

/// Two drawings per alternative, in this order: w, challenge.
fn draw<G: Group>(alternatives: &[Alternative<'_, G>], rng: &mut impl CryptoRng) -> Vec<Draw<G>> {
    let mut found = Choice::from(0);
    alternatives
        .iter()
        .map(|alternative| {
            let holds = alternative.offset.ct_eq(&0);
            let chosen = holds & !found;
            found |= holds;
            Draw {
                w: Scalar::random(rng),
                challenge: Scalar::random(rng),
                chosen,
            }
        })
        .collect()
}

/// The challenges must add up to the hash: the true alternative's gives way.
fn answer<G: Group>(
    alternatives: &[Alternative<'_, G>],
    draws: &[Draw<G>],
    hash: Scalar<G>,
) -> Vec<Proof<G>> {
    let others: Scalar<G> = draws
        .iter()
        .map(|draw| Scalar::select(&draw.challenge, &Scalar::ZERO, draw.chosen))
        .sum();
    let remaining = hash - others;
    alternatives
        .iter()
        .zip(draws)
        .map(|(alternative, draw)| {
            let challenge = Scalar::select(&draw.challenge, &remaining, draw.chosen);
            Proof {
                challenge,
                response: draw.w - *alternative.randomness * challenge,
            }
        })
        .collect()
}
