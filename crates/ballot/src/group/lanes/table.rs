//! Powers of a fixed base, the election key or the generator: look-ups and additions alone.
//!
//! The multiples come from the tables of [`super::super::FixedWindows`]; here they are affine and ready to add.

use crypto_bigint::U256;
use curve25519_dalek::edwards::EdwardsPoint;

use super::super::{Ed25519, Group};
use super::digits::signed_windows;
use super::field::Lanes;
use super::point::{self, IDENTITY_ADDEND, Point, SingleAddend};

/// Row i holds the multiples d·2^(w·i) of the base for d from 1 to 2^(w−1).
pub(crate) struct Table {
    rows: Vec<Vec<SingleAddend>>,
}

impl Table {
    /// From the same rows in dalek's points.
    pub(crate) fn of<L: Lanes<N>, const N: usize>(lanes: L, rows: &[Vec<EdwardsPoint>]) -> Self {
        Self {
            rows: rows.iter().map(|row| addends(lanes, row)).collect(),
        }
    }

    /// total·base^x, lane by lane.
    pub(crate) fn add_power<L: Lanes<N>, const N: usize>(
        &self,
        lanes: L,
        total: &mut Point<L::Field>,
        exponents: &[U256; N],
    ) {
        let width = Ed25519::WINDOW as usize;
        let mut digits = exponents.each_ref().map(|x| signed_windows(x, width));
        for row in &self.rows {
            let place = digits.each_mut().map(|digits| digits.next().unwrap_or(0));
            add_row(lanes, total, row, place);
        }
    }
}

#[inline(never)]
fn add_row<L: Lanes<N>, const N: usize>(
    lanes: L,
    total: &mut Point<L::Field>,
    row: &[SingleAddend],
    digits: [i16; N],
) {
    let entry = |digit: i16| match usize::from(digit.unsigned_abs()).checked_sub(1) {
        Some(index) => &row[index],
        None => &IDENTITY_ADDEND,
    };
    let entries = digits.map(entry);
    lanes.together(
        #[inline(always)]
        || {
            let mut addend = point::load_affine(lanes, entries);
            let negative = lanes.mask(digits.map(|digit| digit < 0));
            let zero = lanes.splat(&super::field::ZERO);
            let minus = lanes.sub(&zero, &addend.t2d);
            let (sum, difference) = (addend.sum, addend.difference);
            addend.sum = lanes.select(negative, &difference, &sum);
            addend.difference = lanes.select(negative, &sum, &difference);
            addend.t2d = lanes.select(negative, &minus, &addend.t2d);
            *total = point::add_affine(lanes, total, &addend);
        },
    );
}

fn addends<L: Lanes<N>, const N: usize>(lanes: L, points: &[EdwardsPoint]) -> Vec<SingleAddend> {
    let compressed = EdwardsPoint::compress_batch_alloc(points);
    let mut addends = Vec::with_capacity(points.len());
    for chunk in compressed.chunks(N) {
        let bytes = std::array::from_fn(|lane| chunk.get(lane).unwrap_or(&chunk[0]).as_bytes());
        let found = some_addends(lanes, bytes);
        addends.extend_from_slice(&found[..chunk.len()]);
    }
    addends
}

fn some_addends<L: Lanes<N>, const N: usize>(lanes: L, bytes: [&[u8; 32]; N]) -> [SingleAddend; N] {
    lanes.together(
        #[inline(always)]
        || {
            let point::Addend {
                sum,
                difference,
                t2d,
                ..
            } = point::addend(lanes, &point::decompress(lanes, bytes));
            let parts = [&sum, &difference, &t2d].map(|part| lanes.store(part));
            let mut addends = [IDENTITY_ADDEND; N];
            for (lane, addend) in addends.iter_mut().enumerate() {
                *addend = [0, 1, 2].map(|part: usize| parts[part][lane]);
            }
            addends
        },
    )
}
