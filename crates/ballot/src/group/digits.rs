//! Exponents cut into digits for variable-time powers of public values.
//!
//! Never used with a secret.

use crypto_bigint::U256;

/// Digits of base 8 needed for 256 bits and a carry.
const COUNT: usize = 86;
/// Bits of one digit.
const BITS: usize = 3;

/// An exponent in base 8: digits 0..=7, or −3..=4 where inverses are free.
#[derive(Clone, Copy)]
pub(crate) struct Digits {
    digits: [i8; COUNT],
    length: usize,
}

impl Digits {
    /// Cuts up an exponent; `signed` if inverses are free.
    pub(crate) fn of(exponent: &U256, signed: bool) -> Self {
        let mut digits = [0_i8; COUNT];
        let mut carry = 0;
        let mut length = 0;
        for (index, (digit, raw)) in digits.iter_mut().zip(windows(exponent, BITS)).enumerate() {
            (*digit, carry) = settle(raw + carry, signed);
            if *digit != 0 {
                length = index + 1;
            }
        }
        Self { digits, length }
    }

    /// Digits up to the last that is not 0, lowest first.
    pub(crate) fn as_slice(&self) -> &[i8] {
        &self.digits[..self.length]
    }
}

/// A digit of base 8 and what it carries into the next.
fn settle(raw: i16, signed: bool) -> (i8, i16) {
    let carry = i16::from(signed && raw > 4);
    let digit = raw - 8 * carry;
    (i8::try_from(digit).unwrap_or(0), carry)
}

/// The exponent in windows of `bits` (at most 8) bits, lowest first, one empty window after them.
pub(crate) fn windows(exponent: &U256, bits: usize) -> impl Iterator<Item = i16> {
    let bytes: [u8; 32] = exponent.to_le_bytes().into();
    (0..=256_usize.div_ceil(bits)).map(move |index| {
        let first = index * bits;
        let low = bytes.get(first / 8).copied().unwrap_or(0);
        let high = bytes.get(first / 8 + 1).copied().unwrap_or(0);
        let pair = u16::from_le_bytes([low, high]) >> (first % 8);
        i16::try_from(pair & ((1 << bits) - 1)).unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(digits: &[i8], base: i128) -> i128 {
        let fold = |sum, &digit| sum * base + i128::from(digit);
        digits.iter().rev().fold(0, fold)
    }

    proptest! {
        #[test]
        fn digits_add_up_to_the_exponent(exponent in 0_u128..1 << 120, signed: bool) {
            let digits = Digits::of(&U256::from(exponent), signed);
            prop_assert_eq!(value(digits.as_slice(), 8), i128::try_from(exponent).unwrap());
            let range = if signed { -3..=4 } else { 0..=7 };
            prop_assert!(digits.as_slice().iter().all(|digit| range.contains(digit)));
        }

        #[test]
        fn windows_add_up_to_the_exponent(exponent in 0_u128..1 << 120, bits in 1_usize..=8) {
            let all: Vec<i16> = windows(&U256::from(exponent), bits).collect();
            let sum = all.iter().rev().fold(0_u128, |sum, &window| {
                (sum << bits) + u128::try_from(window).unwrap()
            });
            prop_assert_eq!(sum, exponent);
        }
    }

    #[test]
    fn the_largest_exponent_has_a_place_for_its_carry() {
        let digits = Digits::of(&U256::MAX, true);
        assert_eq!(digits.as_slice().len(), COUNT);
        assert_eq!(digits.as_slice().first(), Some(&-1));
    }
}
