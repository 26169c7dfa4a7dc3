//! A text signed by a trustee's signing key.

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::group::{Element, Group, Scalar};
use crate::proof::Proof;

/// The text is signed as it stands, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct SignedMessage<G: Group> {
    /// Canonical JSON of what is said.
    pub message: String,
    /// By the sender's signing key.
    pub signature: Proof<G>,
}

impl<G: Group> SignedMessage<G> {
    /// Signs a text. Constant time in the key.
    pub(super) fn sign(key: &Scalar<G>, message: String, rng: &mut impl CryptoRng) -> Self {
        let signature = sign(key, &message, rng);
        Self { message, signature }
    }

    /// Whether the holder of this key signed it.
    pub fn is_by(&self, public: &Element<G>) -> bool {
        is_signed_by(&self.signature, &self.message, public)
    }
}

/// A signature apart from its text.
pub(super) fn sign<G: Group>(key: &Scalar<G>, text: &str, rng: &mut impl CryptoRng) -> Proof<G> {
    Proof::of_knowledge(key, &prefix(text), rng)
}

/// Whether the holder of this key signed this text.
pub(super) fn is_signed_by<G: Group>(
    signature: &Proof<G>,
    text: &str,
    public: &Element<G>,
) -> bool {
    signature.shows_knowledge(public, &prefix(text))
}

fn prefix(text: &str) -> String {
    format!("sigmsg|{text}|")
}
