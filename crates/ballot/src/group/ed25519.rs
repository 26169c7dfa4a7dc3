//! The group `Ed25519`: the prime-order subgroup of the Edwards curve, by curve25519-dalek.
//!
//! Constant time: `generator_power`, `table_power`, `power` (dalek's constant-time routines).
//! Source: Belenios specification 5.2; docs/BALLOT.md.

use std::cmp::Ordering;
use std::sync::OnceLock;

use crypto_bigint::{U256, const_monty_params};
use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsBasepointTable, EdwardsPoint};
use curve25519_dalek::scalar::Scalar as DalekScalar;
use curve25519_dalek::traits::{BasepointTable, Identity};
use data_encoding::HEXLOWER;

use super::{FixedWindows, Group, NotAnElement, Outside, Spelled, Work, lanes};

const_monty_params!(
    Ed25519Order,
    U256,
    "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed",
    "The order of the subgroup, 2^252 + 27742317777372353535851937790883648493."
);

/// The group rooms vote in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ed25519;

fn dalek(exponent: &U256) -> DalekScalar {
    // never clamped; reduced mod q because the library wants it so (docs/BALLOT.md)
    DalekScalar::from_bytes_mod_order(exponent.to_le_bytes().into())
}

impl Group for Ed25519 {
    const NAME: &'static str = "Ed25519";
    const SIGNED_DIGITS: bool = true;
    const WINDOW: u32 = 7;

    type Order = Ed25519Order;
    type Point = EdwardsPoint;
    type Table = Box<EdwardsBasepointTable>;

    fn generator() -> EdwardsPoint {
        ED25519_BASEPOINT_POINT
    }

    fn identity() -> EdwardsPoint {
        EdwardsPoint::identity()
    }

    fn operate(a: &EdwardsPoint, b: &EdwardsPoint) -> EdwardsPoint {
        a + b
    }

    fn invert(a: &EdwardsPoint) -> EdwardsPoint {
        -a
    }

    fn eighth_power(a: &EdwardsPoint) -> EdwardsPoint {
        a.mul_by_cofactor()
    }

    fn generator_power(exponent: &U256) -> EdwardsPoint {
        EdwardsPoint::mul_base(&dalek(exponent))
    }

    fn table(base: &EdwardsPoint) -> Self::Table {
        Box::new(EdwardsBasepointTable::create(base))
    }

    fn table_power(table: &Self::Table, exponent: &U256) -> EdwardsPoint {
        table.mul_base(&dalek(exponent))
    }

    fn power(base: &EdwardsPoint, exponent: &U256) -> EdwardsPoint {
        base * dalek(exponent)
    }

    fn generator_windows() -> &'static FixedWindows<Self> {
        static WINDOWS: OnceLock<FixedWindows<Ed25519>> = OnceLock::new();
        WINDOWS.get_or_init(|| FixedWindows::new(&ED25519_BASEPOINT_POINT))
    }

    fn evaluate(y: &FixedWindows<Self>, work: &Work<Self>) -> Result<Spelled, Outside> {
        lanes::evaluate(y, work)
    }

    fn encode(point: &EdwardsPoint) -> String {
        spell(point.compress().as_bytes())
    }

    /// One field inversion for all.
    fn encode_all(points: &[EdwardsPoint]) -> Vec<String> {
        let compressed = EdwardsPoint::compress_batch_alloc(points);
        let bytes = compressed.iter().map(CompressedEdwardsY::as_bytes);
        bytes.map(spell).collect()
    }

    fn decode(text: &str) -> Result<EdwardsPoint, NotAnElement> {
        let mut bytes = [0_u8; 32];
        if text.len() != 64 || HEXLOWER.decode_mut(text.as_bytes(), &mut bytes) != Ok(32) {
            return Err(NotAnElement::Spelling);
        }
        bytes.reverse();
        if is_second_spelling(&bytes) {
            return Err(NotAnElement::NotCanonical);
        }
        CompressedEdwardsY(bytes)
            .decompress()
            .ok_or(NotAnElement::NotAPoint)
    }

    /// By the bytes of RFC 8032, that is by the digits read backwards in pairs
    /// (docs/BALLOT.md).
    fn listing_order(a: &str, b: &str) -> Ordering {
        let pairs = |text: &str| -> Vec<[u8; 2]> {
            text.as_bytes()
                .as_chunks()
                .0
                .iter()
                .rev()
                .copied()
                .collect()
        };
        pairs(a).cmp(&pairs(b))
    }
}

/// The RFC 8032 bytes in reverse order, as hex: the integer's digits, highest first.
pub(super) fn spell(compressed: &[u8; 32]) -> String {
    let mut bytes = *compressed;
    bytes.reverse();
    HEXLOWER.encode(&bytes)
}

/// y ≥ p, or the sign bit set where x = 0 (y = 1 or y = −1): the curve library accepts both.
fn is_second_spelling(bytes: &[u8; 32]) -> bool {
    const P: U256 =
        U256::from_be_hex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
    let mut y = *bytes;
    let sign = y[31] >> 7;
    y[31] &= 0x7f;
    let y = U256::from_le_slice(&y);
    let x_is_zero = y == U256::ONE || y == P.wrapping_sub(&U256::ONE);
    y >= P || (sign == 1 && x_is_zero)
}
