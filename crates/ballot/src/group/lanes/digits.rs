//! Exponents in signed digits, for the chains and tables of the lanes.

use crypto_bigint::U256;

use super::super::digits::windows;

/// Digits of four bits in an exponent below 2^255.
pub(crate) const PLACES: usize = 64;

/// Digits −7..=8 of base 16, lowest first.
pub(crate) type Signed = [i8; PLACES];

/// 0.
pub(crate) const NOTHING: Signed = [0; PLACES];

/// Cuts an exponent below 2^255 into digits of four bits.
pub(crate) fn signed(exponent: &U256) -> Signed {
    let mut digits = NOTHING;
    for (digit, found) in digits.iter_mut().zip(signed_windows(exponent, 4)) {
        *digit = i8::try_from(found).unwrap_or(0);
    }
    digits
}

/// Digits from −2^(bits−1) + 1 to 2^(bits−1), lowest first.
pub(crate) fn signed_windows(exponent: &U256, bits: usize) -> impl Iterator<Item = i16> {
    let half = 1 << (bits - 1);
    let mut carry = 0;
    windows(exponent, bits).map(move |window| {
        let raw = window + carry;
        carry = i16::from(raw > half);
        raw - carry * 2 * half
    })
}
