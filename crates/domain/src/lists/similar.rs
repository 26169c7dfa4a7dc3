//! Whether two lists say nearly the same: a hint for the author and the secretary, never a verdict.
//!
//! Compared are facts and measures as sets of three-character runs, punctuation and spaces left
//! out (Jaccard). Causes are not compared: honest people share them.

use std::collections::HashSet;

use super::ListContent;

/// From this many thousandths on the hint is shown. A copied list with a few words changed lies
/// above 700, two honest lists of one office below 200; see the tests.
pub const NEAR: u32 = 600;

/// Fewer runs than this say nothing: two short lists agree by chance.
const LEAST: usize = 12;

/// The runs of one list.
#[derive(Debug, Clone, Default)]
pub struct Gist(HashSet<[char; 3]>);

impl Gist {
    /// Of a list.
    pub fn of(list: &ListContent) -> Self {
        let mut runs = HashSet::new();
        for text in list.items.iter().flat_map(|i| [&i.fact, &i.measure]) {
            let plain: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
            runs.extend(plain.windows(3).map(|w| [w[0], w[1], w[2]]));
        }
        Self(runs)
    }

    /// Thousandths: 0 nothing in common, 1000 the same.
    pub fn similarity(&self, other: &Self) -> u32 {
        if self.0.len() < LEAST || other.0.len() < LEAST {
            return 0;
        }
        let both = self.0.intersection(&other.0).count();
        let all = self.0.len() + other.0.len() - both;
        u32::try_from(both * 1000 / all).unwrap_or(0)
    }

    /// Whether the hint is shown.
    pub fn near(&self, other: &Self) -> bool {
        self.similarity(other) >= NEAR
    }
}
