//! Proofs of knowledge of an exponent, made non-interactive by hashing (Fiat–Shamir).
//!
//! One secret behind one or two powers: proof of possession of a key, signature, correct
//! decryption. "One of several values" is the business of ballots.
//! Proving is constant time in the secret; verifying is not, and needs no secret.
//! Source: Belenios specification 4.5, 4.6, 4.15, 4.18.

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::group::{Digits, Element, Group, Scalar, powers};
use crate::hash::Digest;

/// A challenge and the response to it; the commitment is recomputed from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Proof<G: Group> {
    /// Hash of the statement and the commitments.
    pub challenge: Scalar<G>,
    /// w − x·challenge.
    pub response: Scalar<G>,
}

/// H: the hash of a prefix and of elements joined by commas, as an exponent.
pub(crate) fn challenge<G: Group>(prefix: &str, elements: &[String]) -> Scalar<G> {
    let mut hasher = Sha256::new();
    hasher.update(prefix);
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            hasher.update(",");
        }
        hasher.update(element);
    }
    Scalar::from_digest(&Digest::from_bytes(hasher.finalize().into()))
}

impl<G: Group> Proof<G> {
    /// Proves knowledge of x in g^x. Constant time.
    pub(crate) fn of_knowledge(x: &Scalar<G>, prefix: &str, rng: &mut impl CryptoRng) -> Self {
        let w = Zeroizing::new(Scalar::random(rng));
        let commitment = Element::<G>::generator_power(&w).to_string();
        Self::answer(x, &w, challenge(prefix, &[commitment]))
    }

    /// Proves that g^x and base^x have the same x. Constant time.
    pub(crate) fn of_equality(
        x: &Scalar<G>,
        base: &Element<G>,
        prefix: &str,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let w = Zeroizing::new(Scalar::random(rng));
        let commitments = [Element::generator_power(&w), base.pow(&w)].map(|e| e.to_string());
        Self::answer(x, &w, challenge(prefix, &commitments))
    }

    fn answer(x: &Scalar<G>, w: &Scalar<G>, challenge: Scalar<G>) -> Self {
        Self {
            challenge,
            response: *w - *x * challenge,
        }
    }

    /// Whether whoever made this knew x in `public` = g^x.
    pub(crate) fn shows_knowledge(&self, public: &Element<G>, prefix: &str) -> bool {
        let commitment = self.commitment(&Element::generator(), public);
        challenge::<G>(prefix, &[G::encode(&commitment)]) == self.challenge
    }

    /// Whether `public` = g^x and `power` = base^x for the same x.
    pub(crate) fn shows_equality(
        &self,
        public: &Element<G>,
        base: &Element<G>,
        power: &Element<G>,
        prefix: &str,
    ) -> bool {
        let commitments = [
            self.commitment(&Element::generator(), public),
            self.commitment(base, power),
        ];
        challenge::<G>(prefix, &G::encode_all(&commitments)) == self.challenge
    }

    /// base^response · power^challenge. Not constant time.
    fn commitment(&self, base: &Element<G>, power: &Element<G>) -> G::Point {
        let cut = |exponent: Scalar<G>| [Digits::of(&exponent.to_uint(), G::SIGNED_DIGITS)];
        G::operate(
            &powers::<G>(base.point(), &cut(self.response))[0],
            &powers::<G>(power.point(), &cut(self.challenge))[0],
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::group::{Belenios2048, Ed25519};
    use crate::{test_rng, vectors};

    fn text(value: &Value) -> &str {
        value.as_str().unwrap()
    }

    /// A known preimage, cut where the elements begin.
    fn hashed<G: Group>(preimage: &str) -> String {
        let (prefix, elements) = preimage.split_at(preimage.rfind('|').unwrap() + 1);
        let elements: Vec<String> = elements.split(',').map(str::to_owned).collect();
        challenge::<G>(prefix, &elements).to_decimal()
    }

    #[test]
    fn hashes_are_those_the_tools_computed() {
        for known in vectors::belenios2048() {
            for (name, hash) in known["vectors"].as_object().unwrap() {
                let preimage = text(&hash["preimage"]);
                assert_eq!(
                    hashed::<Belenios2048>(preimage),
                    text(&hash["mod_q"]),
                    "{name}"
                );
            }
        }
        let known = vectors::ed25519();
        let lists = known["ballots"].as_array().unwrap().iter();
        let lists = lists.chain(known["partial_decryptions"].as_array().unwrap());
        for list in lists.chain([&known["trustees_setup"]]) {
            for hash in list["fiat_shamir"].as_array().unwrap() {
                let preimage = text(&hash["preimage"]);
                assert_eq!(hashed::<Ed25519>(preimage), text(&hash["value_mod_q"]));
            }
        }
    }

    #[test]
    fn a_proof_holds_for_its_statement_only() {
        let rng = &mut test_rng(1);
        let x = Scalar::<Ed25519>::random(rng);
        let public = Element::generator_power(&x);
        let proof = Proof::of_knowledge(&x, "a|", rng);
        assert!(proof.shows_knowledge(&public, "a|"));
        assert!(!proof.shows_knowledge(&public, "b|"));
        assert!(!proof.shows_knowledge(&(public * public), "a|"));
        let base = Element::generator_power(&Scalar::random(rng));
        let proof = Proof::of_equality(&x, &base, "a|", rng);
        assert!(proof.shows_equality(&public, &base, &base.pow(&x), "a|"));
        assert!(!proof.shows_equality(&public, &base, &base, "a|"));
        assert!(!proof.shows_equality(&public, &base, &base.pow(&x), "b|"));
    }
}
