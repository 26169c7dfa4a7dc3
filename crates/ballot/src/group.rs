//! The two groups of prime order, behind one trait.
//!
//! Every element that is read is checked for its one canonical spelling and for membership in the
//! subgroup of prime order; [`Element`] can only hold a checked one. Operations are written as the
//! specification writes them, as multiplication: `a * b`, `a.pow(x)`.
//! Constant time: everything here that takes a [`Scalar`], unless the name says `vartime`.
//! Source: Belenios specification 4.2, 5.1, 5.2; docs/BALLOT.md.

mod belenios2048;
mod digits;
mod ed25519;
mod element;
mod lanes;
mod scalar;
mod vartime;
mod work;

use std::cmp::Ordering;
use std::fmt::Debug;

use crypto_bigint::U256;
use crypto_bigint::modular::ConstMontyParams;

pub use belenios2048::Belenios2048;
pub(crate) use digits::Digits;
pub use ed25519::Ed25519;
pub use element::{Element, Unchecked};
pub use scalar::{NotAScalar, Scalar};
pub use vartime::FixedWindows;
pub(crate) use vartime::{is_in_subgroup, order_digits, powers};
pub use work::{Base, Outside, Spelled, Term, Work};

/// Limbs of an exponent on this machine.
pub(crate) const SCALAR_LIMBS: usize = U256::LIMBS;

/// A group of prime order q in which decision Diffie–Hellman is hard, inside a larger set of
/// points in which the group law still works.
///
/// Implementors are markers without value. Exponents come as integers below 2^256; the
/// implementation may reduce them mod q.
pub trait Group: Copy + Eq + Debug + Send + Sync + 'static {
    /// The name written in elections and bound by proofs of possession.
    const NAME: &'static str;
    /// Whether inverting a point costs next to nothing, so that signed digits pay.
    const SIGNED_DIGITS: bool;
    /// Bits of one window of the tables for fixed bases used by verification.
    const WINDOW: u32;

    /// q.
    type Order: ConstMontyParams<SCALAR_LIMBS> + Copy + Eq + Debug + Send + Sync + 'static;
    /// A point of the larger set; it may lie outside the subgroup.
    type Point: Copy + Eq + Debug + Send + Sync;
    /// A table that makes powers of one base cheap, in constant time.
    type Table: Send + Sync;

    /// g.
    fn generator() -> Self::Point;
    /// 1.
    fn identity() -> Self::Point;
    /// a·b.
    fn operate(a: &Self::Point, b: &Self::Point) -> Self::Point;
    /// a⁻¹.
    fn invert(a: &Self::Point) -> Self::Point;
    /// a⁸.
    fn eighth_power(a: &Self::Point) -> Self::Point;

    /// g^x in constant time.
    fn generator_power(exponent: &U256) -> Self::Point;
    /// Prepares powers of this base.
    fn table(base: &Self::Point) -> Self::Table;
    /// base^x in constant time, from its table.
    fn table_power(table: &Self::Table, exponent: &U256) -> Self::Point;
    /// a^x in constant time.
    fn power(base: &Self::Point, exponent: &U256) -> Self::Point;
    /// The verification table of g, made once per process.
    #[doc(hidden)]
    fn generator_windows() -> &'static FixedWindows<Self>;

    /// Computes what checking one ballot needs; not constant time.
    #[doc(hidden)]
    fn evaluate(y: &FixedWindows<Self>, work: &Work<Self>) -> Result<Spelled, Outside> {
        work::evaluate(y, work)
    }

    /// The one spelling of a point.
    fn encode(point: &Self::Point) -> String;
    /// The spellings of many points; cheaper than one by one where that is possible.
    fn encode_all(points: &[Self::Point]) -> Vec<String> {
        points.iter().map(Self::encode).collect()
    }
    /// Reads a point in its one spelling. Membership in the subgroup is NOT checked.
    fn decode(text: &str) -> Result<Self::Point, NotAnElement>;
    /// The order in which the tools list public credentials; it must not follow the voters.
    fn listing_order(a: &str, b: &str) -> Ordering;
}

/// Why a text is no element of the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnElement {
    /// Not the digits the group writes.
    #[error("element encoding")]
    Spelling,
    /// A second spelling of a point that has another one.
    #[error("element not canonical")]
    NotCanonical,
    /// No point of the curve or ring.
    #[error("not on the curve")]
    NotAPoint,
    /// A point outside the subgroup of prime order.
    #[error("group membership")]
    OutsideSubgroup,
}

/// Which group an archive uses; everything else is generic over [`Group`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupName {
    /// What rooms vote in.
    Ed25519,
    /// What belenios-tool 2.0 knows.
    Belenios2048,
}

impl GroupName {
    /// By the name in the election.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Ed25519, Self::Belenios2048]
            .into_iter()
            .find(|group| group.name() == name)
    }

    /// The name in the election.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => Ed25519::NAME,
            Self::Belenios2048 => Belenios2048::NAME,
        }
    }
}

#[cfg(test)]
mod tests;
