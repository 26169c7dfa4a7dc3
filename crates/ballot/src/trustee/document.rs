//! The trustees' documents as the archive holds them.

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::SignedMessage;
use crate::group::{Element, Group};
use crate::proof::Proof;

/// A public key with the proof that somebody holds the secret one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct KeyDocument<G: Group> {
    /// Proof of possession.
    pub pok: Proof<G>,
    /// g^key.
    pub public_key: Element<G>,
    /// Of the public key by the member's signing key; in Pedersen groups since tool 2.5.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Proof<G>>,
    /// Who he is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What a member commits to: g raised to the coefficients of his polynomial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Commitments<G: Group> {
    /// Constant coefficient first.
    pub coefexps: Vec<Element<G>>,
}

/// A group of whom `threshold` are needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct PedersenDocument<G: Group> {
    /// How many are needed.
    pub threshold: u32,
    /// Certificates, by member.
    pub certs: Vec<SignedMessage<G>>,
    /// [`Commitments`], by member, signed.
    pub coefexps: Vec<SignedMessage<G>>,
    /// By each member over all certificates and his own commitments; since tool 2.5.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatures: Option<Vec<Proof<G>>>,
    /// Public keys of the members' shares.
    pub verification_keys: Vec<KeyDocument<G>>,
}

/// One entry of the list of trustees, written as `["Single",{…}]` or `["Pedersen",{…}]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document<G: Group> {
    /// Needed for every count.
    Single(KeyDocument<G>),
    /// Some of them are needed.
    Pedersen(PedersenDocument<G>),
}

impl<G: Group> Serialize for Document<G> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Single(key) => ("Single", key).serialize(serializer),
            Self::Pedersen(group) => ("Pedersen", group).serialize(serializer),
        }
    }
}

impl<'de, G: Group> Deserialize<'de> for Document<G> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(2, Entry(std::marker::PhantomData))
    }
}

/// Reads the kind, then what the kind demands.
struct Entry<G>(std::marker::PhantomData<G>);

impl<'de, G: Group> Visitor<'de> for Entry<G> {
    type Value = Document<G>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[\"Single\", …] or [\"Pedersen\", …]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entry: A) -> Result<Self::Value, A::Error> {
        let missing = || A::Error::custom("a trustee without a document");
        let kind: String = entry.next_element()?.ok_or_else(missing)?;
        match kind.as_str() {
            "Single" => entry.next_element()?.map(Document::Single),
            "Pedersen" => entry.next_element()?.map(Document::Pedersen),
            _ => return Err(A::Error::custom("a trustee of another kind")),
        }
        .ok_or_else(missing)
    }
}
