//! Powers of public values, as fast as the group law allows: for verification only.
//!
//! Not constant time: never called with a secret exponent.

use std::sync::OnceLock;

use super::digits::windows;
use super::lanes::{Lanes, Table};
use super::{Digits, Ed25519, Group};
use crypto_bigint::U256;

/// One base raised to several exponents.
///
/// The eighth powers base^(8^i), which cost most, are computed once for all exponents (Yao's
/// method): each exponent collects them in one bucket per digit, and the buckets are then combined.
pub(crate) fn powers<G: Group>(base: &G::Point, exponents: &[Digits]) -> Vec<G::Point> {
    let length = exponents
        .iter()
        .map(|digits| digits.as_slice().len())
        .max()
        .unwrap_or(0);
    let mut buckets = vec![Buckets::<G>::default(); exponents.len()];
    let mut current = *base;
    for index in 0..length {
        if index > 0 {
            current = G::eighth_power(&current);
        }
        for (bucket, digits) in buckets.iter_mut().zip(exponents) {
            bucket.put(digits.as_slice().get(index).copied().unwrap_or(0), &current);
        }
    }
    buckets.iter().map(Buckets::combine).collect()
}

/// Whether point^q = 1.
pub(crate) fn is_in_subgroup<G: Group>(point: &G::Point) -> bool {
    powers::<G>(point, &[order_digits::<G>()])[0] == G::identity()
}

/// q in digits.
pub(crate) fn order_digits<G: Group>() -> Digits {
    use crypto_bigint::modular::ConstMontyParams;
    Digits::of(G::Order::PARAMS.modulus().as_ref(), G::SIGNED_DIGITS)
}

/// What an exponent has collected, one bucket per value of a digit but 0.
struct Buckets<G: Group>([Option<G::Point>; 7]);

impl<G: Group> Default for Buckets<G> {
    fn default() -> Self {
        Self([None; 7])
    }
}

impl<G: Group> Clone for Buckets<G> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

impl<G: Group> Buckets<G> {
    fn put(&mut self, digit: i8, power: &G::Point) {
        let inverse;
        let factor = if digit < 0 {
            inverse = G::invert(power);
            &inverse
        } else {
            power
        };
        if let Some(index) = usize::from(digit.unsigned_abs()).checked_sub(1) {
            let bucket = &mut self.0[index];
            *bucket = Some(join::<G>(bucket.as_ref(), factor));
        }
    }

    /// Π bucket_d^d, by running products from the highest digit down.
    fn combine(&self) -> G::Point {
        let mut running: Option<G::Point> = None;
        let mut total: Option<G::Point> = None;
        for bucket in self.0.iter().rev() {
            if let Some(bucket) = bucket {
                running = Some(join::<G>(running.as_ref(), bucket));
            }
            if let Some(running) = &running {
                total = Some(join::<G>(total.as_ref(), running));
            }
        }
        total.unwrap_or_else(G::identity)
    }
}

fn join<G: Group>(a: Option<&G::Point>, b: &G::Point) -> G::Point {
    a.map_or(*b, |a| G::operate(a, b))
}

/// Powers of one base by table look-ups alone, without squarings.
///
/// Row i holds base^(d·2^(w·i)) for each digit d > 0 of w bits.
pub struct FixedWindows<G: Group> {
    rows: Vec<Vec<G::Point>>,
    /// The same for the vector instructions, made when first needed; only `Ed25519` has them.
    lanes: OnceLock<Table>,
}

impl<G: Group> std::fmt::Debug for FixedWindows<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FixedWindows").finish_non_exhaustive()
    }
}

impl<G: Group> FixedWindows<G> {
    /// Makes the table.
    pub(crate) fn new(base: &G::Point) -> Self {
        let mut first = *base;
        let rows = windows(&U256::ZERO, G::WINDOW as usize)
            .map(|_| {
                let row = multiples::<G>(&first, row_length::<G>());
                let last = row.last().copied().unwrap_or(first);
                first = if G::SIGNED_DIGITS {
                    G::operate(&last, &last)
                } else {
                    G::operate(&last, &first)
                };
                row
            })
            .collect();
        Self {
            rows,
            lanes: OnceLock::new(),
        }
    }

    /// base^x.
    pub(crate) fn power(&self, exponent: &U256) -> G::Point {
        let mut total: Option<G::Point> = None;
        let mut carry = 0;
        for (row, window) in self.rows.iter().zip(windows(exponent, G::WINDOW as usize)) {
            let raw = window + carry;
            let half = 1_i16 << (G::WINDOW - 1);
            carry = i16::from(G::SIGNED_DIGITS && raw > half);
            let digit = raw - carry * 2 * half;
            let Some(index) = usize::from(digit.unsigned_abs()).checked_sub(1) else {
                continue;
            };
            let factor = if digit < 0 {
                G::invert(&row[index])
            } else {
                row[index]
            };
            total = Some(join::<G>(total.as_ref(), &factor));
        }
        total.unwrap_or_else(G::identity)
    }
}

/// Entries per row: digits 1..=2^(w−1) if signed, 1..2^w if not.
const fn row_length<G: Group>() -> usize {
    if G::SIGNED_DIGITS {
        1 << (G::WINDOW - 1)
    } else {
        (1 << G::WINDOW) - 1
    }
}

fn multiples<G: Group>(base: &G::Point, count: usize) -> Vec<G::Point> {
    std::iter::successors(Some(*base), |last| Some(G::operate(last, base)))
        .take(count)
        .collect()
}

impl FixedWindows<Ed25519> {
    /// The same table for the lanes.
    pub(super) fn lanes<L: Lanes<N>, const N: usize>(&self, lanes: L) -> &Table {
        self.lanes.get_or_init(|| Table::of(lanes, &self.rows))
    }
}
