//! First message of a Pedersen group: each member's signing and encryption key.

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use super::{Seed, SignedMessage};
use crate::group::{Element, Group};
use crate::json;

/// Which group of trustees, and which place in it: keeps messages of one from serving another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// Name of the algebraic group.
    pub group: String,
    /// Number of trustees.
    pub size: u32,
    /// How many are needed.
    pub threshold: u32,
    /// This trustee's number, from 1.
    pub index: u32,
}

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct CertificateMessage<G: Group> {
    /// Absent in archives of belenios-tool before 2.5.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// g^(signing key).
    pub verification: Element<G>,
    /// g^(decryption key), for what is sent to this trustee.
    pub encryption: Element<G>,
}

/// A certificate whose signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate<G: Group> {
    /// As sent.
    pub signed: SignedMessage<G>,
    /// What it says.
    pub content: CertificateMessage<G>,
}

impl Seed {
    /// Key generation, step 1: the trustee's certificate.
    pub fn certificate<G: Group>(
        &self,
        context: Context,
        rng: &mut impl CryptoRng,
    ) -> SignedMessage<G> {
        let signing = self.signing_key::<G>();
        let message = json::to_text(&CertificateMessage::<G> {
            context: Some(context),
            verification: signing.public(),
            encryption: self.opening_key::<G>().public(),
        });
        SignedMessage::sign(signing.exponent(), message, rng)
    }
}

impl<G: Group> Certificate<G> {
    /// Reads a certificate and checks its signature; the context is checked with the others'.
    pub fn read(signed: SignedMessage<G>) -> Option<Self> {
        let content: CertificateMessage<G> =
            json::read_canonical(signed.message.as_bytes()).ok()?;
        let holds = signed.is_by(&content.verification);
        holds.then_some(Self { signed, content })
    }

    /// Whether it is for this place of this group, or says nothing of it.
    pub fn fits(&self, context: &Context) -> bool {
        self.content
            .context
            .as_ref()
            .is_none_or(|own| own == context)
    }
}
