//! The sample: weighted, without replacement, at least one in each large unit.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{DrawList, Entry, Seed};

/// Why a branch is in the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// At least one in each unit with many branches.
    LargeUnit,
    /// Among the share of all branches.
    Share,
}

impl Why {
    /// As papers print it.
    pub fn label(self) -> &'static str {
        match self {
            Self::LargeUnit => "支部较多的单位至少一个",
            Self::Share => "按比例抽取",
        }
    }
}

/// A branch that was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Index in [`DrawList::entries`].
    pub at: usize,
    /// Why.
    pub why: Why,
}

/// 32 bytes, compared as one large whole number.
type Key = [u8; 32];

/// The sample, in the order of the list.
pub fn sample(list: &DrawList, seed: &Seed) -> Vec<Drawn> {
    let hash = list.hash();
    let mut open: Vec<(Key, usize)> = (0..)
        .zip(list.entries())
        .filter(|(_, entry)| !entry.recent)
        .map(|(at, entry)| (key(&hash, seed, entry), at))
        .collect();
    open.sort_unstable();
    let mut drawn = first_of_large_units(list, &open);
    for (_, at) in open {
        if drawn.len() >= list.target() {
            break;
        }
        if drawn.iter().all(|one| one.at != at) {
            let why = Why::Share;
            drawn.push(Drawn { at, why });
        }
    }
    drawn.sort_unstable_by_key(|one| one.at);
    drawn
}

/// `open` is sorted by key, so the first one met of each unit has its least key.
fn first_of_large_units(list: &DrawList, open: &[(Key, usize)]) -> Vec<Drawn> {
    let mut large: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in list.entries() {
        *large.entry(&entry.unit).or_default() += 1;
    }
    large.retain(|_, branches| *branches > list.shares().one_in_units_over);
    let mut drawn = Vec::new();
    for &(_, at) in open {
        if large.remove(list.entries()[at].unit.as_str()).is_some() {
            let why = Why::LargeUnit;
            drawn.push(Drawn { at, why });
        }
    }
    drawn
}

/// The least of `weight` tickets. The least of w independent uniform numbers falls below x with
/// probability 1 − (1 − x)^w: the order of these keys is weighted sampling without replacement,
/// and nothing but hashing and comparing is needed.
fn key(hash: &str, seed: &Seed, entry: &Entry) -> Key {
    (1..=entry.weight)
        .map(|draw| ticket(hash, seed, entry, draw))
        .min()
        .unwrap_or([u8::MAX; 32])
}

fn ticket(hash: &str, seed: &Seed, entry: &Entry, draw: u32) -> Key {
    let text = format!("{hash}\n{seed}\n{}\n{draw}", entry.line());
    Sha256::digest(text).into()
}
