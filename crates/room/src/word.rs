//! The short code a voter finds on the projector: 青松 37.
//!
//! It follows from the ballot's tracker, so it says nothing about the voter, and everybody with the
//! archive can compute it. Two ballots of a box may come out with one code; then the booth seals
//! again, which changes the tracker and nothing else.

use std::fmt;

use pingyi_ballot::hash::Fingerprint;

/// 128 words of two characters, unlike in sound and look; the booth reads the same file.
const WORDS: &str = include_str!("../words.txt");

/// A word and a number from 0 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordCode {
    word: u8,
    number: u8,
}

impl WordCode {
    /// From the first bytes of the tracker: the word by 7 bits, the number by the next 32 mod 100.
    pub fn of(tracker: Fingerprint) -> Self {
        let digest = tracker.digest();
        let [word, a, b, c, d, ..] = *digest.as_bytes();
        let number = u32::from_be_bytes([a, b, c, d]) % 100;
        Self {
            word: word & 0x7f,
            number: u8::try_from(number).unwrap_or(0),
        }
    }
}

impl fmt::Display for WordCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = WORDS
            .lines()
            .nth(usize::from(self.word))
            .unwrap_or_default();
        write!(f, "{word} {:02}", self.number)
    }
}
