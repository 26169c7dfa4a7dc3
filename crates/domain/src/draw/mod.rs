//! 随意抽查: a draw of branches that anybody can repeat. // 通知 四、4
//!
//! The list is frozen and hashed first, a seed is called out afterwards (dice, numbers from the
//! room), and the sample follows from both. docs/DRAW.md is the published algorithm;
//! `scripts/draw.py` is an independent implementation. Integers only, no randomness here.

mod list;
mod sample;
mod seed;

pub use list::{DrawList, Entry, FULL_WEIGHT, ListError, Shares};
pub use sample::{Drawn, Why, sample};
pub use seed::{Seed, SeedError};

#[cfg(test)]
mod tests;
