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

/// That many random digits.
pub(crate) fn random(count: usize, rng: &mut impl CryptoRng) -> String {
    let drawn = std::iter::repeat_with(|| {
        let mut byte = [0_u8];
        rng.fill_bytes(&mut byte);
        byte[0]
    });
    from_bytes(count, drawn)
}

/// That many digits, each equally likely if the bytes are: bytes of 232 (4 × 58) and more are
/// passed over.
pub(crate) fn from_bytes(count: usize, bytes: impl Iterator<Item = u8>) -> String {
    // whole from the start, so that growing leaves no copy of a secret behind
    let mut text = String::with_capacity(count);
    let usable = bytes.filter(|byte| *byte < 232).take(count);
    text.extend(usable.map(|byte| char::from(ALPHABET[usize::from(byte % 58)])));
    text
}
