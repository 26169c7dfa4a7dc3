//! How a Pedersen group makes its common key, message by message, so that any `threshold` of its
//! members can open a count and fewer learn nothing.
//!
//! 1. Each member makes a [`Seed`] and publishes a certificate ([`Seed::certificate`]).
//! 2. All certificates are checked together ([`Certificates::check`]).
//! 3. Each member deals: [`Certificates::deal`] gives a [`Deal`] — commitments for all, and a share
//!    sealed for each.
//! 4. The server hands each member what the others dealt to him ([`inputs_for`]).
//! 5. Each member checks and adds up his shares ([`Certificates::finish`]): his key document, and his
//!    secret share sealed for himself.
//! 6. The server puts the documents together ([`assemble`]); [`super::TrusteeSet`] checks them.
//! 7. To count, a member opens his share again with his seed ([`Certificates::reopen`]).
//!
//! Who carries the messages is not said here. Source: Belenios specification 4.6, 4.7.

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::certificate::{Certificate, Context};
use super::channel::{ChannelFault, Sealed, open, seal};
use super::document::{Commitments, KeyDocument, PedersenDocument};
use super::set::{agreement, evaluate, read_commitments};
use super::signed::sign;
use super::{SecretKey, Seed, SignedMessage};
use crate::group::{Element, Group, Scalar};
use crate::json;
use crate::proof::Proof;

/// What a member publishes in step 3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Deal<G: Group> {
    /// His polynomial, sealed for himself.
    pub polynomial: Sealed<G>,
    /// A share for each member.
    pub secrets: Vec<Sealed<G>>,
    /// [`Commitments`], signed.
    pub coefexps: SignedMessage<G>,
    /// Over all certificates and his commitments.
    pub signature: Proof<G>,
}

/// What a member receives in step 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Inputs<G: Group> {
    /// The share from each member.
    pub secrets: Vec<Sealed<G>>,
    /// The commitments of each member, signed.
    pub coefexps: Vec<SignedMessage<G>>,
}

/// What a member sends back in step 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Output<G: Group> {
    /// His share of the key, sealed for himself.
    pub private_key: Sealed<G>,
    /// The public side of it.
    pub public_key: KeyDocument<G>,
}

/// Why a step of key generation stops. Members count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DealFault {
    /// The numbers of messages do not fit the group.
    #[error("the number of messages does not fit")]
    Sizes,
    /// The threshold is impossible.
    #[error("the threshold is impossible")]
    Threshold,
    /// A certificate that does not hold.
    #[error("member {0}: certificate")]
    Certificate(u32),
    /// Commitments that do not hold.
    #[error("member {0}: commitments")]
    Commitments(u32),
    /// A message that does not open, or is not signed.
    #[error("member {0}: {1}")]
    Channel(u32, ChannelFault),
    /// A share that is not on the polynomial the member committed to.
    #[error("member {0}: the share does not fit his commitments")]
    Share(u32),
    /// This seed belongs to no member of the group.
    #[error("this seed is of no member")]
    NotAMember,
}

/// Secret. The coefficients of a polynomial, constant first.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields, bound = "")]
struct Polynomial<G: Group> {
    polynomial: Vec<Scalar<G>>,
}

impl<G: Group> Polynomial<G> {
    fn at(&self, j: u32) -> Scalar<G> {
        let at = Scalar::from(j);
        let coefficients = self.polynomial.iter().rev();
        coefficients.fold(Scalar::ZERO, |sum, coefficient| sum * at + *coefficient)
    }
}

/// Secret. What member i sends member j: f_i(j).
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields, bound = "")]
struct Share<G: Group> {
    secret: Scalar<G>,
}

/// Secret. What a member keeps: the sum of his shares.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields, bound = "")]
struct Kept<G: Group> {
    #[serde(deserialize_with = "unreduced")]
    decryption_key: Scalar<G>,
}

/// Tool 2.0 adds shares up without reducing the sum.
fn unreduced<'de, G: Group, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Scalar<G>, D::Error> {
    let text = zeroize::Zeroizing::new(String::deserialize(deserializer)?);
    Scalar::from_long_decimal(&text).map_err(serde::de::Error::custom)
}

/// The certificates of all members, checked together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificates<G: Group> {
    threshold: u32,
    members: Vec<Certificate<G>>,
}

impl<G: Group> Certificates<G> {
    /// Step 2. Each signature holds, and each is for its place of this group.
    pub fn check(signed: &[SignedMessage<G>], threshold: u32) -> Result<Self, DealFault> {
        let size = u32::try_from(signed.len()).map_err(|_| DealFault::Sizes)?;
        if !(1..=size).contains(&threshold) {
            return Err(DealFault::Threshold);
        }
        let mut members = Vec::new();
        for (signed, index) in signed.iter().zip(1..) {
            let context = Context {
                group: G::NAME.to_owned(),
                size,
                threshold,
                index,
            };
            let certificate = Certificate::read(signed.clone())
                .filter(|own| own.content.context.as_ref() == Some(&context))
                .ok_or(DealFault::Certificate(index))?;
            members.push(certificate);
        }
        Ok(Self { threshold, members })
    }

    /// The documents as sent.
    pub fn documents(&self) -> Vec<SignedMessage<G>> {
        self.members.iter().map(|own| own.signed.clone()).collect()
    }

    /// Which member holds this seed, from 1.
    pub fn number_of(&self, seed: &Seed) -> Result<u32, DealFault> {
        let own = seed.signing_key::<G>().public();
        let mut members = self.members.iter().zip(1..);
        members
            .find_map(|(member, index)| (member.content.verification == own).then_some(index))
            .ok_or(DealFault::NotAMember)
    }

    /// Step 3. The powers are constant time in the polynomial; writing its shares out in decimal for
    /// their recipients is not.
    pub fn deal(&self, seed: &Seed, rng: &mut impl CryptoRng) -> Result<Deal<G>, DealFault> {
        self.number_of(seed)?;
        let signing = seed.signing_key::<G>();
        let polynomial = Polynomial {
            polynomial: (0..self.threshold).map(|_| Scalar::random(rng)).collect(),
        };
        let commitments = Commitments {
            coefexps: polynomial
                .polynomial
                .iter()
                .map(Element::generator_power)
                .collect(),
        };
        let secrets = self.members.iter().zip(1..).map(|(member, j)| {
            let share = Share {
                secret: polynomial.at(j),
            };
            seal(&signing, &member.content.encryption, &share, rng)
        });
        let secrets = secrets.collect();
        let text = agreement(&self.documents(), &commitments);
        let signature = sign(signing.exponent(), &text, rng);
        let message = json::to_text(&commitments);
        let own = seed.opening_key::<G>().public();
        Ok(Deal {
            polynomial: seal(&signing, &own, &polynomial, rng),
            secrets,
            coefexps: SignedMessage::sign(signing.exponent(), message, rng),
            signature,
        })
    }

    /// Step 5. Every share is checked against its sender's commitments before it is added.
    pub fn finish(
        &self,
        seed: &Seed,
        inputs: &Inputs<G>,
        rng: &mut impl CryptoRng,
    ) -> Result<Output<G>, DealFault> {
        let number = self.number_of(seed)?;
        let share = SecretKey::new(self.add_up(seed, number, inputs)?);
        let signing = seed.signing_key::<G>();
        let mut public_key = share.document(None, rng);
        let text = public_key.public_key.to_string();
        public_key.signature = Some(sign(signing.exponent(), &text, rng));
        let kept = Kept {
            decryption_key: *share.exponent(),
        };
        let own = seed.opening_key::<G>().public();
        Ok(Output {
            private_key: seal(&signing, &own, &kept, rng),
            public_key,
        })
    }

    fn add_up(&self, seed: &Seed, number: u32, inputs: &Inputs<G>) -> Result<Scalar<G>, DealFault> {
        let size = self.members.len();
        if [inputs.secrets.len(), inputs.coefexps.len()] != [size; 2] {
            return Err(DealFault::Sizes);
        }
        let opening = seed.opening_key::<G>();
        let mut sum = Scalar::ZERO;
        for (index, (member, i)) in self.members.iter().zip(1..).enumerate() {
            let commitments = read_commitments(&inputs.coefexps[index], member, self.threshold)
                .ok_or(DealFault::Commitments(i))?;
            let sender = &member.content.verification;
            let share: Share<G> = open(&opening, sender, &inputs.secrets[index])
                .map_err(|fault| DealFault::Channel(i, fault))?;
            if Element::generator_power(&share.secret) != evaluate(&commitments, number) {
                return Err(DealFault::Share(i));
            }
            sum = sum + share.secret;
        }
        Ok(sum)
    }

    /// Step 7. The member's share, from his seed and what he sealed for himself.
    pub fn reopen(&self, seed: &Seed, kept: &Sealed<G>) -> Result<SecretKey<G>, DealFault> {
        let number = self.number_of(seed)?;
        let own = seed.signing_key::<G>().public();
        let kept: Kept<G> = open(&seed.opening_key(), &own, kept)
            .map_err(|fault| DealFault::Channel(number, fault))?;
        Ok(SecretKey::new(kept.decryption_key))
    }
}

/// Step 4. What member `j` (from 1) gets of all deals.
pub fn inputs_for<G: Group>(deals: &[Deal<G>], j: u32) -> Result<Inputs<G>, DealFault> {
    let index = usize::try_from(j)
        .ok()
        .and_then(|j| j.checked_sub(1))
        .ok_or(DealFault::Sizes)?;
    let secrets = deals.iter().map(|deal| deal.secrets.get(index).cloned());
    Ok(Inputs {
        secrets: secrets.collect::<Option<_>>().ok_or(DealFault::Sizes)?,
        coefexps: deals.iter().map(|deal| deal.coefexps.clone()).collect(),
    })
}

/// Step 6. The group's document; both 2.0 and 3.x read it.
pub fn assemble<G: Group>(
    certificates: &Certificates<G>,
    deals: &[Deal<G>],
    outputs: &[Output<G>],
) -> PedersenDocument<G> {
    PedersenDocument {
        threshold: certificates.threshold,
        certs: certificates.documents(),
        coefexps: deals.iter().map(|deal| deal.coefexps.clone()).collect(),
        signatures: Some(deals.iter().map(|deal| deal.signature).collect()),
        verification_keys: outputs.iter().map(|own| own.public_key.clone()).collect(),
    }
}
