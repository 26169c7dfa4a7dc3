//! All trustees of an election, checked, and what follows from their documents.

use crypto_bigint::U256;

use super::certificate::{Certificate, Context};
use super::document::{Commitments, Document, KeyDocument, PedersenDocument};
use super::secret::possession_prefix;
use super::signed::{SignedMessage, is_signed_by};
use crate::group::{Digits, Element, Group, powers};
use crate::json::{self, JsonFault};

/// Most owners of keys that are read.
const MOST_OWNERS: usize = 256;

/// One entry, checked. Owners count from 1 over the whole list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trustee<G: Group> {
    /// Needed for every count.
    Single {
        /// His number.
        owner: u32,
        /// g^key.
        key: Element<G>,
        /// Who he is, if it is written.
        name: Option<String>,
    },
    /// Of whom some are needed.
    Pedersen {
        /// Number of the first member.
        first: u32,
        /// How many are needed.
        threshold: u32,
        /// Public keys of the members' shares.
        keys: Vec<Element<G>>,
        /// Their common key.
        key: Element<G>,
    },
}

/// All trustees, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrusteeSet<G: Group>(Vec<Trustee<G>>);

/// Why trustees are refused. Owners count from 1 over the whole list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrusteeFault {
    /// Not the canonical JSON of a list of trustees.
    #[error("not a list of trustees: {0}")]
    Json(#[from] JsonFault),
    /// Nobody, or too many.
    #[error("{0} trustees")]
    Number(usize),
    /// The proof of possession does not hold.
    #[error("owner {0}: proof of possession")]
    Possession(u32),
    /// Numbers of certificates, commitments and keys differ, or the threshold is impossible.
    #[error("owner {0} and following: sizes or threshold do not fit")]
    Sizes(u32),
    /// A certificate that is not canonical, not signed, or for another place.
    #[error("owner {0}: certificate")]
    Certificate(u32),
    /// Commitments that are not canonical, not signed, or of another number.
    #[error("owner {0}: commitments")]
    Commitments(u32),
    /// The signature over all certificates, or over the key, does not hold or is missing.
    #[error("owner {0}: signature")]
    Signature(u32),
    /// The public key is not the one that follows from the commitments.
    #[error("owner {0}: key does not follow from the commitments")]
    Key(u32),
}

impl<G: Group> TrusteeSet<G> {
    /// Reads the archive's member and checks every document.
    pub fn read(bytes: &[u8]) -> Result<Self, TrusteeFault> {
        let documents: Vec<Document<G>> = json::read_canonical(bytes)?;
        Self::check(&documents)
    }

    /// Checks every document: proofs, signatures, sizes, keys.
    pub fn check(documents: &[Document<G>]) -> Result<Self, TrusteeFault> {
        let owners = documents.iter().map(owners).sum();
        if !(1..=MOST_OWNERS).contains(&owners) {
            return Err(TrusteeFault::Number(owners));
        }
        let mut next = 1;
        let mut trustees = Vec::new();
        for document in documents {
            let trustee = match document {
                Document::Single(key) => check_single(key, next)?,
                Document::Pedersen(group) => check_pedersen(group, next)?,
            };
            next += u32::try_from(owners_of(&trustee)).unwrap_or(u32::MAX);
            trustees.push(trustee);
        }
        Ok(Self(trustees))
    }

    /// The election key: the product of all.
    pub fn public_key(&self) -> Element<G> {
        let keys = self.0.iter().map(|trustee| match trustee {
            Trustee::Single { key, .. } | Trustee::Pedersen { key, .. } => *key,
        });
        keys.product()
    }

    /// The entries, in order.
    pub fn trustees(&self) -> &[Trustee<G>] {
        &self.0
    }

    /// How many owners of keys there are.
    pub fn owners(&self) -> u32 {
        let owners: usize = self.0.iter().map(owners_of).sum();
        u32::try_from(owners).unwrap_or(u32::MAX)
    }

    /// The public key of an owner's key or share.
    pub fn key_of(&self, owner: u32) -> Option<Element<G>> {
        self.0.iter().find_map(|trustee| match trustee {
            Trustee::Single {
                owner: own, key, ..
            } => (*own == owner).then_some(*key),
            Trustee::Pedersen { first, keys, .. } => {
                let index = usize::try_from(owner.checked_sub(*first)?).ok()?;
                keys.get(index).copied()
            }
        })
    }
}

fn owners<G: Group>(document: &Document<G>) -> usize {
    match document {
        Document::Single(_) => 1,
        Document::Pedersen(group) => group.verification_keys.len(),
    }
}

const fn owners_of<G: Group>(trustee: &Trustee<G>) -> usize {
    match trustee {
        Trustee::Single { .. } => 1,
        Trustee::Pedersen { keys, .. } => keys.len(),
    }
}

fn check_possession<G: Group>(key: &KeyDocument<G>, owner: u32) -> Result<(), TrusteeFault> {
    let prefix = possession_prefix(&key.public_key);
    if key.pok.shows_knowledge(&key.public_key, &prefix) {
        Ok(())
    } else {
        Err(TrusteeFault::Possession(owner))
    }
}

fn check_single<G: Group>(key: &KeyDocument<G>, owner: u32) -> Result<Trustee<G>, TrusteeFault> {
    check_possession(key, owner)?;
    if key.signature.is_some() {
        // a single trustee has no signing key it could be by
        return Err(TrusteeFault::Signature(owner));
    }
    Ok(Trustee::Single {
        owner,
        key: key.public_key,
        name: key.name.clone(),
    })
}

fn check_pedersen<G: Group>(
    group: &PedersenDocument<G>,
    first: u32,
) -> Result<Trustee<G>, TrusteeFault> {
    let size = group.verification_keys.len();
    let threshold = usize::try_from(group.threshold).unwrap_or(usize::MAX);
    let signatures = group.signatures.as_ref().map_or(size, Vec::len);
    let sizes = [group.certs.len(), group.coefexps.len(), signatures];
    if sizes != [size; 3] || !(1..=size).contains(&threshold) {
        return Err(TrusteeFault::Sizes(first));
    }
    let certificates = check_certificates(group, first)?;
    let commitments = check_commitments(group, &certificates, first)?;
    check_signatures(group, &certificates, &commitments, first)?;
    let joint = join(&commitments);
    for (index, (key, owner)) in group.verification_keys.iter().zip(first..).enumerate() {
        check_possession(key, owner)?;
        if evaluate(&joint, number(index)) != key.public_key {
            return Err(TrusteeFault::Key(owner));
        }
    }
    Ok(Trustee::Pedersen {
        first,
        threshold: group.threshold,
        keys: group
            .verification_keys
            .iter()
            .map(|key| key.public_key)
            .collect(),
        key: commitments.iter().map(|own| own.coefexps[0]).product(),
    })
}

/// Members count from 1 within their group.
fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

fn check_certificates<G: Group>(
    group: &PedersenDocument<G>,
    first: u32,
) -> Result<Vec<Certificate<G>>, TrusteeFault> {
    let mut certificates = Vec::new();
    for (index, (signed, owner)) in group.certs.iter().zip(first..).enumerate() {
        let context = Context {
            group: G::NAME.to_owned(),
            size: number(group.certs.len() - 1),
            threshold: group.threshold,
            index: number(index),
        };
        let certificate = Certificate::read(signed.clone())
            .filter(|certificate| certificate.fits(&context))
            // either all say where they belong, with signatures over it, or none does
            .filter(|own| own.content.context.is_some() == group.signatures.is_some())
            .ok_or(TrusteeFault::Certificate(owner))?;
        certificates.push(certificate);
    }
    Ok(certificates)
}

fn check_commitments<G: Group>(
    group: &PedersenDocument<G>,
    certificates: &[Certificate<G>],
    first: u32,
) -> Result<Vec<Commitments<G>>, TrusteeFault> {
    let mut all = Vec::new();
    for ((signed, certificate), owner) in group.coefexps.iter().zip(certificates).zip(first..) {
        let commitments = read_commitments(signed, certificate, group.threshold)
            .ok_or(TrusteeFault::Commitments(owner))?;
        all.push(commitments);
    }
    Ok(all)
}

/// Commitments signed by the holder of the certificate, as many as the threshold.
pub(super) fn read_commitments<G: Group>(
    signed: &SignedMessage<G>,
    certificate: &Certificate<G>,
    threshold: u32,
) -> Option<Commitments<G>> {
    let commitments: Commitments<G> = json::read_canonical(signed.message.as_bytes()).ok()?;
    let right_number = u32::try_from(commitments.coefexps.len()) == Ok(threshold);
    let holds = right_number && signed.is_by(&certificate.content.verification);
    holds.then_some(commitments)
}

fn check_signatures<G: Group>(
    group: &PedersenDocument<G>,
    certificates: &[Certificate<G>],
    commitments: &[Commitments<G>],
    first: u32,
) -> Result<(), TrusteeFault> {
    for (index, (certificate, owner)) in certificates.iter().zip(first..).enumerate() {
        let key = &group.verification_keys[index];
        let public = &certificate.content.verification;
        let holds = match (&group.signatures, &key.signature) {
            // as tool 2.0 makes them
            (None, None) => true,
            (Some(signatures), Some(of_key)) => {
                let text = agreement(&group.certs, &commitments[index]);
                is_signed_by(&signatures[index], &text, public)
                    && is_signed_by(of_key, &key.public_key.to_string(), public)
            }
            _ => false,
        };
        if !holds {
            return Err(TrusteeFault::Signature(owner));
        }
    }
    Ok(())
}

/// What a member signs to say: I saw these certificates, and these are my commitments.
pub(super) fn agreement<G: Group>(
    certs: &[SignedMessage<G>],
    commitments: &Commitments<G>,
) -> String {
    #[derive(serde::Serialize)]
    #[serde(bound = "")]
    struct Seen<'a, G: Group> {
        certs: &'a [SignedMessage<G>],
        coefexps: &'a [Element<G>],
    }
    let seen = Seen {
        certs,
        coefexps: &commitments.coefexps,
    };
    format!("certs_sig|{}", json::to_text(&seen))
}

/// The commitments to the sum of all polynomials, on which every share lies: Π_i A_ik for each k.
fn join<G: Group>(all: &[Commitments<G>]) -> Commitments<G> {
    let degree = all.first().map_or(0, |own| own.coefexps.len());
    let joint = |k: usize| all.iter().map(|own| own.coefexps[k]).product();
    Commitments {
        coefexps: (0..degree).map(joint).collect(),
    }
}

/// g^f(j), from the commitments to f. Not constant time: all of it is public.
pub(super) fn evaluate<G: Group>(commitments: &Commitments<G>, j: u32) -> Element<G> {
    let at = [Digits::of(&U256::from(j), G::SIGNED_DIGITS)];
    let power = |sum: Element<G>| Element::from_checked(powers::<G>(sum.point(), &at)[0]);
    let coefficients = commitments.coefexps.iter().rev().copied();
    coefficients
        .reduce(|sum, coefficient| power(sum) * coefficient)
        .unwrap_or_else(Element::identity)
}
