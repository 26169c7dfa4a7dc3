//! Exponents modulo the group order, written in decimal without leading zeros.
//!
//! Arithmetic is constant time (crypto-bigint's Montgomery form); reading and writing decimal
//! digits is not, and is meant for public values and for handing a key to its owner.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::{U256, U512};
use rand_core::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use subtle::{Choice, ConditionallySelectable};
use zeroize::{Zeroize, Zeroizing};

use super::{Group, SCALAR_LIMBS};
use crate::hash::Digest;

type Residue<G> = ConstMontyForm<<G as Group>::Order, SCALAR_LIMBS>;

/// An exponent: an integer mod q. Constant time unless a method says otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Scalar<G: Group>(Residue<G>);

/// The text is not an integer below q in decimal without leading zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number below the group order")]
pub struct NotAScalar;

/// No exponent has more digits: 2^256 has 78.
const MOST_DIGITS: usize = 78;

impl<G: Group> Scalar<G> {
    /// 0.
    pub const ZERO: Self = Self(Residue::<G>::ZERO);
    /// 1.
    pub const ONE: Self = Self(Residue::<G>::ONE);

    /// An integer below 2^256, reduced mod q.
    pub fn from_uint(value: &U256) -> Self {
        Self(Residue::<G>::new(value))
    }

    /// A hash as a big-endian integer, reduced mod q (specification 4.2, `H`).
    pub fn from_digest(digest: &Digest) -> Self {
        Self::from_uint(&U256::from_be_slice(digest.as_bytes()))
    }

    /// 64 bytes as a big-endian integer, reduced mod q.
    pub fn from_wide(bytes: &[u8; 64]) -> Self {
        let shift = Self::from_uint(&(U256::ONE << 128));
        let high = Self::from_uint(&U256::from_be_slice(&bytes[..32]));
        let low = Self::from_uint(&U256::from_be_slice(&bytes[32..]));
        high * shift * shift + low
    }

    /// Uniform to within 2^-256: 64 random bytes, reduced mod q.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0_u8; 64]);
        rng.fill_bytes(bytes.as_mut());
        Self::from_wide(&bytes)
    }

    /// The integer in [0, q).
    pub fn to_uint(self) -> U256 {
        self.0.retrieve()
    }

    /// The 32 bytes of the integer, big-endian.
    pub fn to_bytes(self) -> [u8; 32] {
        self.to_uint().to_be_bytes().into()
    }

    /// Decimal digits. Not constant time.
    pub fn to_decimal(self) -> String {
        self.to_uint().to_string_radix_vartime(10)
    }

    /// Reads decimal digits strictly. Not constant time.
    pub fn from_decimal(text: &str) -> Result<Self, NotAScalar> {
        let value = decimal(text).ok_or(NotAScalar)?;
        if value >= *Residue::<G>::MODULUS.as_ref() {
            return Err(NotAScalar);
        }
        Ok(Self::from_uint(&value))
    }

    /// Reads a decimal number of any size up to 2^512 and reduces it. Not constant time.
    pub fn from_long_decimal(text: &str) -> Result<Self, NotAScalar> {
        let plain = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        let value = plain
            .then(|| U512::from_str_radix_vartime(text, 10).ok())
            .flatten()
            .ok_or(NotAScalar)?;
        let mut bytes = [0; 64];
        bytes.copy_from_slice(value.to_be_bytes().as_ref());
        Ok(Self::from_wide(&bytes))
    }

    /// 1/x, or nothing for 0.
    pub fn invert(self) -> Option<Self> {
        Option::from(self.0.invert()).map(Self)
    }

    /// `a` if the choice is 0, `b` if it is 1.
    pub fn select(a: &Self, b: &Self, choice: Choice) -> Self {
        Self(Residue::<G>::conditional_select(&a.0, &b.0, choice))
    }
}

/// Digits only, no sign, no leading zero, at most 78 of them.
fn decimal(text: &str) -> Option<U256> {
    let digits = text.as_bytes();
    let plain = !digits.is_empty()
        && digits.len() <= MOST_DIGITS
        && digits.iter().all(u8::is_ascii_digit)
        && (digits[0] != b'0' || digits.len() == 1);
    plain.then(|| U256::from_str_radix_vartime(text, 10).ok())?
}

impl<G: Group> From<u32> for Scalar<G> {
    fn from(value: u32) -> Self {
        Self::from_uint(&U256::from(value))
    }
}

impl<G: Group> From<i64> for Scalar<G> {
    /// Constant time: the sign may be a secret.
    fn from(value: i64) -> Self {
        let magnitude = Self::from_uint(&U256::from(value.unsigned_abs()));
        let negative = Choice::from(u8::from(value.is_negative()));
        Self::select(&magnitude, &-magnitude, negative)
    }
}

impl<G: Group> Add for Scalar<G> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl<G: Group> Sub for Scalar<G> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl<G: Group> Mul for Scalar<G> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl<G: Group> Neg for Scalar<G> {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl<G: Group> std::iter::Sum for Scalar<G> {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |sum, next| sum + next)
    }
}

impl<G: Group> Zeroize for Scalar<G> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// Never shows the value: it may be a key.
impl<G: Group> fmt::Debug for Scalar<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scalar(…)")
    }
}

impl<G: Group> Serialize for Scalar<G> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_decimal())
    }
}

impl<'de, G: Group> Deserialize<'de> for Scalar<G> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_decimal(&text).map_err(de::Error::custom)
    }
}
