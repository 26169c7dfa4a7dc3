//! The code printed on a slip, and the voting code that follows from it (docs/ROOM.md).
//!
//! Made and read in the browser; here for the load generator and the tests that play a browser.
//! Not constant time.

use std::fmt;

use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::Uuid;
use pingyi_ballot::hash::Digest;
use rand_core::CryptoRng;

/// No 0, O, 1, I, L, U: nothing that looks like something else, in either case.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a slip code, the last for checking.
const LENGTH: usize = 16;
/// Hashings, so that trying codes costs more.
const ROUNDS: u32 = 4096;

/// What is printed on a slip: 16 characters. Secret.
#[derive(Clone, PartialEq, Eq)]
pub struct SlipCode(String);

/// Why a typed code is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotASlipCode {
    /// Not 16 characters.
    #[error("投票码应为 16 位，请核对后重新输入。")]
    Length,
    /// A character that slips do not have.
    #[error("投票码里没有这个字符（不用 0、1、I、L、O、U）。请核对后重新输入。")]
    Character,
    /// Mistyped: the check character does not fit.
    #[error("投票码有一位输错了。请对照票条重新输入。")]
    Check,
}

impl SlipCode {
    /// A new code: 73 random bits and a check character.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        loop {
            let head = draw(LENGTH - 1, rng);
            let fits = |last: &&u8| (sum(&head) + 16 * value(**last)).is_multiple_of(31);
            let last = ALPHABET.iter().find(fits);
            // one code in 31 has no fitting character and is drawn again
            if let Some(last) = last {
                let mut text = head;
                text.push(char::from(*last));
                return Self(text);
            }
        }
    }

    /// Reads a typed code, in any case, with or without dashes and spaces.
    pub fn parse(text: &str) -> Result<Self, NotASlipCode> {
        let typed = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let code: String = typed.map(|c| c.to_ascii_uppercase()).collect();
        if code.chars().count() != LENGTH {
            return Err(NotASlipCode::Length);
        }
        if !code.bytes().all(|byte| ALPHABET.contains(&byte)) {
            return Err(NotASlipCode::Character);
        }
        if !sum(&code).is_multiple_of(31) {
            return Err(NotASlipCode::Check);
        }
        Ok(Self(code))
    }

    /// As printed: `XXXX-XXXX-XXXX-XXXX`.
    pub fn reveal(&self) -> String {
        let groups: Vec<&str> = (0..4)
            .map(|group| &self.0[4 * group..4 * group + 4])
            .collect();
        groups.join("-")
    }

    /// The voting code of this slip in this election.
    pub fn voting_code(&self, uuid: &Uuid) -> VotingCode {
        let mut hash = Digest::of(format!("pingyi-slip|{uuid}|{}", self.0).as_bytes());
        for _ in 0..ROUNDS {
            hash = Digest::of(hash.as_bytes());
        }
        VotingCode::from_hash(&hash)
    }
}

impl fmt::Debug for SlipCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SlipCode(…)")
    }
}

/// Each character equally likely: bytes of 240 (8 × 30) and more are drawn again.
fn draw(count: usize, rng: &mut impl CryptoRng) -> String {
    let mut text = String::with_capacity(LENGTH);
    while text.len() < count {
        let mut byte = [0_u8];
        rng.fill_bytes(&mut byte);
        if byte[0] < 240 {
            text.push(char::from(ALPHABET[usize::from(byte[0] % 30)]));
        }
    }
    text
}

fn value(character: u8) -> u32 {
    let values = ALPHABET.iter().zip(0..);
    values
        .filter_map(|(known, value)| (*known == character).then_some(value))
        .sum()
}

/// Σ (i+1)·vᵢ: a changed character or two swapped neighbours change it mod 31.
fn sum(text: &str) -> u32 {
    (1..)
        .zip(text.bytes())
        .map(|(place, byte)| place * value(byte))
        .sum()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn codes_read_back_in_any_dress_and_none_is_another() {
        let rng = &mut StdRng::seed_from_u64(1);
        for _ in 0..200 {
            let code = SlipCode::random(rng);
            let printed = code.reveal();
            assert_eq!(printed.len(), 19);
            for typed in [
                printed.clone(),
                printed.to_lowercase(),
                printed.replace('-', ""),
                printed.replace('-', " "),
            ] {
                assert_eq!(SlipCode::parse(&typed), Ok(code.clone()));
            }
        }
    }

    #[test]
    fn every_single_slip_of_the_finger_is_noticed() {
        let code = SlipCode::random(&mut StdRng::seed_from_u64(2));
        for place in 0..LENGTH {
            for other in ALPHABET.iter().map(|&byte| char::from(byte)) {
                let mut typed: Vec<char> = code.0.chars().collect();
                if typed[place] == other {
                    continue;
                }
                typed[place] = other;
                let typed: String = typed.into_iter().collect();
                assert_eq!(SlipCode::parse(&typed), Err(NotASlipCode::Check));
            }
        }
        for place in 1..LENGTH {
            let mut swapped: Vec<char> = code.0.chars().collect();
            swapped.swap(place - 1, place);
            let swapped: String = swapped.into_iter().collect();
            assert_eq!(SlipCode::parse(&swapped).is_ok(), swapped == code.0);
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        assert_eq!(SlipCode::parse("2345"), Err(NotASlipCode::Length));
        assert_eq!(
            SlipCode::parse("2345-6789-ABCD-EFGO"),
            Err(NotASlipCode::Character)
        );
        assert_eq!(
            SlipCode::parse("评议评议评议评议评议评议评议评议"),
            Err(NotASlipCode::Character)
        );
    }

    /// The booth's test has the same vectors.
    #[test]
    fn known_codes_give_their_voting_codes() {
        let uuid = Uuid::parse("Sh3Pm17XNPXeB9").unwrap();
        let rng = &mut StdRng::seed_from_u64(3);
        let known: Vec<String> = include_str!("../slip-vectors.txt")
            .lines()
            .map(str::to_owned)
            .collect();
        let made: Vec<String> = (0..5)
            .map(|_| SlipCode::random(rng))
            .map(|code| format!("{} {}", code.reveal(), code.voting_code(&uuid).reveal()))
            .collect();
        assert_eq!(made, known);
    }
}
