//! Who may vote: the list of public credentials.

use std::collections::HashMap;

use crate::group::{Element, Group, NotAnElement};
use crate::json::{self, JsonFault};

/// Public credentials, each with the weight of its vote.
#[derive(Debug)]
pub struct Credentials<G: Group> {
    places: HashMap<String, usize>,
    weights: Vec<u32>,
    group: std::marker::PhantomData<G>,
}

/// Why a list is refused. Entries count from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialFault {
    /// Not the canonical JSON of a list of texts.
    #[error("not a list of credentials: {0}")]
    Json(#[from] JsonFault),
    /// An entry that is no element of the group.
    #[error("entry {}: {reason}", .entry + 1)]
    Element {
        /// Which.
        entry: usize,
        /// Why not.
        reason: NotAnElement,
    },
    /// An entry that stands twice.
    #[error("entry {} stands twice", .entry + 1)]
    Repeated {
        /// The second.
        entry: usize,
    },
    /// An entry with a weight, where every vote counts once.
    #[error("entry {} has a weight", .entry + 1)]
    Weight {
        /// Which.
        entry: usize,
    },
    /// A weight that is no number from 1 to 2^30 − 1.
    #[error("entry {}: weight", .entry + 1)]
    BadWeight {
        /// Which.
        entry: usize,
    },
}

/// Largest weight that is written as a number.
const MOST_WEIGHT: u32 = (1 << 30) - 1;

impl<G: Group> Credentials<G> {
    /// Reads the archive's member: every entry an element, none twice.
    pub fn read(bytes: &[u8], weights: bool) -> Result<Self, CredentialFault> {
        let entries: Vec<String> = json::read_canonical(bytes)?;
        let mut list = Self {
            places: HashMap::with_capacity(entries.len()),
            weights: Vec::with_capacity(entries.len()),
            group: std::marker::PhantomData,
        };
        for (entry, text) in entries.iter().enumerate() {
            list.add(entry, text, weights)?;
        }
        Ok(list)
    }

    fn add(&mut self, entry: usize, text: &str, weights: bool) -> Result<(), CredentialFault> {
        let (element, weight) = match text.split_once(',') {
            None => (text, 1),
            Some(_) if !weights => return Err(CredentialFault::Weight { entry }),
            Some((element, weight)) => {
                let weight = plain_weight(weight).ok_or(CredentialFault::BadWeight { entry })?;
                (element, weight)
            }
        };
        Element::<G>::decode(element)
            .map_err(|reason| CredentialFault::Element { entry, reason })?;
        if self.places.insert(element.to_owned(), entry).is_some() {
            return Err(CredentialFault::Repeated { entry });
        }
        self.weights.push(weight);
        Ok(())
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether nobody may vote.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The entry of this credential.
    pub fn place_of(&self, credential: &str) -> Option<usize> {
        self.places.get(credential).copied()
    }

    /// How often the vote of this entry counts.
    pub fn weight(&self, place: usize) -> u32 {
        self.weights[place]
    }
}

/// Decimal digits without leading zero, 1 to 2^30 − 1.
fn plain_weight(text: &str) -> Option<u32> {
    let weight: u32 = text.parse().ok()?;
    let plain = weight.to_string() == text && (1..=MOST_WEIGHT).contains(&weight);
    plain.then_some(weight)
}
