//! Digits of Base58 (Bitcoin's alphabet, without 0, O, I and l).

use rand_core::CryptoRng;

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Whether this is one of the 58 digits.
pub(crate) fn is_digit(digit: char) -> bool {
    ALPHABET.iter().any(|&known| char::from(known) == digit)
}

/// The digit's value; 0 for anything that is no digit.
pub(crate) fn value(digit: char) -> u32 {
    ALPHABET
        .iter()
        .zip(0..)
        .find_map(|(&known, value)| (char::from(known) == digit).then_some(value))
        .unwrap_or(0)
}

/// That many random digits, each equally likely: bytes of 232 (4 × 58) and more are drawn again.
pub(crate) fn random(count: usize, rng: &mut impl CryptoRng) -> String {
    let mut text = String::with_capacity(count);
    while text.len() < count {
        let mut byte = [0_u8];
        rng.fill_bytes(&mut byte);
        if byte[0] < 232 {
            text.push(char::from(ALPHABET[usize::from(byte[0] % 58)]));
        }
    }
    text
}
