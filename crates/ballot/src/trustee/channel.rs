//! What one trustee sends another through a server that must not read it.
//!
//! The tools' own form up to 3.0, so that files can be exchanged with them: ElGamal carries a random
//! element, from which key and nonce of AES-256-CCM are hashed. The powers are constant time in the
//! keys; in BELENIOS-2048 spelling the carried element in decimal digits is not.
//! Source: Belenios specification 4.6.

use aes::Aes256;
use ccm::aead::{Aead, KeyInit};
use ccm::consts::{U8, U13};
use ccm::{Ccm, Nonce};
use data_encoding::HEXLOWER;
use rand_core::CryptoRng;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::{SecretKey, SignedMessage};
use crate::group::{Element, Group, Scalar};
use crate::hash::Digest;
use crate::json;

type Cipher = Ccm<Aes256, U8, U13>;

/// A message only its recipient can open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Sealed<G: Group> {
    /// g^r.
    pub alpha: Element<G>,
    /// recipient^r · g^s.
    pub beta: Element<G>,
    /// Hex of the encrypted text and its tag.
    pub data: String,
}

/// Why a sealed message is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChannelFault {
    /// It does not open with this key, or is not what it should be.
    #[error("the message does not open")]
    NotReadable,
    /// It was not signed by the one it should come from.
    #[error("the message is not signed by its sender")]
    NotSigned,
    /// It was meant for somebody else.
    #[error("the message is for somebody else")]
    OtherRecipient,
}

/// What is signed: the recipient is named so that a message cannot be passed on.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
struct Addressed<G: Group> {
    recipient: Element<G>,
    /// JSON in a text, as the tools nest it.
    message: String,
}

/// Signs a message and seals it for a recipient.
pub(super) fn seal<G: Group, M: Serialize>(
    sender: &SecretKey<G>,
    recipient: &Element<G>,
    message: &M,
    rng: &mut impl CryptoRng,
) -> Sealed<G> {
    let addressed = Addressed {
        recipient: *recipient,
        message: json::to_text(message),
    };
    let text = json::to_text(&addressed);
    let signed = SignedMessage::sign(sender.exponent(), text, rng);
    let plain = Zeroizing::new(json::to_bytes(&signed));
    let (r, s) = (Scalar::random(rng), Scalar::random(rng));
    let alpha = Element::generator_power(&r);
    let carried = Element::generator_power(&s);
    let data = cipher(&carried)
        .encrypt(&nonce(&alpha), plain.as_slice())
        .expect("a trustee's message is far shorter than 64 KiB");
    Sealed {
        alpha,
        beta: recipient.pow(&r) * carried,
        data: HEXLOWER.encode(&data),
    }
}

/// Opens a message, and checks who sent it and for whom.
pub(super) fn open<G: Group, M: DeserializeOwned>(
    opening: &SecretKey<G>,
    sender: &Element<G>,
    sealed: &Sealed<G>,
) -> Result<M, ChannelFault> {
    let data = HEXLOWER
        .decode(sealed.data.as_bytes())
        .map_err(|_| ChannelFault::NotReadable)?;
    let carried = sealed.beta * sealed.alpha.pow(opening.exponent()).inverse();
    let plain = cipher(&carried)
        .decrypt(&nonce(&sealed.alpha), data.as_slice())
        .map(Zeroizing::new)
        .map_err(|_| ChannelFault::NotReadable)?;
    let signed: SignedMessage<G> = read(&plain)?;
    if !signed.is_by(sender) {
        return Err(ChannelFault::NotSigned);
    }
    let mut addressed: Addressed<G> = read(signed.message.as_bytes())?;
    if addressed.recipient != opening.public() {
        return Err(ChannelFault::OtherRecipient);
    }
    let message = json::read(addressed.message.as_bytes());
    addressed.message.zeroize();
    message.map_err(|_| ChannelFault::NotReadable)
}

fn read<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, ChannelFault> {
    json::read_canonical(bytes).map_err(|_| ChannelFault::NotReadable)
}

fn cipher<G: Group>(carried: &Element<G>) -> Cipher {
    let key = Digest::of(Zeroizing::new(format!("key|{carried}")).as_bytes());
    Cipher::new(key.as_bytes().into())
}

/// Never repeats under one key: both come from fresh randomness.
fn nonce<G: Group>(alpha: &Element<G>) -> Nonce<U13> {
    let digest = Digest::of(format!("iv|{alpha}").as_bytes());
    let mut nonce = Nonce::<U13>::default();
    nonce.copy_from_slice(&digest.as_bytes()[..13]);
    nonce
}
