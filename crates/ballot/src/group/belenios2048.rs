//! The group `BELENIOS-2048`: a subgroup of Z_p^* of 256-bit order.
//!
//! For archives that belenios-tool 2.0 can read; rooms vote in [`super::Ed25519`].
//! Constant time: `generator_power`, `table_power`, `power` (crypto-bigint, 256 exponent bits always).
//! Source: Belenios specification 5.1; docs/BALLOT.md.

use std::cmp::Ordering;
use std::sync::OnceLock;

use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::{U256, U2048, const_monty_params};

use super::{FixedWindows, Group, NotAnElement};

const_monty_params!(
    Belenios2048Modulus,
    U2048,
    "a3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f51\
     4ed40bfd4c06e092a495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff\
     12ce27a5022ddd8912d107435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843a3\
     e14dfa9b2162f4d7229abe93a188b46b006517d6f6747ebbb29c9ec3099b607f18fb1a8bc858279aa85994\
     11d998d3e3fada9e010840d082d8c31911acdd4a0e7992d0f18cc759cb5de0acf66a3882555bc810941e02\
     1b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d707301e59e0e6351e051ed9cec4157646e64f",
    "The prime p; (p−1)/q is large, so membership is tested by a full power."
);

const_monty_params!(
    Belenios2048Order,
    U256,
    "adb6066a73522565f4daa0f2579db7f2f0fa90c2168bc709e20263387d55c491",
    "The prime order q of the subgroup."
);

const GENERATOR: U2048 = U2048::from_be_hex(
    "1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd\
     001d26ba31d9d8976f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f37\
     48aefd4f10d5b1a356a8643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d26a\
     ef1be365fdd90165f397c6b870df8c1b9e519edcee8bb0f74b7a1615a274ba60a7ea574a61f552d2dde0ce\
     514e0927c4ff49b1964c4a913731ae4268d60d7f22127b6cbba44d453ac8b72fd04e0991b7aeff04867d87\
     24ac638f5f34100d2d47aa680d43771902743d663f42d853c041e1c91fe3823f4bcf284308f1d7e653",
);

/// Bits of every exponent.
const EXPONENT_BITS: u32 = 256;
/// p has 617 digits.
const MOST_DIGITS: usize = 617;

type Residue = ConstMontyForm<Belenios2048Modulus, { U2048::LIMBS }>;

/// The group of belenios-tool 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Belenios2048;

impl Group for Belenios2048 {
    const NAME: &'static str = "BELENIOS-2048";
    const SIGNED_DIGITS: bool = false;
    const WINDOW: u32 = 4;

    type Order = Belenios2048Order;
    type Point = Residue;
    type Table = Residue;

    fn generator() -> Residue {
        Residue::new(&GENERATOR)
    }

    fn identity() -> Residue {
        Residue::ONE
    }

    fn operate(a: &Residue, b: &Residue) -> Residue {
        a.mul(b)
    }

    fn invert(a: &Residue) -> Residue {
        // 0 is refused by `decode` and no product of others gives it
        Option::from(a.invert()).unwrap_or(Residue::ONE)
    }

    fn eighth_power(a: &Residue) -> Residue {
        a.square().square().square()
    }

    fn generator_power(exponent: &U256) -> Residue {
        Self::power(&Self::generator(), exponent)
    }

    fn table(base: &Residue) -> Residue {
        *base
    }

    fn table_power(table: &Residue, exponent: &U256) -> Residue {
        Self::power(table, exponent)
    }

    fn power(base: &Residue, exponent: &U256) -> Residue {
        base.pow_bounded_exp(exponent, EXPONENT_BITS)
    }

    fn generator_windows() -> &'static FixedWindows<Self> {
        static WINDOWS: OnceLock<FixedWindows<Belenios2048>> = OnceLock::new();
        WINDOWS.get_or_init(|| FixedWindows::new(&Self::generator()))
    }

    fn encode(point: &Residue) -> String {
        point.retrieve().to_string_radix_vartime(10)
    }

    fn decode(text: &str) -> Result<Residue, NotAnElement> {
        let digits = text.as_bytes();
        let plain = !digits.is_empty()
            && digits.len() <= MOST_DIGITS
            && digits.iter().all(u8::is_ascii_digit)
            && digits[0] != b'0';
        if !plain {
            return Err(NotAnElement::Spelling);
        }
        // 617 digits may still exceed 2048 bits
        let value =
            U2048::from_str_radix_vartime(text, 10).map_err(|_| NotAnElement::NotCanonical)?;
        if value >= *Residue::MODULUS.as_ref() {
            return Err(NotAnElement::NotCanonical);
        }
        Ok(Residue::new(&value))
    }

    /// By value (docs/BALLOT.md).
    fn listing_order(a: &str, b: &str) -> Ordering {
        (a.len(), a).cmp(&(b.len(), b))
    }
}
