//! Chance from a seed: the same seed makes the same committee. Never for secrets.

use pingyi_domain::time::UnixTime;
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use uuid::{Builder, Uuid};

/// A seeded source of choices and ids.
#[derive(Debug)]
pub(crate) struct Dice {
    rng: StdRng,
    made: u64,
}

impl Dice {
    /// Same seed, same throws.
    pub fn new(seed: u64) -> Self {
        Self {
            rng: StdRng::seed_from_u64(seed),
            made: 0,
        }
    }

    /// A number from `low` to `high`, both included; `low` when they are out of order.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if high <= low {
            return low;
        }
        self.rng.random_range(low..=high)
    }

    /// True `percent` times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// A position below `len`; 0 for an empty list.
    pub fn below(&mut self, len: usize) -> usize {
        if len < 2 {
            return 0;
        }
        self.rng.random_range(0..len)
    }

    /// One of a list written in this program, which is never empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// One of a list by weight.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let sum = list.iter().map(|(_, weight)| i64::from(*weight)).sum();
        let mut left = self.between(1, sum);
        for (value, weight) in list {
            left -= i64::from(*weight);
            if left <= 0 {
                return *value;
            }
        }
        list[0].0
    }

    /// A list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }

    /// About normally distributed, mean 0, deviation 1: the sum of twelve even throws less six.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.rng.random::<f64>()).sum::<f64>() - 6.0
    }

    /// A new id of something that happened at `at`; ids of later things sort later.
    pub fn id<T: From<Uuid>>(&mut self, at: UnixTime) -> T {
        self.made += 1;
        let millis = u64::try_from(at.0).unwrap_or(0) * 1000 + self.made % 1000;
        let mut tail = [0; 10];
        self.rng.fill_bytes(&mut tail);
        T::from(Builder::from_unix_timestamp_millis(millis, &tail).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_makes_one_sequence() {
        let throws = |seed| {
            let mut dice = Dice::new(seed);
            (0..20).map(|_| dice.between(1, 1000)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1), throws(1));
        assert_ne!(throws(1), throws(2));
    }

    #[test]
    fn weights_of_nothing_are_never_drawn() {
        let mut dice = Dice::new(3);
        assert!((0..200).all(|_| dice.weighted(&[(1, 5), (2, 0), (3, 5)]) != 2));
    }
}
