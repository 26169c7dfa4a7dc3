//! What a trustee must keep to himself. Everything here is erased when dropped.

use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::KeyDocument;
use crate::base58;
use crate::group::{Element, Group, NotAScalar, Scalar};
use crate::hash::Digest;
use crate::proof::Proof;

/// Digits of a seed.
const SEED_DIGITS: usize = 22;

/// A secret exponent: a trustee's key, or his share of one.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SecretKey<G: Group>(Scalar<G>);

impl<G: Group> SecretKey<G> {
    /// A new key for a single trustee.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        Self(Scalar::random(rng))
    }

    /// Reads the decimal digits a key is kept as. Not constant time.
    pub fn from_decimal(text: &str) -> Result<Self, NotAScalar> {
        Scalar::from_decimal(text).map(Self)
    }

    /// The decimal digits, to be kept. Not constant time.
    pub fn to_decimal(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_decimal())
    }

    /// g^key. Constant time.
    pub fn public(&self) -> Element<G> {
        Element::generator_power(&self.0)
    }

    /// The document a single trustee publishes: his public key and the proof that he has the
    /// secret one.
    pub fn document(&self, name: Option<&str>, rng: &mut impl CryptoRng) -> KeyDocument<G> {
        let public_key = self.public();
        let prefix = possession_prefix(&public_key);
        KeyDocument {
            pok: Proof::of_knowledge(&self.0, &prefix, rng),
            public_key,
            signature: None,
            name: name.map(str::to_owned),
        }
    }

    pub(crate) const fn exponent(&self) -> &Scalar<G> {
        &self.0
    }

    pub(crate) const fn new(exponent: Scalar<G>) -> Self {
        Self(exponent)
    }
}

impl<G: Group> std::fmt::Debug for SecretKey<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// What a proof of possession is bound to; only here the group's name is.
pub(super) fn possession_prefix<G: Group>(public: &Element<G>) -> String {
    format!("pok|{}|{public}|", G::NAME)
}

/// What a member of a Pedersen group writes down: his signing and opening keys follow from it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Seed(String);

impl Seed {
    /// A new seed: 128.9 bits.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        Self(base58::random(SEED_DIGITS, rng))
    }

    /// Reads a seed as written down.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == SEED_DIGITS && text.chars().all(base58::is_digit);
        fits.then(|| Self(text.to_owned()))
    }

    /// The digits, to be written down.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn signing_key<G: Group>(&self) -> SecretKey<G> {
        self.derive("sk")
    }

    pub(super) fn opening_key<G: Group>(&self) -> SecretKey<G> {
        self.derive("dk")
    }

    /// Reduced mod q, which tool 2.0 does not do: as exponents they are equal.
    fn derive<G: Group>(&self, purpose: &str) -> SecretKey<G> {
        let text = Zeroizing::new(format!("{purpose}|{}", self.0));
        SecretKey(Scalar::from_digest(&Digest::of(text.as_bytes())))
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}
